"""The workbook itself: strings stay strings, sums carry their values, and it is ready to be printed."""

import io
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from guatu.core.books import measure
from guatu.core.books.model import Book, Column, Group, Kind, without_empty
from guatu.core.books.office import book_bytes, cell_words, sheet_name
from guatu.domain.money import MoneyUnit
from guatu.domain.numerals import to_arabic, to_chinese

WAN = 10**4
COLUMNS = [
    Column(code="serial", heading="序号", kind=Kind.NUMBER, always=True),
    Column(code="name", heading="项目名称", widest=30, always=True),
    Column(code="content", heading="建设内容", widest=30),
    Column(code="total", heading="总投资", group="投资", kind=Kind.MONEY),
    Column(code="planned", heading="2026年计划", group="投资", alone="2026年计划投资", kind=Kind.MONEY),
    Column(code="done", heading="本月完成投资", kind=Kind.MONEY, to_fill=True),
]


def book_of(*rows: dict, **more: object) -> Book:
    options = {"title": "计划表", "sheet": "计划表", "columns": COLUMNS, "total": "合计（2个）", "frozen": "name"}
    return Book(**{**options, "groups": [Group("一、产业类（2个）", list(rows))], **more})  # type: ignore[arg-type]  # a test's words


def opened(book: Book, *, values: bool = False):
    return load_workbook(io.BytesIO(book_bytes(book)), data_only=values).active


def part(book: Book, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(book_bytes(book))) as archive:
        return archive.read(name).decode()


ROWS = (
    {"serial": 1, "name": "望岳产业园", "content": "厂房", "total": 12 * WAN, "planned": 5 * WAN},
    {"serial": 2, "name": "青桐中心", "content": "机房", "total": 8 * WAN, "planned": None},
)


def test_sums_are_formulas_that_carry_their_values():
    book = book_of(*ROWS)
    assert [opened(book).cell(row, 4).value for row in (5, 6)] == ["=SUBTOTAL(9,D6:D8)", "=SUBTOTAL(9,D7:D8)"]
    found = opened(book, values=True)
    assert [found.cell(row, 4).value for row in (5, 6, 7, 8)] == [20, 20, 12, 8]
    assert [found.cell(row, 6).value for row in (5, 6, 7, 8)] == [0, 0, None, None]


def test_it_is_ready_to_be_printed():
    sheet, text = opened(book_of(*ROWS)), part(book_of(*ROWS), "xl/worksheets/sheet1.xml")
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in ((1, 0), (None, 0))
    assert sheet.freeze_panes == "C5"
    assert sheet.print_title_rows == "$3:$4"
    assert "&P" in (sheet.oddFooter.center.text or "")
    assert "<autoFilter" not in text
    assert {"A1:F1", "D3:E3", "A3:A4"} <= {str(box) for box in sheet.merged_cells.ranges}
    assert sheet["D3"].value == "投资（万元）"
    assert str(sheet["F2"].value or sheet["E2"].value).startswith("单位：万元")


def test_numbers_are_numbers_with_their_format():
    sheet = opened(book_of({"serial": 1, "name": "望岳产业园", "total": 123456789}))
    assert (sheet["D7"].value, sheet["D7"].number_format) == (12345.6789, "#,##0.00_ ")


def test_a_column_in_which_nothing_stands_is_left_out_and_a_group_of_one_is_none():
    book = without_empty(book_of(*({**row, "content": "", "planned": None} for row in ROWS)))
    assert [column.code for column in book.columns] == ["serial", "name", "total", "done"]
    assert [column.group for column in book.columns] == ["", "", "", ""]
    kept = without_empty(book_of({"serial": 1, "name": "望岳", "planned": WAN}))
    assert [column.heading for column in kept.columns if column.code == "planned"] == ["2026年计划投资"]


@settings(max_examples=60, deadline=None)
@given(st.text("建设厂房abc ，。\n", min_size=1, max_size=700))
def test_rows_are_high_enough_for_their_texts(text: str):
    book = book_of({"serial": 1, "name": "望岳产业园", "content": text})
    sheet = opened(book)
    column = next((at for at in range(1, 7) if sheet.cell(3, at).value == "建设内容"), 0)
    width = sheet.column_dimensions["ABCDEF"[column - 1]].width
    lines = measure.lines_of(cell_words(text), width - 0.6)
    assert min(lines * measure.PITCH, measure.HIGHEST) <= sheet.row_dimensions[7].height <= measure.HIGHEST


@settings(max_examples=80, deadline=None)
@given(st.sampled_from("=+-@＝\t"), st.text(min_size=0, max_size=30))
def test_no_text_becomes_a_formula(start: str, rest: str):
    text = start + rest
    book = book_of(
        {"serial": 1, "name": text, "content": text},
        title=text,
        left=text,
        total=text,
        notes=[text],
        groups=[Group(text, [{"serial": 1, "name": text, "content": text}])],
    )
    xml = part(book, "xl/worksheets/sheet1.xml")
    assert xml.count("<f>") == xml.count("<f>SUBTOTAL(9,")
    cells = [cell for row in opened(book).iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in cells if not str(cell.value).startswith("=SUBTOTAL(9,")} <= {"s", "f", "n"}
    assert xml.count('t="s"') >= len([cell for cell in cells if not str(cell.value).startswith("=SUBTOTAL(9,")])


@given(st.text(max_size=60))
def test_a_sheets_name_is_one_that_spreadsheets_take(text: str):
    name = sheet_name(text)
    assert 0 < len(name) <= 31
    assert not set(name) & set("[]:*?/\\")
    assert name.strip("'") == name


def test_the_numbers_of_headings():
    assert [to_chinese(number) for number in (1, 10, 11, 20, 99)] == ["一", "十", "十一", "二十", "九十九"]
    assert all(to_arabic(to_chinese(number)) == str(number) for number in range(10, 100))


def test_decimals_follow_the_amounts():
    assert measure.places_of([WAN, 5 * WAN], MoneyUnit.WAN) == 0
    assert measure.places_of([WAN, 15_000], MoneyUnit.WAN) == 2
    assert measure.places_of([10**8, 10**6], MoneyUnit.YI) == 2
    assert measure.places_of([10**8, 10**5], MoneyUnit.YI) == 4
