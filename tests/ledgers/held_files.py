"""Plan ledgers of the half held out in other kinds of file and on several sheets."""

from __future__ import annotations

from pathlib import Path

from tests.ledgers.desk import Table
from tests.ledgers.paper import Sheet, write_csv, write_docx, write_xlsx
from tests.ledgers.truth import Expected, Told, span, wan, year_of, yi

# fmt: off
# A row of a sheet is written as a row, not one cell a line.
HELD_OUT = True


def tab_separated(folder: Path) -> Expected:
    """Tabs, UTF-8 with its mark: title and unit as lines, a class column, quoted line breaks, full-width figures."""
    truth = Expected(folder / "项目.txt", "plan", 2020)
    sheet = Sheet("txt")
    table = Table(truth, sheet, ["序号|serial", "项目分类|class", "项目名称|name", "建设性质|kind",
        "项目内容|content", "总投资|total_investment|亿元", "当年计划投资|planned_investment|亿元", "起止年限|years",
        "责任单位|responsible_unit"], anywhere=True)
    table.line("2020年洛龙区重点项目")
    table.line("单位:亿元")
    table.head()
    table.classes = None
    table.row("1", "产业发展", "关林商业中心", "续建", "建筑面积\n120万平方米", "100", "２０", "2018-2022", "商务局",
        total_investment=yi(100), planned_investment=yi(20), years=span(year_of(2018), year_of(2022)))
    table.row("2", "基础设施", "道路绿化及\n综合整治", "新开工", "道路12条", "1.3", "1.3", "2020", "城管局、住建局",
        total_investment=yi("1.3"), planned_investment=yi("1.3"), years=year_of(2020))
    table.row("3", "民生", "遗址保护区村民给水", "新开工", "供水3万人", "1.5", "5000万元", "2020-2021", "水利局",
        total_investment=yi("1.5"), planned_investment=wan(5000), years=span(year_of(2020), year_of(2021)))
    table.sum("合计", at=1, total_investment="102.8", planned_investment="21.8")
    table.line("注：数据截至2020年1月。")
    table.done()
    write_csv(truth.file, sheet, "utf-8-sig", "\t")
    return truth


def sheets_by_kind(folder: Path) -> Expected:
    """One sheet per kind, told by its category row; goals by quarter, a hidden row and sheet, a negative amount."""
    truth = Expected(folder / "区级重点项目库.xlsx", "plan", 2024)
    columns = ["序号|serial", "项目名称|name", "建设内容|content", "总投资\n（万元）|total_investment|万元",
        "2024年计划\n投资（万元）|planned_investment|万元", "业主|owner", "属地|local_unit",
        "2024年工作目标 / 形象进度 / 一季度|goal_q1", "2024年工作目标 / 形象进度 / 二季度|goal_q2",
        "2024年工作目标 / 形象进度 / 三季度|goal_q3", "2024年工作目标 / 形象进度 / 四季度|goal_q4", "联系人|liaison",
        "备注|remark"]
    lists = (("续建", "continuing", "一、续建项目（3项）", (("示范中学", "36个班", 18000, 8000), ("污水管网",
        "DN800管网12千米", 6500, 2500), ("标准厂房", "厂房5万㎡", 12000, 6000)), ""), ("新开工", "new_start",
        "二、新开工项目（2项）", (("△体育公园", "占地60亩", 3000, 2000), ("▲充电站", "桩200个", 1500, 1500)), ""),
        ("前期", "preliminary", "三、前期项目（2项）", (("快速路二期", "8.6公里", 150000, 0), ("博物馆",
        "2.4万平方米", 36000, -100)), "planned_investment"))
    sheets = []
    for title, kind, category, rows, odd in lists:
        sheet = Sheet(title)
        table = Table(truth, sheet, columns)
        table.line(f"2024年区级重点项目库（{title}）", merge=True)
        table.head()
        table.category(category, merge=13)
        table.classes, table.constant = None, {"kind": kind}
        for number, (name, content, total, plan) in enumerate(rows, 1):
            clean = name.lstrip("△▲")
            extra = {"planned_investment": Told("negative", wan(plan))} if odd and plan < 0 else {}
            table.row(number, name, content, total, plan, "城投公司、教体局", "示例街道", "办理手续", "开工",
                "基础完成50%", "主体二层", "甲某 13800000000", None, name=clean, mark=name[: len(name) - len(clean)],
                **extra)
        if title == "续建":
            sheet.hidden_rows.add(table.at - 2)
        total_of_plans = {} if odd else {"planned_investment": sum(row[3] for row in rows)}
        table.sum("小计", at=1, total_investment=sum(row[2] for row in rows), **total_of_plans)
        table.done()
        sheets.append(sheet)
    draft = Sheet("草稿", hidden=True)
    for row, cells in enumerate((("序号", "项目名称", "总投资（万元）"), (1, "未定项目", 100)), 1):
        for column, value in enumerate(cells):
            draft.put(row, column, value)
    write_xlsx(truth.file, *sheets, draft)
    return truth


def unit_on_one_sheet_only(folder: Path) -> Expected:
    """The second sheet gives no unit: the first one's is not its unit, and the size of its numbers proves nothing."""
    truth = Expected(folder / "两批项目.xlsx", "plan", 2020, stops="the second sheet's amounts have no unit")
    first, second = Sheet("第一批"), Sheet("第二批")
    table = Table(truth, first, ["序号", "项目名称", "总投资（万元）", "年度计划投资（万元）"])
    table.line("第一批重点项目")
    table.head()
    table.cells(1, "甲桥", 3000, 1000)
    table = Table(truth, second, ["序号", "项目名称", "总投资", "年度计划投资"])
    table.line("第二批重点项目")
    table.head()
    table.cells(1, "乙桥", 3.2, 1.1)
    write_xlsx(truth.file, first, second)
    return truth


def document_with_classes(folder: Path) -> Expected:
    """A docx whose table carries its title and unit in merged rows, sub classes, marks, and a signature row."""
    truth = Expected(folder / "附件：项目表.docx", "plan", 2018)
    sheet = Sheet("")
    table = Table(truth, sheet, ["序号|serial", "项目名称|name", "建设年限|years", "总投资|total_investment|亿元",
        "2018年投资|planned_investment|亿元", "建设单位|owner", "责任单位|responsible_unit"], anywhere=True)
    table.line("2018年重点项目投资计划表", merge=True)
    table.line("单位：亿元", merge=True)
    table.head()
    table.category("一、产业发展", "产业发展", merge=7)
    table.category("（一）先进制造", "产业发展", "先进制造", merge=7)
    table.row("1", "※汽车物流园", "2017-2019", "10", "3.5", "河南能源", "商务局", name="汽车物流园", mark="※",
        years=span(year_of(2017), year_of(2019)), total_investment=yi(10), planned_investment=yi("3.5"))
    table.category("（二）现代服务", "产业发展", "现代服务", merge=7)
    table.row("2", "君河湾商业综合体", "2018-2020", "15", "4", "君河湾公司", "商务局、住建局",
        years=span(year_of(2018), year_of(2020)), total_investment=yi(15), planned_investment=yi(4))
    table.category("二、基础设施", "基础设施", merge=7)
    table.row("3", "史家湾交通枢纽", "2018-2021", "12", "2.3", "交投公司", "交通局", years=span(year_of(2018),
        year_of(2021)), total_investment=yi(12), planned_investment=yi("2.3"))
    table.row("4", "瀍东污水处理厂二期", "2018", "1.3", "1.3", "水务集团", "环保局", years=year_of(2018),
        total_investment=yi("1.3"), planned_investment=yi("1.3"))
    table.sum("合计", at=1, total_investment="38.3", planned_investment="11.1")
    table.line("填表人：甲某      审核人：乙某", merge=True)
    table.done()
    write_docx(truth.file, "附件", sheet, "备注：带※的为省重点项目。")
    return truth


def prose(folder: Path) -> Expected:
    """A docx that tells its projects in sentences: no table to read."""
    truth = Expected(folder / "四季度集中开工项目.docx", "plan", 2019, stops="the list is no table")
    write_docx(truth.file, "四季度集中开工项目情况", "（一）产业转型项目。共2个，总投资10亿元。",
        "1．特种电缆项目：总投资5亿元，由甲公司建设。", "2．产品贸易园区项目：总投资5亿元，由乙公司建设。",
        "（二）民生项目。共1个。", "1．实验高中项目：总投资3亿元。")
    return truth


BOOKS = (tab_separated, sheets_by_kind, unit_on_one_sheet_only, document_with_classes, prose)
