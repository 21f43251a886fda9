"""The progress sheet (月报、周报、旬报): what was done in a period, and what its figures say about each other."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext_lazy as _

from guatu.core.sheets.errors import Issue
from guatu.core.sheets.fields import FieldSet
from guatu.core.sheets.result import Column, ReadRow, SheetReading
from guatu.core.sheets.text import flat
from guatu.domain.dates import parse_date
from guatu.domain.errors import DomainError
from guatu.library.ledgers.common import KIND_CHOOSER, LAST_YEAR, WITHDRAWN
from guatu.library.ledgers.plan_fields import PLANNED
from guatu.library.ledgers.progress_fields import CUMULATIVE, OF_PERIOD, PROGRESS_FIELDS, TO_DATE


def _settle(columns: Sequence[Column]) -> list[Issue]:
    """累计完成投资 is of the year, unless the sheet has the year's amount beside it, or the amount to last year's end,
    to which it then adds. The choice is told and the map overrides it."""
    codes = {column.code for column in columns}
    issues = []
    for column in columns:
        if column.reason != "weak" or column.field is None:
            continue
        why = _("表里没有其他累计列")
        if column.code == TO_DATE.code and LAST_YEAR.code in codes and CUMULATIVE.code not in codes:
            column.field = CUMULATIVE
            codes.add(CUMULATIVE.code)
        if column.code == CUMULATIVE.code:
            why = _("表里另有本年累计或至上年底累计一列")
        elif column.code == OF_PERIOD.code:
            why = _("表头没有写明期间")
        params = {"field": column.field.label, "why": why}
        issues.append(Issue("column_weak", column.sheet, 0, column.place, "", params))
    return issues


def _check_amounts(row: ReadRow, reading: SheetReading) -> None:
    values = row.values
    of_period, to_date = values.get(OF_PERIOD.code), values.get(TO_DATE.code)
    cumulative, total = values.get(CUMULATIVE.code), values.get("total_investment")
    if of_period is not None and to_date is not None and of_period > to_date:
        reading.warnings.append(row.issue("period_over_year", OF_PERIOD.code))
    if to_date is not None and cumulative is not None and to_date > cumulative:
        reading.warnings.append(row.issue("year_over_cumulative", TO_DATE.code))
    if total and cumulative is not None and cumulative > total:
        reading.warnings.append(row.issue("cumulative_over_total", CUMULATIVE.code))
    mix = [
        values[code]
        for code in ("mix_construction", "mix_installation", "mix_equipment", "mix_other")
        if code in values
    ]
    done = [amount for amount in (of_period, to_date, cumulative) if amount is not None]
    if len(mix) > 1 and done and sum(mix) not in done:
        reading.warnings.append(row.issue("mix_differs", _done_code(values)))


def _done_code(values: dict[str, object]) -> str:
    return next(code for code in (TO_DATE.code, OF_PERIOD.code, CUMULATIVE.code) if code in values)


def _check_rate(row: ReadRow, reading: SheetReading) -> None:
    """The printed rate against the printed amounts, within its own rounding and that of one more digit."""
    printed, to_date, plan = (row.values.get(code) for code in ("completion_rate", TO_DATE.code, PLANNED.code))
    if printed is None or to_date is None or not plan:
        return
    computed = (Decimal(to_date) * 100 / Decimal(plan)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    exponent = printed.as_tuple().exponent
    step = Decimal(1).scaleb(min(0, int(exponent)))
    if abs(printed - computed) > max(step, Decimal("0.01")):
        reading.warnings.append(row.issue("percent_differs", "completion_rate", printed=printed, computed=computed))


def _states(reading: SheetReading) -> None:
    """是否开工 and the like become true or false; a date typed there is the date, and says yes."""
    year = reading.year
    for row in reading.rows:
        for flag, date in (("started", "actual_start"), ("completed", "actual_finish"), ("resumed", "actual_resume")):
            _state(row, flag, date, year, reading)
        if "estimate" in row.values:
            row.values["estimate"] = row.values["estimate"] == "yes"
        if row.values.get("completed") and row.values.get("started") is False:
            reading.warnings.append(row.issue("finished_not_started", "completed"))
        start, finish = row.values.get("actual_start"), row.values.get("actual_finish")
        if start and finish and finish.end < start.start:
            reading.warnings.append(row.issue("finish_before_start", "actual_finish"))


def _state(row: ReadRow, flag: str, date: str, year: int | None, reading: SheetReading) -> None:
    if flag in row.values:
        row.values[flag] = row.values[flag] == "yes"
    elif flag in row.columns and row.raw(flag):
        try:
            row.values.setdefault(
                date, parse_date(flat(row.raw(flag)).replace("开工", "").replace("复工", ""), year=year)
            )
        except DomainError:
            return
        row.values[flag] = True
        complaint = row.issue("choice_unknown", flag)
        reading.warnings = [
            issue
            for issue in reading.warnings
            if (issue.code, issue.sheet, issue.row, issue.column)
            != ("choice_unknown", row.sheet, row.row, complaint.column)
        ]


def _classes(reading: SheetReading) -> None:
    if not any(row.class_path for row in reading.rows):
        for row in reading.rows:
            if row.values.get("class"):
                row.class_path = (row.values["class"],)


PROGRESS = FieldSet(
    "progress",
    PROGRESS_FIELDS,
    choosers=(KIND_CHOOSER,),
    checks=(_check_amounts, _check_rate),
    after=(_states, _classes),
    settle=(_settle,),
    needs=(
        OF_PERIOD.code,
        TO_DATE.code,
        CUMULATIVE.code,
        "physical_progress",
        "physical_percent",
        "started",
        "problem",
    ),
    count_code="projects",
    foreign=WITHDRAWN,
)
