"""Progress sheets of the open half."""

from __future__ import annotations

from pathlib import Path

from tests.ledgers.desk import Table
from tests.ledgers.paper import Formula, Percent, Sheet, write_ods, write_xlsx
from tests.ledgers.truth import ANY, Expected, Told, day, wan

# fmt: off
# A row of a sheet is written as a row, not one cell a line.
HELD_OUT = False


def monthly_report(folder: Path) -> Expected:
    """月报 with last year's columns beside this year's, formulas for sums and rates, two levels of classes."""
    truth = Expected(folder / "5月份重点项目进展.xlsx", "progress", 2020, (5, 5))
    sheet = Sheet("5月")
    table = Table(truth, sheet, ["序号|serial", "项目名称|name", "总投资|total_investment|万元", "2019年完成投资|",
        "2019年底累计|cumulative_to_last_year|万元", "2020年 / 计划投资|planned_investment|万元",
        "2020年 / 5月份完成投资|investment_of_period|万元", "2020年 / 1-5月累计完成|investment_to_date|万元",
        "2020年 / 占年计划%|completion_rate", "目前形象进度|physical_progress", "存在问题|problem",
        "下一步工作打算|next_plan", "牵头单位|responsible_unit"])
    table.line("示例区2020年重点项目5月份进展情况表", merge=True)
    table.line("填报单位：示例区发改委                                                                单位：万元")
    table.head()
    table.sum("合  计", at=1, total_investment=Formula("=C5+C9", 133000), planned_investment=Formula("=F5+F9", 41000),
        investment_of_period=Formula("=G5+G9", 4150), investment_to_date=Formula("=H5+H9", 16800))
    table.category("一、产业项目", "产业项目", at=1, amounts={"total_investment": 93000, "planned_investment": 26000,
        "investment_of_period": 2650, "investment_to_date": 10800})
    table.category("（一）工业", "产业项目", "工业", at=1)
    rate = {"completion_rate": ANY}
    table.row(1, "红山车辆编组站", 33000, 8000, 12000, 11000, 1650, 5800, Formula("=H7/F7*100", 52.7), "路基完成80%",
        "无", "铺轨", "工信局", **rate)
    table.category("（二）服务业", "产业项目", "服务业", at=1)
    table.row(2, "汉德九洲城唐风步行街", 60000, 20000, 30000, 15000, 1000, 5000, 33.3, "B区主体施工至12层",
        "资金缺口约3000万元", "加快B区施工", "商务局", **rate)
    table.category("二、民生项目", "民生项目", at=1, bad="planned_investment", amounts={"total_investment": 40000,
        "planned_investment": 14000, "investment_of_period": 1500, "investment_to_date": 6000})
    table.row(3, "门（急）诊医技内科病房楼", 40000, 5000, 9000, 15000, 1500, 6000, 40, "装饰装修", None, None,
        "卫健委", **rate)
    table.line("说明：完成投资为调度口径。", at=1)
    table.done()
    write_xlsx(truth.file, sheet)
    return truth


def twelve_months(folder: Path) -> Expected:
    """One column per month in one group, 累计 behind them; asked for March: only that column is this period's."""
    truth = Expected(folder / "投资完成情况.xlsx", "progress", 2023, (3, 3))
    sheet = Sheet("2023")
    columns = ["序号|serial", "名称|name", "责任单位|responsible_unit",
        "年度计划投资（亿元）|planned_investment|亿元"]
    for number in range(1, 13):
        columns.append(f"2023年各月完成投资（亿元） / {number}月|{'investment_of_period' if number == 3 else ''}|亿元")
    columns.append("本年累计完成投资（亿元）|investment_to_date|亿元")
    table = Table(truth, sheet, [*columns, "是否开工|started", "开工时间|actual_start"])
    table.line("2023年重点项目投资完成情况调度表")
    table.head()
    empty = [None] * 9
    table.row(1, "安坝新城综合开发", "三江新区管委会", 6, 0.3, 0.25, 0.5, *empty, 1.05, "是", "2023年2月15日",
        started=ANY, actual_start=day(2023, 2, 15))
    table.row(2, "蟠龙抽水蓄能电站", "綦江区发改委", 12, 1, 0.8, 1.2, *empty, 3, "是", "2022年", started=ANY,
        actual_start=ANY)
    table.row(3, "梁平至开江高速公路", "交通局", 18, 0, 0, None, *empty, 0, "否", None, started=ANY)
    table.row(4, "地下管廊", "住建局", 2.5, "0.1亿元", "1200万", "1500万元", *empty, 0.37, "是", "3月", started=ANY,
        investment_of_period=wan(1500), actual_start=ANY)
    table.sum("合计", at=1, bad="investment_to_date", planned_investment=38.5, investment_of_period=1.85,
        investment_to_date=4.24)
    table.done()
    write_xlsx(truth.file, sheet)
    return truth


def wrong_amounts(folder: Path) -> Expected:
    """An ods with amounts that are none: about 50, two points, negative; every kind of blank; percent in three ways."""
    truth = Expected(folder / "一季度进度.ods", "progress", 2022, (1, 3))
    sheet = Sheet("一季度")
    table = Table(truth, sheet, ["项目名称|name", "建设单位|owner", "2022年计划投资|planned_investment|万元",
        "一季度完成投资|investment_of_period|万元", "本年累计完成投资|investment_to_date|万元",
        "完成率|completion_rate", "工程形象进度|physical_progress", "备注|remark"])
    table.line("2022年第一季度重点项目进度表（金额单位：人民币万元）", merge=True)
    table.head()
    rate = {"completion_rate": ANY}
    table.row("甲大道北延", "市政公司", 5000, 1200, 1200, Percent(0.24), "路基", None, **rate)
    table.row("乙污水处理厂", "水务公司", 3000, "约50", "约50", "1.7%", "土方", "预计4月加快", **rate,
        investment_of_period=Told("an amount that is only about right", wan(50)),
        investment_to_date=Told("an amount that is only about right", wan(50)))
    table.row("丙学校", "教体局", 2000, "12..5", 300, 0.15, "主体", None, **rate,
        investment_of_period=Told("two decimal points"))
    table.row("丁医院", "卫健委", 8000, -200, 1500, 18.75, "装修", "核减1季度多报200万元", **rate,
        investment_of_period=Told("negative", wan(-200)))
    table.row("戊公园", "园林局", 600, "/", "—", "—", "未开工", "/", **rate)
    table.row("己停车场", "城投公司", 900, 0, 0, 0, "办理前期手续", "无", **rate)
    table.row("庚市场", "商务局", 1500, "未报", 100, None, None, None, **rate,
        investment_of_period=Told("no amount but 未报"))
    table.done()
    write_ods(truth.file, sheet)
    return truth


BOOKS = (monthly_report, twelve_months, wrong_amounts)
