"""The queue: reports that wait for the one who looks, by unit, each beside the period before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core import rights
from guatu.core.actor import Actor
from guatu.core.audience import sees
from guatu.core.second_person import is_same_person
from guatu.core.ui import numbers
from guatu.domain.periods import Period
from guatu.domain.rounding import rate
from guatu.library.policies import visible_projects
from guatu.people.choices import PostKind
from guatu.people.models import Unit
from guatu.people.queries import posts_in_force
from guatu.reporting.choices import WAITING, FindingState, ReportKind, ReportState
from guatu.reporting.content import ReportContent, from_json
from guatu.reporting.models import EvidenceFinding, Report
from guatu.reporting.queries.readings import plans_of_year
from guatu.reporting.review.money import Money, money_of
from guatu.reporting.review.questions import questions_of

CHECK, CONFIRM = "reporting.check", "reporting.confirm"
MOST: Final = 300
"""Reports on one page; the others come when these are done, or by a filter."""
MINE: Final = "mine"
STATES = {
    MINE: gettext_lazy("待我办理"),
    ReportState.SUBMITTED: ReportState.SUBMITTED.label,
    ReportState.CHECKED: ReportState.CHECKED.label,
    ReportState.RETURNED: ReportState.RETURNED.label,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One report in the queue. `can` is what the one who looks may do with it: check, accept, stamped, or nothing."""

    report: Report
    content: ReportContent
    money: Money
    planned: int | None
    questions: Sequence[str]
    to_verify: int
    can: str
    why_not: str = ""

    @property
    def value(self) -> str:
        """The report with the version that is shown, as its box sends it."""
        return f"{self.report.public_id}:{self.report.version}"

    @property
    def percent(self) -> str:
        """The progress on site in per cent; "—" where it was not told."""
        told = self.content.percent
        return numbers.NO_FIGURE if told is None else f"{numbers.hundredths(told)}%"

    @property
    def percent_before(self) -> str:
        """The same of the reading before; nothing where none was told."""
        told = self.money.percent_before
        return "" if told is None else f"{numbers.hundredths(told)}%"

    @property
    def rate(self) -> Decimal | None:
        """This year's money as a share of the year's plan, in per cent."""
        return None if not self.planned or self.money.ytd is None else rate(self.money.ytd, self.planned, 1)

    @property
    def kind_words(self) -> str:
        """Monthly report, weekly report."""
        return str(ReportKind(self.report.kind).label)


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one unit."""

    unit: Unit | None
    lines: Sequence[Line] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the queue is asked for; empty: all of it."""

    state: str = MINE
    kind: str = ""
    period: str = ""
    unit: str = ""

    @classmethod
    def of(cls, params: Mapping[str, str]) -> "Asked":
        """As an address says it."""
        state = params.get("state", MINE)
        kept = {name: params.get(name, "") for name in ("kind", "period", "unit")}
        return cls(state if state in STATES else MINE, **kept)


def is_office(actor: Actor) -> bool:
    """Whether the one who looks accepts, and not only checks."""
    return rights.can(actor, CONFIRM).allowed


def in_reach(actor: Actor) -> QuerySet[Report]:
    """The reports that the actor may check or accept, whatever their state."""
    rows = Report.objects.filter(project__in=visible_projects(actor, CHECK).values("pk"))
    return rows if is_office(actor) else rows.filter(unit=actor.unit_id)


def waiting(actor: Actor) -> QuerySet[Report]:
    """Those that wait for the actor: for the unit's reviewer what was handed in; for the office what was checked, and
    what was handed in by units that have nobody to check.
    """
    rows = in_reach(actor)
    if not is_office(actor):
        return rows.filter(state=ReportState.SUBMITTED)
    checked_here = posts_in_force().filter(kind=PostKind.REVIEWER, unit__isnull=False).values("unit")
    alone = Q(unit__isnull=True) | ~Q(unit__in=checked_here)
    return rows.filter(Q(state=ReportState.CHECKED) | Q(alone, state=ReportState.SUBMITTED))


def queue(actor: Actor, asked: Asked) -> dict[str, Any]:
    """What the page shows: the lines by unit, how many of each state, what can be chosen."""
    base = waiting(actor) if asked.state == MINE else in_reach(actor).filter(state=asked.state)
    rows = base
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.period:
        rows = rows.filter(period=asked.period)
    if asked.unit:
        rows = rows.filter(unit__name=asked.unit)
    ordered = rows.select_related("project__region", "unit").order_by(
        "unit__order", "unit__name", "kind", "period", "project__sort_key", "pk"
    )
    count = rows.count()
    lines = lines_of(actor, list(ordered[:MOST]), mine=asked.state == MINE)
    return {
        "asked": asked,
        "count": count,
        "left": max(0, count - MOST),
        "groups": [Group(unit, tuple(found)) for unit, found in groupby(lines, lambda line: line.report.unit)],
        "states": _states(actor, asked),
        "choices": _choices(base),
        "any_can": any(line.can for line in lines),
        "doable": _doable(lines),
        "office": is_office(actor),
    }


def _doable(lines: Iterable[Line]) -> list[tuple[str, str]]:
    """The buttons: what can be done with any of the lines."""
    words = {"check": _("审核通过"), "accept": _("采用"), "stamped": _("按盖章件审核")}
    found = {line.can for line in lines}
    return [(code, text) for code, text in words.items() if code in found]


def lines_of(actor: Actor, reports: Sequence[Report], *, mine: bool) -> list[Line]:
    """Reports with all that stands beside them; a bounded number of queries whatever their number."""
    money = money_of(reports)
    questions = questions_of(reports)
    plans = _plans(reports)
    to_verify = _to_verify(actor, reports)
    found = []
    for report in reports:
        can, why_not = what_can(actor, report, mine=mine)
        found.append(
            Line(
                report,
                from_json(report.content),
                money[report.pk],
                plans.get((report.project_id, report.on.year)),
                questions.get(report.pk, ()),
                to_verify.get(report.pk, 0),
                can,
                why_not,
            )
        )
    return found


def _plans(reports: Sequence[Report]) -> dict[tuple[int, int], int]:
    """The planned investment of each project in the year of its report."""
    days = {report.on.year: report.on for report in reports}
    return {
        (key, year): plan
        for year, day in days.items()
        for key, plan in plans_of_year([one.project_id for one in reports if one.on.year == year], day).items()
    }


def what_can(actor: Actor, report: Report, *, mine: bool) -> tuple[str, str]:
    """(what the actor may do with a report that waits, why nothing). `mine`: it waits for the actor's own post."""
    own = is_same_person(actor, report.submitted_by_user)
    if report.state not in WAITING:
        return "", ""
    if own:
        return "", _("本人填报，由另一人办理")
    if not is_office(actor):
        return ("check" if report.state == ReportState.SUBMITTED else ""), ""
    if report.state == ReportState.CHECKED or mine:
        return "accept", ""
    return "stamped", ""


def _to_verify(actor: Actor, reports: Sequence[Report]) -> dict[int, int]:
    """By report id, the findings about its evidence that are open; none for whom they are not meant."""
    if not sees(actor, "findings"):
        return {}
    rows = EvidenceFinding.objects.filter(
        state=FindingState.OPEN, evidence__withdrawn=False, evidence__report__in=[report.pk for report in reports]
    )
    return dict(rows.values_list("evidence__report").annotate(Count("pk")))


def _states(actor: Actor, asked: Asked) -> list[dict[str, Any]]:
    """The tabs, each with its count."""
    counted = dict(in_reach(actor).filter(state__in=STATES).values_list("state").annotate(Count("pk")))
    counted[MINE] = waiting(actor).count()
    here = reverse("reporting:review")
    return [
        {
            "url": f"{here}?state={code}",
            "label": str(words),
            "count": counted.get(code, 0),
            "current": code == asked.state,
        }
        for code, words in STATES.items()
        if code != ReportState.SUBMITTED or is_office(actor)  # for the unit's reviewer they are what waits
    ]


def _choices(base: QuerySet[Report]) -> dict[str, list[tuple[str, str]]]:
    """What the filters offer: what there is."""
    kinds = set(base.values_list("kind", flat=True).distinct())
    periods = sorted(set(base.values_list("period", flat=True).distinct()), reverse=True)
    units = list(
        base.filter(unit__isnull=False)
        .order_by("unit__order", "unit__name")
        .values_list("unit__name", flat=True)
        .distinct()
    )
    return {
        "kind": [(kind.value, str(kind.label)) for kind in ReportKind if kind.value in kinds],
        "period": [(code, Period.parse(code).label_zh) for code in periods],
        "unit": [(name, name) for name in units],
    }
