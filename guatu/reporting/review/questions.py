"""What the system asks about reports, in words: never an error, never a verdict."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core.ui import numbers
from guatu.reporting.choices import Basis, Truth
from guatu.reporting.compute import Finding, ReadingRow, work_out
from guatu.reporting.content import from_json
from guatu.reporting.models import Report
from guatu.reporting.queries import series_of
from guatu.reporting.review.money import Money

WORDS = {
    "reading.falls": gettext_lazy("累计 {now} 比 {before_on} 的 {before} 减少"),
    "reading.jumps": gettext_lazy("比 {before_on} 一次增加 {step}，超过年度计划的一半"),
    "reading.over_total": gettext_lazy("累计 {cumulative} 大于总投资 {total_investment}"),
    "reading.year_differs": gettext_lazy("本年累计 {stated} 与由累计推算的 {computed} 不一致"),
    "reading.period_differs": gettext_lazy("本期 {stated} 与两次累计之差 {computed} 不一致"),
    "reading.negative": gettext_lazy("金额小于零"),
}


def questions_of(reports: Sequence[Report], money: Mapping[int, Money]) -> dict[int, list[str]]:
    """By report id, what is to be asked of it, in sentences."""
    rows = [_row(report, money[report.pk]) for report in reports]
    if not rows:
        return {}
    ids = sorted({row.project.pk for row in rows})
    known = series_of(ids, basis=Basis.DISPATCH, truth=Truth.CLAIMED, day=max(row.on for row in rows))
    found: dict[tuple[int, Any], list[str]] = {}
    for one in work_out(rows, known, Basis.DISPATCH, Truth.CLAIMED, "").findings:
        found.setdefault((one.project.pk, one.on), []).append(words_of(one))
    return {
        report.pk: [*found.get((report.project_id, report.on), ()), *_of_percent(report, money[report.pk])]
        for report in reports
    }


def words_of(finding: Finding) -> str:
    """One finding as a sentence."""
    params: dict[str, Any] = dict(finding.params)
    if finding.code == "reading.jumps":
        params["step"] = params["now"] - params["before"]
    said = {name: numbers.amount_words(one) if isinstance(one, int) else one for name, one in params.items()}
    return str(WORDS[finding.code]).format(**said)


def _of_percent(report: Report, money: Money) -> Iterable[str]:
    percent = from_json(report.content).percent
    if percent is not None and money.percent_before is not None and percent < money.percent_before:
        yield _("形象进度由 {before}% 降为 {now}%").format(
            before=percent_words(money.percent_before), now=percent_words(percent)
        )


def percent_words(percent: int) -> str:
    """Hundredths of a per cent as offices print them: 28.1."""
    return f"{percent / 100:.2f}".rstrip("0").rstrip(".")


def _row(report: Report, money: Money) -> ReadingRow:
    content = from_json(report.content)
    return ReadingRow(
        project=report.project,
        on=report.on,
        cumulative=content.cumulative,
        ytd=money.ytd,
        period_amount=content.amount,
        period_start=report.start,
        estimate=report.estimate,
    )
