"""A progress bulletin's tables: by level, unit and sector (whole on top, worst first), and the lagging projects."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from guatu.core.official.model import Column, Row, Run, Table, row
from guatu.core.ui.numbers import NO_FIGURE
from guatu.domain.indicators.registry import Value
from guatu.domain.money import MoneyUnit, format_amount, format_number
from guatu.domain.rounding import half_up
from guatu.domain.words.sentences import exact_per_cent
from guatu.publishing.bulletins.progress.facts import Group, Laggard, ProgressFacts
from guatu.publishing.bulletins.progress.problems import far_behind

MOST_LAGGARDS = 60
SMALL_PLAN = 10**8
"""Below this plan of a group (yuan) amounts are printed in 万元, so that no group prints as 0.0 亿元."""


def tables(facts: ProgressFacts) -> tuple[Table, ...]:
    """The tables in their order; one that would be empty is left out."""
    if not facts.whole["projects"]:
        return ()
    found = [_group_table(facts, "责任单位", facts.units, f"各责任单位{facts.noun}进展情况表")]
    if facts.levels:
        found.insert(0, _group_table(facts, "级别", facts.levels, "各级重点项目进展情况表"))
    if len(facts.sectors) > 1:
        found.append(_group_table(facts, "领域", facts.sectors, f"分领域{facts.noun}进展情况表"))
    if listed(facts):
        found.append(_laggards(facts))
    return tuple(found)


def check_rows(facts: ProgressFacts) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The group tables as the checker reads them: every heading with its unit, without the running number."""
    unit = unit_of(facts)
    head = (
        "名称",
        "项目数（个）",
        f"总投资（{unit.value}）",
        f"年度计划（{unit.value}）",
        f"完成投资（{unit.value}）",
        "完成率（%）",
    )
    cuts = [groups for groups in (facts.levels, facts.units, facts.sectors) if groups]
    return tuple((head, *((group.name, *_cells(group.values, facts)[:5]) for group in groups)) for groups in cuts)


def unit_of(facts: ProgressFacts) -> MoneyUnit:
    """亿元, or 万元 where a group's plan is small."""
    planned = [group.values["planned_investment"] for group in (*facts.units, *facts.sectors)]
    plans = [plan for plan in planned if isinstance(plan, int) and plan > 0]
    return MoneyUnit.YI if plans and min(plans) >= SMALL_PLAN else MoneyUnit.WAN


def money(yuan: Value, unit: MoneyUnit) -> str:
    """An amount of a table: 亿元 with two decimals, 万元 whole."""
    return NO_FIGURE if yuan is None else format_amount(int(yuan), unit, 2 if unit is MoneyUnit.YI else 0)


def rated(value: Fraction | None, places: int, *, signed: bool = False) -> str:
    """A rate or a difference of rates, half up, a plus shown where it is a difference."""
    if value is None:
        return NO_FIGURE
    rounded = half_up(value, places)
    text = format_number(rounded)
    return f"+{text}" if signed and rounded > 0 else text


def _cells(values: Mapping[str, Value], facts: ProgressFacts) -> tuple[str, ...]:
    unit, places = unit_of(facts), facts.rules.places
    rate = exact_per_cent(values, "investment_rate", facts.as_of, facts.rules)
    lead = exact_per_cent(values, "lead", facts.as_of, facts.rules)
    return (
        str(values["projects"]),
        money(values["total_investment"], unit),
        money(values["planned_investment"], unit),
        money(values["investment_to_date"], unit),
        rated(rate, places),
        rated(lead, places, signed=True),
        str(values["new_starts_planned"]),
        str(values["new_starts_started"]),
    )


def worst_first(groups: Sequence[Group], facts: ProgressFacts) -> list[Group]:
    """The lowest rate first; groups without a rate last, in their order."""

    def place(group: Group) -> tuple[bool, Fraction]:
        rate = facts.rate(group) if group.values["investment_to_date"] is not None else None
        return rate is None, rate or Fraction(0)

    return sorted(groups, key=place)


def _group_table(facts: ProgressFacts, head: str, groups: Sequence[Group], title: str) -> Table:
    unit = unit_of(facts)
    columns = (
        Column("序号", 0.6),
        Column(head, 2.4, "left"),
        Column("项目数", 0.8),
        Column("总投资", 1.3, "right", "投资"),
        Column("年度计划", 1.3, "right", "投资"),
        Column("完成", 1.2, "right", "投资"),
        Column("完成率（%）", 1.0, "right", "投资"),
        Column("比序时（百分点）", 1.2, "right", "投资"),
        Column("计划", 0.7, "center", "新开工"),
        Column("已开工", 0.8, "center", "新开工"),
    )
    lines = [row("", facts.scope, *_cells(facts.whole, facts), total=True)]
    for number, group in enumerate(worst_first(groups, facts), start=1):
        lines.append(row(str(number), group.name, *_cells(group.values, facts)))
    note = f"注：按完成率由低到高排列；合计为原数之和再取整；投资为{facts.basis}。"
    return Table(columns, tuple(lines), title=title, unit=f"单位：个、{unit.value}", note=note)


# -- the lagging projects ---------------------------------------------------------------------------------------------
def listed(facts: ProgressFacts) -> list[Laggard]:
    """The projects of the table: far behind time, or with another reason than money."""
    lags = [lag for lag in facts.lags if far_behind(lag) or any(r.code != "behind" for r in lag.lag.reasons)]
    return [lag for lag in lags if not lag.sensitive]


_SHORT: dict[str, Callable[[Laggard], str]] = {
    "start_late": lambda lag: "未按计划开工",
    "finish_late": lambda lag: "未按计划竣工",
    "suspended": lambda lag: "停缓建",
    "silent": lambda lag: "进展数据不全",
    "behind": lambda lag: "投资偏慢",
}


def _reasons(lag: Laggard) -> str:
    return "、".join(
        _SHORT[reason.code](lag) for reason in lag.lag.reasons if reason.code != "behind" or far_behind(lag)
    )


def _laggards(facts: ProgressFacts) -> Table:
    unit, places = unit_of(facts), facts.rules.places
    found = listed(facts)
    columns = (
        Column("序号", 0.6),
        Column("项目名称", 3.4, "left"),
        Column("责任单位", 2.0, "left"),
        Column("年度计划", 1.2, "right"),
        Column("完成", 1.1, "right"),
        Column("完成率（%）", 1.0, "right"),
        Column("滞后原因", 2.2, "left"),
    )
    lines = [_laggard_row(number, lag, unit, places) for number, lag in enumerate(found[:MOST_LAGGARDS], start=1)]
    notes = ["按与序时进度的差额由大到小排列"]
    if len(found) > MOST_LAGGARDS:
        notes.append(f"共{len(found)}个，列前{MOST_LAGGARDS}个")
    if any(lag.sensitive for lag in facts.lags):
        notes.append("敏感项目不列名")
    note = "注：" + "；".join(notes) + "。"
    return Table(columns, tuple(lines), title=f"滞后{facts.noun}名单", unit=f"单位：{unit.value}", note=note)


def _laggard_row(number: int, lag: Laggard, unit: MoneyUnit, places: int) -> Row:
    entry = lag.lag.entry
    planned, done = entry.planned_investment, entry.investment_to_date
    rate = Fraction(100 * done, planned) if planned > 0 and done is not None else None
    cells = (
        str(number),
        lag.name,
        lag.unit,
        money(planned, unit),
        money(done, unit),
        rated(rate, places),
        _reasons(lag),
    )
    return Row(tuple(Run(cell) for cell in cells))
