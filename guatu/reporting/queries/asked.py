"""Who is asked for which report, of which period, by when: the rules in force held against the year's lists."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Min, QuerySet

from guatu.core import clock
from guatu.core.editions import RuleState
from guatu.core.prepared import prepared
from guatu.core.refusals import Refusal
from guatu.core.registries import UNKNOWN, facts_of
from guatu.domain.periods import Period
from guatu.domain.rhythm import Expected, Member, Rhythm, current, expected, read_rhythm, window
from guatu.library.models import Project
from guatu.library.queries.lists import ruling_places
from guatu.library.queries.projects import parts
from guatu.people.models import Region
from guatu.people.queries import calendar_for, in_force
from guatu.reporting.choices import WRITABLE, ReportKind
from guatu.reporting.models import Report, ReportRule

LIGHT = "figures.light"
"""The fact by which a rule asks low risks less often: the colour of the light in effect."""


@dataclass(frozen=True, slots=True)
class RuleInForce:
    """A rule as its row and as it is read; `since`: from when on its first edition asked (nothing before is late)."""

    row: ReportRule
    rhythm: Rhythm
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """One report that is asked for: of which project, by which rule, until when; `report` is what came of it so far."""

    project: Project
    rule: RuleInForce
    expected: Expected
    report: Report | None

    @property
    def missing(self) -> bool:
        """Whether the unit has still to hand it in."""
        return self.report is None or self.report.state in WRITABLE


def rules_in_force(region: Region, day: date) -> list[RuleInForce]:
    """The rules that ask for reports on a day: of the region, or of the nearest one above it that has any; the more
    frequent first. A campaign's rule holds as long as the campaign runs, beside the others and displacing none.
    """
    found = [
        row
        for row in _rules_of(paths=region.lineage, day=day)
        if row.campaign is None
        or (not row.campaign.withdrawn and row.campaign.starts_on <= day <= row.campaign.ends_on)
    ]
    nearest = max((row.region.path for row in found if row.campaign is None), key=len, default="")
    order = list(ReportKind.values)
    listed = [row for row in found if row.campaign is not None or row.region.path == nearest]
    first = _first_asked(listed)
    return [
        RuleInForce(row, read_rhythm(row.kind, row.rule), first.get((row.region_id, row.code)))
        for row in sorted(listed, key=lambda row: (order.index(row.kind), row.pk))
    ]


@prepared
def _rules_of(paths: Sequence[str], day: date) -> QuerySet[ReportRule]:
    rows = ReportRule.objects.filter(in_force(day), region__path__in=paths, state=RuleState.IN_FORCE)
    return rows.select_related("region", "campaign")


def _first_asked(rows: Sequence[ReportRule]) -> dict[tuple[int, str], date]:
    """From when on each rule was in force at all, whichever its edition."""
    if not rows:
        return {}
    regions, codes = sorted({row.region_id for row in rows}), sorted({row.code for row in rows})
    return {(region, code): first for region, code, first in _firsts(regions=regions, codes=codes)}


@prepared
def _firsts(regions: Sequence[int], codes: Sequence[str]) -> QuerySet[ReportRule, tuple[int, str, date]]:
    same = ReportRule.objects.filter(region_id__in=regions, code__in=codes, state=RuleState.IN_FORCE)
    grouped = same.values("region_id", "code").annotate(first=Min("valid_from"))
    return grouped.order_by().values_list("region_id", "code", "first")


@prepared
def _regions(ids: Sequence[int]) -> QuerySet[Region]:
    return Region.objects.filter(pk__in=ids)


def wanted(projects: Iterable[Project], day: date, period: Period | None = None) -> list[Wanted]:
    """The reports that are asked for on a day of these projects: of the period under way, or of `period`.

    Nothing of a day before its rule was in force; a project that two rules of a kind ask is asked once, by the older
    one. A campaign's day sheet is no report. In the projects' order; a bounded number of queries.
    """
    found: list[Wanted] = []
    by_region = _by_region(projects)
    for region in _regions(ids=list(by_region)):
        calendar = calendar_for(region, closures=False)
        for rule in rules_in_force(region, day):
            if rule.row.campaign is not None or (period is not None and period.kind != rule.rhythm.kind):
                continue  # a campaign is answered on its day sheet (reporting.watch), never by a report
            one = current(rule.rhythm, day, calendar)
            one = one if period is None else expected(rule.rhythm, period, calendar)
            if rule.since is not None and one.on < rule.since:
                continue
            found += _of_rule(by_region[region.pk], rule, one)
    once = {(one.project.pk, one.rule.row.kind, one.expected.period.code): one for one in reversed(found)}
    return [one for one in found if once[one.project.pk, one.rule.row.kind, one.expected.period.code] is one]


def by_period(asked: Iterable[Wanted]) -> dict[tuple[str, str], list[Wanted]]:
    """Reports that are asked for by kind and code of the period, in their order."""
    found: dict[tuple[str, str], list[Wanted]] = {}
    for one in asked:
        found.setdefault((one.rule.row.kind, one.expected.period.code), []).append(one)
    return found


def asked_between(
    projects: Iterable[Project], first: date, last: date, day: date
) -> Iterator[tuple[RuleInForce, Expected, list[Project]]]:
    """What the rules that hold on `day` ask of which projects, of each period whose figures' day lies in first … last.

    Nothing was asked before a rule was in force. What decides is known up to `day`: a later period goes by it. A
    campaign's day sheet is no report.
    """
    by_region = _by_region(projects)
    for region in _regions(ids=list(by_region)):
        calendar = calendar_for(region, closures=False)
        done: set[tuple[int, str, str]] = set()
        for rule in rules_in_force(region, day):
            if rule.row.campaign is not None:
                continue
            since = max(first, rule.since or first)
            until = min(last, rule.row.valid_to or last)
            for one in window(rule.rhythm, since, until, calendar):
                fresh = [row for row in by_region[region.pk] if (row.pk, rule.row.kind, one.period.code) not in done]
                asked = asked_of(fresh, rule.rhythm, one, min(one.on, day))
                done |= {(row.pk, rule.row.kind, one.period.code) for row in asked}
                yield rule, one, asked


def asked_of(projects: Sequence[Project], rhythm: Rhythm, one: Expected, day: date) -> list[Project]:
    """Of projects, those that a rhythm asks for a period, by what is known on a day."""
    members = _members(projects, day, lights=rhythm.lighter is not None)
    return [project for project in projects if project.pk in members and rhythm.wants(members[project.pk], one.period)]


def _by_region(projects: Iterable[Project]) -> dict[int, list[Project]]:
    found: dict[int, list[Project]] = {}
    for project in projects:
        found.setdefault(project.region_id, []).append(project)
    return found


def next_open(report: Report, locked: date) -> Expected:
    """The first period of a report's kind whose figures' day lies after a locked one, by the rule in force today.

    Raises Refusal reporting.no_open_period where nothing of that kind is asked for any more.
    """
    rules = rules_in_force(report.project.region, clock.today())
    rule = next((one for one in rules if one.row.kind == report.kind), None)
    if rule is None:
        raise Refusal("reporting.no_open_period", name=report.project.name)
    calendar = calendar_for(report.project.region, closures=False)
    period = Period.containing(rule.rhythm.kind, locked + timedelta(days=1))
    one = expected(rule.rhythm, period, calendar)
    return one if one.on > locked else expected(rule.rhythm, period.next(), calendar)


def _of_rule(projects: Sequence[Project], rule: RuleInForce, one: Expected) -> list[Wanted]:
    asked = asked_of(projects, rule.rhythm, one, one.on)
    told = reports_of([project.pk for project in asked], rule.row.kind, one.period.code)
    return [Wanted(project, rule, one, told.get(project.pk)) for project in asked]


def _members(projects: Sequence[Project], day: date, *, lights: bool) -> dict[int, Member]:
    """What decides whether a project is asked, of those that stand on a list of the day's year."""
    places = ruling_places([project.pk for project in projects], day)
    colours = facts_of([LIGHT], [project.pk for project in projects], day) if lights else {}
    found: dict[int, Member] = {}
    for project in projects:
        if project.pk not in places:
            continue
        level, kind = places[project.pk]
        told = colours.get(project.pk, {}).get(LIGHT, UNKNOWN)
        light = told if isinstance(told, str) else None
        found[project.pk] = Member(level, kind or "preliminary", project.stage, light, str(project.public_id))
    return found


@prepared
def _reports_of(ids: Sequence[int], kind: str, period: str) -> QuerySet[Report]:
    return Report.objects.filter(project_id__in=ids, kind=kind, period=period).select_related("unit")


def reports_of(project_ids: Iterable[int], kind: str, period: str) -> dict[int, Report]:
    """The reports of a period, by project."""
    found: dict[int, Report] = {}
    for part in parts(project_ids):
        for row in _reports_of(ids=part, kind=kind, period=period):
            found[row.project_id] = row
    return found
