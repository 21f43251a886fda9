"""Plan ledgers of the open half in other kinds of file, on several sheets, over several printed pages."""

from __future__ import annotations

from pathlib import Path

from tests.ledgers.desk import Table
from tests.ledgers.paper import Sheet, write_csv, write_docx, write_xlsx
from tests.ledgers.truth import ANY, Expected, month, span, wan, year_of, yi

# fmt: off
# A row of a sheet is written as a row, not one cell a line.
HELD_OUT = False


def street_by_street(folder: Path) -> Expected:
    """A cover, a summary by street that is no ledger, and one sheet per street with its unit in the title."""
    truth = Expected(folder / "各街道重点项目.xlsx", "plan", 2023)
    cover = Sheet("封面")
    for row, text in ((3, "示例区2023年重点项目计划"), (8, "示例区重点项目建设领导小组办公室"), (9,
        "二〇二三年二月")):
        cover.put(row, 2, text)
    summary = Sheet("汇总")
    for row, cells in enumerate((("各街道2023年重点项目汇总表（单位：亿元）"), ("街道", "项目个数", "总投资",
        "年度计划投资"), ("金谷园街道", 2, 4.5, 1.5), ("唐宫路街道", 1, 2, 0.8), ("王城路街道", 2, 1.75, 0.6),
        ("合计", 5, 8.25, 2.9)), 1):
        for column, value in enumerate(cells):
            summary.put(row, column, value)
    columns = ["序号|serial", "项目名称|name", "项目性质|kind", "主要建设内容|content",
        "总投资|total_investment|万元", "年度投资|planned_investment|万元", "建设单位|owner", "责任领导|"]
    sheets = []
    streets = {"金谷园街道": [("商务中心", "续建", "建筑面积6.5万㎡", 30000, 10000, "商务中心公司"), ("停车楼",
        "新开工", "车位600个", 15000, 5000, "城投公司")], "唐宫路街道": [("步行街", "新开工", "改造沿街立面1.2公里",
        20000, 8000, "文旅公司")], "王城路街道": [("地铁站周边商业", "续建", "/", 10000, 4000, "轨道公司"),
        ("口袋公园", "前期", None, 7500, 2000, "园林局")]}
    for street, rows in streets.items():
        sheet = Sheet(street)
        table = Table(truth, sheet, columns)
        table.line(f"{street}2023年重点项目计划表（万元）", merge=True)
        table.head()
        for number, row in enumerate(rows, 1):
            table.row(number, *row, "甲某")
        table.sum("小计", at=1, total_investment=sum(row[3] for row in rows),
            planned_investment=sum(row[4] for row in rows))
        table.line("街道负责人（签字）：              经办人：")
        table.done()
        sheets.append(sheet)
    write_xlsx(truth.file, cover, summary, *sheets)
    return truth


def printed_pages(folder: Path) -> Expected:
    """Every printed page has its title, 续表, unit and heading again, with column numbers; 本页小计 at its end."""
    truth = Expected(folder / "2018年计划（打印版）.xlsx", "plan", 2018)
    sheet = Sheet("打印")
    headings = ["序号", "项目名称", "建设性质", "建设起止年限", "总投资", "2018年计划投资", "责任单位", "备注"]
    fields = ["serial", "name", "kind", "years", "total_investment|万元", "planned_investment|万元",
        "responsible_unit", "remark"]
    table = Table(truth, sheet, [f"{heading}|{code}" for heading, code in zip(headings, fields, strict=True)])
    table.line("示例县2018年重点建设项目投资计划", merge=True)
    table.line("计量单位:万元", at=6)
    table.head()
    table.cells("甲", "乙", "丙", *range(1, 6))
    table.category("（一）农林水利", "农林水利", at=1)
    table.row(1, "示例水库除险加固工程", "续建", "2017-2018年", 4200, 2200, "水利局", "中央预算内资金1500万元",
        years=span(year_of(2017), year_of(2018)))
    table.row(2, "高标准农田3.5万亩", "新建", "2018年", 5250, 5250, "农业局", None, years=year_of(2018),
        kind="new_start")
    table.sum("本页小计", at=1, total_investment=9450, planned_investment=7450)
    table.line("第1页，共2页", at=3)
    table.line("示例县2018年重点建设项目投资计划（续表）", merge=True)
    table.line("计量单位:万元", at=6)
    table.cells(*headings)
    table.cells("甲", "乙", "丙", *range(1, 6))
    table.row(3, "病险水闸改造", "新建", "2018.5-2018.12", 800, 800, "水利局", "无", years=span(month(2018, 5),
        month(2018, 12)))
    table.category("（二）交通能源", "交通能源", at=1)
    table.row(1, "开发一路北延", "续建", "2016-2019", 18000, 6000, "交通局", None, years=span(year_of(2016),
        year_of(2019)))
    table.row(2, "110千伏变电站", "新建", "2018-2019", 6300, 3000, "供电公司、发改委", None, years=span(year_of(2018),
        year_of(2019)))
    table.sum("本页小计", at=1, total_investment=25100, planned_investment=9800)
    table.sum("总    计", at=1, total_investment=34550, planned_investment=17250)
    table.line("第2页，共2页", at=3)
    table.done()
    write_xlsx(truth.file, sheet)
    return truth


def old_csv(folder: Path) -> Expected:
    """Out of an old program: GB18030, line breaks inside quotes, thousands separators, units in cells."""
    truth = Expected(folder / "export.csv", "plan", 2017)
    sheet = Sheet("export.csv")
    table = Table(truth, sheet, ["项目名称|name", "项目代码|project_code", "项目法人|owner", "行业类别|industry",
        "建设规模和内容|content", "总投资额|total_investment", "本年计划投资|planned_investment",
        "截止去年底累计完成投资|cumulative_to_last_year", "计划工期|years", "主管部门|responsible_unit",
        "备注|remark"], anywhere=True)
    table.head()
    table.classes = None
    table.row("洛阳中赫电器新材料", "2017-410329-38-03-001234", "中赫电器\n新材料有限公司", "制造业",
        "一期：厂房3万平方米；\n二期：生产线4条，\"年产5万吨\"", "10亿元", "30,000万元", "0", "2017.6-2019.6",
        "工信委", None, owner=ANY, total_investment=yi(10), planned_investment=wan(30000), cumulative_to_last_year=0,
        years=span(month(2017, 6), month(2019, 6)))
    table.row("万省生物科技产业园", None, "万省生物", "制造业", "占地200亩", "8亿元", "1.5亿元", "5000万元",
        "2016-2018", "工信委", "一期已投产，完成投资5000万元", total_investment=yi(8), planned_investment=yi("1.5"),
        cumulative_to_last_year=wan(5000), years=span(year_of(2016), year_of(2018)))
    table.row("杜康文化旅游𠅤园", "/", "杜康文旅", "旅游业", "镕基广场、博物馆", "200000万元", "20000万元", "—",
        "2017年", "旅发委", None, project_code=None, total_investment=yi(20), planned_investment=wan(20000),
        cumulative_to_last_year=None, years=year_of(2017))
    table.done()
    write_csv(truth.file, sheet, "gb18030")
    return truth


def printed_document(folder: Path) -> Expected:
    """A docx: title and unit as paragraphs, the table over two pages with its heading again on the second."""
    truth = Expected(folder / "关于下达2015年重点项目的通知.docx", "plan", 2015)
    columns = ["序号|serial", "项目名称|name", "建设内容|content", "总投资|total_investment|万元",
        "年计划投资|planned_investment|万元", "年工作目标|goal", "责任单位|responsible_unit"]
    first, second = Sheet(""), Sheet("")
    table = Table(truth, first, columns, anywhere=True)
    table.head()
    table.category("一、计划建成项目（2个）", merge=7)
    table.classes = None
    table.row("1", "平煤神马集团八矿二号井", "年产原煤120万吨", "50000", "12000", "建成投产", "发改委",
        total_investment=wan(50000), planned_investment=wan(12000))
    table.row("2", "明珠世纪城二期", "18万平方米", "45000", "15000", "竣工交付", "住建局",
        total_investment=wan(45000), planned_investment=wan(15000))
    table.category("二、续建项目（2个）", merge=7)
    table.classes = None
    table.constant = {"kind": "continuing"}
    table.row("3", "河南新吉祥电子科技产业园", "厂房6万平方米", "30000", "10000", "主体封顶", "产业集聚区管委会",
        total_investment=wan(30000), planned_investment=wan(10000))
    table.done()
    table = Table(truth, second, columns, anywhere=True)
    table.head()
    table.classes, table.constant = None, {"kind": "continuing"}
    table.row("4", "旭龙再生资源建筑垃圾再生利用", "年处理100万吨", "12000", "6000", "设备安装", "城管局",
        total_investment=wan(12000), planned_investment=wan(6000))
    write_docx(truth.file, "关于下达2015年重点建设项目计划的通知", "各街道办事处，区直各单位：",
        "现将计划下达给你们，请认真组织实施。", "附件：2015年重点建设项目计划表", "单位：万元", first, "", second,
        "（此件公开发布）")
    return truth


def paragraphs_only(folder: Path) -> Expected:
    """A docx whose list is numbered paragraphs: no table to read, and a sentence that says so."""
    truth = Expected(folder / "2023年市级重点项目名单.docx", "plan", 2023, stops="the list is no table")
    write_docx(truth.file, "2023年市级重点项目名单", "一、产业项目（3个）", "1.甲新材料产业园项目",
        "2.乙装备制造基地项目", "3.丙冷链物流园项目", "二、基础设施项目（2个）", "4.丁快速路工程",
        "5.戊污水处理厂扩建工程")
    return truth


BOOKS = (street_by_street, printed_pages, old_csv, printed_document, paragraphs_only)
