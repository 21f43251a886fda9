"""Workbooks at the edges of their format and names at the edges of a file system: read, or refused with a sentence."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from guatu.core.sheets.errors import SheetError
from guatu.core.sheets.result import SheetReading
from guatu.library.queries.ledgers import read_ledger
from tests.imports import books
from tests.sheets.books import codes
from tests.trials.formats import WRITERS, as_csv, as_docx

LONG = 32_767  # characters that one cell can hold
Page = Any


def workbook(work: Callable[[Page, Any], None]) -> bytes:
    """The usual ledger, then what `work` does to its sheet."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "nan_inf_to_errors": True})
    page = book.add_worksheet("表")
    for index, row in enumerate(books.plan_rows()):
        for column, value in enumerate(row):
            if value is not None:
                page.write(index, column, value)
    work(page, book)
    book.close()
    return out.getvalue()


def replaced(data: bytes, before: bytes, after: bytes) -> bytes:
    """The workbook with something else in its sheet's XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, body.replace(before, after) if "sheet1" in name else body)
    return out.getvalue()


def understood(folder: Path, data: bytes, name: str = "台账.xlsx") -> SheetReading:
    return read_ledger("plan", books.write(folder, "ledger", data), name, year=2019)


def refused(folder: Path, data: bytes) -> SheetError:
    with pytest.raises(SheetError) as found:
        understood(folder, data)
    assert len(found.value.message) > 8
    return found.value


def test_as_many_columns_as_a_sheet_has_are_refused_with_the_number(tmp_path):
    error = refused(tmp_path, workbook(lambda page, _: page.write(0, 16_383, "x")))
    assert (error.code, error.params["columns"]) == ("too_many_rows", 16_384)


def test_as_many_rows_as_a_sheet_has_are_refused(tmp_path):
    assert refused(tmp_path, workbook(lambda page, _: page.write(1_048_575, 16_383, "x"))).code in (
        "too_many_rows",
        "too_much_memory",
    )


def test_a_merge_over_everything_under_the_heading_invents_no_amount(tmp_path):
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="A4:XFD1048576"/></mergeCells>'
    reading = understood(tmp_path, replaced(workbook(lambda page, _: None), b"</sheetData>", merge))
    assert (reading.errors, reading.total("total_investment")) == ([], books.TOTAL)


def test_the_longest_cells_are_read_whole_or_named(tmp_path):
    def write(page: Page, _: Any) -> None:
        page.write(4, 3, "长" * LONG)  # the content takes it
        page.write(5, 6, "9" * LONG)  # an amount does not
        page.write(6, 5, "2" * LONG)  # nor do the years

    reading = understood(tmp_path, workbook(write))
    assert len(reading.rows[0].values["content"]) == LONG
    assert [(issue.code, issue.row) for issue in reading.errors] == [("amount.unreadable", 6)]
    assert ("date.unreadable", 7) in [(issue.code, issue.row) for issue in reading.warnings]


def test_a_heading_as_long_as_a_cell_is_just_an_unknown_column(tmp_path):
    reading = understood(tmp_path, workbook(lambda page, _: page.write(2, 13, "总投资" * (LONG // 3))))
    assert (reading.errors, reading.total("total_investment")) == ([], books.TOTAL)
    assert "column_unknown" in codes(reading.warnings) or "column_twice" in codes(reading.warnings)


@pytest.mark.parametrize("serial", [60, -1, 0, 2_958_466, 1e18, 0.5])
def test_serials_that_are_no_dates_are_not_taken_for_one(serial, tmp_path):
    """60 is 29 February 1900, a day that Excel believes in."""

    def write(page: Page, book: Any) -> None:
        page.write(2, 13, "计划开工时间")
        page.write(4, 13, serial, book.add_format({"num_format": "yyyy-mm-dd"}))

    reading = understood(tmp_path, workbook(write))
    start = reading.rows[0].values.get("planned_start")
    assert start is None
    assert "date" in (reading.errors + reading.warnings)[0].code
    assert [row.values.get("planned_start") for row in reading.rows[1:]] == [None] * 4


def test_formulas_without_a_value_are_errors_and_with_one_are_values(tmp_path):
    def write(page: Page, _: Any) -> None:
        page.write_formula(4, 6, "=60000*2", None, "")
        page.write_formula(5, 6, "=43000*2", None, 86000)
        page.write_formula(6, 1, '="长宁"&"冷链物流园"', None, "长宁冷链物流园")

    reading = understood(tmp_path, workbook(write))
    assert [(issue.code, issue.row) for issue in reading.errors] == [("formula_without_value", 5)]
    assert [row.values["name"] for row in reading.rows][2] == "长宁冷链物流园"
    assert reading.rows[1].values["total_investment"] == 86000 * books.WAN


def test_a_heading_that_comes_again_far_down_a_continued_sheet_is_passed_over(tmp_path):
    heads = ["序号", "项目名称", "总投资（万元）", "2019年计划投资（万元）", "责任单位"]
    rows = [[number, f"测试{number}号产业园", 500 + number, 100, "区工信局"] for number in range(1, 101)]
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, listed in (("第一页", [heads, *rows[:20]]), ("第二页", [*rows[20:75], heads, *rows[75:]])):
            page = book.add_worksheet(name)
            for index, row in enumerate(listed):
                page.write_row(index, 0, row)
    reading = understood(tmp_path, out.getvalue())
    assert (reading.errors, reading.rows_read) == ([], 100)
    assert reading.total("total_investment") == sum(row[2] for row in rows) * books.WAN


def test_a_continued_sheet_may_be_narrower_than_its_heading(tmp_path):
    heads = ["序号", "项目名称", "总投资（万元）", "2019年计划投资（万元）", "责任单位"]
    rows = [[number, f"测试{number}号产业园", 500 + number, 100] for number in range(1, 21)]
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, listed in (("第一页", [heads, *([*row, "区工信局"] for row in rows[:10])]), ("第二页", rows[10:])):
            page = book.add_worksheet(name)
            for index, row in enumerate(listed):
                page.write_row(index, 0, row)
    reading = understood(tmp_path, out.getvalue())
    assert (reading.errors, reading.rows_read) == ([], 20)
    assert ["responsible_unit" in row.values for row in reading.rows] == [True] * 10 + [False] * 10


@pytest.mark.parametrize("kind", ["xls", "csv"])
def test_a_nul_in_a_cell_is_refused_with_its_place(kind, tmp_path):
    rows = [[None if cell == "" else cell for cell in row] for row in books.plan_rows()]
    rows[4][3] = "厂房\x00 栋"
    data = WRITERS["xls"](rows) if kind == "xls" else as_csv(rows, "utf-16")
    error = refused(tmp_path, data)
    assert (error.code, error.params["row"], error.params["column"]) == ("nul_in_cell", 5, "D")


# -- names -------------------------------------------------------------------------------------------------------------
OUTSIDE = ("../../outside.txt", "/outside.txt", "..\\outside.txt", "xl/../../outside.txt", "C:\\outside.txt")


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_members_that_point_outside_the_archive_write_nothing(kind, tmp_path):
    data = books.plan_book() if kind == "xlsx" else as_docx(books.plan_rows())
    inner = tmp_path / "inner" / "most"
    inner.mkdir(parents=True)
    packed = io.BytesIO(data)
    with zipfile.ZipFile(packed, "a") as archive:
        for name in OUTSIDE:
            archive.writestr(name, "written")
    path = books.write(inner, "ledger", packed.getvalue())
    before = sorted(tmp_path.rglob("*"))
    reading = read_ledger("plan", path, "台账", year=2019)
    assert (reading.rows_read, reading.errors) == (5, [])
    assert sorted(tmp_path.rglob("*")) == before
    assert not Path("/outside.txt").exists()


@pytest.mark.parametrize(
    "name",
    [
        "../../台账.xlsx",
        "/etc/passwd",
        "名" * 255 + ".xlsx",
        "台账\u202exslx.exe",
        "a\x00b.xlsx",
        "",
        "表\n二.xlsx",
        "%s%n",
    ],
)
def test_a_files_name_is_only_a_name(name, tmp_path):
    reading = understood(tmp_path, books.plan_book(), name)
    assert (reading.rows_read, reading.errors) == (5, [])
