"""Who has still to report: each kind's period by unit, the projects behind each number, words for the work group."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.refusals import Sentence
from guatu.domain.periods import Period
from guatu.domain.rhythm import Expected
from guatu.library.models import Project
from guatu.library.policies import visible_projects
from guatu.people.models import Unit
from guatu.people.queries import calendar_for
from guatu.reporting.choices import APPROVED, Basis, ReportKind, ReportState, Truth
from guatu.reporting.models import Reading
from guatu.reporting.queries.asked import Wanted, wanted
from guatu.reporting.rhythm.words import WEEKDAYS

RIGHT: Final = "reporting.chase"

STATES: Final[Mapping[str, tuple[Sentence, Callable[[Wanted], bool]]]] = {
    "asked": (gettext_lazy("应报"), lambda one: True),
    "handed": (gettext_lazy("已报"), lambda one: not one.missing),
    "checked": (
        gettext_lazy("单位已审核"),
        lambda one: one.report is not None and one.report.state in APPROVED,
    ),
    "accepted": (
        gettext_lazy("已采用"),
        lambda one: one.report is not None and one.report.state == ReportState.ACCEPTED,
    ),
    "missing": (gettext_lazy("未报"), lambda one: one.missing),
    "phoned": (
        gettext_lazy("代录待确认"),
        lambda one: one.report is not None and one.report.to_confirm and not one.missing,
    ),
}
"""What is counted of a period's reports: the word, and which reports it is."""


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit's reports of a period: how many of each state; `late` in work days, of what is still missing."""

    unit: Unit | None
    counts: dict[str, int]
    late: int

    @property
    def name(self) -> str:
        """The unit's name, as the page and the chase text have it."""
        return self.unit.name if self.unit is not None else _("没有责任单位")

    @property
    def key(self) -> str:
        """The unit in an address; "none" for projects without one."""
        return str(self.unit.public_id) if self.unit is not None else "none"


@dataclass(frozen=True, slots=True)
class Round:
    """The reports of one kind, period and due moment: those asked for; the units by their names (no ranking)."""

    kind: str
    expected: Expected
    asked: tuple[Wanted, ...]
    lines: tuple[UnitLine, ...]
    late: int

    @property
    def period(self) -> Period:
        """The period of the reports."""
        return self.expected.period

    @property
    def key(self) -> str:
        """Its due moment in an address: two rules of a kind may ask other projects for one period by other days."""
        return _due(self.expected)

    @property
    def before(self) -> Period | None:
        """The period before, when its rule asked for it already."""
        before = self.period.previous()
        since = [(one.rule.since, one.rule.rhythm.on(before)) for one in self.asked]
        return before if any(first is None or first <= on for first, on in since) else None

    @property
    def kind_words(self) -> str:
        """Weekly report, monthly report."""
        return str(ReportKind(self.kind).label)

    @property
    def counts(self) -> dict[str, int]:
        """How many of each state in all."""
        return _counts(self.asked)

    def of(self, unit: str, state: str) -> list[Wanted]:
        """The reports of a unit ("" for all) in a state."""
        chosen = STATES.get(state, STATES["asked"])[1]
        return [one for one in self.asked if chosen(one) and unit in ("", _key(one.project))]


def rounds(actor: Actor, day: date, period: Period | None = None) -> list[Round]:
    """The periods under way, or one, with who has reported; the earliest due first."""
    rows = visible_projects(actor, RIGHT).select_related("region", "unit").order_by("sort_key", "pk")
    found: dict[tuple[str, str, str], list[Wanted]] = {}
    for one in wanted(rows, day, period):
        found.setdefault((one.rule.row.kind, one.expected.period.code, _due(one.expected)), []).append(one)
    listed = [_round(kind, asked, day) for (kind, _code, _at), asked in found.items()]
    return sorted(listed, key=lambda one: (one.expected.due, one.kind))


def _due(one: Expected) -> str:
    return f"{one.due.isoformat()}T{one.at:%H:%M}"


def _round(kind: str, asked: Sequence[Wanted], day: date) -> Round:
    by_unit: dict[str, list[Wanted]] = {}
    for one in asked:
        by_unit.setdefault(_key(one.project), []).append(one)
    overdue = _overdue(asked, day)
    lines = []
    for rows in by_unit.values():
        late = max((overdue[one.expected.due] for one in rows if one.missing), default=0)
        lines.append(UnitLine(rows[0].project.unit, _counts(rows), late))
    lines.sort(key=lambda line: (line.unit is None, line.name))
    return Round(kind, asked[0].expected, tuple(asked), tuple(lines), max(line.late for line in lines))


def _overdue(asked: Sequence[Wanted], day: date) -> dict[date, int]:
    """Work days by which what is still missing on a day is late, by the day on which it was due."""
    calendar = calendar_for(asked[0].rule.row.region, closures=False)
    return {one.expected.due: one.expected.late(day, calendar) for one in asked}


def _counts(asked: Iterable[Wanted]) -> dict[str, int]:
    rows = list(asked)
    return {state: sum(map(chosen, rows)) for state, (_words, chosen) in STATES.items()}


def _key(project: Project) -> str:
    return str(project.unit.public_id) if project.unit is not None else "none"


# -- words for the work group ------------------------------------------------------------------------------------------
def chase_text(one: Round) -> str:
    """What is copied into the work group: units and numbers, until when; no names of persons, no ranking."""
    due = _("{month}月{day}日（{weekday}）{at}").format(
        month=one.expected.due.month,
        day=one.expected.due.day,
        weekday=WEEKDAYS[one.expected.due.weekday()],
        at=f"{one.expected.at:%H:%M}",
    )
    told = {"period": one.period.label_zh, "kind": one.kind_words, "due": due}
    if not one.counts["missing"]:
        done = _("各单位好：{period}重点项目{kind}已全部报齐，感谢支持！")
        return done.format(**told)
    left = "、".join(
        _("{unit} {count} 个").format(unit=line.name, count=line.counts["missing"])
        for line in one.lines
        if line.counts["missing"]
    )
    now = clock.local(clock.now())
    asks = _("请尽快报送。") if one.late else _("请在期限前报送。")
    return "\n".join(
        (
            _("各单位好：{period}重点项目{kind}请于{due}前报送。").format(**told),
            _("截至{month}月{day}日 {at}，已报 {handed}/{asked} 个项目，未报：{left}。").format(
                month=now.month,
                day=now.day,
                at=f"{now:%H:%M}",
                handed=one.counts["handed"],
                asked=one.counts["asked"],
                left=left,
            ),
            asks + _("没有变化的选“与上期相同”并写一句原因；不便上网的可以打电话，由项目办代录。谢谢！"),
        )
    )


# -- estimates ---------------------------------------------------------------------------------------------------------
def estimates(actor: Actor, day: date) -> list[Reading]:
    """Estimates (预计数) of days that have come, which nobody has replaced: of a project and day the last step."""
    rows = Reading.objects.filter(
        project__in=visible_projects(actor, RIGHT).values("pk"),
        basis=Basis.DISPATCH,
        estimate=True,
        superseded_at__isnull=True,
        effective_on__lte=day,
        effective_on__gte=date(day.year, 1, 1),
    )
    order = {Truth.CLAIMED: 0, Truth.CHECKED: 1, Truth.CONFIRMED: 2}
    listed = sorted(rows.select_related("project__unit"), key=lambda row: order[Truth(row.truth)])
    found = {(row.project_id, row.effective_on): row for row in listed}
    return sorted(found.values(), key=lambda row: (row.effective_on, row.project.sort_key, row.pk))
