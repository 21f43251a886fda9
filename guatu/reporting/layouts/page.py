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
from guatu.core.ui import numbers
from guatu.domain.errors import DomainError
from guatu.domain.fill_once import FillCount
from guatu.domain.money import MoneyUnit
from guatu.domain.periods import Period
from guatu.library.models import AnnualList
from guatu.library.policies import visible_lists, visible_projects
from guatu.library.queries.lists import in_office_order, main_list
from guatu.people.models import Unit
from guatu.reporting.layouts.filling import Filled
from guatu.reporting.layouts.respect import in_words
from guatu.reporting.layouts.schema import Column, Layout, read_file, read_layout, stored
from guatu.reporting.layouts.sources import SOURCES
from guatu.reporting.models import SheetLayout
from guatu.reporting.policies import visible_layouts
from guatu.reporting.queries.twice import fill_counts
from guatu.reporting.workbooks.rows import RIGHT

EDIT: Final = "reporting.confirm"
KINDS: Final = {"month": _("月度期间，如 2026-03"), "quarter": _("季度期间，如 2026-Q1")}
SHOWN: Final = 8
PLACES: Final = {MoneyUnit.WAN: 2, MoneyUnit.YI: 4}
"""Decimals of money in the first rows, so that points stand under each other."""


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
class Head:
    """A column of the first rows: its heading, the unit of money under which its figures stand ("" for others)."""

    words: str
    unit: str


def heads_of(layout: Layout) -> list[Head]:
    """The headings over the first rows."""
    return [
        Head(column.words, _unit_of(layout, column).value if _is_money(column) else "") for column in layout.columns
    ]


def shown_rows(filled: Filled) -> list[list[tuple[str, bool]]]:
    """The first rows as the sheet will have them: each cell's words, and whether they are a sum of money."""
    return [
        [
            (_shown(filled.layout, column, row.cells.get(column.source)), _is_money(column))
            for column in filled.layout.columns
        ]
        for row in filled.rows[:SHOWN]
    ]


def _is_money(column: Column) -> bool:
    return bool(column.source) and SOURCES[column.source].kind is FieldKind.MONEY


def _unit_of(layout: Layout, column: Column) -> MoneyUnit:
    return column.unit or layout.unit


def _shown(layout: Layout, column: Column, value: Any) -> str:
    if _is_money(column):
        unit = _unit_of(layout, column)
        return numbers.amount(None if value == "" else value, unit, PLACES.get(unit, 0))
    return in_words(SOURCES[column.source].kind, value) if column.source else "—"


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
    return sorted((UnitCount(unit, counts[unit.pk]) for unit in units), key=lambda one: -one.count.twice)
