"""The money of reports' periods beside the period before, for many reports at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from guatu.domain.periods import Period
from guatu.reporting.choices import Basis, Truth
from guatu.reporting.content import ReportContent, from_json
from guatu.reporting.models import Reading, Report
from guatu.reporting.queries import readings_as_of

ByDay = Mapping[date, Mapping[int, Reading]]


@dataclass(frozen=True, slots=True)
class Money:
    """A report's money in whole yuan: of its period, of the period before, this year's to date; and who stands before.

    None is not known. `ytd_before` is this year's sum as the period began; `percent_before` in hundredths of
    a per cent.
    """

    amount: int | None
    amount_before: int | None
    ytd: int | None
    ytd_before: int
    percent_before: int | None
    before: Reading | None


def money_of(reports: Sequence[Report]) -> dict[int, Money]:
    """By report id. Readings claimed or better count; the number of queries grows with the different periods only."""
    wanted: dict[date, set[int]] = {}
    for report in reports:
        for day in _days(report):
            wanted.setdefault(day, set()).add(report.project_id)
    claimed = _claimed(reports)
    known = {day: readings_as_of(ids, day, truth=Truth.CLAIMED, restated=True) for day, ids in wanted.items()}
    return {
        report.pk: _money(
            report, from_json(report.content), known, claimed.get((report.project_id, report.on, report.period))
        )
        for report in reports
    }


def _claimed(reports: Sequence[Report]) -> dict[tuple[int, date, str], int | None]:
    """This year's sums as reports claimed them when they were handed in, by project, day and period."""
    rows = Reading.objects.filter(
        project_id__in={report.project_id for report in reports},
        effective_on__in={report.on for report in reports},
        basis=Basis.DISPATCH,
        truth=Truth.CLAIMED,
    )
    columns = ("project_id", "effective_on", "period", "ytd")
    return {row[:3]: row[3] for row in rows.standing().order_by("booked_on", "pk").values_list(*columns)}


def _days(report: Report) -> Iterable[date]:
    """The report's own day, the last before its period, the last before the period before that."""
    previous = Period.parse(report.period).previous()
    return report.on, report.start - timedelta(days=1), previous.start - timedelta(days=1)


def _money(report: Report, content: ReportContent, known: ByDay, claimed: int | None) -> Money:
    at, before, earlier = (known[day].get(report.project_id) for day in _days(report))
    base = _ytd(before, report.on.year) or 0
    corrected = {one.on: one.ytd for one in content.corrects if one.ytd is not None}
    if before is not None and before.effective_on in corrected:
        base = corrected[before.effective_on]
    ytd, amount = content.ytd if content.ytd is not None else claimed, content.amount
    if ytd is None and amount is not None:
        ytd = base + amount
    if ytd is None and at is not None and at.effective_on == report.on:
        ytd = at.ytd
    if amount is None and ytd is not None:
        amount = ytd - base
    return Money(
        amount=amount,
        amount_before=_amount_before(report, before, earlier),
        ytd=ytd,
        ytd_before=base,
        percent_before=before.percent if before is not None else None,
        before=before,
    )


def _ytd(row: Reading | None, year: int) -> int | None:
    return row.ytd if row is not None and row.effective_on.year == year else None


def _amount_before(report: Report, before: Reading | None, earlier: Reading | None) -> int | None:
    """The last period's money, where something was said of it."""
    if before is None or before.ytd is None or before.effective_on < Period.parse(report.period).previous().start:
        return None
    amount: int = before.ytd - (_ytd(earlier, before.effective_on.year) or 0)
    return amount
