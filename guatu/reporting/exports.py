"""Empty workbooks to fill in: their headings are those that the import knows best."""

import io

import xlsxwriter

PLAN_HEADS = (
    ("序号", 6),
    ("项目名称", 30),
    ("项目代码", 22),
    ("建设性质", 10),
    ("建设规模及主要内容", 36),
    ("建设地点", 18),
    ("建设起止年限", 12),
    ("总投资", 12),
    ("至{before}年底累计完成投资", 14),
    ("{year}年计划投资", 12),
    ("年度建设目标", 30),
    ("计划开工时间", 12),
    ("计划竣工时间", 12),
    ("资金来源", 14),
    ("项目业主", 22),
    ("责任单位", 18),
    ("配合单位", 18),
    ("分包领导", 14),
    ("属地", 14),
    ("备注", 16),
)
PROGRESS_HEADS = (
    ("序号", 6),
    ("项目名称", 30),
    ("本月完成投资", 12),
    ("本年累计完成投资", 14),
    ("形象进度", 30),
    ("是否开工", 10),
    ("实际开工时间", 12),
    ("是否竣工", 10),
    ("实际竣工时间", 12),
    ("存在问题", 30),
    ("下步计划", 24),
)
TITLES = {"plan": "{year}年重点项目计划表", "progress": "{year}年重点项目进度表"}
HEADS = {"plan": PLAN_HEADS, "progress": PROGRESS_HEADS}


def template_book(kind: str, year: int) -> bytes:
    """An empty plan ledger or progress sheet of a year: title, unit line, headings, frozen, ready to print."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet(TITLES[kind].format(year=year)[:31])
    title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    head = book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True})
    heads = HEADS[kind]
    sheet.merge_range(0, 0, 0, len(heads) - 1, TITLES[kind].format(year=year), title)
    sheet.write(1, len(heads) - 1, "单位：万元")
    for column, (text, width) in enumerate(heads):
        sheet.set_column(column, column, width)
        sheet.write(2, column, text.format(year=year, before=year - 1), head)
    sheet.freeze_panes(3, 2)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    book.close()
    return out.getvalue()
