"""How far projects really are, what is planned for a year, and what their units report of it."""

from datetime import date, timedelta

from guatu.demo.draw import FAR, WAN
from guatu.demo.model import ProjectPlan, Schedule
from guatu.demo.seasons import SHARES, WorkDays, s_curve

MILLION = 100 * WAN


class Truth:
    """What is true of projects at any day, from their real dates and the working year."""

    def __init__(self, work: WorkDays) -> None:
        self._work = work

    def share(self, schedule: Schedule, day: date) -> int:
        """The share of the money built in at the end of a day, in ten-thousandths."""
        if day < schedule.start:
            return 0
        if day >= schedule.finish:
            return SHARES
        passed = self._work.between(schedule.start, day)
        whole = self._work.between(schedule.start, schedule.finish)
        for first, until in schedule.stops:
            if until is None:  # still stopped: as much is left as if work went on
                passed = self._work.between(schedule.start, min(day, first - timedelta(days=1)))
                whole = self._work.between(schedule.start, schedule.finish - FAR)
            else:
                passed -= self._work.between(first, min(until - timedelta(days=1), day))
                whole -= self._work.between(first, until - timedelta(days=1))
        return s_curve(passed, max(whole, passed + 1))

    def cumulative(self, project: ProjectPlan, day: date) -> int:
        """Money really built in since the start at the end of a day, in whole yuan."""
        return project.total * self.share(project.schedule, day) // SHARES

    def planned_year(self, project: ProjectPlan, year: int, start: date | None, finish: date, ambition: int) -> int:
        """The year's plan in whole millions: what is left, spread over the planned rest; `ambition` in per cent."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        left = project.total - self.cumulative(project, first - timedelta(days=1))
        if start is None:  # preliminary: only preliminary works
            return max(MILLION, min(left * 2 // 100, 30 * MILLION) // MILLION * MILLION)
        if finish <= last:
            return max(MILLION, left // MILLION * MILLION)
        begin = max(first, start)
        whole = self._work.between(begin, finish)
        passed = self._work.between(begin, last)
        share = s_curve(passed, whole) if start >= first else passed * SHARES // max(whole, 1)
        return max(MILLION, left * share // SHARES * ambition // 100 // MILLION * MILLION)


_SHIFT = {"steady": -3, "hopeful": 24, "slow": -38, "silent": -5, "in_jumps": -4}  # days between report and truth


def dispatch(truth: Truth, project: ProjectPlan, day: date) -> int:
    """The cumulative amount that the unit reports for a month's end, in whole 万元; never before the start."""
    schedule = project.schedule
    if day < schedule.start:
        return 0
    if project.manner == "in_jumps" and day.month % 3:  # the same figure until the quarter's end
        day = date(day.year, day.month - day.month % 3 + 1, 1) - timedelta(days=1)
    if day >= schedule.finish:
        return project.total
    seen = day + timedelta(days=_SHIFT[project.manner] + project.number % 5)
    return truth.cumulative(project, max(seen, schedule.start)) // WAN * WAN


def in_statistics(project: ProjectPlan) -> date | None:
    """The day from which the statistics bureau counts a project (入库); smaller ones never."""
    if project.total < 5_000 * WAN:
        return None
    return project.schedule.start + timedelta(days=60 + project.number * 13 % 120)


def statistics(truth: Truth, project: ProjectPlan, day: date) -> int | None:
    """The cumulative amount that the statistics bureau has accepted; None before 入库."""
    entered = in_statistics(project)
    if entered is None or day < entered:
        return None
    accepted = truth.cumulative(project, day - timedelta(days=32)) * (78 + project.number % 17) // 100
    return accepted // WAN * WAN


def payments(truth: Truth, project: ProjectPlan, day: date) -> int | None:
    """The cumulative amount paid; None where payments are not followed or nothing has started."""
    if not project.paid or day < project.schedule.start:
        return None
    paid = truth.cumulative(project, day - timedelta(days=68)) * (70 + project.number % 20) // 100
    return paid // WAN * WAN


def problem_of(project: ProjectPlan, day: date) -> str:
    """What is in the way at a month's end; empty when nothing is."""
    if day >= project.schedule.finish:
        return ""
    return next((text for first, until, text in project.trouble if first <= day <= until), "")


def percent_of(cumulative: int, total: int, number: int) -> int:
    """Physical progress in hundredths of a per cent: near the money's share, a little ahead or behind."""
    if cumulative >= total:
        return 100_00
    share = cumulative * 100_00 // total
    return min(99_00, share * (96 + number % 8) // 100 // 50 * 50)
