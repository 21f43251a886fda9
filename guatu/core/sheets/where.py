"""Which rows of a table a column map asks for: a file may hold several years' releases one under the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guatu.core.sheets.errors import Issue
from guatu.core.sheets.mapping import Mapping, fits, mapping_key
from guatu.core.sheets.model import Row, Sheet
from guatu.core.sheets.result import Column, SheetReading
from guatu.core.sheets.text import cell_text


@dataclass(frozen=True, slots=True)
class Where:
    """``wanted`` holds, by column index, the texts of which the cell must be one."""

    wanted: tuple[tuple[int, tuple[str, ...]], ...]

    @classmethod
    def of(cls, mapping: Mapping, sheet: Sheet, columns: Sequence[Column], reading: SheetReading) -> Where | None:
        """The map's condition in one table; None without one. A column that is not there is an error of the reading:
        every row would be taken for the wanted ones."""
        wanted = []
        for heading, texts in mapping.where.items():
            index = next((column.index for column in columns if _is(column, heading)), None)
            if index is None:
                reading.errors.append(Issue("where_missing", sheet.name, 0, "", "", {"heading": heading}))
            else:
                wanted.append((index, texts))
        return cls(tuple(wanted)) if wanted else None

    def takes(self, row: Row) -> bool:
        """Whether the row is one of the wanted ones."""
        for index, texts in self.wanted:
            shown = cell_text(row[index]) if index < len(row) else ""
            if not any(fits(shown, text) for text in texts):
                return False
        return True


def _is(column: Column, heading: str) -> bool:
    last = column.heading.rsplit(" / ", 1)[-1]
    return mapping_key(heading) in (mapping_key(column.heading), mapping_key(last))
