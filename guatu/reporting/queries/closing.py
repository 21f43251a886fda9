"""What is looked at in the reports before a period is closed: missing, returned, not accepted, still estimated."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import F, Max, Min, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core.ui.numbers import amount, day
from guatu.domain.money import MoneyUnit
from guatu.domain.rhythm import Expected, Rhythm, window
from guatu.library.models import AnnualList, ListEntry, Project
from guatu.library.queries.checks import OpenItem
from guatu.library.queries.listed import listed_in, of_listed
from guatu.people.queries import calendar_for
from guatu.plans.choices import Dates
from guatu.plans.models import Node, NodeDates
from guatu.reporting.choices import WAITING, Basis, ReportKind, ReportState, Truth
from guatu.reporting.content import from_json
from guatu.reporting.models import Reading, Report
from guatu.reporting.queries.asked import Wanted, rules_in_force, wanted

_SELDOM = ("month", "quarter")


def missing(annual_list: AnnualList, first: date, until: date) -> list[OpenItem]:
    """Reports that were asked for and not handed in: each month's and quarter's, of more frequent ones the last."""
    asked = _asked(annual_list, first, until)
    return [_item(one) for one in asked if one.report is None or one.report.state == ReportState.DRAFT]


def returned(annual_list: AnnualList, first: date, until: date) -> list[OpenItem]:
    """Reports that were returned and not handed in again."""
    rows = _reports(annual_list, first, until).filter(state=ReportState.RETURNED)
    return [_of_report(row, row.returned_reason) for row in rows]


def unaccepted(annual_list: AnnualList, first: date, until: date) -> list[OpenItem]:
    """Reports that wait for the unit or for the office: what they say is in no figure yet."""
    rows = _reports(annual_list, first, until).filter(state__in=WAITING)
    return [_of_report(row, str(ReportState(row.state).label)) for row in rows]


def estimates(annual_list: AnnualList, first: date, until: date) -> list[OpenItem]:
    """Estimates (预计数) of days that are over, which nobody has replaced."""
    guessed = Reading.objects.filter(
        truth=Truth.CONFIRMED, estimate=True, superseded_at__isnull=True, effective_on__range=(first, until)
    )
    found = of_listed(guessed, annual_list, until).select_related("project")
    return [_line(row.project, day(row.effective_on)) for row in found.order_by("project__sort_key", "effective_on")]


def contradictory(annual_list: AnnualList, first: date, until: date) -> list[OpenItem]:
    """Days of which two sums are told: what is claimed or checked is another amount than what is confirmed."""
    all_told = Reading.objects.filter(
        project__in=ListEntry.objects.filter(annual_list=annual_list).values("project"),
        basis=Basis.DISPATCH,
        superseded_at__isnull=True,
        effective_on__range=(first, until),
    )
    rows = of_listed(all_told.filter(project__in=_apart(all_told)), annual_list, until)
    told: dict[tuple[int, date], dict[str, Reading]] = {}
    for row in rows.select_related("project").order_by("project__sort_key", "effective_on", "booked_on", "pk"):
        told.setdefault((row.project_id, row.effective_on), {})[row.truth] = row
    found = [_line(row.project, words) for by_truth in told.values() for row, words in _contradictions(by_truth)]
    return found + list(_undone(annual_list, first, until))


def _apart(rows: QuerySet[Reading]) -> QuerySet[Any, Any]:
    """The few projects of which two sums are told on any day: a month has thousands of readings that agree."""
    ends = {f"{end}_{name}": of(name) for name in ("ytd", "cumulative") for end, of in (("low", Min), ("high", Max))}
    days = rows.order_by().values("project", "effective_on").annotate(**ends)
    apart = days.filter(Q(low_ytd__lt=F("high_ytd")) | Q(low_cumulative__lt=F("high_cumulative")))
    return apart.values("project")


def _undone(annual_list: AnnualList, first: date, until: date) -> Iterable[OpenItem]:
    """Nodes that an accepted report calls done and the plan, as it stands at the end of the period, does not."""
    reports = _reports(annual_list, first, until).filter(state=ReportState.ACCEPTED, content__has_key="nodes")
    said = [(row, node) for row in reports for node in from_json(row.content).nodes if node.finished is not None]
    nodes = {str(row.public_id): row for row in Node.objects.filter(public_id__in={node.node for _row, node in said})}
    actual = NodeDates.objects.filter(node__in=nodes.values(), sort=Dates.ACTUAL).as_of(until, restated=True)
    done = set(actual.filter(finish__isnull=False).values_list("node_id", flat=True))
    for row, node in said:
        known = nodes.get(node.node)
        if known is not None and known.pk not in done:
            words = _("报告称“{node}”已于{day}完成，计划里没有完成日期").format(node=known.name, day=node.finished)
            yield _of_report(row, words)


def _contradictions(by_truth: Mapping[str, Reading]) -> Iterable[tuple[Reading, str]]:
    adopted = by_truth.get(Truth.CONFIRMED)
    for name, words in (("ytd", _("本年完成")), ("cumulative", _("累计完成"))):
        sums = {step: getattr(row, name) for step, row in by_truth.items()}
        other = next((step for step in (Truth.CHECKED, Truth.CLAIMED) if sums.get(step) is not None), None)
        kept = sums.get(Truth.CONFIRMED)
        if adopted is not None and other is not None and kept is not None and sums[other] != kept:
            yield (
                adopted,
                _("{day} {what}：{step} {told} 亿元，项目办已采用 {kept} 亿元").format(
                    day=day(adopted.effective_on),
                    what=words,
                    step=other.label,
                    told=amount(sums[other], MoneyUnit.YI),
                    kept=amount(kept, MoneyUnit.YI),
                ),
            )
            return


def _listed(annual_list: AnnualList, until: date) -> QuerySet[Project]:
    return listed_in(Project.objects.filter(withdrawn=False), annual_list, until)


def _asked(annual_list: AnnualList, first: date, until: date) -> Iterable[Wanted]:
    rules = rules_in_force(annual_list.region, until)
    if not rules:
        return
    projects = list(_listed(annual_list, until).select_related("region", "unit").order_by("sort_key", "pk"))
    calendar = calendar_for(annual_list.region, closures=False)
    done: set[tuple[str, str]] = set()
    for rule in rules:
        since = max(first, rule.since or first)  # an edition goes on asking what the one before it asked
        for one in _periods(rule.rhythm, window(rule.rhythm, since, until, calendar)):
            if (rule.row.kind, one.period.code) not in done:
                done.add((rule.row.kind, one.period.code))
                yield from wanted(projects, until, one.period)


def _periods(rhythm: Rhythm, all_of_them: Sequence[Expected]) -> Sequence[Expected]:
    return all_of_them if rhythm.kind in _SELDOM else all_of_them[-1:]


def _reports(annual_list: AnnualList, first: date, until: date) -> QuerySet[Report]:
    rows = of_listed(Report.objects.filter(on__range=(first, until)), annual_list, until)
    return rows.select_related("project").order_by("project__sort_key", "on")


def _item(one: Wanted) -> OpenItem:
    words = f"{one.expected.period.label_zh} {ReportKind(one.rule.row.kind).label}"
    return _line(one.project, words)


def _of_report(row: Report, words: str) -> OpenItem:
    return _line(row.project, f"{row.period_words} {row.get_kind_display()}，{words}")


def _line(project: Project, words: str) -> OpenItem:
    return OpenItem(project.name, words, reverse("library:project", args=[project.public_id]))
