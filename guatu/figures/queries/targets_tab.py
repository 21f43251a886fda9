"""A project's targets for its page: each period with what was done, and the re-spread plan beside the original one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from guatu.core.actor import Actor
from guatu.domain.periods import Period
from guatu.domain.targets import Level, LevelName, Lists, Respread, Spread, State, Verdict, lists_of, respread, verdict
from guatu.figures.queries.answers import ask
from guatu.figures.queries.chain import Chained, judged_on, levels_of, members_of
from guatu.figures.queries.sql import Asked
from guatu.library.models import AnnualList, Project
from guatu.library.policies import visible_lists
from guatu.library.queries.lists import entries_of_projects


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """One period: its target, by hand or spread; what was done (None: not begun, or a `silent` week, of which nothing
    was reported); the target after the shortfall.
    """

    period: Period
    target: int
    by_hand: bool
    done: int | None
    respread: int | None
    state: State | Literal[""]
    silent: bool = False


@dataclass(frozen=True, slots=True)
class ProjectTargets:
    """A project's year in one list. `on` is the day at whose end it is judged."""

    annual_list: AnnualList
    on: date
    chained: Chained
    levels: dict[LevelName, Level]
    verdict: Verdict
    quarters: Sequence[PeriodRow]
    months: Sequence[PeriodRow]
    weeks: Sequence[PeriodRow]
    placed: Respread

    @property
    def plan(self) -> Spread:
        """The plan as it was set."""
        return self.chained.member.plan


def lists_with_targets(actor: Actor, project: Project, today: date) -> list[AnnualList]:
    """The lists that the project stands on and the actor sees, the newest first."""
    entries = entries_of_projects([project.pk], date(today.year + 1, 12, 31)).get(project.pk, [])
    seen = set(visible_lists(actor, "figures.view").values_list("pk", flat=True))
    return [row.annual_list for row in entries if row.annual_list_id in seen]


def project_targets(actor: Actor, project: Project, annual_list: AnnualList, as_of: date) -> ProjectTargets | None:
    """One project's targets in a list at a date; None where it does not stand on it then."""
    asked = ask(actor, [annual_list], as_of)
    one = next((row for row in members_of(asked) if row.facts.project_id == project.pk), None)
    return None if one is None else _told(asked, annual_list, one)


def _told(asked: Asked, annual_list: AnnualList, one: Chained) -> ProjectTargets:
    on = judged_on(asked)
    plan, done = one.member.plan, one.member.done
    judged = levels_of(one, on)
    placed = respread(plan, done, on, judged.values())
    before, after = lists_of(plan.grid, plan.days()), lists_of(plan.grid, placed.days)
    rows = _Rows(one, on, before, after)
    return ProjectTargets(
        annual_list,
        on,
        one,
        judged,
        verdict(judged.values()),
        rows.quarters(),
        rows.months(),
        rows.weeks(),
        placed,
    )


@dataclass(frozen=True, slots=True)
class _Rows:
    one: Chained
    on: date
    before: Lists
    after: Lists

    def quarters(self) -> list[PeriodRow]:
        year = self.one.member.plan.grid.year
        return [
            self._row("quarter", date(year, 3 * q + 1, 1), self.before.quarters[q], self.after.quarters[q])
            for q in range(4)
        ]

    def months(self) -> list[PeriodRow]:
        year = self.one.member.plan.grid.year
        return [
            self._row("month", date(year, m + 1, 1), self.before.months[m], self.after.months[m]) for m in range(12)
        ]

    def weeks(self) -> list[PeriodRow]:
        """The weeks around the day: two gone by, its own and five to come."""
        listed = [
            self._row("week", monday, amount, after)
            for (monday, amount), (_same, after) in zip(self.before.weeks, self.after.weeks, strict=True)
        ]
        here = next((place for place, row in enumerate(listed) if self.on in row.period), 0)
        return listed[max(0, here - 2) : here + 6]

    def _row(self, kind: LevelName, day: date, target: int, after: int | None) -> PeriodRow:
        period = Period.containing(kind, day)
        plan, done = self.one.member.plan, self.one.member.done
        inside = plan.grid.inside(period.start, period.end)
        begun = period.start <= self.on and self.one.member.read_on is not None
        amount = done.sum(inside.start, min(inside.stop, plan.grid.at(self.on) + 1)) if begun else None
        silent = kind == "week" and begun and not self._reported(inside)
        if silent or (kind == "week" and not self.one.member.weekly):
            amount = None  # what a month's reading says of its last week is the month's, not the week's
            after = after if period.start > self.on else None
        state: State | Literal[""] = ""
        if period.end <= self.on and amount is not None:
            state = "holds" if amount >= target else "lost"
        return PeriodRow(period, target, period in plan.hand, amount, after, state, silent)

    def _reported(self, inside: range) -> bool:
        """Whether the project reports by the week and said something of this one; 1 January only opens the year."""
        return self.one.member.weekly and any(at in inside for at in self.one.member.done.positions if at)
