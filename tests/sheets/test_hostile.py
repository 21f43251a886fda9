"""Files and cells that mean harm, or were broken on the way: each gets its sentence, with its place, and in time."""

from __future__ import annotations

import io
import re
import time
import zipfile
from pathlib import Path

import docx
import pytest
import xlsxwriter

from guatu.core.sheets.child import read_in_child
from guatu.core.sheets.content import Limits
from guatu.core.sheets.engine import recognise
from guatu.core.sheets.errors import SheetError
from guatu.core.sheets.model import Sheet, Workbook
from guatu.core.sheets.reading import LONGEST_CELL, decode, read_bytes, read_workbook
from guatu.library.ledgers.plan import PLAN
from guatu.library.ledgers.progress import PROGRESS
from tests.sheets.books import YI, codes, one_sheet, plan
from tests.sheets.test_files import LEDGER, refused, rewritten, zipped

LINES = "序号,项目名称,总投资（亿元）,建设内容\n1,甲路,1.5,略\n2,乙路,2,略\n"


def names_of(data: bytes) -> list[tuple[str, int]]:
    reading = recognise(read_bytes(data, name="a.csv"), PLAN, year=2019)
    return [(row.values["name"], row.values["total_investment"]) for row in reading.rows]


# -- text files ------------------------------------------------------------------------------------------------------
def test_nul_bytes_in_a_csv_name_their_line():
    error = refused(LINES.replace("乙路", "乙\x00路").encode())
    assert (error.code, error.params) == ("nul_bytes", {"row": 3})
    assert "第 3 行" in error.message


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8", "utf-8-sig", "gb18030"])
def test_text_in_every_encoding_of_offices(encoding):
    data = LINES.replace("甲路", "𠅤园").encode(encoding)
    assert names_of(data) == [("𠅤园", 15 * YI // 10), ("乙路", 2 * YI)]
    assert decode(data) == LINES.replace("甲路", "𠅤园")


@pytest.mark.parametrize("mark", [",", "\t", ";", "|", "，"])
def test_a_file_with_the_wrong_delimiter_for_its_name(mark):
    assert names_of(LINES.replace(",", mark).encode()) == [("甲路", 15 * YI // 10), ("乙路", 2 * YI)]


def test_a_file_with_one_cell_a_line_shows_the_line():
    error = refused(LINES.replace(",", "^").encode())
    assert error.code == "csv_one_column"
    assert "序号^项目名称" in error.message


def test_a_quotation_mark_that_is_never_closed_names_its_line():
    error = refused(LINES.replace("乙路", '"乙路').encode())
    assert (error.code, error.params["row"]) == ("csv_quotes", 3)


def test_a_cell_of_a_megabyte_names_its_place():
    error = refused(LINES.replace("乙路", "乙" * 1_000_000).encode())
    assert error.code == "cell_too_long"
    assert error.params == {"sheet": "csv", "row": 3, "column": "B", "length": 1_000_000, "limit": LONGEST_CELL}
    assert "第 3 行 B 列" in error.message


def test_a_workbooks_cell_longer_than_excel_can_hold_names_its_place():
    book = one_sheet(["项目名称", "总投资（亿元）", "建设内容"], ["甲路", 1, "LONG"])

    def swell(body: bytes) -> bytes:
        return body.replace(b"LONG", b"x" * 40_000)

    error = refused(rewritten(book.data(), "xl/sharedStrings.xml", swell))
    assert (error.code, error.params["column"], error.params["length"]) == ("cell_too_long", "C", 40_000)
    longest = rewritten(book.data(), "xl/sharedStrings.xml", lambda body: body.replace(b"LONG", b"x" * LONGEST_CELL))
    assert len(plan(longest).rows[0].values["content"]) == LONGEST_CELL


# -- archives --------------------------------------------------------------------------------------------------------
def test_a_zip_bomb_is_told_by_what_it_is_refused_for():
    bomb = zipped(**{"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"0" * 60_000_000})
    error = refused(bomb)
    assert error.code == "zip_ratio"
    assert error.params["part"] == "xl/worksheets/sheet1.xml"
    assert error.params["ratio"] > error.params["limit"] == 150
    assert "57 MB" in error.message
    assert "上限 600 MB" not in error.message
    large = refused(LEDGER.data(), unpacked_bytes=1000)
    assert large.code == "zip_bomb"
    many = refused(LEDGER.data(), members=3)
    assert (many.code, many.params["limit"]) == ("zip_members", 3)


def test_a_file_of_a_hundred_megabytes_is_refused_before_it_is_read(tmp_path: Path):
    path = tmp_path / "huge.xlsx"
    with path.open("wb") as out:
        out.write(LEDGER.data())
        out.truncate(100 * 1024 * 1024)
    started = time.perf_counter()
    with pytest.raises(SheetError) as caught:
        read_in_child(path, name="huge.xlsx")
    assert (caught.value.code, caught.value.params) == ("too_large", {"size": "100 MB", "limit": "50 MB"})
    assert time.perf_counter() - started < 5


def open_document_with_a_password() -> bytes:
    return zipped(
        **{
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": b"\x8f\x01\x99",
            "META-INF/manifest.xml": b"<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>",
        }
    )


def archive_with_a_password() -> bytes:
    """Every member's flag says that it is encrypted, in the directory and before the data."""
    data = bytearray(LEDGER.data())
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(signature)
        while start >= 0:
            data[start + at] |= 1
            start = data.find(signature, start + 4)
    return bytes(data)


@pytest.mark.parametrize("make", [open_document_with_a_password, archive_with_a_password])
def test_a_password_is_told(make):
    assert refused(make()).code == "password"


def test_every_cut_of_a_workbook_ends_in_a_sentence():
    data = LEDGER.data()
    for end in range(4, len(data), 97):
        assert refused(data[:end]).code in ("truncated", "empty_file")


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("名单.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "old_word"),
        ("名单.xlsx", b"%PDF-1.5", "wrong_kind"),
        ("名单.xls", b"<html><body><table>", "html_file"),
        ("名单.csv", b"\x89PNG\r\n\x1a\n\x00\x00", "wrong_kind"),
        ("名单.ods", b"Rar!\x1a\x07", "wrong_kind"),
    ],
)
def test_the_wrong_kind_with_the_right_name(tmp_path: Path, name, data, code):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(SheetError) as caught:
        read_workbook(path, name=name)
    assert caught.value.code == code


def test_the_right_kind_with_the_wrong_name(tmp_path: Path):
    path = tmp_path / "名单.csv"
    path.write_bytes(LEDGER.data())
    assert read_workbook(path, name="名单.csv").kind == "xlsx"


# -- documents without a table ---------------------------------------------------------------------------------------
def document(*paragraphs: str, picture: bool = False) -> bytes:
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    if picture:
        size = b"\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00"
        import struct
        import zlib

        def chunk(kind: bytes, body: bytes) -> bytes:
            return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

        png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(b"\x00\x00\x00\x00"))
        made.add_picture(io.BytesIO(png + chunk(b"IEND", b"")))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_a_document_without_a_table_says_what_it_holds_instead():
    listed = refused(document("2019年项目名单", "1.甲路", "2.乙路", "（三）丙路"))
    assert (listed.code, listed.params) == ("no_table_list", {"count": 3, "first": "1.甲路"})
    assert refused(document("2019年项目名单", picture=True)).code == "no_table_picture"
    assert refused(document("2019年项目名单")).code == "no_table"


# -- hostile cells ---------------------------------------------------------------------------------------------------
HEADS = [
    "序号",
    "项目名称",
    "项目代码",
    "级别",
    "建设性质",
    "类别",
    "行业代码",
    "建设内容",
    "建设地点",
    "建设起止年限",
    "计划开工时间",
    "计划竣工时间",
    "总投资（万元）",
    "2019年计划投资",
    "一季度",
    "资金来源",
    "项目业主",
    "统一社会信用代码",
    "责任单位",
    "分包领导",
    "是否竣工",
    "完成率",
    "本月完成投资",
    "是否开工",
    "区划代码",
]
HOSTILE = (
    *("1", "(", "（元", "1个", "(1", "1,", "单位", "一、", "2019年", "2019-", " ", "至2019年底", "1-2月", "计划表(续"),
    *(
        "其中",
        "★",
        "万",
        "亿1",
        "-",
        "九",
        "〔2019〕",
        "合计",
        "1.",
        "(1个",
        "0",
        "1/2/",
        "续建",
        "第1页",
        "、",
        "\u3000",
    ),
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_cell_of_thirty_thousand_signs_costs_no_second(piece):
    cell = (piece * 30_000)[:29_999] + "x"
    plain = ["略"] * (len(HEADS) - 2)
    rows = [
        [cell] * len(HEADS),  # titles
        list(HEADS),
        [1, "甲路", *plain],
        [cell] * len(HEADS),
        [2, "乙路", *([cell] * len(plain))],
        [cell, *([""] * (len(HEADS) - 1))],
        ["", cell, "", *([5] * (len(HEADS) - 3))],
        ["合计", *([cell] * (len(HEADS) - 1))],
        [cell[:20], cell, *plain],
    ]
    for fields in (PLAN, PROGRESS):
        book = Workbook("a", "xlsx", [Sheet("s", [list(row) for row in rows])])
        started = time.process_time()
        reading = recognise(book, fields, year=2019)
        assert time.process_time() - started < 1
        assert "甲路" in [row.values.get("name") for row in reading.rows]


def test_a_macro_workbook_is_read_and_its_macros_are_not_run():
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(LEDGER.data())) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/vbaProject.bin", b"Sub Auto_Open()")
    assert codes(plan(out.getvalue()).warnings) == ["macros_ignored"]


def test_texts_that_look_like_formulas_stay_texts():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["项目名称", "总投资（亿元）", "建设内容"])
    sheet.write_row(1, 0, ["=cmd|' /C calc'!A0", 1, "@SUM(1)"])
    book.close()
    values = plan(out.getvalue()).rows[0].values
    assert (values["name"], values["content"]) == ("=cmd|' /C calc'!A0", "@SUM(1)")


def test_limits_are_named_in_their_sentences():
    for error in (refused(LEDGER.data(), rows=2), refused(LEDGER.data(), file_bytes=10)):
        assert re.search(r"\d", error.message)
    assert Limits().rows == 200_000
