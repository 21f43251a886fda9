"""A day sheet as it is typed: a line a project, a cell a field, yesterday's value beside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from guatu.core import typed
from guatu.core.refusals import sentence
from guatu.core.signs import whole_number
from guatu.domain import watch
from guatu.domain.errors import DomainError
from guatu.reporting.actions.watches import DaySaid
from guatu.reporting.queries.watches import Asked, Standing
from guatu.reporting.watch.page import marks_of, value_words


@dataclass(frozen=True, slots=True)
class TypedCell:
    """One cell: its name in the form, what stands in it, what stood in it the day before, what is wrong with it."""

    name: str
    heading: str
    kind: str
    text: str
    before: str
    carries: bool
    error: str = ""


@dataclass(frozen=True, slots=True)
class TypedLine:
    """One project's line; `seen` is the row that is open, 0 where there is none."""

    key: str
    name: str
    planned: date | None
    seen: int
    cells: list[TypedCell]
    marks: list[str]


def sheet(standing: Standing, asked: Sequence[Asked], day: date, data: Mapping[str, str] | None) -> list[TypedLine]:
    """The lines of a unit's sheet; what was sent (`data`) stands in its cells again, with what is wrong."""
    return [_line(standing, one, day, data) for one in asked]


def _line(standing: Standing, one: Asked, day: date, data: Mapping[str, str] | None) -> TypedLine:
    project, key = one.project, str(one.project.public_id)
    row = standing.rows.get((project.pk, day))
    stands = row.values if row is not None else {}
    said = standing.said.get(project.pk, {})
    cells = []
    for field in standing.fields:
        name = f"v.{key}.{field.code}"
        text = value_words(field, stands.get(field.code)) if data is None else data.get(name, "")
        day_before = day - timedelta(days=1)
        before = watch.newest(said, field.code, day_before, day_before if field.sums == "sum" else None)
        error = "" if data is None else _error(field, text, day)
        cells.append(
            TypedCell(name, field.name, field.kind, text, value_words(field, before), field.sums != "sum", error)
        )
    seen = row.pk if row is not None else 0
    if data is not None:
        seen = whole_number(data.get(f"seen.{key}", ""), 18) or 0
    return TypedLine(key, project.name, one.member.planned, seen, cells, marks_of(row))


def _error(field: watch.Field, text: str, day: date) -> str:
    try:
        watch.read_value(field, text, day)
    except DomainError as fault:
        return why_not(fault)
    return ""


def why_not(fault: DomainError) -> str:
    """Why a cell cannot be read."""
    return sentence(fault.code, fault.params) if fault.code.startswith("watch.") else typed.why_not(fault)


def lines_said(standing: Standing, asked: Sequence[Asked], lines: Sequence[TypedLine], day: date) -> list[DaySaid]:
    """The lines that say something, or that stood and were emptied. The cells have to be free of errors."""
    found = []
    for one, line in zip(asked, lines, strict=True):
        read = {
            field.code: watch.read_value(field, cell.text, day)
            for field, cell in zip(standing.fields, line.cells, strict=True)
        }
        values = {code: value for code, value in read.items() if value is not None}
        if values or (one.project.pk, day) in standing.rows:
            found.append(DaySaid(one.project, values, line.seen or None))
    return found
