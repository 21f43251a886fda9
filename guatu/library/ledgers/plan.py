"""The annual plan ledger (年度计划表): what its figures say about each other, its kinds and its classes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from guatu.core.sheets.errors import Issue
from guatu.core.sheets.fields import FieldSet
from guatu.core.sheets.result import Column, ReadRow, SheetReading
from guatu.core.sheets.text import LONGEST_LABEL, flat
from guatu.library.ledgers.common import (
    CONTINUING,
    KIND,
    KIND_CHOOSER,
    NATURE,
    NATURE_WORDS,
    WITHDRAWN,
    bare_word,
)
from guatu.library.ledgers.plan_fields import FUND_FIELDS, PLAN_FIELDS, quarter_chooser


def _settle(columns: Sequence[Column]) -> list[Issue]:
    """累计完成投资 in a plan ledger is the amount to last year's end: the plan is drawn up before this year's work."""
    issues = []
    for column in columns:
        if column.reason == "weak" and column.field:
            why = _("计划表编制时的累计数截至上年底")
            issues.append(
                Issue("column_weak", column.sheet, 0, column.place, "", {"field": column.field.label, "why": why})
            )
    return issues


def _check_amounts(row: ReadRow, reading: SheetReading) -> None:
    values = row.values
    total, planned = values.get("total_investment"), values.get("planned_investment")
    before = values.get("cumulative_to_last_year")
    if total and planned and planned > total:
        reading.warnings.append(row.issue("plan_over_total", "planned_investment"))
    if total and before and before > total:
        reading.warnings.append(row.issue("cumulative_over_total", "cumulative_to_last_year"))
    quarters = [values.get(f"planned_q{number}") for number in (1, 2, 3, 4)]
    amounts = [amount for amount in quarters if amount is not None]
    if planned and len(amounts) == 4 and sum(amounts) != planned and amounts[3] != planned:
        reading.warnings.append(row.issue("quarters_differ", "planned_investment"))
    funds = [values[field.code] for field in FUND_FIELDS if field.code in values]
    if total and funds and sum(funds) not in (total, planned):
        reading.warnings.append(row.issue("funding_differs", "total_investment"))


def _check_dates(row: ReadRow, reading: SheetReading) -> None:
    start, finish = row.values.get("planned_start"), row.values.get("planned_finish")
    if start and finish and finish.end < start.start:
        reading.warnings.append(row.issue("finish_before_start", "planned_finish"))


def _kinds(reading: SheetReading) -> None:
    """The list's kinds: from their column, else from category rows; 新建 is one only beside 续建; 计划竣工 printed as a
    kind makes them exclusive, beside another kind it is a mark."""
    beside = any(bare_word(flat(row.raw("kind"))) in CONTINUING for row in reading.rows)
    for row in reading.rows:
        if "kind" in row.columns:
            _kind_of_cell(row, beside, reading)
        elif row.class_path:
            _kind_of_category(row)
        mark = row.values.get("completes_this_year")
        if isinstance(mark, str):
            row.values["completes_this_year"] = mark == "yes"
    kinds = {row.values.get("kind") for row in reading.rows}
    reading.facts["kinds_exclusive"] = "completing" in kinds
    if len(kinds) > 1:
        for row in reading.rows:
            if "kind" not in row.values and "kind" in row.columns and not row.raw("kind"):
                reading.warnings.append(row.issue("kind_missing", "kind"))


def _kind_of_cell(row: ReadRow, beside: bool, reading: SheetReading) -> None:
    shown = flat(row.raw("kind"))[:LONGEST_LABEL]
    word = bare_word(shown)
    if word in NATURE_WORDS and not (word == "新建" and beside):
        row.values.pop("kind", None)
        nature = NATURE.choose(word)
        if "nature" not in row.values and nature:
            row.values["nature"] = nature
        _forget(reading, row)
        reading.warnings.append(row.issue("kind_is_nature", "kind", word=word))
        return
    pair = re.fullmatch(r"(.+?)[(/、,+](?:.*)(?:竣工|建成|完工|投产).*", shown)
    if pair:
        kind = KIND.choose(bare_word(pair[1]))
        if kind and kind != "completing":
            row.values["kind"] = kind
            row.values["completes_this_year"] = "yes"
            _forget(reading, row)


def _forget(reading: SheetReading, row: ReadRow) -> None:
    """The general complaint about this cell is replaced by the exact one."""
    reading.warnings = [
        issue
        for issue in reading.warnings
        if not (
            issue.code in ("choice_unknown", "cell_rest")
            and (issue.sheet, issue.row) == (row.sheet, row.row)
            and issue.column == row.columns["kind"].place
        )
    ]


def _kind_of_category(row: ReadRow) -> None:
    """新开工项目（12个） as a category row says the kind of the rows under it, and is no class."""
    for name in row.class_path:
        word = bare_word(flat(name).removeprefix("计划")) if "竣工" not in name else "计划竣工"
        kind = KIND.words.get(word) if word != "新建" else None
        if kind:
            row.values["kind"] = kind
            row.class_path = tuple(part for part in row.class_path if part != name)
            return


def _classes(reading: SheetReading) -> None:
    """Category rows are the list's classes; without them a class column; without both the industry's words."""
    if any(row.class_path for row in reading.rows):
        return
    for row in reading.rows:
        name = row.values.get("class")
        if name:
            row.class_path = tuple(part for part in re.split(r"\s*[/>／]\s*", name) if part)[:2]
    industries = [row.values.get("industry", "") for row in reading.rows]
    if any(row.class_path for row in reading.rows) or not any(industries):
        return
    if not any(re.match(r"[A-T]?\d{2,4}$", name) for name in industries if name):
        for row, name in zip(reading.rows, industries, strict=True):
            row.class_path = (name,) if name else ()
        column = reading.column("industry")
        reading.warnings.append(
            Issue("class_from_industry", column.sheet if column else "", 0, column.place if column else "")
        )


PLAN = FieldSet(
    "plan",
    PLAN_FIELDS,
    choosers=(KIND_CHOOSER, *(quarter_chooser(number) for number in (1, 2, 3, 4))),
    checks=(_check_amounts, _check_dates),
    after=(_kinds, _classes),
    settle=(_settle,),
    needs=("total_investment", "planned_investment", "content", "kind", "nature", "goal", "years"),
    count_code="projects",
    foreign=WITHDRAWN,
    label_amounts=((r"总投资(?:额|约|共|为)?([\d.]+)(亿元|万元)", "total_investment"),),
)
