"""What a cell gave: a value, or a word about why there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

from guatu.core.sheets.model import Cell

LONGEST_VALUE = 200
"""Characters. No amount, date, share, number or code is longer; patterns are not run on more."""


class Outcome(NamedTuple):
    """``value`` is None when nothing is imported; ``fault`` is an issue's code, ``grave`` makes it an error."""

    value: Any
    fault: str = ""
    grave: bool = False
    params: dict[str, Any] | None = None


Converter: TypeAlias = Callable[[Cell], Outcome]


def beside(found: Outcome, read: str, rest: str) -> Outcome:
    """The value, with a word about what else the cell holds."""
    return Outcome(found.value, "cell_rest", False, {"read": read, "rest": rest[:LONGEST_VALUE]})
