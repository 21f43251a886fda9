"""Another system's export recognised by its layout: columns by heading or alias, amounts in yuan, rows matched to
projects by code, then by name; what is doubtful is left to a person."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any, Final

from guatu.core.refusals import Refusal
from guatu.core.sheets.child import read_in_child
from guatu.core.sheets.engine import recognise
from guatu.core.sheets.errors import SheetError
from guatu.core.sheets.fields import Field, FieldKind, FieldSet
from guatu.core.sheets.model import Workbook
from guatu.core.sheets.result import ReadRow, SheetReading
from guatu.core.sheets.text import cell_text
from guatu.domain.dates import DateSpan
from guatu.domain.periods import Period
from guatu.library.models import Project
from guatu.library.policies import is_secret
from guatu.library.queries.likely import RowTold, likely
from guatu.library.queries.matching import candidates
from guatu.people.models import Region
from guatu.reporting.layouts.schema import Column, Layout
from guatu.reporting.layouts.sources import CODE, NAME, SOURCES, Missing

MOST_ROWS: Final = 5000
_PLAIN: Final = frozenset({Missing.LIBRARY, Missing.LIST, Missing.STEP})
_KINDS: Final = {FieldKind.MONEY, FieldKind.DATE, FieldKind.PERCENT, FieldKind.CODE}


@dataclass(frozen=True, slots=True)
class Met:
    """A row of their export: the project that it means (None: none, or still in doubt), those that it may mean, and
    the row above that means the same project already (0: none does)."""

    number: int
    row: ReadRow
    project: Project | None
    choices: tuple[Project, ...] = ()
    twice: int = 0

    @property
    def name(self) -> str:
        """The project's name as their sheet has it."""
        return str(self.row.values.get(NAME, ""))

    @property
    def doubtful(self) -> bool:
        """Whether somebody has to say which project it means."""
        return self.project is None and bool(self.choices)


def fields_of(layout: Layout) -> FieldSet:
    """A layout as the sheet engine reads it. Aliases are whole headings; a heading that stands under two groups is told
    by its group alone."""
    alone = Counter(column.heading for column in layout.columns)
    fields = [_field(place, column, alone) for place, column in enumerate(layout.columns, start=1)]
    own = [code for code in layout.sources if SOURCES[code].missing not in _PLAIN]
    needs = tuple(own or [code for code in layout.sources if code != NAME])
    return FieldSet(layout.code, tuple(fields), needs=needs, count_code="rows")


def _field(place: int, column: Column, alone: Mapping[str, int]) -> Field:
    wordings = [f"{column.group}/{column.heading}"] if column.group else [column.heading]
    if column.group and alone[column.heading] == 1:
        wordings.append(column.heading)
    source = SOURCES.get(column.source)
    return Field(
        code=column.source or f"blank_{place}",
        label=column.words,
        kind=source.kind if source is not None and source.kind in _KINDS else FieldKind.TEXT,
        wordings=(*wordings, *column.aliases),
        required=column.source == NAME,
        allow_negative=True,
    )


def read_export(layout: Layout, period: Period, path: Path, name: str) -> SheetReading:
    """What a file says by a layout. Raises Refusal reporting.file (cannot be read at all), reporting.layout_rows, or
    reporting.layout_wrong with each fault's place."""
    try:
        book = read_in_child(path, name=name)
        reading = _recognised(book, layout, period)
    except SheetError as error:
        raise Refusal("reporting.file", why=error.message, items=[{"code": error.code}]) from error
    if len(reading.rows) > MOST_ROWS:
        raise Refusal("reporting.layout_rows", count=len(reading.rows), most=MOST_ROWS)
    if any(is_secret(text="\n".join(cell_text(cell) for cell in row.cells)) for row in reading.rows):
        raise Refusal("library.secret", where=name)
    if reading.errors:
        items = [
            {"name": _place(issue.sheet, issue.row, issue.column), "why": issue.message} for issue in reading.errors
        ]
        why = "；".join(f"{item['name']} {item['why']}".strip() for item in items[:3])
        raise Refusal("reporting.layout_wrong", items=items, name=layout.name, count=len(items), why=why)
    return reading


def _recognised(book: Workbook, layout: Layout, period: Period) -> SheetReading:
    """The sheet's printed unit holds; the layout's where none is printed."""
    months = (period.start.month, period.end.month)
    fields, year = fields_of(layout), period.end.year
    reading = recognise(book, fields, year=year, unit=layout.unit, period=months)
    if any(issue.code == "unit_conflict" for issue in reading.errors):
        reading = recognise(book, fields, year=year, period=months)
    return reading


def _place(sheet: str, row: int, column: str) -> str:
    return " ".join(part for part in (sheet, str(row) if row else "", column) if part)


def met_rows(
    rows: Sequence[ReadRow], region: Region, listed: Mapping[int, Project], chosen: Mapping[str, str], on: date
) -> list[Met]:
    """Whose project each row is. `listed` are the projects that may be meant; `chosen` what was said of doubtful rows:
    row number → public id, "" for none of ours."""
    by_public = {str(project.public_id): project for project in listed.values()}
    told = [(str(row.values.get(NAME, "")), str(row.values.get(CODE, ""))) for row in rows]
    known = candidates(region, told, listed, only_listed=True)
    certain = [tuple(known.find(*each)) for each in told]
    taken = {found[0].pk for found in certain if len(found) == 1}
    near = _near(rows, certain, region, listed, taken, on)
    met: list[Met] = []
    first: dict[int, int] = {}
    for number, (row, found) in enumerate(zip(rows, certain, strict=True), start=1):
        choices = () if len(found) == 1 else tuple(listed[one.pk] for one in found) or near.get(number, ())
        project = listed[found[0].pk] if len(found) == 1 else by_public.get(chosen.get(str(number), ""))
        if project is not None and choices and project not in choices:
            project = None
        above = first.setdefault(project.pk, number) if project is not None else number
        met.append(Met(number, row, project, choices, above if above != number else 0))
    return met


def _near(
    rows: Sequence[ReadRow],
    certain: Sequence[tuple[Project, ...]],
    region: Region,
    listed: Mapping[int, Project],
    taken: set[int],
    on: date,
) -> dict[int, tuple[Project, ...]]:
    open_ones = [(number, row) for number, (row, found) in enumerate(zip(rows, certain, strict=True), 1) if not found]
    told = [RowTold(str(row.values.get(NAME, "")), str(row.values.get(CODE, ""))) for _number, row in open_ones]
    alike = likely(region, told, listed=listed.keys(), taken=taken, on=on, within=True)
    return {
        number: tuple(listed[one.project.pk] for one in found)
        for (number, _row), found in zip(open_ones, alike, strict=False)
    }


def plain(code: str, value: Any) -> Any:
    """A read value as it is kept: whole yuan, hundredths of a per cent, ISO day, text; None where nothing stands."""
    kind = SOURCES[code].kind
    if value is None or value == "":
        return None
    if isinstance(value, DateSpan):
        return value.end.isoformat()
    if kind is FieldKind.PERCENT and isinstance(value, Decimal | int):
        return int((Decimal(value) * 100).to_integral_value(ROUND_HALF_UP))
    return value if isinstance(value, int) else " ".join(str(value).split())


def agrees(code: str, ours: Any, theirs: Any) -> bool:
    """Whether a value of ours and a read one say the same; a month of theirs holds every day in it."""
    if isinstance(theirs, DateSpan) and isinstance(ours, date):
        return bool(theirs.start <= ours <= theirs.end)
    if isinstance(ours, str):
        return bool(" ".join(ours.split()) == plain(code, theirs))
    return bool(ours == plain(code, theirs))
