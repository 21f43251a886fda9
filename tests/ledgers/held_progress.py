"""Progress sheets of the half held out."""

from __future__ import annotations

from pathlib import Path

from tests.ledgers.desk import Table
from tests.ledgers.paper import Percent, Sheet, write_csv, write_xlsx
from tests.ledgers.truth import ANY, Expected, Told, day, wan, yi

# fmt: off
# A row of a sheet is written as a row, not one cell a line.
HELD_OUT = True


def plan_and_done_by_month(folder: Path) -> Expected:
    """Each month has 计划 and 完成 side by side; asked for the second; 1-2月 beside it; shares as 0.56 and 56%."""
    truth = Expected(folder / "2月调度表.xlsx", "progress", 2021, (2, 2))
    sheet = Sheet("2月")
    table = Table(truth, sheet, ["序号|serial", "重点项目名称|name", "责任单位|responsible_unit",
        "2021年计划投资|planned_investment|万元", "1月 / 计划|", "1月 / 完成|", "2月 / 计划|",
        "2月 / 完成|investment_of_period|万元", "1-2月累计完成投资|investment_to_date|万元",
        "完成年度计划比例|completion_rate", "形象进度|physical_progress", "需协调解决的问题|problem"])
    table.line("2021年2月重点项目调度表", merge=True)
    table.line("单位：万元", at=11)
    table.head()
    rate = {"completion_rate": ANY}
    table.row(1, "甲隧道", "交通局", 20000, 1500, 1400, 1500, 1600, 3000, Percent(0.15), "掘进320米", None, **rate)
    table.row(2, "乙医院", "卫健委", 9000, 500, 500, 800, 0, 500, 0.0556, "主体五层", "春节停工", **rate)
    table.row(3, "丙园区", "管委会", 12000, 1000, 980, 1000, "1,020", 2000, "16.67%", "厂房吊装",
        "用电容量不足约500千伏安", **rate, investment_of_period=wan(1020))
    table.sum("合计", at=1, bad="investment_to_date", planned_investment=41000, investment_of_period=2620,
        investment_to_date=5600)
    table.done()
    write_xlsx(truth.file, sheet)
    return truth


def weekly_csv(folder: Path) -> Expected:
    """A csv of the week: total in 亿元, the rest in 万元, cumulative since the start beside this year's, yes and no."""
    truth = Expected(folder / "周报.csv", "progress", 2023, (4, 4))
    sheet = Sheet("csv")
    table = Table(truth, sheet, ["项目名称|name", "总投资(亿元)|total_investment|亿元",
        "开工以来累计完成投资(万元)|cumulative_investment|万元", "今年计划投资(万元)|planned_investment|万元",
        "本年累计完成投资(万元)|investment_to_date|万元", "是否开工|started", "实际开工时间|actual_start",
        "本周形象进度|physical_progress", "存在问题及建议|problem"], anywhere=True)
    table.head()
    known = {"started": ANY}
    table.row("甲湿地公园", "2.25", "8600", "5000", "1600.5", "是", "2022/9/16", "栈道完成60%；\n种植3.2万株", "无",
        **known, total_investment=yi("2.25"), cumulative_investment=wan(8600), planned_investment=wan(5000),
        investment_to_date=wan("1600.5"), actual_start=day(2022, 9, 16))
    table.row("乙数据中心", "12", "1亿元", "30000", "10,000", "是", "2023年1月28日", "桩基完成",
        "机柜订货周期长，需资金0.8亿元", **known, total_investment=yi(12), cumulative_investment=yi(1),
        planned_investment=wan(30000), investment_to_date=wan(10000), actual_start=day(2023, 1, 28))
    table.row("丙码头", "5.5", "0", "8000", "O", "否", "", "招标", "", **known, total_investment=yi("5.5"),
        cumulative_investment=0, planned_investment=wan(8000), investment_to_date=Told("the letter O for a nought"))
    table.done()
    write_csv(truth.file, sheet, "utf-8")
    return truth


def by_unit_with_subtotals(folder: Path) -> Expected:
    """Rows grouped by unit with 小计 after each group, the year before beside it, headings again, 合计 above."""
    truth = Expected(folder / "1-9月完成情况.xlsx", "progress", 2022, (9, 9))
    sheet = Sheet("1-9月")
    table = Table(truth, sheet, ["责任单位|responsible_unit", "序号|serial", "项目名称|name",
        "年度计划投资|planned_investment|万元", "9月完成投资|investment_of_period|万元",
        "1-9月完成投资|investment_to_date|万元", "去年同期完成投资|", "完成比例（%）|completion_rate",
        "工程进展|physical_progress", "备注|remark"])
    table.line("重点项目1-9月投资完成情况表（单位：万元）", merge=True)
    table.head()
    table.sum("合计", merge=3, planned_investment=46000, investment_of_period=5400, investment_to_date=33600)
    rate = {"completion_rate": ANY}
    table.classes = None
    first = table.at
    table.row("住建局", 1, "甲路", 10000, 1000, 8000, 3000, 80, "沥青摊铺", "剩余2000万元年底完成", **rate)
    table.row(None, 2, "乙桥", 6000, 400, 3600, 0, 60, "桥墩", None, responsible_unit=("住建局",), **rate)
    sheet.merge(first, 0, first + 1, 0)
    table.sum("小计", at=2, planned_investment=16000, investment_of_period=1400, investment_to_date=11600)
    table.cells("责任单位", "序号", "项目名称", "年度计划投资", "9月完成投资", "1-9月完成投资", "去年同期完成投资",
        "完成比例（%）", "工程进展", "备注")
    first = table.at
    table.row("教育局", 1, "丙小学", 18000, 2000, 12000, 9000, 66.7, "二次结构", None, **rate)
    table.row(None, 2, "丁幼儿园", 12000, "2000万元", "1亿元", None, 83.3, "装修", "/", responsible_unit=("教育局"),
        **rate, investment_of_period=wan(2000), investment_to_date=yi(1))
    sheet.merge(first, 0, first + 1, 0)
    table.sum("小计", at=2, bad="investment_of_period", planned_investment=30000, investment_of_period=4200,
        investment_to_date=22000)
    table.line("单位负责人：            填表人：            联系电话：")
    table.done()
    write_xlsx(truth.file, sheet)
    return truth


BOOKS = (plan_and_done_by_month, weekly_csv, by_unit_with_subtotals)
