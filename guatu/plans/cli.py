"""`guatu schedule` and `guatu targets`: pure computation from a file, without a database."""

from typing import Any

from guatu.plans import targets_cli


def add_commands(subparsers: Any) -> None:
    """Add the package's commands."""
    targets_cli.add_commands(subparsers)
