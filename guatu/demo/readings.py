"""What is reported month by month: dispatch for all, statistics after 入库, payments for part, and open claims."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from guatu.demo import words
from guatu.demo.draw import WAN
from guatu.demo.model import Claims, ProjectPlan, ReadingPlan, Readings
from guatu.demo.progress import Truth, dispatch, payments, percent_of, problem_of, statistics
from guatu.demo.seasons import moment, month_ends
from guatu.demo.trades import BASE
from guatu.domain.dates import last_of_month

Listed = Sequence[tuple[int, date, date]]
SHEET_DAYS = (3, 5)  # days after the month's end on which a sheet is taken in
LATE_DAYS = 13  # what comes after the bulletin
MOST_CLAIMS = 6


@dataclass
class _Series:
    """One project's readings of one basis so far."""

    last: int = 0
    opening: int = 0  # cumulative at the last year's end
    year: int = 0
    said: bool = False
    final: bool = False

    def at(self, year: int, cumulative: int) -> tuple[int, int]:
        """(cumulative, this year's) of the next reading; cumulative amounts never fall."""
        if year != self.year:
            self.year, self.opening = year, self.last
        self.last, self.said = max(self.last, cumulative), True
        return self.last, self.last - self.opening


@dataclass
class _Sheets:
    """Readings by the moment and sheet by which they arrive."""

    rows: dict[tuple[date, str, str, bool], list[ReadingPlan]] = field(default_factory=dict)

    def add(self, told: date, basis: str, period: str, row: ReadingPlan) -> None:
        self.rows.setdefault((told, basis, period, row.estimate), []).append(row)

    def deeds(self) -> Iterator[Readings]:
        names = {"dispatch": "月度调度表", "statistics": "统计部门反馈表", "payment": "资金支付台账"}
        for (told, basis, period, estimate), rows in sorted(self.rows.items(), key=lambda item: item[0]):
            source = f"{names[basis]}（{period}{'，预计数' if estimate else ''}）"
            yield Readings(at=moment(told, 15, 30), basis=basis, period=period, source=source, rows=tuple(rows))


def deeds(
    truth: Truth, projects: Sequence[ProjectPlan], listed: Mapping[int, Listed], first: int, today: date
) -> list[Readings]:
    """Every sheet of readings from the first year's opening on, whether or not it had come by today."""
    sheets = _Sheets()
    for project in projects:
        spans = {year: span for year, rows in listed.items() for span in rows if span[0] == project.number}
        if spans:
            _dispatch_series(sheets, truth, project, spans, first, today)
            _other_series(sheets, truth, project, spans, first, today)
    return list(sheets.deeds())


def _months(spans: Mapping[int, tuple[int, date, date]], first: int, today: date) -> list[date]:
    """The months' ends at which a project stands on the year's list, up to the present month's."""
    ends = month_ends(date(first, 1, 1), today)
    return [day for day in ends if day.year in spans and spans[day.year][1] <= day <= spans[day.year][2]]


# -- dispatch ---------------------------------------------------------------------------------------------------------
def _dispatch_series(
    sheets: _Sheets,
    truth: Truth,
    project: ProjectPlan,
    spans: Mapping[int, tuple[int, date, date]],
    first: int,
    today: date,
) -> None:
    series = _Series()
    if project.schedule.start < date(first, 1, 1):
        opening = _opening(truth, project, first)
        series.last = opening.cumulative
        sheets.add(date(first, 1, 8), "dispatch", f"{first - 1}", opening)
    for day in _months(spans, first, today):
        if series.final or (day.year, day.month) in silent_months(project, today):
            continue
        before = series.last
        cumulative, ytd = series.at(day.year, dispatch(truth, project, day))
        row = _row(project, day, cumulative, ytd)
        series.final = day >= project.schedule.finish
        period = f"{day:%Y-%m}"
        sheets.add(day + timedelta(days=_lag(project, day)), "dispatch", period, row)
        if _estimates(project, day):
            guess = _estimate(row, before)
            sheets.add(_estimated_on(day), "dispatch", period, guess)


def _opening(truth: Truth, project: ProjectPlan, first: int) -> ReadingPlan:
    """至上年底累计 as the first list states it."""
    end = date(first - 1, 12, 31)
    cumulative = dispatch(truth, project, end)
    before = truth.cumulative(project, date(first - 2, 12, 31)) // WAN * WAN
    return ReadingPlan(
        project=project.number,
        on=end,
        cumulative=cumulative,
        ytd=max(0, cumulative - before),
        percent=percent_of(cumulative, project.total, project.number),
    )


def _row(project: ProjectPlan, day: date, cumulative: int, ytd: int | None) -> ReadingPlan:
    started = day >= project.schedule.start
    percent = percent_of(cumulative, project.total, project.number) if started else 0
    return ReadingPlan(
        project=project.number,
        on=day,
        cumulative=cumulative,
        ytd=ytd,
        preliminary_cost=0 if started else _preliminary_cost(project, day),
        percent=percent,
        words=words.physical(percent, project.group[0] == BASE, started, project.number + day.month // 3),
        problem=problem_of(project, day),
        next_plan=words.NEXT[(2 if not started else 3 if percent > 95_00 else project.number % 2)],
    )


def _preliminary_cost(project: ProjectPlan, day: date) -> int:
    """Money spent this year before the start, for one project in five."""
    if project.number % 5 or day < project.prelim_on:
        return 0
    months = day.month if project.prelim_on.year < day.year else day.month - project.prelim_on.month + 1
    return min(project.total // 100, months * (3 + project.number % 9) * 10 * WAN)


def silent_months(project: ProjectPlan, today: date) -> frozenset[tuple[int, int]]:
    """The months in which a silent unit reports nothing: some in the middle, and for every other one the last ones."""
    if project.manner != "silent":
        return frozenset()
    last = today.year * 12 + today.month - 1
    ago = 0 if project.number % 2 else 8 + project.number % 9
    months = range(last - ago - 2 - project.number % 3, last - ago + 1)
    return frozenset((month // 12, month % 12 + 1) for month in months)


def _lag(project: ProjectPlan, day: date) -> int:
    """Days after the month's end at which a report comes: with the first or the second sheet, or after the bulletin."""
    if (project.number * 31 + day.month * 17) % 29 == 0:
        return LATE_DAYS
    return SHEET_DAYS[(project.number + day.month) % 2] + day.month % 2


def _estimates(project: ProjectPlan, day: date) -> bool:
    """Whether the unit tells an estimate before the month ends: all in December, else one in nine."""
    return day.month == 12 or (project.number + day.month) % 9 == 0


def _estimated_on(day: date) -> date:
    """The day on which the estimates of a month arrive."""
    return day.replace(day=26 + day.month % 3)


def _estimate(row: ReadingPlan, before: int) -> ReadingPlan:
    """预计数: about nine tenths of what the month then brings."""
    growth = (row.cumulative - before) // 10 // WAN * WAN
    ytd = None if row.ytd is None else row.ytd - growth
    return replace(row, cumulative=row.cumulative - growth, ytd=ytd, problem="", estimate=True)


# -- statistics and payments ------------------------------------------------------------------------------------------
def _other_series(
    sheets: _Sheets,
    truth: Truth,
    project: ProjectPlan,
    spans: Mapping[int, tuple[int, date, date]],
    first: int,
    today: date,
) -> None:
    accepted, paid = _Series(), _Series()
    for day in _months(spans, first, today):
        if day > project.schedule.finish + timedelta(days=130):
            break
        period = f"{day:%Y-%m}"
        if day.month > 1 and (amount := statistics(truth, project, day)) is not None:
            sheets.add(day + timedelta(days=9), "statistics", period, _plain(project, day, accepted, amount))
        if day.month % 3 == 0 and (amount := payments(truth, project, day)) is not None:
            sheets.add(day + timedelta(days=7), "payment", period, _plain(project, day, paid, amount))


def _plain(project: ProjectPlan, day: date, series: _Series, amount: int) -> ReadingPlan:
    if not series.said and project.schedule.start.year < day.year:
        series.last = amount  # what came before the first reading belongs to the years before
    cumulative, ytd = series.at(day.year, amount)
    return ReadingPlan(project=project.number, on=day, cumulative=cumulative, ytd=ytd)


# -- what nobody has checked yet --------------------------------------------------------------------------------------
def claims(truth: Truth, projects: Sequence[ProjectPlan], listed: Listed, today: date) -> list[Claims]:
    """What the demonstration's reporter told yesterday of the unit's projects, waiting for the reviewer."""
    on = today - timedelta(days=1)
    month_end = last_of_month(on.year, on.month)
    standing = {number for number, since, until in listed if since <= on <= until}
    theirs = [
        project
        for project in projects
        if project.number in standing
        and project.roles.get("responsible") == "housing"
        and project.schedule.start < on < project.schedule.finish
        and project.registered_on < on
        and not (_estimates(project, month_end) and _estimated_on(month_end) <= on)  # it has told more than that
    ][:MOST_CLAIMS]
    if on.day in (1, 2) or on.month != today.month or not theirs:
        return []
    rows = tuple(_row(project, on, dispatch(truth, project, on), None) for project in theirs)
    return [Claims(at=moment(on, 16, 40), period=f"{today:%Y-%m}", rows=rows)]
