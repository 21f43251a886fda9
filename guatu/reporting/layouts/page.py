"""What the pages of other systems' sheets share: which layout, list and period are meant, and what they show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.pages import found
from guatu.core.refusals import Refusal
from guatu.core.sheets.fields import FieldKind
from guatu.domain.errors import DomainError
from guatu.domain.fill_once import FillCount
from guatu.domain.money import MoneyUnit, format_amount
from guatu.domain.periods import Period
from guatu.library.models import AnnualList
from guatu.library.policies import visible_lists, visible_projects
from guatu.library.queries.lists import in_office_order, main_list
from guatu.people.models import Unit
from guatu.reporting.layouts.filling import Empty, Filled
from guatu.reporting.layouts.respect import in_words
from guatu.reporting.layouts.schema import Column, Layout, read_file, read_layout, stored
from guatu.reporting.layouts.sources import SOURCES, Missing
from guatu.reporting.models import SheetLayout
from guatu.reporting.policies import visible_layouts
from guatu.reporting.queries.twice import fill_counts
from guatu.reporting.workbooks.rows import RIGHT

EDIT: Final = "reporting.confirm"
KINDS: Final = {"month": _("月度期间，如 2026-03"), "quarter": _("季度期间，如 2026-Q1")}
SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class Chosen:
    """A layout with the list and period for which it is filled or read."""

    row: SheetLayout
    layout: Layout
    annual_list: AnnualList
    period: Period


def layout_of(actor: Actor, public_id: UUID) -> SheetLayout:
    """The layout, 404 where it is out of reach."""
    row: SheetLayout = found(visible_layouts(actor).filter(public_id=public_id).first())
    return row


def lists_of(actor: Actor, right: str = RIGHT) -> list[AnnualList]:
    """The lists for which the actor may fill a layout."""
    return in_office_order(visible_lists(actor, right).select_related("region__parent"))


def chosen_of(actor: Actor, row: SheetLayout, data: Mapping[str, str], right: str = RIGHT) -> Chosen | None:
    """What a request names, else the main list and the period before today's; None where there is no list.

    Raises Refusal reporting.layout_period for a period that is not of the list's year or of another kind.
    """
    layout, lists = stored(row.layout), lists_of(actor, right)
    wanted = data.get("list", "")
    if wanted:
        annual: AnnualList | None = found(next((one for one in lists if str(one.public_id) == wanted), None))
    else:
        annual = main_list(lists, clock.today())
    if annual is None:
        return None
    return Chosen(row, layout, annual, period_of(layout, annual, data.get("period", "")))


def period_of(layout: Layout, annual: AnnualList, typed: str) -> Period:
    """The period that was typed, else the last one that is over in the list's year, else its first."""
    if typed.strip():
        try:
            period = Period.parse(typed.strip())
        except DomainError:
            period = None
        if period is None or period.kind != layout.period or period.end.year != annual.year:
            raise Refusal(
                "reporting.layout_period", period=typed[:20], year=annual.year, kind=str(KINDS[layout.period])
            )
        return period
    today = clock.today()
    if today.year > annual.year:
        return Period.containing(layout.period, date(annual.year, 12, 31))  # type: ignore[arg-type]  # month, quarter
    before = Period.containing(layout.period, today).previous()  # type: ignore[arg-type]  # of the schema's two kinds
    return before if before.end.year == annual.year else Period.containing(layout.period, date(annual.year, 1, 1))  # type: ignore[arg-type]  # as above


@dataclass(frozen=True, slots=True)
class Gap:
    """Columns that are empty of the same projects for one reason: told once."""

    columns: list[Column]
    first: Empty


def gaps(filled: Filled) -> list[Gap]:
    """What is empty, in the order of the sheet's columns."""
    found: dict[tuple[Missing, frozenset[int]], Gap] = {}
    for one in filled.empties:
        found.setdefault((one.why, one.projects), Gap([], one)).columns.append(one.column)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell of the preview: its text, and the class of its cell."""

    text: str
    look: str


_LOOKS: Final = {
    FieldKind.MONEY: "num nw",
    FieldKind.PERCENT: "num nw",
    FieldKind.INTEGER: "num nw",
    FieldKind.DATE: "nw",
    FieldKind.CODE: "nw",
}
LONG: Final = 8
"""A text of more signs is given room, so that it does not become a tower of them."""


def shown_rows(filled: Filled) -> list[list[Shown]]:
    """The first rows as the sheet will have them, amounts in its own unit."""
    columns, unit = filled.layout.columns, filled.layout.unit
    return [
        [_shown(column, row.cells.get(column.source), column.unit or unit) for column in columns]
        for row in filled.rows[:SHOWN]
    ]


def _shown(column: Column, value: Any, unit: MoneyUnit) -> Shown:
    if not column.source:
        return Shown("—", "")
    kind = SOURCES[column.source].kind
    if value in (None, ""):
        return Shown("—", _LOOKS.get(kind, ""))
    text = format_amount(value, unit, 4, trim=True) if kind is FieldKind.MONEY else in_words(kind, value)
    return Shown(text, _LOOKS.get(kind, "long" if len(text) > LONG else "nw"))


def from_file(data: bytes) -> Layout:
    """A layout file as it was uploaded. Raises Refusal layouts.* with the line or the key."""
    try:
        return read_file(data)
    except DomainError as error:
        raise Refusal(error.code, **error.params) from None


def from_page(data: dict[str, Any]) -> Layout:
    """A layout as it was put together on a page. Raises as `from_file`."""
    try:
        return read_layout(data)
    except DomainError as error:
        raise Refusal(error.code, **error.params) from None


@dataclass(frozen=True, slots=True)
class UnitCount:
    """A unit's cells of a month."""

    unit: Unit
    count: FillCount


def unit_counts(actor: Actor, period: Period) -> list[UnitCount]:
    """The count of cells typed twice by unit, those with the most first, as far as the actor sees projects."""
    projects = visible_projects(actor, "reporting.view_readings").select_related("region")
    counts = fill_counts(projects, period)
    units = Unit.objects.filter(pk__in=counts).order_by("name", "pk")
    rows = [UnitCount(unit, counts[unit.pk]) for unit in units]
    return sorted(rows, key=lambda one: (-one.count.twice, -one.count.elsewhere))
