"""`guatu schedule` and `guatu targets`: pure computation from a file, without a database."""

from typing import Any

from guatu.plans import schedule_cli, targets_cli


def add_commands(subparsers: Any) -> None:
    """Add the package's commands."""
    schedule_cli.add_commands(subparsers)
    targets_cli.add_commands(subparsers)
