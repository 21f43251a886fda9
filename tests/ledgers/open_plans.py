"""Plan ledgers of the open half: one sheet each."""

from __future__ import annotations

from pathlib import Path

from tests.ledgers.desk import Table
from tests.ledgers.paper import Day, Formula, Sheet, write_xlsx
from tests.ledgers.truth import (
    Expected,
    OneOf,
    OrTold,
    Told,
    day,
    end,
    month,
    quarter,
    span,
    wan,
    year_of,
    yi,
)

# fmt: off
# A row of a sheet is written as a row, not one cell a line.
HELD_OUT = False


def classes_and_notes(folder: Path) -> Expected:
    """一、…（3个） with amounts beside, 合计 on top, serials that begin again, ★, notes and signatures below."""
    truth = Expected(folder / "2019年重点项目计划表.xlsx", "plan", 2019)
    sheet = Sheet("2019年计划")
    table = Table(truth, sheet, ["序号|serial", "项目名称|name", "建设性质|kind", "建设规模及主要内容|content",
        "建设起止\n年限|years", "投资（万元） / 总投资|total_investment|万元",
        "投资（万元） / 至2018年底累计完成|cumulative_to_last_year|万元",
        "投资（万元） / 2019年计划|planned_investment|万元", "2019年建设目标|goal", "责任单位|responsible_unit",
        "分包领导|lead", "备注|remark"])
    table.line("西工区2019年重点建设项目投资计划表", merge=True)
    table.line("单位：万元", at=11)
    table.head()
    table.sum("合计", at=1, total_investment=216500, cumulative_to_last_year=41200, planned_investment=75120)
    table.category("一、产业类（3个）", "产业类", at=1, count=3, amounts={"total_investment": 141500,
        "cumulative_to_last_year": 21200, "planned_investment": 52120})
    table.row(1, "★西工小街步行街改造提升项目", "续建", "建筑面积12万平方米，年接待游客300万人次", "2018-2019", 56500,
        21200, 35300, "6月底前设计定稿，12月底完工", "商务局、住建局", "区委常委、副区长 甲某", None,
        name="西工小街步行街改造提升项目", mark="★", years=span(year_of(2018), year_of(2019)))
    table.row(2, "采埃孚一拖自动化能力提升项目", "新开工", "购置设备35台（套），新增产能2万台", "2019", 5000, 0, 5000,
        "完成第二批设备安装使用", "工信局", "副区长 乙某", "进口设备约1200万", years=year_of(2019))
    table.row(3, "樱桃谷生态旅游景区", "新开工", "占地1500亩", "2019—2022年", 80000, None, 11820, "牡丹文化节前开工",
        "文旅局", "丙某", "/", years=span(year_of(2019), year_of(2022)))
    table.category("二、基础设施类（2个）", "基础设施类", at=1, count=2, amounts={"total_investment": 75000,
        "cumulative_to_last_year": 20000, "planned_investment": 23000})
    table.row(1, "王城大道快速路（西工区段）征迁", "续建", "征迁面积6.3万平方米", "2017-2019", 45000, 20000,
        "20000（含上年结转3000）", "征迁完成100%", "征收办", "丁某", None, planned_investment=wan(20000),
        years=span(year_of(2017), year_of(2019)))
    table.row(2, "史家屯村一期安置房", "新开工", "24万平方米，1800套", "2019.03-2021.10", 30000, None, 3000,
        "主体施工", "红山街道办事处", "戊某", None, years=span(month(2019, 3), month(2021, 10)))
    table.line("注：1.★为省重点项目；2.投资额以批复文件为准。")
    table.line("填表人：甲某        审核人：乙某        填报日期：2019年1月15日", at=1)
    table.done()
    write_xlsx(truth.file, sheet)
    return truth


def two_units(folder: Path) -> Expected:
    """总投资 in 亿元, the year's plan in 万元, some cells with a unit of their own; 合计 below, one wrong."""
    truth = Expected(folder / "附件1.xlsx", "plan", 2021)
    sheet = Sheet("Sheet1")
    table = Table(truth, sheet, ["序号|serial", "工程名称|name", "项目类别|class", "建设地点|location",
        "建设内容|content", "总投资\n（亿元）|total_investment|亿元",
        "2021年计划投资\n（万元）|planned_investment|万元", "开工时间|planned_start", "竣工时间|planned_finish",
        "建设单位|owner", "牵头单位|responsible_unit", "联系电话|phone"])
    table.line("附件1", at=0)
    table.line("2021年全区重点工程一览表", merge=True)
    table.head(merged=False)
    table.classes = None
    table.row(1, "河南百川线缆年产30万千米特种电缆项目", "产业转型", "新安县",
        "年产30万千米特种电缆，建筑面积8万平方米", 5, 12000, "2021年3月", "2022年底", "河南百川线缆有限公司",
        "工信局", 13900000001, planned_start=month(2021, 3), planned_finish=end(2022))
    table.row(2, "中德产业园项目", "基础设施", "伊滨经开区", "标准化厂房30万平方米", "15亿元", "3500万", "已开工",
        "2023年二季度", "中德产业园开发公司", "伊滨管委会、发改局", 13900000002, total_investment=yi(15),
        planned_investment=wan(3500), planned_start=None, planned_finish=quarter(2023, 2))
    table.row(3, "宜阳县实验高中建设项目", "民生", "宜阳县", "60个教学班，可容纳3000名学生", "3", 8000, "2021.9",
        "2022.8", "宜阳县教体局", "教体局", 13900000003, total_investment=yi(3), planned_start=month(2021, 9),
        planned_finish=month(2022, 8))
    table.row(4, "生态花木基地建设项目", "生态环保", "伊川县", "种植花木1.2万亩", 2.8, "0.6亿元", "2021年",
        "2021年12月", "伊川花木专业合作社", "林业局", None, planned_investment=yi("0.6"), planned_start=year_of(2021),
        planned_finish=month(2021, 12))
    table.sum("合计", at=0, bad="planned_investment", total_investment=25.8, planned_investment=30500, merge=5)
    table.done()
    write_xlsx(truth.file, sheet)
    return truth


def quarters(folder: Path) -> Expected:
    """A class cell in column A merged over its rows, a heading of three rows, 小计 per class."""
    truth = Expected(folder / "2022年项目分季度计划.xlsx", "plan", 2022)
    sheet = Sheet("分季度")
    columns = ["领域|class", "序号|serial", "项目名称|name", "总投资|total_investment|万元",
        "2022年投资计划 / 年度投资|planned_investment|万元", "2022年投资计划 / 年度目标|goal"]
    for number, word in enumerate("一二三四", 1):
        columns.append(f"2022年投资计划 / {word}季度 / 计划投资|planned_q{number}|万元")
        columns.append(f"2022年投资计划 / {word}季度 / 形象进度|goal_q{number}")
    table = Table(truth, sheet, [*columns, "责任单位|responsible_unit", "责任人|"])
    table.line("2022年区级重点项目分季度推进计划（单位：万元）", merge=True)
    table.head()
    table.sum("总计", merge=3, total_investment=98000, planned_investment=30000, planned_q1=3000, planned_q2=8000,
        planned_q3=10000, planned_q4=9000)
    first = table.at
    table.classes = ("工业",)
    table.row("工业", 1, "镁材料产业园二期", 60000, 15000, "主体完工", 1000, "基础", 4000, "主体", 5000, "封顶", 5000,
        "装修", "工信局", "甲某")
    table.row(None, 2, "铝加工技改", 8000, 5000, "投产", 1000, "采购", 1000, "安装", 2000, "调试", 1000, "投产",
        "工信局", "乙某")
    sheet.merge(first, 0, first + 1, 0)
    table.sum("小计", at=1, total_investment=68000, planned_investment=20000, planned_q1=2000, planned_q2=5000,
        planned_q3=7000, planned_q4=6000)
    first = table.at
    table.classes = ("民生",)
    table.row("民生", 1, "市四十一中异地重建", 20000, 6000, "主体完工", 1000, "招标", 2000, "开工", 1000, "二层",
        2000, "封顶", "教育局", "丙某")
    table.row(None, 2, "社区服务中心", 10000, 4000, "开工", None, "办理前期手续", 1000, "开工", 2000, "基础", 1000,
        "主体一层", "民政局", "丁某")
    sheet.merge(first, 0, first + 1, 0)
    table.sum("小计", at=1, bad="planned_investment", total_investment=30000, planned_investment=11000,
        planned_q1=1000, planned_q2=3000, planned_q3=3000, planned_q4=3000)
    table.done()
    write_xlsx(truth.file, sheet)
    return truth


def messy_names(folder: Path) -> Expected:
    """Line breaks, ideographic and hard spaces, full-width digits, marks in names and in serials, a hidden row and a
    hidden column, a name merged over the lines of its contacts."""
    truth = Expected(folder / "重点项目（最终稿）.xlsx", "plan", 2020)
    sheet = Sheet("Sheet1")
    table = Table(truth, sheet, ["编号|serial", "项 目 名 称|name", "建设性质|kind",
        "总投资\u3000（万元）|total_investment|万元", "2020年度投资\n计划（万元）|planned_investment|万元",
        "项目业主|owner", "责任单位|responsible_unit", "联系人|liaison", "电话|phone"])
    table.line("示例区二〇二〇年重点项目计划", merge=True)
    table.head()
    table.row("☆1", "新姚路\n（蔡家冲路至杉木冲路）", "新建", 1300, 800, "市建委", "住建局", "甲某", 13800000001,
        name="新姚路（蔡家冲路至杉木冲路）", mark="☆", kind="new_start")
    table.row("2", "韶州路 （新姚路至\u3000长沙大道）", "续建", "１９００", "１２００", "市建委", "住建局", "乙某",
        13800000002, name="韶州路（新姚路至长沙大道）", total_investment=wan(1900), planned_investment=wan(1200))
    table.row("3", "▲\u00a0杉木冲路３号桥", "续建", "3,149", "2,000.5", "天心区政府", "天心区政府", "丙某",
        13800000003, name="杉木冲路3号桥", mark="▲", total_investment=wan(3149), planned_investment=wan("2000.5"))
    hidden = table.row("4", "含光路（金星大道至金谷路）", "续建", 2643, 1000, "岳麓区政府", "岳麓区政府", "丁某",
        13800000004)
    sheet.hidden_rows.add(hidden)
    first = table.row("5", "*开福寺路", "续建", 8427, 4000, "开福区政府", "开福区政府", "戊某", 13800000005,
        name="开福寺路", mark="*")
    table.cells(None, None, None, None, None, None, None, "己某", 13800000006)
    for column in range(7):
        sheet.merge(first, column, first + 1, column)
    table.row("6", "华厦路\r\n(丽臣路至潘家坪路)", "续建", 4182, 1500, "开福区政府", "开福区政府、住建局", "庚某",
        13800000007, name="华厦路(丽臣路至潘家坪路)")
    sheet.hidden_columns.add(5)
    table.sum("合  计", at=1, total_investment=21601, planned_investment=Formula("=SUM(E3:E9)", 10500.5))
    table.line("备注：☆为市重点，▲为省重点，*为本年新增。")
    table.done()
    write_xlsx(truth.file, sheet)
    return truth


def all_dates(folder: Path) -> Expected:
    """Start and finish in every spelling, a serial number and real date cells among them."""
    truth = Expected(folder / "项目开竣工计划.xlsx", "plan", 2024)
    sheet = Sheet("开竣工")
    table = Table(truth, sheet, ["序号|serial", "项目名称|name", "总投资(亿元)|total_investment|亿元",
        "年度计划投资(亿元)|planned_investment|亿元", "计划开工时间|planned_start", "计划竣工时间|planned_finish",
        "建设周期|years", "责任单位|responsible_unit"])
    table.line("2024年重点项目开竣工时间安排表")
    table.head()
    rows = [("瀍东污水处理厂二期", 1.3, 0.5, 2024.3, 2025.6, "2024-2025", month(2024, 3), month(2025, 6),
        span(year_of(2024), year_of(2025))), ("汽车物流园", 10, 2, "2024年3月底", "2025年底", "2024.03-2025.12",
        end(2024, 3), end(2025), span(month(2024, 3), month(2025, 12))), ("商业综合体", 15, 3, 45597, 46022,
        "2024年11月—2025年12月", day(2024, 11, 1), day(2025, 12, 31), span(month(2024, 11), month(2025, 12))),
        ("交通枢纽", 12, 2.5, "2024年二季度", "2026年四季度", "2024～2026年", quarter(2024, 2), quarter(2026, 4),
        span(year_of(2024), year_of(2026))), ("公共租赁住房二期", 0.9976, 0.4, "3月", "十月", "2024年",
        OneOf((month(2024, 3), OrTold(month(2024, 3)))), OneOf((month(2024, 10), OrTold(month(2024, 10)))),
        year_of(2024)), ("示范小学", 0.8, 0.3, "2024/5/8", "2024-12-20", "2024", day(2024, 5, 8), day(2024, 12, 20),
        year_of(2024)), ("特种电缆厂房", 5, 1, "2023年8月18日", "2024.10", "2023-2024", day(2023, 8, 18), month(2024,
        10), span(year_of(2023), year_of(2024))), ("城市书房", 0.05, 0.05, "—", "/", "", None, None, None),
        ("老旧小区改造", 2.25, 1.1, "已开工", "2024年6月底前", "2023-2024年", None, OrTold(end(2024, 6)),
        span(year_of(2023), year_of(2024)))]
    for number, (name, total, plan, start, finish, years, *true) in enumerate(rows, 1):
        table.row(number, name, total, plan, start, finish, years or None, "发改局", planned_start=true[0],
            planned_finish=true[1], years=true[2])
    table.row(10, "规划展览馆", 3, 1, Day(day(2024, 4, 1)[0], 'yyyy"年"m"月"'), Day(day(2025, 9, 1)[0], "yyyy/m"),
        "2024-2025", "资源规划局", planned_start=OneOf((month(2024, 4), day(2024, 4, 1))),
        planned_finish=OneOf((month(2025, 9), day(2025, 9, 1))), years=span(year_of(2024), year_of(2025)))
    table.row(11, "职教园区", 20, 4, 2024.1, "2024年13月", "2026-2024", "教育局",
        planned_start=Told("2024.1 may have been 2024.10", month(2024, 1)),
        planned_finish=Told("there is no month 13"), years=Told("the years run backwards"))
    table.sum("合计", at=1, total_investment=70.3976, planned_investment=15.85)
    table.done()
    write_xlsx(truth.file, sheet)
    return truth


def without_unit(folder: Path) -> Expected:
    """Amounts without a unit anywhere: asked for, never guessed."""
    truth = Expected(folder / "项目计划.xlsx", "plan", 2019, stops="no unit of money is printed anywhere")
    sheet = Sheet("Sheet1")
    table = Table(truth, sheet, ["序号", "项目名称", "总投资", "年度计划投资", "责任单位"])
    table.line("2019年重点项目计划")
    table.head()
    table.cells(1, "甲产业园", 56000, 12000, "工信局")
    table.cells(2, "乙大道", 3.5, 1.2, "住建局")
    write_xlsx(truth.file, sheet)
    return truth


BOOKS = (classes_and_notes, two_units, quarters, messy_names, all_dates, without_unit)
