"""What can be wrong with a file as a whole, and with one cell of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from guatu.domain.money import choose_unit, format_amount


class SheetError(Exception):
    """The file cannot be read at all; ``code`` and ``params`` choose the sentence (``words.FILE_ERRORS``)."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    @property
    def message(self) -> str:
        from guatu.core.sheets.words import FILE_ERRORS

        return str(FILE_ERRORS[self.code]) % self.params


class Yuan(int):
    """An amount in whole yuan that a sentence says as people read it: 1,500万元."""

    def __str__(self) -> str:
        unit = choose_unit(self)
        word = gettext(unit.value)
        gap = "" if word == unit.value else " "
        return f"{format_amount(self, unit, 8, trim=True)}{gap}{word}"


@dataclass(frozen=True, slots=True)
class Issue:
    """One doubt or fault with its place: ``row`` is the sheet's own row number (0: the sheet as a whole), ``column``
    the letter with its heading, ``value`` what stands in the cell."""

    code: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    value: str = ""
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def message(self) -> str:
        from guatu.core.sheets.words import ISSUES

        return str(ISSUES[self.code]) % self.params

    def as_dict(self) -> dict[str, Any]:
        """The five keys of the command line's and the interface's answer, the stable code, and what the sentence is
        made of (amounts as {"yuan": n})."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "code": self.code,
            "message": self.message,
            "params": {name: _plain(value) for name, value in self.params.items()},
        }


def _plain(value: Any) -> Any:
    if isinstance(value, Yuan):
        return {"yuan": int(value)}
    return value if isinstance(value, int) else str(value)


def retold(issue: Mapping[str, Any]) -> str:
    """A kept issue's sentence in the language of the moment; as it was kept when that cannot be made."""
    from guatu.core.sheets.words import ISSUES

    params = {name: _shown(value) for name, value in issue.get("params", {}).items()}
    try:
        return str(ISSUES[issue["code"]]) % params
    except (KeyError, TypeError, ValueError):  # a code or a parameter of another version
        return str(issue["message"])


def _shown(value: Any) -> Any:
    if isinstance(value, dict):
        return Yuan(value.get("yuan", 0))
    return gettext(value) if isinstance(value, str) and value else value
