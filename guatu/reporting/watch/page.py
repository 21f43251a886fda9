"""A watch as its pages show it: the table of a day by unit, the days and weeks before, who is missing, what changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from guatu.core import clock
from guatu.core.ui import numbers
from guatu.domain import watch
from guatu.domain.periods import Period
from guatu.domain.rounding import PerCent
from guatu.people.models import Unit
from guatu.reporting.choices import Means
from guatu.reporting.models import Campaign, CampaignDay
from guatu.reporting.queries.watches import Asked, Standing

DAYS_SHOWN: Final = 7


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: whose, how many are asked and said something, the values in the fields' order, the rate."""

    words: str
    asked: int
    said: int
    values: list[str]
    rate: PerCent | None
    key: str = ""


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """One project's day: its values in words, and how they came."""

    name: str
    unit: str
    values: list[str]
    marks: list[str]
    said: bool


def state_of(campaign: Campaign, today: date) -> str:
    """Where a watch stands."""
    if today < campaign.starts_on:
        return _("未开始")
    return _("进行中") if today <= campaign.ends_on else _("已结束")


def day_shown(campaign: Campaign, wanted: str, today: date) -> date:
    """The day that a page shows: the wanted one within the watch, else today or the watch's last day."""
    last = min(max(today, campaign.starts_on), campaign.ends_on)
    try:
        day = date.fromisoformat(wanted)
    except ValueError:
        return last
    return day if campaign.starts_on <= day <= last else last


def value_words(told: watch.Field, value: watch.Value | None) -> str:
    """A value as people read it; empty where nothing was said."""
    if value is None:
        return ""
    if told.kind == "yes":
        return _("是") if value else _("否")
    return str(value)


def heading(told: watch.Field) -> str:
    """A field's heading with its measure."""
    return f"{told.name}（{told.measure}）" if told.measure else told.name


def summed(fields: Iterable[watch.Field]) -> list[watch.Field]:
    """The fields that a table of sums has."""
    return [one for one in fields if one.sums != "none"]


def told(standing: Standing, day: date) -> dict[str, Any]:
    """Everything that the page of a day shows."""
    campaign, fields, members = standing.campaign, standing.fields, standing.members
    columns = summed(fields)
    whole = watch.table(fields, members, standing.said, day, day)
    return {
        "columns": [heading(one) for one in columns],
        "base": base.of if (base := watch.base_of(fields)) is not None else "",
        "whole": _line(_("合计"), whole, columns),
        "left": len(whole.missing),
        "units": unit_lines(standing, day),
        "missing": missing(standing, whole.missing),
        "changes": _changes(standing, day),
        "days": [
            _span(standing, numbers.day(one), one, one)
            for one in (day - timedelta(days=back) for back in range(DAYS_SHOWN))
            if one >= campaign.starts_on
        ],
        "weeks": weeks(standing, day),
    }


def unit_lines(standing: Standing, day: date) -> list[Line]:
    """A day by unit, in the units' order."""
    columns = summed(standing.fields)
    found = []
    for unit, members in by_unit(standing.asked):
        made = watch.table(standing.fields, [one.member for one in members], standing.said, day, day)
        name, key = (unit.name, str(unit.public_id)) if unit is not None else (_("未定责任单位"), "-")
        found.append(_line(name, made, columns, key))
    return found


def by_unit(asked: Iterable[Asked]) -> list[tuple[Unit | None, list[Asked]]]:
    """The projects that are asked, by their unit."""
    found: dict[int | None, tuple[Unit | None, list[Asked]]] = {}
    for one in asked:
        found.setdefault(one.project.unit_id, (one.project.unit, []))[1].append(one)
    return list(found.values())


def weeks(standing: Standing, day: date) -> list[Line]:
    """The weeks of the watch up to a day, the newest first; of the one under way what there is."""
    found, period = [], Period.containing("week", day)
    while period.end >= standing.campaign.starts_on:
        first, last = max(period.start, standing.campaign.starts_on), min(period.end, day)
        found.append(_span(standing, span_words(first, last), first, last))
        period = period.previous()
    return found


def span_words(first: date, last: date) -> str:
    """3月31日, or 4月1日至4月2日 for several days."""
    if first == last:
        return numbers.day(first)
    return _("{first}至{last}").format(first=numbers.day(first), last=numbers.day(last))


def _span(standing: Standing, words: str, first: date, last: date) -> Line:
    made = watch.table(standing.fields, standing.members, standing.said, first, last)
    return _line(words, made, summed(standing.fields), last.isoformat())


def _line(words: str, made: watch.Table, columns: Iterable[watch.Field], key: str = "") -> Line:
    values = [numbers.count(made.values[one.code]) for one in columns]
    return Line(words, made.asked, made.said, values, made.rate, key)


def missing(standing: Standing, ids: Iterable[int]) -> list[tuple[str, list[str]]]:
    """Who said nothing on the day: names of projects by unit."""
    projects = standing.projects
    found: dict[str, list[str]] = {}
    for key in ids:
        unit = projects[key].unit
        found.setdefault(unit.name if unit is not None else _("未定责任单位"), []).append(projects[key].name)
    return list(found.items())


def _changes(standing: Standing, day: date) -> list[dict[str, str]]:
    fields = {one.code: one for one in standing.fields}
    projects = standing.projects
    return [
        {
            "name": projects[one.project].name,
            "field": fields[one.field].name,
            "before": value_words(fields[one.field], one.before) or _("未填"),
            "now": value_words(fields[one.field], one.now) or _("未填"),
        }
        for one in watch.changes(standing.fields, standing.members, standing.said, day)
    ]


def project_lines(standing: Standing, day: date, asked: Sequence[Asked]) -> list[ProjectLine]:
    """The projects of a day one by one."""
    found = []
    for one in asked:
        project = one.project
        row = standing.rows.get((project.pk, day))
        values = row.values if row is not None else {}
        found.append(
            ProjectLine(
                project.name,
                project.unit.name if project.unit is not None else "",
                [value_words(column, values.get(column.code)) for column in standing.fields],
                marks_of(row),
                bool(values),
            )
        )
    return found


def marks_of(row: CampaignDay | None) -> list[str]:
    """How a day's line came: handed in later, entered by the office for a telephone call."""
    if row is None or not row.values:
        return []
    marks = [_("迟报")] if row.recorded_at.astimezone(clock.ZONE).date() > row.effective_on else []
    return [*marks, *([_("代录")] if row.means == Means.PHONE else [])]
