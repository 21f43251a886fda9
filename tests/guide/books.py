"""The files that the guide's readers upload; every project in them is invented."""

import io
from collections.abc import Callable

import openpyxl
import xlsxwriter
from PIL import Image, ImageDraw

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLAN = (
    ("序号", "项目名称", "建设性质", "总投资", "2027年计划投资", "责任单位", "分包领导", "计划开工时间"),
    (1, "示例·滨河公园提升项目", "新建", 12000, 8000, "区城管局", "区政府领导01", "2027年3月"),
    (2, "示例·智能装备产业园二期", "新建", 86000, 30000, "区科工局", "区政府领导02", "2027年4月"),
    (3, "示例·老旧小区改造（第五批）", "改建", 9500, 9500, "区更新中心", "区政协领导01", "2027年3月"),
    (4, "示例·区中医院扩建", "扩建", 23000, 11000, "区卫健委", "区政府领导03", "2027年6月"),
)
PUBLISHED = (
    ("县市区", "项目个数", "年度计划（亿元）", "完成投资（亿元）", "完成率（%）"),
    ("吉首市", 57, 82.5, 65.1, 78.9),
    ("泸溪县", 27, 42.6, 31.2, 73.2),
    ("凤凰县", 34, 78.5, 62.9, 80.1),
    ("古丈县", 24, 23.4, 19.0, 81.2),
    ("花垣县", 21, 46.0, 37.1, 80.7),
    ("保靖县", 24, 41.9, 30.9, 73.7),
    ("永顺县", 23, 51.0, 42.3, 82.9),
    ("龙山县", 21, 51.7, 40.9, 79.1),
    ("湘西高新区", 27, 66.4, 53.1, 80.0),
    ("州直", 58, 156.7, 92.0, 58.8),
    ("合计", 316, "", 474.5, 74.1),
)


def _book(name: str, title: str, rows: tuple[tuple[object, ...], ...], note: str = "") -> dict[str, object]:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write(0, 0, title)
    sheet.write(1, 0, note)
    for index, row in enumerate(rows, start=2):
        for place, cell in enumerate(row):
            sheet.write(index, place, cell)
    book.close()
    return {"name": name, "mimeType": XLSX, "buffer": out.getvalue()}


BOOKS: dict[str, Callable[[], dict[str, object]]] = {
    "plan": lambda: _book("2027年重点项目计划表.xlsx", "西工区2027年重点项目计划表", PLAN, "单位：万元"),
    "published": lambda: _book("湘西州2021年1-9月进度.xlsx", "2021年1-9月份重点建设项目进度", PUBLISHED),
}


def _photo(name: str, sky: str, floors: int) -> dict[str, object]:
    """A drawing of a site, as a telephone would hand it in: JPEG without time and place."""
    shot = Image.new("RGB", (960, 720), sky)
    draw = ImageDraw.Draw(shot)
    draw.rectangle((0, 520, 960, 720), "#8a7458")
    for floor in range(floors):
        top = 470 - 50 * floor
        draw.rectangle((280, top, 680, top + 44), "#b9b2a4", "#6d675c", 3)
        for window in range(6):
            draw.rectangle((300 + 64 * window, top + 10, 336 + 64 * window, top + 34), "#5d6f7c")
    draw.line((760, 520, 760, 90), "#c0392b", 10)
    draw.line((520, 110, 900, 110), "#c0392b", 10)
    out = io.BytesIO()
    shot.save(out, "JPEG", quality=85)
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue()}


BOOKS["photo"] = lambda: _photo("现场.jpg", "#9fb8c8", 5)
BOOKS["photo-later"] = lambda: _photo("现场2.jpg", "#c9d3d6", 8)


def edited(book: bytes, column: str, text: str) -> dict[str, object]:
    """A unit's workbook as it came out of the product, with one cell of its first project's row typed into."""
    opened = openpyxl.load_workbook(io.BytesIO(book))
    for row in opened.active.iter_rows():  # type: ignore[union-attr]  # a workbook of ours has an active sheet
        for heading in row:
            if column in str(heading.value or ""):
                heading.offset(1, 0).value = text
                out = io.BytesIO()
                opened.save(out)
                return {"name": "填报表（填好）.xlsx", "mimeType": XLSX, "buffer": out.getvalue()}
    raise AssertionError(f"no column {column} in the workbook")
