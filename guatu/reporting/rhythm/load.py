"""What units are asked for in a month, held against the cap that the office sets, and what to ask no more."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core.actor import Actor
from guatu.core.kinds import WHOLE
from guatu.core.settings import declare_setting, setting
from guatu.domain.burden import Burden, Costs, Drop, Load, burden, to_drop
from guatu.domain.periods import Period
from guatu.domain.watch import due, read_fields
from guatu.library.models import Project
from guatu.library.policies import visible_projects
from guatu.people.models import Unit
from guatu.reporting.models import Campaign, ReportRule
from guatu.reporting.policies import visible_watches
from guatu.reporting.queries.asked import asked_between
from guatu.reporting.queries.twice import fill_counts
from guatu.reporting.queries.watches import asked_on
from guatu.reporting.sent.columns import KNOWN

One = TypeVar("One")
RIGHT: Final = "reporting.view_burden"
CAP, CELL, PHOTO = "reporting.burden_cap", "reporting.seconds_cell", "reporting.seconds_photo"
READY: Final = sum(column.group != "" for column in KNOWN)
"""Cells that stand ready in each report: what the office knows of the project."""


def _whole(value: int) -> str:
    return "" if value >= 0 else _("不能小于零")


declare_setting(
    CAP,
    gettext_lazy("一个单位每月填报的上限（分钟）"),
    0,
    check=_whole,
    kind=WHOLE,
    per_region=True,
    help=gettext_lazy("超过上限的单位在“填报工作量”页标出，并提示可以少问哪几项；0 为不设上限。"),
)
declare_setting(
    CELL,
    gettext_lazy("填一格大约几秒"),
    25,
    check=_whole,
    kind=WHOLE,
    per_region=True,
    help=gettext_lazy("用来估算填报时间。默认按一刻钟填 12 个项目、每个 3 格计，请按实际测算修改。"),
)
declare_setting(
    PHOTO,
    gettext_lazy("传一张照片大约几秒"),
    60,
    check=_whole,
    kind=WHOLE,
    per_region=True,
    help=gettext_lazy("用来估算填报时间。默认是假定，请按实际测算修改。"),
)


@dataclass(frozen=True, slots=True)
class UnitBurden:
    """A unit's month: its projects, what is asked, its region's cap in minutes (0: none) and how far it is over it,
    what to ask no more, and the cells that had to be typed in another system as well (the aim is 0).
    """

    unit: Unit | None
    projects: int
    asked: Burden
    cap: int
    costs: Costs
    over: int
    drops: tuple[Drop, ...]
    twice: int = 0

    @property
    def name(self) -> str:
        """The unit's name."""
        return self.unit.name if self.unit is not None else _("没有责任单位")


@dataclass(frozen=True, slots=True)
class MonthBurden:
    """All units of a month, in order of their names; the rules' names by code. Each is weighed by its own region."""

    month: Period
    units: list[UnitBurden]
    rules: dict[str, str]

    @property
    def capped(self) -> bool:
        """Whether any unit has a cap."""
        return any(one.cap for one in self.units)

    @property
    def cap(self) -> int:
        """The cap of all units in minutes; 0 where there is none or they differ."""
        return _one_for_all([one.cap for one in self.units]) or 0

    @property
    def costs(self) -> Costs | None:
        """By which seconds all units are weighed; None where they differ."""
        return _one_for_all([one.costs for one in self.units])


def _one_for_all(values: Sequence[One]) -> One | None:
    return values[0] if values and all(value == values[0] for value in values) else None


@dataclass(slots=True)
class _Told:
    """What was counted of a unit so far: its region (of projects without a unit, theirs), its projects, reports by
    rule, and what its watches ask.
    """

    unit: Unit | None
    region: int
    projects: set[int]
    reports: dict[str, int]
    watches: list[Load]


def month_burden(actor: Actor, month: Period, day: date) -> MonthBurden:
    """What the rules that hold on a day (or, of a month to come or over, on its nearest day) ask in a month."""
    projects = visible_projects(actor, RIGHT).select_related("region", "unit").order_by("sort_key", "pk")
    near = min(max(day, month.start), month.end)
    told: dict[int | None, _Told] = {}
    rules: dict[str, ReportRule] = {}
    for rule, _one, asked in asked_between(projects, month.start, month.end, near):
        code = str(rule.row.pk)
        rules[code] = rule.row
        for project in asked:
            unit = _told_of(told, project)
            unit.reports[code] = unit.reports.get(code, 0) + 1
    watched = list(visible_watches(actor, RIGHT).filter(starts_on__lte=month.end, ends_on__gte=month.start))
    for campaign in watched:
        _add_watch(actor, campaign, month, day, told)
    twice = fill_counts(projects, month)
    units = [replace(_weighed(one, rules), twice=twice[key].twice if key in twice else 0) for key, one in told.items()]
    units.sort(key=lambda one: (one.unit is None, one.name))
    return MonthBurden(month, units, {code: row.name for code, row in rules.items()})


def _told_of(told: dict[int | None, _Told], project: Project) -> _Told:
    """What was counted of a project's unit, the project among its own."""
    region = project.unit.region_id if project.unit is not None else project.region_id
    unit = told.setdefault(project.unit_id, _Told(project.unit, region, set(), {}, []))
    unit.projects.add(project.pk)
    return unit


def _add_watch(actor: Actor, campaign: Campaign, month: Period, day: date, told: dict[int | None, _Told]) -> None:
    """Add a watch's day sheets: a line for each project that is asked and each day of the month on which it is."""
    first, last = max(campaign.starts_on, month.start), min(campaign.ends_on, month.end)
    asked = asked_on(actor, campaign, min(max(day, first), last), RIGHT)
    fields = read_fields(campaign.fields)
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    lines = Counter(one.project for each in days for one in due(fields, [row.member for row in asked], each))
    by_unit: dict[int | None, int] = {}
    for row in asked:
        count, project = lines[row.member.project], row.project
        if count:
            _told_of(told, project)
            by_unit[project.unit_id] = by_unit.get(project.unit_id, 0) + count
    for key, count in by_unit.items():
        told[key].watches.append(Load(f"watch-{campaign.pk}", (), count, columns=len(fields)))


def _weighed(one: _Told, rules: dict[str, ReportRule]) -> UnitBurden:
    cap, cell, photo = (int(setting(name, one.region)) for name in (CAP, CELL, PHOTO))
    costs = Costs(cell, photo)
    loads = [Load(code, tuple(rules[code].rule["fields"]), count, READY) for code, count in one.reports.items()]
    loads += one.watches
    asked = burden(loads, costs)
    return UnitBurden(one.unit, len(one.projects), asked, cap, costs, asked.over(cap), to_drop(loads, costs, cap))


def in_all(units: Iterable[UnitBurden]) -> Burden:
    """The sum of all units."""
    rows = [one.asked for one in units]
    return Burden(*(sum(getattr(row, name) for row in rows) for name in Burden.__slots__))
