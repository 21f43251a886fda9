"""A table as it is drawn up at a desk: every line goes into the sheet, and what it means into the truth."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from tests.ledgers.paper import Day, Formula, Percent, Sheet
from tests.ledgers.truth import (
    ANY,
    BLANK,
    DATES,
    KINDS,
    MONEY,
    UNITS,
    UNITS_OF,
    Expected,
    Told,
    TrueFinding,
    TrueRow,
    TrueTotal,
)

_COUNT = re.compile(r"\d+\s*[个项]")
SKIPPED = frozenset(("serial", "phone", "lead", "liaison", "sector_lead"))


class Table:
    """Columns are ``heading|field|unit``; " / " parts the rows of a heading, a field "" is one that nobody imports.

    ``sheet`` in the truth is the sheet's name; ``anywhere`` is for files without sheets or row numbers (docx).
    """

    def __init__(
        self, truth: Expected, sheet: Sheet, columns: list[str], *, row: int = 1, left: int = 0, anywhere: bool = False
    ) -> None:
        self.truth, self.sheet, self.at, self.left, self.anywhere = truth, sheet, row, left, anywhere
        parts = [(*text.split("|"), "", "")[:3] for text in columns]
        self.headings = [part[0].split(" / ") for part in parts]
        self.codes = [part[1] for part in parts]
        self.units = [UNITS.get(part[2], 0) for part in parts]
        self.classes: tuple[str, ...] | None = ()
        self.constant: dict[str, Any] = {}
        self.filled: set[int] = set()

    @property
    def width(self) -> int:
        return len(self.codes)

    # -- lines that are no projects ------------------------------------------------------------------------------------
    def line(self, text: str | None = None, at: int = 0, merge: bool = False, never: bool = True) -> int:
        """A title, a unit line, a note, a footer; None leaves an empty line."""
        if text is not None:
            self.sheet.put(self.at, self.left + at, text)
            if merge:
                self.sheet.merge(self.at, self.left + at, self.at, self.left + self.width - 1)
            if never:
                self.truth.never.append(text)
        self.at += 1
        return self.at - 1

    def cells(self, *values: Any) -> int:
        """Any line of cells: repeated headings, a row of column numbers."""
        for column, value in enumerate(values):
            self.sheet.put(self.at, self.left + column, value)
        self.at += 1
        return self.at - 1

    def head(self, merged: bool = True) -> None:
        """The heading: as many rows as its deepest column; equal neighbours become one cell over their columns."""
        depth = max(len(heading) for heading in self.headings)
        for level in range(depth):
            before: list[str] | None = None
            start = 0
            for column, heading in enumerate([*self.headings, []]):
                path = heading[: level + 1] if len(heading) > level else None
                if path is not None and path == before and level < len(heading) - 1:
                    continue
                if before is not None and merged and column - 1 > start:
                    self.sheet.merge(self.at + level, self.left + start, self.at + level, self.left + column - 1)
                before, start = path, column
                if path is not None:
                    self.sheet.put(self.at + level, self.left + column, path[-1])
                    if merged and len(heading) == level + 1 < depth:
                        self.sheet.merge(self.at + level, self.left + column, self.at + depth - 1, self.left + column)
        self.at += depth

    def category(self, text: str, *path: str, at: int = 0, merge: int = 0, amounts: dict[str, Any] | None = None,
                 count: Any = None, count_at: int | None = None, bad: str = "") -> int:  # fmt: skip
        """A row that names the class (``path``) of the rows below. ``merge``: over so many columns. ``amounts`` by
        field and a count stand beside it; the fields named in ``bad`` do not add up."""
        self.sheet.put(self.at, self.left + at, text)
        if merge:
            self.sheet.merge(self.at, self.left + at, self.at, self.left + at + merge - 1)
        if count_at is not None:
            self.sheet.put(self.at, self.left + count_at, count)
        if count is not None or _COUNT.search(text):
            self._total(text, "projects", "projects" not in bad.split())
        self.classes = path
        self.truth.never.append(text)
        return self._amounts(text, amounts or {}, bad)

    def sum(self, text: str, at: int = 0, bad: str = "", merge: int = 0, **amounts: Any) -> int:
        """A 小计 or 合计 whose amounts (by field, in the column's unit) are checked; those in ``bad`` are wrong."""
        self.sheet.put(self.at, self.left + at, text)
        if merge:
            self.sheet.merge(self.at, self.left + at, self.at, self.left + at + merge - 1)
        return self._amounts(text, amounts, bad)

    def _amounts(self, label: str, amounts: dict[str, Any], bad: str) -> int:
        for code, amount in amounts.items():
            self.sheet.put(self.at, self.left + self.codes.index(code), amount)
            self._total(label, code, code not in bad.split())
        self.at += 1
        return self.at - 1

    def _total(self, label: str, code: str, agrees: bool) -> None:
        sheet, row = ("", 0) if self.anywhere else (self.sheet.name, self.at)
        self.truth.totals.append(TrueTotal(sheet, row, code, agrees, label))

    # -- projects ------------------------------------------------------------------------------------------------------
    def row(self, *cells: Any, name: str = "", mark: str = "", **truth: Any) -> int:
        """One project. Plain cells mean what their column says; whatever needs an eye is told by field in ``truth``."""
        values: dict[str, Any] = dict(self.constant)
        for column, cell in enumerate(cells):
            code = self.codes[column]
            self.sheet.put(self.at, self.left + column, cell)
            if cell is not None:
                self.filled.add(column)
            if code == "name":
                name = name or str(cell)
            elif code and code not in truth:
                values[code] = self._plain(code, cell, self.units[column])
        values.update(truth)
        sheet, row = ("", 0) if self.anywhere else (self.sheet.name, self.at)
        classes = values.pop("classes", self.classes)
        for code, value in values.items():
            if isinstance(value, Told):
                heading = self.headings[self.codes.index(code)][-1]
                self.truth.findings.append(TrueFinding(sheet, row, heading, value.what))
        self.truth.rows.append(TrueRow(sheet, row, name, mark, classes, values))
        self.at += 1
        return self.at - 1

    def _plain(self, code: str, cell: Any, unit: int) -> Any:
        """What a plain cell means by its column alone. Anything else has to be stated, or this fails."""
        if isinstance(cell, Formula):
            cell = cell.shown
        if cell is None or cell in BLANK:
            return None if cell is None or code in MONEY or code in DATES else ANY
        if code in MONEY:
            if isinstance(cell, str) or not unit:
                raise ValueError(f"state what {code} {cell!r} is")
            return int((Decimal(str(cell)) * unit).quantize(Decimal(1)))
        if isinstance(cell, Day):
            return cell.day, cell.day
        if code in DATES or code == "years" or isinstance(cell, Percent):
            raise ValueError(f"state what {code} {cell!r} is")
        if code in SKIPPED:
            return ANY
        if code in UNITS_OF:
            return tuple(str(cell).split("、"))
        return KINDS[str(cell)] if code == "kind" else str(cell)

    def done(self) -> None:
        """Note the filled columns: none of them may vanish without a word."""
        self.truth.headings += [self.headings[column][-1] for column in sorted(self.filled)]

    def finding(self, row: int, column: str, what: str) -> None:
        self.truth.findings.append(TrueFinding(self.sheet.name, row, column, what))
