"""A founding scenario as plain values: projects, lists, what was told at the article's date, and what it printed.

Money in whole yuan. Projects are known by a number of the scenario, units and leaders by their place.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

YI = 100_000_000
MARK = "（据公开报道重建）"
"""Ends the name of every list of a scenario: what it holds beyond the printed figures is invented."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """One project. `named`: its name stands in the article; everything else about it is invented in any case.

    `stage` and `since` are how it is registered; `steps` what happened after that as (stage, day, resumed); `readings`
    as (day, this year's amount).
    """

    number: int
    name: str
    named: bool
    group: str
    total: int
    stage: str
    since: date
    registered_on: date
    steps: tuple[tuple[str, date, bool], ...] = ()
    readings: tuple[tuple[date, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a list says of a project; `batch` the issue with which it came.

    `targets` as (period's code, whole yuan) are set by hand when the list is issued; the rest of `planned` is spread.
    """

    project: int
    kind: str
    planned: int = 0
    completes: bool = False
    start: date | None = None
    finish: date | None = None
    resume: date | None = None
    batch: int = 1
    targets: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    """A year's list of a level with its issues (day, document) and named dates."""

    level: str
    year: int
    name: str
    issues: tuple[tuple[date, str], ...]
    entries: tuple[Entry, ...]
    settings: Mapping[str, object] = field(default_factory=dict)
    points: tuple[tuple[str, date], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """A figure that somebody else counted, as the article prints it."""

    indicator: str
    period: str
    value: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lights:
    """Rules of lights that the region goes by from a day on: a preset's code, and the rules made of it."""

    preset: str
    name: str
    valid_from: date
    rules: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A daily watch on a ready form; `said` is what was handed in as (day, project, values by field)."""

    name: str
    document: str
    starts: date
    ends: date
    ready: str
    said: tuple[tuple[date, int, Mapping[str, int | bool]], ...]


# -- what the article prints ------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """An indicator of the lists at a date, in one group of a cut or whole, from actual or planned dates."""

    code: str
    on: date | None = None
    group: Mapping[str, str | int | None] = field(default_factory=dict)
    planned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """How many groups a cut of the list has: the units that answer, the leaders, the kinds."""

    dimension: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An indicator's difference against the corresponding lists a year earlier."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AtPoint:
    """The plan's own figure at a named date: a state (an indicator; investment_to_date is what the targets reach by
    then) or what is planned since the named date before.
    """

    point: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FromOutside:
    """A figure from outside that the scenario recorded with its source."""

    indicator: str
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A field of the scenario's watch, summed from its first day to the article's date."""

    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """Nothing gives it yet: it comes with a later part of the product."""

    part: str


Measure: TypeAlias = Figure | Groups | Change | AtPoint | FromOutside | Watched | Waits


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """One figure as the article prints it ("93.58%"), what of ours answers to it, and why they may differ."""

    words: str
    printed: str
    by: Measure
    why: str = ""
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """A sum that the article's own figures should make: `terms` added up beside the figure that it prints."""

    words: str
    terms: tuple[int, ...]
    printed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One article as an installation. `lists` of the article's year last; `levels` those that its figures are of."""

    code: str
    title: str
    paper: str
    printed_on: date
    region: str
    region_name: str
    login: str
    year: int
    levels: tuple[str, ...]
    as_of: date
    told_on: date
    founded_on: date
    units: tuple[str, ...]
    leaders: int
    projects: tuple[Project, ...]
    lists: tuple[List, ...]
    outside: tuple[Outside, ...]
    figures: tuple[Printed, ...]
    lights: Lights | None = None
    watch: Watch | None = None
    closings: tuple[Closing, ...] = ()
    notes: tuple[str, ...] = ()
