"""Dispatch's tables: the rows behind a figure, and the three bases side by side."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from guatu.core.tables import DATE, INTEGER, LONG, Column, RowLink, Table, choice, money, percent, share_of
from guatu.dispatch.rows import Opened
from guatu.domain.money import MoneyUnit
from guatu.figures.choices import STAND_WORDS
from guatu.library.choices import EntryKind, Stage
from guatu.reporting.choices import Truth

YI = money(MoneyUnit.YI)
TRUTH = Column("truth", _("核实程度"), choice(dict(Truth.choices)), filter="choice")
PROBLEM = Column("problem", _("存在问题"), LONG, filter="text", weight=40, default=False)

ROWS = Table(
    "dispatch.rows",
    _("指标背后的项目"),
    (
        Column("name", _("项目名称"), link=True, weight=36),
        Column("unit", _("责任单位"), filter="text"),
        Column("kind", _("类型"), choice(dict(EntryKind.choices)), filter="choice"),
        Column("stage", _("阶段"), choice(dict(Stage.choices)), filter="choice"),
        PROBLEM,
        Column("total", _("总投资"), YI, total="sum"),
        Column("planned", _("年度计划投资"), YI, total="sum", filter="range"),
        Column("done", _("本年完成投资"), YI, total="sum", filter="range"),
        Column("rate", _("完成率"), percent(1), total=share_of("done", "planned")),
        Column("reading_on", _("数据截至"), DATE),
    ),
    default_sort="-planned",
    link=RowLink("public_id", "library:project"),
    empty=_("没有项目计入这个数。"),
    dense=True,
)

WAN = money(MoneyUnit.WAN)

CHAIN_ROWS = Table(
    "dispatch.chain_rows",
    _("目标保障背后的项目"),
    (
        Column("name", _("项目名称"), link=True, weight=36),
        Column("unit", _("责任单位"), filter="text"),
        Column("target", _("目标"), WAN, total="sum"),
        Column("done", _("完成"), WAN, total="sum"),
        Column("remaining", _("尚缺"), WAN, total="sum"),
        Column("work_days_left", _("余工作日"), INTEGER),
        Column("required", _("需日均"), WAN),
        Column("recent", _("近期日均"), WAN),
        Column("capacity", _("能力"), WAN),
        Column("state", _("判断"), choice(STAND_WORDS), filter="choice"),
        Column("reading_on", _("数据截至"), DATE),
    ),
    default_sort="-remaining",
    link=RowLink("public_id", "library:project"),
    empty=_("没有项目在这一期内应当填报。"),
    dense=True,
)


def rows_table(indicator: str, behind: Opened) -> Table:
    """The table of the rows behind an indicator; where problems are counted, it says them unless asked otherwise.

    Problems are read only where they are shown. Beside figures that are not confirmed stands how far each is checked.
    """
    told = replace(PROBLEM, lookup=behind.problems, default=indicator == "with_problems")
    columns = [told if column is PROBLEM else column for column in ROWS.columns]
    if behind.truths is not None:
        columns.append(replace(TRUTH, lookup=behind.truths))
    return replace(ROWS, columns=tuple(columns))


LAGGING = Table(
    "dispatch.lagging",
    _("有滞后因素的项目"),
    (
        Column("name", _("项目名称"), link=True, weight=36),
        Column("why", _("原因"), LONG, filter="text", weight=40),
        Column("unit", _("责任单位"), filter="text"),
        Column("leader", _("分包领导"), filter="text", audience="leader_names"),
        Column("planned", _("年度计划投资"), YI, total="sum"),
        Column("done", _("本年完成投资"), YI, total="sum"),
        Column("rate", _("完成率"), percent(1), total=share_of("done", "planned")),
        Column("behind", _("比序时"), YI, total="sum"),
    ),
    default_sort="behind",
    link=RowLink("public_id", "library:project"),
    empty=_("没有滞后的项目。"),
    dense=True,
)

BASES = Table(
    "dispatch.bases",
    _("三种口径对照"),
    (
        Column("name", _("项目名称"), link=True, weight=36),
        Column("dispatch", _("本年完成"), YI, total="sum", group=_("调度口径")),
        Column("dispatch_on", _("数据截至"), DATE, group=_("调度口径")),
        Column("statistics", _("本年完成"), YI, total="sum", group=_("统计口径")),
        Column("statistics_on", _("数据截至"), DATE, group=_("统计口径")),
        Column("payment", _("本年完成"), YI, total="sum", group=_("支付口径")),
        Column("payment_on", _("数据截至"), DATE, group=_("支付口径")),
        Column("statistics_gap", _("统计"), YI, total="sum", group=_("与调度口径的差额")),
        Column("payment_gap", _("支付"), YI, total="sum", group=_("与调度口径的差额")),
    ),
    default_sort="statistics_gap",
    link=RowLink("public_id", "library:project"),
    empty=_("名单里还没有项目。"),
    dense=True,
)
