"""What can be wrong with a file as a whole, and with one cell of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


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
        """The five keys of the command line's and the interface's answer, and the stable code."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "code": self.code,
            "message": self.message,
        }
