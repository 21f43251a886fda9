"""Primavera's XER: tab-separated tables. %T names a table, %F its fields, %R is a row, %E the end of the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, TypeAlias

from guatu.core.refusals import Refusal
from guatu.plans.imports.unread import Tally

MOST_ROWS: Final = 2_000_000
Row: TypeAlias = "dict[str, str]"


@dataclass
class Tables:
    """Rows by table, with each row's line in the file by (table, index)."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    lines: dict[tuple[str, int], int] = field(default_factory=dict)

    def of(self, table: str) -> list[Row]:
        return self.rows.get(table, [])


def decode(data: bytes, tally: Tally) -> str:
    """UTF-8, else what P6 of the writer's country wrote: GBK where nearly all signs beyond ASCII are common Chinese
    characters, else Windows-1252. The file does not say, so the choice is told."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    else:
        return text
    try:
        text = data.decode("gb18030")
        signs = [sign for sign in text if sign > "\x7f"]
        common = sum(1 for sign in signs if _is_common(sign))
        if common * 10 >= len(signs) * 9:
            tally.add("encoding", "GBK")
            return text
    except UnicodeDecodeError:
        pass
    tally.add("encoding", "Windows-1252")
    return data.decode("cp1252", errors="replace")


def _is_common(sign: str) -> bool:
    """Whether a sign stands in GB 2312, as nearly all of a Chinese text does and chance pairs of bytes do not."""
    try:
        return len(sign.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


def read_tables(text: str, name: str) -> Tables:
    """All rows of a file. A line that begins without a sign goes on with the last field before it.

    Raises Refusal: plans.file_kind, file_no_end, and with their line file_row_sign, file_row_loose, file_row_values;
    file_elements.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    if not lines[0].startswith("ERMHDR"):
        raise Refusal("plans.file_kind", name=name)
    return _Reader(name).read(lines)


class _Reader:
    def __init__(self, name: str) -> None:
        self.name, self.tables = name, Tables()
        self.table, self.fields = "", list[str]()
        self.count = 0
        self.row: Row | None = None

    def read(self, lines: list[str]) -> Tables:
        for number, line in enumerate(lines[1:], 2):
            sign, _, rest = line.partition("\t")
            if sign == "%E":
                return self.tables
            self._take(sign.strip(), rest, line, number)
        raise Refusal("plans.file_no_end", name=self.name)

    def _take(self, sign: str, rest: str, line: str, number: int) -> None:
        if sign == "%T":
            self.table, self.fields, self.row = rest.strip(), [], None
            self.tables.rows.setdefault(self.table, [])
        elif sign == "%F":
            self.fields = [name.strip() for name in rest.split("\t")]
        elif sign == "%R":
            self._row(rest, number)
        elif line.strip():
            if self.row is None:
                raise Refusal("plans.file_row_sign", name=self.name, row=number, text=line[:20])
            self.row[self.fields[-1]] += "\n" + line

    def _row(self, rest: str, number: int) -> None:
        values = rest.split("\t")
        if not self.table or not self.fields:
            raise Refusal("plans.file_row_loose", name=self.name, row=number)
        if len(values) > len(self.fields) and any(values[len(self.fields) :]):
            count, limit = len(values), len(self.fields)
            raise Refusal(
                "plans.file_row_values", name=self.name, row=number, count=count, table=self.table, limit=limit
            )
        self.count += 1
        if self.count > MOST_ROWS:
            raise Refusal("plans.file_elements", name=self.name, limit=MOST_ROWS)
        values += [""] * (len(self.fields) - len(values))
        self.row = dict(zip(self.fields, values, strict=False))
        rows = self.tables.rows[self.table]
        self.tables.lines[self.table, len(rows)] = number
        rows.append(self.row)
