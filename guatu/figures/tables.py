"""What figures add to the table of projects for a chosen list and day: this year's money beside plan and time; and the
table of a target sheet.

The values are those of `facts` and `lags`, from which the overview counts: one fact, one place. A list that the post
may not ask figures of has no such columns' values.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.core import rights
from guatu.core.actor import Actor
from guatu.core.registries import COLUMNS, ColumnPart
from guatu.core.tables import INTEGER, Column, ReadyView, RowLink, Table, money
from guatu.core.tables.state import NO_GROUP
from guatu.domain.lagging import shortfall
from guatu.domain.money import MoneyUnit
from guatu.domain.progress import due, due_by_month, year_passed
from guatu.domain.rounding import rate
from guatu.figures import light_columns
from guatu.figures.formats import Lagging
from guatu.figures.queries.answers import ask, facts, lags
from guatu.figures.queries.project_months import project_months
from guatu.figures.queries.sql import Asked
from guatu.library.models import AnnualList
from guatu.library.queries.parts import READY, ReadyPart
from guatu.reporting.choices import Truth

TABLE, NEEDS = "library.projects", ("list", "day")
REASONS = {
    "behind": _("低于序时"),
    "start_late": _("逾期未开工"),
    "finish_late": _("逾期未竣工"),
    "silent": _("两月无数据"),
    "suspended": _("停缓建"),
}
"""The rule's reasons (docs/algorithms/lagging.md) as filters name them."""
Values = Mapping[int, Any]


def _asked(actor: Actor, given: Mapping[str, Any]) -> Asked | None:
    if not rights.can(actor, "figures.view").allowed:
        return None
    return ask(actor, [given["list"]], given["day"], truth=given.get("truth", Truth.CONFIRMED))


def _done(actor: Actor, given: Mapping[str, Any]) -> Values:
    """This year's completed investment, whole yuan, by project."""
    asked = _asked(actor, given)
    return {} if asked is None else {row.project_id: row.investment_to_date for row in facts(asked)}


def _rate(actor: Actor, given: Mapping[str, Any]) -> Values:
    """Its share of the year's plan, in per cent."""
    asked = _asked(actor, given)
    rows = [] if asked is None else facts(asked)
    return {
        row.project_id: rate(row.investment_to_date, row.planned_investment)
        for row in rows
        if row.investment_to_date is not None
    }


def _due(actor: Actor, given: Mapping[str, Any]) -> Values:
    """The plan's share that the time passed asks for, whole yuan half up."""
    asked = _asked(actor, given)
    if asked is None:
        return {}
    passed = year_passed(asked.as_of, asked.rules().time_basis, asked.year)
    return {row.project_id: due(row.planned_investment, passed) for row in facts(asked) if row.planned_investment}


def _lead(actor: Actor, given: Mapping[str, Any]) -> Values:
    """Points against the time passed, `Lagging` where the rule of lagging says so; none where nobody has reported."""
    asked = _asked(actor, given)
    if asked is None:
        return {}
    passed = year_passed(asked.as_of, asked.rules().time_basis, asked.year)
    found: dict[int, Any] = {
        row.project_id: shortfall(row, passed)[1] for row in facts(asked) if row.investment_to_date is not None
    }
    for lag in lags(asked):
        if (
            lag.entry.project_id in found
            and any(reason.code == "behind" for reason in lag.reasons)
            and lag.points is not None
        ):
            found[lag.entry.project_id] = Lagging(*lag.points.parts)
    return found


def _lead_of_sums(sums: Mapping[str, Any]) -> Decimal | None:
    """What the rows have done beyond what is due, as a share of their plans; rounded once. None without any
    report."""
    done, asked_for, planned = (sums.get(name) for name in ("ytd", "due", "planned_investment"))
    return rate(done - (asked_for or 0), planned) if planned and done is not None else None


def _rate_of_sums(sums: Mapping[str, Any]) -> Decimal | None:
    done, planned = sums.get("ytd"), sums.get("planned_investment")
    return rate(done, planned) if planned and done is not None else None


def _reason(actor: Actor, given: Mapping[str, Any]) -> Values:
    """The first reason of a project that lags, by its code."""
    asked = _asked(actor, given)
    return {} if asked is None else {lag.entry.project_id: lag.reasons[0].code for lag in lags(asked)}


def _months(actor: Actor, given: Mapping[str, Any]) -> Values:
    """(done, plan) by month: the plan is spread by the list's own way of counting time."""
    asked = _asked(actor, given)
    if asked is None:
        return {}
    done = project_months(asked)
    return {
        row.project_id: (done.get(row.project_id, ()), _plan(row.planned_investment, asked)) for row in facts(asked)
    }


def _plan(planned: int, asked: Asked) -> tuple[int, ...]:
    """What falls due in each month."""
    ends = due_by_month(planned, asked.rules().time_basis, asked.year)
    return tuple(end - before for before, end in pairwise((0, *ends)))


def _most_behind(annual_list: AnnualList | None, day: date) -> ReadyView | None:
    """A list's projects that lag, the worst first; without a list there is no plan to lag behind."""
    if annual_list is None:
        return None
    reasons = "&".join(f"f.lag={code}" for code in REASONS)
    return ReadyView(_("最滞后的"), f"{reasons}&sort=against_time&group={NO_GROUP}")


def _add(code: str, words: Any, format: str, lookup: Any, **more: Any) -> None:
    more.setdefault("group", _("投资"))
    COLUMNS.add(f"figures.{code}", ColumnPart(code, TABLE, words, None, format, lookup=lookup, needs=NEEDS, **more))


_add("ytd", _("本年完成"), "money_yi", _done, filter="range", total="sum")
_add("rate", _("完成率"), "percent", _rate, filter="range", total=_rate_of_sums)
_add("against_time", _("比序时"), "lead", _lead, filter="range", total=_lead_of_sums)
_add("months", _("逐月"), "months", _months)
_add("due", _("按序时应完成"), "money_yi", _due, total="sum", default=False)
_add("lag", _("滞后原因"), "choice", _reason, filter="choice", choices=REASONS, default=False, groupable=True)
READY.add("figures.most_behind", ReadyPart(_most_behind))
light_columns.register()

WAN = money(MoneyUnit.WAN, 0)
QUARTER_WORDS = (_("一季度"), _("二季度"), _("三季度"), _("四季度"))
MONTH_WORDS = (
    *(_("1月"), _("2月"), _("3月"), _("4月"), _("5月"), _("6月")),
    *(_("7月"), _("8月"), _("9月"), _("10月"), _("11月"), _("12月")),
)

TARGET_SHEET = Table(
    "figures.target_sheet",
    _("目标任务书"),
    (
        Column("number", _("序号"), INTEGER),
        Column("name", _("项目名称"), link=True, weight=36),
        Column("unit", _("责任单位"), filter="text"),
        Column("year", _("全年"), WAN, total="sum"),
        *(Column(f"q{place}", words, WAN, total="sum") for place, words in enumerate(QUARTER_WORDS, 1)),
        *(Column(f"m{place}", words, WAN, total="sum") for place, words in enumerate(MONTH_WORDS, 1)),
    ),
    default_sort="number",
    link=RowLink("public_id", "library:project"),
    empty=_("名单里还没有项目。"),
    dense=True,
)
