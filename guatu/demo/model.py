"""The district as planned: plain values, no database. Money in whole yuan, percentages in hundredths of a per cent.

Projects are known by their number, units and posts by a short key. A deed is what the office does at a moment; the
deeds in their order are the district's whole history, and the only thing that the writer carries out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPlan:
    """A body of the district. `region` is "district", "city" or a street's nine-digit code."""

    key: str
    name: str
    kind: str
    region: str = "district"
    short_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPlan:
    """An invented post; `login` is the sign-in name of the demonstration user who holds it, if any."""

    key: str
    kind: str
    title: str
    unit: str
    region: str = "district"
    login: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When a project was to be built, and when it really is. Real dates may lie after the district's today."""

    planned_start: date
    planned_finish: date
    start: date
    finish: date
    stops: tuple[tuple[date, date | None], ...] = ()  # (first day, first day of work after it)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectPlan:
    """One project with everything that is true of it."""

    number: int
    name: str
    group: tuple[str, str]  # class and subclass
    themes: tuple[str, ...]
    industry: str
    nature: str
    investor: str
    total: int
    promoted: bool
    schedule: Schedule
    manner: str  # how its unit reports: steady, hopeful, slow, silent, in_jumps
    registered_on: date
    reserve_on: date
    prelim_on: date
    street: str
    crosses_streets: bool
    roles: Mapping[str, str]  # role → unit or post key; supporting units as supporting0, supporting1
    gaps: Mapping[str, str]  # member of 五个一 that is missing → why
    levels: tuple[str, ...] = ()  # the higher lists that it is on, from `level_year` on
    level_year: int = 0
    silent_months: frozenset[tuple[int, int]] = frozenset()
    trouble: tuple[tuple[date, date, str], ...] = ()  # (from, until, what is in the way)
    paid: bool = False  # followed on the payment basis as well
    details: Mapping[str, object] = field(default_factory=dict)
    parts: tuple[str, ...] = ()  # sub-projects of a package, by name
    parts_done: tuple[date, ...] = ()  # when each of them is completed


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPlan:
    """What a list says of a project."""

    project: int
    number: int
    kind: str
    completes_this_year: bool
    planned_investment: int
    planned_start: date | None
    planned_finish: date
    planned_resume: date | None
    goal: str
    quarter_goals: tuple[str, ...]
    layer: str
    mark: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingPlan:
    """What is reported of a project for a month's end."""

    project: int
    on: date
    cumulative: int
    ytd: int | None  # None: follows from the last year's end
    preliminary_cost: int = 0
    percent: int | None = None
    words: str = ""
    problem: str = ""
    next_plan: str = ""
    estimate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPlan:
    """A project's step to a stage, or that of one of its sub-projects (`part`, by its place)."""

    project: int
    part: int | None = None
    stage: str
    on: date
    resumed: bool = False
    occurrence: int = 0
    reason: str = ""


# -- deeds ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something done by the office at a moment (Asia/Shanghai)."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Register(Deed):
    """Projects enter the library in their first stage."""

    projects: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Name(Deed):
    """Who answers is named for projects, with effect from a day."""

    projects: tuple[int, ...]
    on: date
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryOver(Deed):
    """The list of `year` is carried into the next one, which stands as provisional."""

    level: str
    year: int
    continuing: tuple[int, ...]
    dropped: Mapping[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft(Deed):
    """The provisional list of a year is filled from the draft; made first where nothing was carried over."""

    level: str
    year: int
    entries: tuple[EntryPlan, ...]
    make: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue(Deed):
    """The list is issued, with effect from 1 January, and its check points are set."""

    level: str
    year: int
    document: str
    entries: tuple[EntryPlan, ...]
    check_points: tuple[tuple[str, date], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Amend(Deed):
    """One adjustment document: out, in (as the second batch), and changed plans (`changed`) and totals (`totals`)."""

    level: str
    year: int
    on: date
    document: str
    reason: str
    out: tuple[int, ...]
    entries: tuple[EntryPlan, ...]
    changed: tuple[EntryPlan, ...]
    totals: Mapping[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps(Deed):
    """Steps to stages, registered at a weekly meeting."""

    steps: tuple[StepPlan, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings(Deed):
    """A sheet of readings of one basis."""

    basis: str
    period: str
    source: str
    rows: tuple[ReadingPlan, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims(Deed):
    """What one unit has reported and nobody has checked yet."""

    period: str
    rows: tuple[ReadingPlan, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside(Deed):
    """A figure that somebody else published."""

    indicator: str
    period: str
    value: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reassign(Deed):
    """Everything that one leader's post held goes to another's, by a document."""

    from_post: str
    to_post: str
    on: date
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave(Deed):
    """A project leaves the library."""

    project: int
    on: date
    reason: str
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plans(Deed):
    """The plans of projects, approved on paper; `templates` are the codes of what their sites are planned from."""

    projects: tuple[int, ...]
    templates: tuple[str, ...]
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeNews(Deed):
    """What happened to nodes up to a day, and what is expected of those that are late."""

    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Replan(Deed):
    """A plan whose deadline could not be kept is changed: submitted by the office, approved by its head unless it is
    still waiting.
    """

    project: int
    reason: str
    document: str
    waits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LightRules(Deed):
    """The district's rules of lights are put in force."""

    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LightAnswers(Deed):
    """Some lights are excused, of some the units say what holds them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRules(Deed):
    """What the district asks for is put in force: weekly reports of raised projects, monthly ones of all."""

    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing(Deed):
    """The reports of the demonstration's own reporter for a month are accepted, the month is locked, its bulletin is
    issued.
    """

    month: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reports(Deed):
    """The last month's reports of the units that keep up, one unit's by a stamped sheet; most of those of the
    demonstration's own reporter are still to do.
    """

    month: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchOrdered(Deed):
    """A daily watch is ordered on a ready form; it begins on the day of the deed."""

    name: str
    document: str
    ends: date
    ready: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchDay(Deed):
    """The sheets of a day of a watch are handed in."""

    watch: str


AnyDeed: TypeAlias = (
    Register
    | Name
    | CarryOver
    | Draft
    | Issue
    | Amend
    | Steps
    | Readings
    | Claims
    | Outside
    | Reassign
    | Leave
    | Plans
    | NodeNews
    | Replan
    | LightRules
    | LightAnswers
    | ReportRules
    | Closing
    | Reports
    | WatchOrdered
    | WatchDay
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictPlan:
    """The whole district: who, which projects, and everything that was done before `today`."""

    seed: int
    today: date
    founded_at: datetime
    units: tuple[UnitPlan, ...]
    posts: tuple[PostPlan, ...]
    classes: tuple[tuple[str, tuple[str, ...]], ...]
    themes: tuple[str, ...]
    streets: tuple[tuple[str, str], ...]
    projects: tuple[ProjectPlan, ...]
    deeds: tuple[AnyDeed, ...]
