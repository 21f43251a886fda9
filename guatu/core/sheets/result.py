"""What was read, where it stood, what was understood and what is in doubt."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from guatu.core.sheets.errors import Issue
from guatu.core.sheets.fields import Field
from guatu.core.sheets.model import Row
from guatu.core.sheets.text import Heading, cell_text
from guatu.domain.money import MoneyUnit


@dataclass(slots=True)
class Column:
    """One column of one table. ``reason`` is a code of ``words.REASONS``: how the field was found; ``confidence`` runs
    from 0 to 1; ``field`` is None where nothing is imported. ``spans`` are all columns under one merged heading;
    ``alternatives`` are codes of other fields that its heading could mean, ``samples`` the first distinct texts that
    it shows."""

    sheet: str
    index: int
    letter: str
    heading: str
    pieces: tuple[Heading, ...] = ()
    field: Field | None = None
    reason: str = ""
    confidence: float = 0.0
    unit: MoneyUnit | None = None
    factor: int | None = None
    currency: str = ""
    date_formats: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()
    words: Field | None = None  # takes what stands in words in place of a value
    months: tuple[int, int] | None = None
    alternatives: tuple[str, ...] = ()
    spans: tuple[int, ...] = ()
    fraction: bool = False
    samples: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """As issues name it: ``F 总投资(万元)``."""
        return self.heading if self.heading == unnamed(self.letter) else f"{self.letter} {self.heading}".strip()

    @property
    def code(self) -> str:
        return self.field.code if self.field else ""


@dataclass(slots=True)
class ReadRow:
    """One data row. ``values`` holds typed values by field code (a blank cell has no key), ``class_path`` the names of
    the category rows above it, ``mark`` the signs printed on its name, ``cells`` the row as it stands in the sheet."""

    sheet: str
    row: int
    values: dict[str, Any]
    class_path: tuple[str, ...] = ()
    mark: str = ""
    hidden: bool = False
    cells: Row = field(default_factory=list)
    columns: dict[str, Column] = field(default_factory=dict)

    def raw(self, code: str) -> str:
        """The field's cell as it shows, "" when the table has no such column."""
        column = self.columns.get(code)
        return cell_text(self.cells[column.index]) if column and column.index < len(self.cells) else ""

    def issue(self, code: str, field_code: str, **params: Any) -> Issue:
        """An issue at this row's cell of a field."""
        column = self.columns.get(field_code)
        return Issue(code, self.sheet, self.row, column.place if column else "", self.raw(field_code), params)


@dataclass(frozen=True, slots=True)
class PrintedTotal:
    """A printed sum (yuan) or count beside what its rows give. ``how``: exact; rounded (the printed one is the sum at
    its own decimals); rows_rounded (the difference is no more than the rows' own rounding makes); differs."""

    sheet: str
    row: int
    label: str
    field: str
    printed: int
    computed: int
    how: str
    rows: int

    @property
    def agrees(self) -> bool:
        return self.how != "differs"

    def as_dict(self) -> dict[str, Any]:
        return {
            "sheet": self.sheet,
            "row": self.row,
            "label": self.label,
            "field": self.field,
            "printed": self.printed,
            "computed": self.computed,
            "agrees": self.agrees,
            "how": self.how,
            "rows": self.rows,
        }


@dataclass(slots=True)
class SheetReading:
    """A workbook understood as one kind of ledger. With ``errors`` nothing of it may be applied."""

    name: str
    year: int | None
    columns: list[Column] = field(default_factory=list)
    rows: list[ReadRow] = field(default_factory=list)
    printed_totals: list[PrintedTotal] = field(default_factory=list)
    warnings: list[Issue] = field(default_factory=list)
    errors: list[Issue] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    title_year: int | None = None
    document_number: str = ""
    unit: MoneyUnit | None = None
    shape: str = ""
    skipped: int = 0
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def rows_read(self) -> int:
        return len(self.rows)

    @property
    def kinds_exclusive(self) -> bool:
        """Whether the list prints 计划竣工 as a kind of its own (set by the plan ledger)."""
        return bool(self.facts.get("kinds_exclusive"))

    def column(self, code: str) -> Column | None:
        return next((column for column in self.columns if column.code == code), None)

    def total(self, code: str) -> int:
        return sum(row.values.get(code, 0) for row in self.rows)


def unnamed(letter: str) -> str:
    """What a column without a heading is called, by the page, the map and the issues."""
    return f"{letter}列（无表头）"


def shape_key(headings: Sequence[str]) -> str:
    """The same for every file with the same headings in the same order, whatever its year and month."""
    from guatu.core.sheets.text import heading_of

    words = ["/".join(heading_of(part, None).key for part in heading.split(" / ")) for heading in headings]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:32]
