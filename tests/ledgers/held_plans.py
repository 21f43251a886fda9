"""Plan ledgers of the half held out: one sheet each."""

from __future__ import annotations

from pathlib import Path

from tests.ledgers.desk import Table
from tests.ledgers.paper import Formula, Sheet, write_ods, write_xlsx
from tests.ledgers.truth import ANY, Expected, OrTold, Told, day, end, month, quarter, span, wan, year_of

# fmt: off
# A row of a sheet is written as a row, not one cell a line.
HELD_OUT = True


def bare_classes(folder: Path) -> Expected:
    """An ods: classes by their bare names with the count beside, their sums in the same row, above; 总计 on top."""
    truth = Expected(folder / "重点项目安排.ods", "plan", 2016)
    sheet = Sheet("安排表")
    table = Table(truth, sheet, ["序号|serial", "项目名称|name", "建设地址|location", "建设规模及内容|content",
        "计划总投资|total_investment|亿元", "截至2015年底已完成投资|cumulative_to_last_year|亿元",
        "2016年计划投资|planned_investment|亿元", "计划建设期限|years", "业主单位|owner",
        "监管单位|responsible_unit"])
    table.line("示例市2016年重点建设项目安排表")
    table.line("（单位：亿元）", at=8)
    table.head()
    table.sum("总计", at=1, total_investment=Formula("=E5+E8", 47.5), cumulative_to_last_year=Formula("=F5+F8", 6.6),
        planned_investment=Formula("=G5+G8", 12.3))
    table.category("工业转型升级", "工业转型升级", at=1, count=2, count_at=2, amounts={"total_investment": 14.7,
        "cumulative_to_last_year": 1.6, "planned_investment": 5.3})
    table.row("1-1", "和谐型电力机车检修基地", "洛阳市", "年检修机车200台", 4.7, 1.6, 2.3, "2014－2017", "机车公司",
        "工信局", years=span(year_of(2014), year_of(2017)))
    table.row("1-2", "铝加工二期", "高新区", "年产铝板带15万吨", 10, 0, 3, "2016年3月-2018年底", "瑞翔铝业", "工信局",
        years=span(month(2016, 3), month(2018, 12)))
    table.category("城镇建设", "城镇建设", at=1, count=3, count_at=2, bad="projects",
        amounts={"total_investment": 32.8, "cumulative_to_last_year": 5, "planned_investment": 7})
    table.row("2-1", "古唐花园新型社区", "伊川县", "45万平方米", 2.8, 2, 0.5, "2013-2016", "花园置业", "住建局",
        years=span(year_of(2013), year_of(2016)))
    table.row("2-2", "温泉生态文化苑", "伊川县", "占地1.2万亩", 30, 3, 6.5, "2015-2020年", "富力公司",
        "住建局、文旅局", years=span(year_of(2015), year_of(2020)))
    table.done()
    write_ods(truth.file, sheet)
    return truth


def side_by_side(folder: Path) -> Expected:
    """Two tables beside each other on one sheet, an empty column between them, each with its own 合计."""
    truth = Expected(folder / "续建新开工对照.xlsx", "plan", 2020)
    sheet = Sheet("对照")
    sheet.put(1, 0, "2020年续建、新开工项目对照表（单位：万元）")
    sheet.merge(1, 0, 1, 10)
    columns = ["序号|serial", "项目名称|name", "总投资|total_investment|万元",
        "2020年计划投资|planned_investment|万元", "责任单位|responsible_unit"]
    table = Table(truth, sheet, columns, row=2)
    table.head()
    table.row(1, "甲高速连接线", 32000, 12000, "交通局")
    table.row(2, "乙棚户区改造", 54000, 20000, "住建局")
    table.row(3, "丙水厂", 9000, 4000, "水务局")
    table.sum("合计", at=1, total_investment=95000, planned_investment=36000)
    table.done()
    table = Table(truth, sheet, columns, row=2, left=6)
    table.head()
    table.row(1, "丁智能工厂", 15000, 6000, "工信局")
    table.row(2, "戊冷链物流园", 21000, 5000, "商务局")
    table.cells()
    table.sum("合计", at=1, total_investment=36000, planned_investment=11000)
    table.done()
    write_xlsx(truth.file, sheet)
    return truth


def after_a_gap(folder: Path) -> Expected:
    """The table goes on after empty lines with other columns and another unit; a sheet of withdrawn projects."""
    truth = Expected(folder / "2022年计划及退出清单.xlsx", "plan", 2022)
    sheet = Sheet("计划")
    table = Table(truth, sheet, ["序号|serial", "项目名称|name", "建设性质|kind", "总投资|total_investment|亿元",
        "年计划投资|planned_investment|亿元", "主责单位|responsible_unit"])
    table.line("表一：2022年产业项目计划表", merge=True)
    table.line("单位：亿元", at=5)
    table.head()
    table.row(1, "光伏电池组件", "新开工", 1.5, 0.8, "工信局")
    table.row(2, "触摸屏生产线", "续建", 1.5, 0.5, "工信局")
    table.sum("合计", at=1, total_investment=3, planned_investment=1.3)
    table.done()
    table = Table(truth, sheet, ["序号|serial", "项目单位|owner", "项目名称|name", "建设内容|content",
        "年计划投资|planned_investment|万元", "总投资|total_investment|万元"], row=table.at + 3)
    table.line("表二：2022年民生项目计划表", merge=True)
    table.line("单位：万元", at=5)
    table.head()
    table.row(1, "第三幼儿园", "第三幼儿园迁建", "12个班", 1200, 2600)
    table.row(2, "民政局", "养老服务中心", "床位300张", 2000, 4500.5)
    table.sum("合计", at=2, bad="total_investment", planned_investment=3200, total_investment=7000.5)
    table.done()
    gone = Sheet("退出项目清单")
    for row, cells in enumerate((("2022年退出重点项目清单（单位：万元）"), ("序号", "项目名称", "总投资", "退出原因"),
        (1, "旧厂区改造", 18000, "规划调整"), (2, "会展中心", 60000, "资金未落实")), 1):
        for column, value in enumerate(cells):
            gone.put(row, column, value)
    write_xlsx(truth.file, sheet, gone)
    return truth


def names_to_the_left(folder: Path) -> Expected:
    """项目名称 stands over the second of two columns that every row merges: the names sit left of their heading."""
    truth = Expected(folder / "附表2.xlsx", "plan", 2021)
    sheet = Sheet("附表2")
    table = Table(truth, sheet, ["序号|serial", "", "项目名称|name", "建设性质|kind", "总投资|total_investment|万元",
        "2021年投资计划|planned_investment|万元", "所在地|location", "项目实施主体|owner", "备注|remark"])
    table.line("附表2", at=0)
    table.line("2021年重点项目投资计划表", merge=True)
    table.line("金额单位：万元", at=7)
    table.head(merged=False)
    for number, name, kind, total, plan, place, owner in ((1, "商贸中心", "续建", 18000, 6000, "宜阳县", "锦花商贸"),
        (2, "客运站", "新开工", 12000, 5000, "栾川县", "客运公司"), (3, "凤凰广场", "续建", 16000,
        "7000（其中专项债2000）", "栾川县", "城投公司")):
        row = table.at
        table.row(number, name, None, kind, total, plan, place, owner, None, name=name,
            **({"planned_investment": wan(7000)} if isinstance(plan, str) else {}))
        sheet.merge(row, 1, row, 2)
    table.sum("合  计", at=0, merge=4, total_investment=46000, planned_investment=18000)
    table.truth.headings += ["项目名称", "总投资", "2021年投资计划", "所在地", "项目实施主体"]
    write_xlsx(truth.file, sheet)
    return truth


def codes_and_dates(folder: Path) -> Expected:
    """National project codes of both kinds and credit codes, one of each broken; start and finish in odd spellings."""
    truth = Expected(folder / "项目代码核对.xlsx", "plan", 2019)
    sheet = Sheet("Sheet1")
    table = Table(truth, sheet, ["项目代码|project_code", "项目名称|name", "项目(法人)单位|owner",
        "统一社会信用代码|owner_code", "总投资（万元）|total_investment|万元",
        "2019年计划投资（万元）|planned_investment|万元", "拟开工时间|planned_start", "拟竣工时间|planned_finish",
        "责任单位|responsible_unit"])
    table.line("2019年重点项目代码核对表")
    table.head()
    table.row("2018-410303-70-03-012345", "甲科技园", "甲科技有限公司", "91110000600037341L", 35000, 12000,
        "2019年9月28日前", "2021年上半年", "科技局", planned_start=OrTold(day(2019, 9, 28)),
        planned_finish=OrTold((month(2021, 1)[0], month(2021, 6)[1])))
    table.row("2105-410303-04-01-123456", "乙产业园", "乙实业公司", "91110000600037341M", 8000, 3000, "2019.04.15",
        "2019年12月底", "工信局、科技局", planned_start=day(2019, 4, 15), planned_finish=end(2019), project_code=ANY,
        owner_code=Told("the check sign is wrong", "91110000600037341M"))
    table.row("2018-410303-70-03-1234", "丙社区中心", "丙街道办事处", None, 1200, 1200, "2019年第3季度",
        "2020年第四季度", "民政局", planned_start=quarter(2019, 3), planned_finish=quarter(2020, 4),
        project_code=Told("two digits are missing", "2018-410303-70-03-1234"))
    table.row(None, "丁水利工程", "丁水利公司", "/", 5600, 2600, "2019年3月1日", "二〇二〇年十月", "水利局",
        owner_code=None, planned_start=day(2019, 3, 1), planned_finish=OrTold(month(2020, 10)))
    table.line("备注：甲科技园项目代码以平台为准。")
    table.done()
    write_xlsx(truth.file, sheet)
    return truth


def earlier_years(folder: Path) -> Expected:
    """Plan and work of two earlier years beside this year's plan; the unit in the title; the amounts of funds."""
    truth = Expected(folder / "三年滚动计划.xlsx", "plan", 2021)
    sheet = Sheet("滚动计划")
    table = Table(truth, sheet, ["序号|serial", "项目名|name", "性质|kind", "总投资额|total_investment|万元",
        "2019年 / 计划投资|", "2019年 / 完成投资|", "2020年 / 计划投资|", "2020年 / 完成投资|",
        "2021年投资计划 / 小计|planned_investment|万元", "2021年投资计划 / 主要建设内容|",
        "2021年投资计划 / 新增生产能力|", "建设主体|owner", "主管部门|responsible_unit"])
    table.line("示例区重点项目2019—2021年滚动计划（万元）", merge=True)
    table.head()
    table.category("A 产业发展", "产业发展", at=0, merge=13)
    table.row("A1", "特种电缆", "续建", 50000, 5000, 5200, 20000, 21000, 15000, "二期厂房", "年产10万千米",
        "百川线缆", "工信局")
    table.row("A2", "商业中心", "新开工", 100000, None, None, None, None, 20000, "基坑支护", None, "华耀城", "商务局")
    table.category("B 生态环保", "生态环保", at=0, merge=13)
    table.row("B1", "牡丹田园综合体", "续建", 300000, 30000, 28000, 60000, 61500, 50000, "种植3000亩",
        "年接待50万人次", "文旅集团", "农业农村局、文旅局")
    table.sum("合计", at=1, total_investment=450000, planned_investment=85000)
    table.done()
    write_xlsx(truth.file, sheet)
    return truth


BOOKS = (bare_classes, side_by_side, after_a_gap, names_to_the_left, codes_and_dates, earlier_years)
