"""What a sheet's row becomes: this year's amount from the cumulative one or the other way round, and what to ask."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from guatu.core.bulk import new_row
from guatu.domain import readings
from guatu.domain.mix import UNTOLD, InvestmentMix
from guatu.library.models import Project
from guatu.reporting.choices import Basis
from guatu.reporting.models import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRow:
    """One project's progress at a day, as it was reported. Money in whole yuan, `percent` in hundredths of a per cent.

    At least one of the amounts, the percentage or a text says something. `period_amount` is never stored: it is held
    against the difference of two readings, `period_start` being the period's first day. A remark or a composition alone
    is no progress.
    """

    project: Project
    on: date
    cumulative: int | None = None
    ytd: int | None = None
    period_amount: int | None = None
    period_start: date | None = None
    preliminary_cost: int = 0
    percent: int | None = None
    words: str = ""
    problem: str = ""
    next_plan: str = ""
    remark: str = ""
    mix: InvestmentMix = UNTOLD
    estimate: bool = False
    period: str = ""
    source: str = ""  # where it differs from its sheet's


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to ask about a row, never a verdict. `code` is that of domain.readings or `period_differs`."""

    project: Project
    on: date
    code: str
    params: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Series:
    """What is known of one project by one basis: its readings by date, and whether it started in a year."""

    rows: Sequence[Reading] = ()
    started_in: int | None = None
    total_investment: int | None = None
    planned_investment: int | None = None


@dataclass(slots=True)
class Worked:
    """Rows as facts, and what is to be asked about them."""

    facts: list[Reading] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def year_end(series: Series, year: int) -> int | None:
    """The cumulative amount at the end of the year before (至上年底累计).

    The last reading of a former year says it; a project that started in the year began at nothing; else nobody knows.
    """
    former = [row for row in series.rows if row.effective_on.year < year and row.cumulative is not None]
    if former:
        last: int | None = max(former, key=_day).cumulative
        return last
    return 0 if series.started_in == year else None


def work_out(rows: Sequence[ReadingRow], series: Mapping[int, Series], basis: Basis, truth: str, source: str) -> Worked:
    """Every row as a fact, with findings against what is known (of rows before it in the same sheet too)."""
    worked = Worked()
    grown: dict[int, list[Reading]] = {}
    for row in sorted(rows, key=lambda each: each.on):
        known = series.get(row.project.pk, Series())
        fresh = grown.get(row.project.pk, [])
        told = {row.on} | {each.effective_on for each in fresh if each.cumulative is not None}
        stands = [old for old in known.rows if old.effective_on not in told] + fresh
        opening = year_end(Series(stands, known.started_in), row.on.year)
        cumulative, ytd = readings.complete(row.cumulative, row.ytd, opening)
        fact = new_row(
            Reading,
            project=row.project,
            basis=basis,
            truth=truth,
            cumulative=cumulative,
            ytd=ytd,
            preliminary_cost=row.preliminary_cost,
            percent=row.percent,
            words=row.words,
            problem=row.problem,
            next_plan=row.next_plan,
            remark=row.remark,
            estimate=row.estimate,
            period=row.period,
            source=row.source or source,
            effective_on=row.on,
        )
        fact.mix = row.mix
        worked.findings += findings_of(row, fact, stands, known, opening)
        worked.facts.append(fact)
        grown.setdefault(row.project.pk, []).append(fact)
    return worked


def findings_of(
    row: ReadingRow, fact: Reading, stands: Sequence[Reading], known: Series, opening: int | None
) -> list[Finding]:
    """What to ask of one row: by domain.readings against the readings around it, and its typed period amount."""
    found: list[Finding] = []
    around = _around(fact, stands)
    if fact.cumulative is not None:
        listed = [readings.Reading(each.effective_on, each.cumulative or 0) for each in around]
        listed.append(readings.Reading(row.on, fact.cumulative, row.ytd))
        checked = readings.check_readings(
            listed,
            total_investment=known.total_investment,
            planned_investment=known.planned_investment,
            year_end=opening if row.cumulative is not None else None,
        )
        edges = {row.on} | {each.effective_on for each in around if each.effective_on > row.on}
        found = [
            Finding(row.project, row.on, each.code, each.params)
            for each in checked
            if each.on == row.on or (each.on in edges and each.code == "reading.falls")
        ]
    computed = _amount_of_period(row, fact, stands) if row.period_amount is not None else None
    if computed is not None and computed != row.period_amount:
        params = {"stated": row.period_amount, "computed": computed}
        found.append(Finding(row.project, row.on, "reading.period_differs", params))
    return found


def _around(fact: Reading, stands: Sequence[Reading]) -> list[Reading]:
    """The readings next to a fact, before and after it."""
    told = [row for row in stands if row.cumulative is not None]
    before = max((row for row in told if row.effective_on < fact.effective_on), key=_day, default=None)
    after = min((row for row in told if row.effective_on > fact.effective_on), key=_day, default=None)
    return [row for row in (before, after) if row is not None]


def _day(row: Reading) -> date:
    return row.effective_on


def _amount_of_period(row: ReadingRow, fact: Reading, stands: Sequence[Reading]) -> int | None:
    """The period's amount as two readings say it; None when there is no reading before the period."""
    if row.period_start is None:
        return None
    before = [each for each in stands if each.effective_on < row.period_start]
    last = max(before, key=_day, default=None)
    cumulative: int | None = fact.cumulative
    ytd: int | None = fact.ytd
    if last is None or last.effective_on.year != row.on.year:
        if ytd is not None and row.period_start.month == 1:
            return ytd
    elif ytd is not None and last.ytd is not None:
        return ytd - int(last.ytd)
    if last is None or cumulative is None or last.cumulative is None:
        return None
    return cumulative - int(last.cumulative)
