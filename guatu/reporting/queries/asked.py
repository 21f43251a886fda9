"""Who is asked for which report, of which period, by when: the rules in force held against the year's lists."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from guatu.core.registries import UNKNOWN, facts_of
from guatu.domain.periods import Period
from guatu.domain.rhythm import Expected, Member, Rhythm, current, expected, read_rhythm
from guatu.library.models import Project
from guatu.library.queries.lists import entries_of_projects
from guatu.library.queries.projects import parts
from guatu.people.models import Region
from guatu.people.queries import calendar_for, in_force
from guatu.reporting.choices import ReportKind, RuleState
from guatu.reporting.models import Report, ReportRule

LIGHT = "figures.light"
"""The fact by which a rule asks low risks less often: the colour of the light in effect."""


@dataclass(frozen=True, slots=True)
class RuleInForce:
    """A rule as its row and as it is read."""

    row: ReportRule
    rhythm: Rhythm


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
        return self.report is None or self.report.state in ("draft", "returned")


def rules_in_force(region: Region, day: date) -> list[RuleInForce]:
    """The rules that ask for reports on a day: of the region, or of the nearest one above it that has any; the more
    frequent first. A campaign's rule holds as long as the campaign runs, beside the others and displacing none.
    """
    codes = [code for code in region.path.split("/") if code]
    rows = ReportRule.objects.filter(in_force(day), region__code__in=codes, state=RuleState.IN_FORCE)
    found = [
        row
        for row in rows.select_related("region", "campaign")
        if row.campaign is None
        or (not row.campaign.withdrawn and row.campaign.starts_on <= day <= row.campaign.ends_on)
    ]
    nearest = max((row.region.path for row in found if row.campaign is None), key=len, default="")
    order = list(ReportKind.values)
    listed = [row for row in found if row.campaign is not None or row.region.path == nearest]
    return [
        RuleInForce(row, read_rhythm(row.kind, row.rule))
        for row in sorted(listed, key=lambda row: (order.index(row.kind), row.pk))
    ]


def wanted(projects: Iterable[Project], day: date, period: Period | None = None) -> list[Wanted]:
    """The reports that are asked for on a day of these projects: of the period under way, or of `period`.

    A campaign's day sheet is no report. In the projects' order; a bounded number of queries whatever their number.
    """
    by_region: dict[int, list[Project]] = {}
    for project in projects:
        by_region.setdefault(project.region_id, []).append(project)
    found: list[Wanted] = []
    for region in Region.objects.filter(pk__in=by_region):
        calendar = calendar_for(region, closures=False)
        for rule in rules_in_force(region, day):
            if rule.row.campaign is not None or (period is not None and period.kind != rule.rhythm.kind):
                continue  # a campaign is answered on its day sheet (reporting.watch), never by a report
            one = current(rule.rhythm, day, calendar)
            one = one if period is None else expected(rule.rhythm, period, calendar)
            found += _of_rule(by_region[region.pk], rule, one)
    return found


def _of_rule(projects: Sequence[Project], rule: RuleInForce, one: Expected) -> list[Wanted]:
    members = _members(projects, one.on, lights=rule.rhythm.lighter is not None)
    asked = [
        project for project in projects if project.pk in members and rule.rhythm.wants(members[project.pk], one.period)
    ]
    told = reports_of([project.pk for project in asked], rule.row.kind, one.period.code)
    return [Wanted(project, rule, one, told.get(project.pk)) for project in asked]


def _members(projects: Sequence[Project], day: date, *, lights: bool) -> dict[int, Member]:
    """What decides whether a project is asked, of those that stand on a list of the day's year."""
    entries = entries_of_projects([project.pk for project in projects], day)
    colours = facts_of([LIGHT], [project.pk for project in projects], day) if lights else {}
    found: dict[int, Member] = {}
    for project in projects:
        entry = next((row for row in entries.get(project.pk, ()) if row.annual_list.year == day.year), None)
        if entry is None:
            continue
        told = colours.get(project.pk, {}).get(LIGHT, UNKNOWN)
        light = told if isinstance(told, str) else None
        found[project.pk] = Member(
            entry.annual_list.level, entry.kind or "preliminary", project.stage, light, str(project.public_id)
        )
    return found


def reports_of(project_ids: Iterable[int], kind: str, period: str) -> dict[int, Report]:
    """The reports of a period, by project."""
    found: dict[int, Report] = {}
    for part in parts(project_ids):
        for row in Report.objects.filter(project_id__in=part, kind=kind, period=period).select_related("unit"):
            found[row.project_id] = row
    return found
