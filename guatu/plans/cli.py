"""`guatu schedule` and `guatu targets`: pure computation from a file, without a database."""

from typing import Any


def add_commands(subparsers: Any) -> None:
    """Add the package's commands."""
