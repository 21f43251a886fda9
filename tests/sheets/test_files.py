"""Files that are not what they should be: each gets its own sentence, and good ones of every kind are read."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
import xlsxwriter

from guatu.core.sheets.child import read_in_child
from guatu.core.sheets.content import Limits
from guatu.core.sheets.engine import recognise
from guatu.core.sheets.errors import SheetError
from guatu.core.sheets.reading import read_bytes, read_workbook
from guatu.core.sheets.words import FILE_ERRORS, ISSUES
from guatu.domain.money import MoneyUnit
from guatu.library.ledgers.plan import PLAN
from tests.sheets.books import YI, Book, one_sheet, plan

LEDGER = one_sheet(["序号", "项目名称", "总投资（亿元）", "建设内容"], [1, "甲路", 1.5, "略"], [2, "乙路", 2, "略"])


def refused(data: bytes, **limits: int) -> SheetError:
    with pytest.raises(SheetError) as caught:
        read_bytes(data, name="台账.xlsx", limits=Limits(**limits))
    assert "%" not in caught.value.message  # every parameter of the sentence is there
    return caught.value


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def rewritten(data: bytes, part: str, change) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, change(body) if name == part else body)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"\x00\x00\r\n", "empty_file"),
        (b"%PDF-1.7 \n%\xe2\xe3", "wrong_kind"),
        (b"\x89PNG\r\n\x1a\n\x00", "wrong_kind"),
        (b"a,b\x00c", "wrong_kind"),
        (b"<html><table><tr><td>1</td></tr></table>", "html_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "old_word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "truncated"),
        (LEDGER.data()[:2000], "truncated"),
        (LEDGER.data()[:-30], "truncated"),
        (zipped(**{"ppt/slides.xml": b"x"}), "wrong_kind"),
        (zipped(**{"readme.txt": b"x"}), "wrong_kind"),
        (zipped(**{"xl/workbook.xml": b"<broken"}), "truncated"),
        (b"\xff\xfe\x00\xd8\x00\xd8", "encoding"),
    ],
)
def test_a_wrong_file_is_named_for_what_it_is(data, code):
    assert refused(data).code == code


def test_a_damaged_member_is_a_damaged_file():
    data = bytearray(LEDGER.data())
    at = data.index(b"xl/worksheets/sheet1.xml") + 60
    data[at : at + 40] = b"\x00" * 40
    assert refused(bytes(data)).code == "truncated"


def test_sizes_are_checked_before_anything_is_unpacked():
    assert refused(LEDGER.data(), file_bytes=100).code == "too_large"
    bomb = zipped(**{"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"0" * 60_000_000})
    assert len(bomb) < 100_000
    assert refused(bomb).code == "zip_ratio"
    assert refused(LEDGER.data(), unpacked_bytes=1000).code == "zip_bomb"
    assert refused(LEDGER.data(), rows=2).code == "too_many_rows"


def test_a_document_type_in_the_sheet_is_refused():
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>'
    for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml"):
        data = rewritten(LEDGER.data(), part, lambda body: evil + body)
        assert refused(data).code == "unsafe_xml"


def test_an_empty_workbook_and_one_without_a_heading():
    assert refused(Book({"Sheet1": []}).data()).code == "no_cells"
    with pytest.raises(SheetError) as caught:
        plan(one_sheet(["今天", "天气"], ["晴", "好"]))
    assert caught.value.code == "no_header"
    assert "Sheet1" in caught.value.message


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ","), ("gb18030", ","), ("gb18030", "\t"), ("utf-16", ";")],
)
def test_csv_in_the_encodings_and_delimiters_of_offices(encoding, delimiter):
    lines = [
        ["2019年重点项目", "", "", ""],
        ["序号", "项目名称", "总投资（亿元）", "建设内容"],
        ["1", "甲路", "1.5", "略"],
        ["2", "乙路", "2", "第一行\n第二行"],
    ]
    text = "\r\n".join(delimiter.join(f'"{cell}"' if "\n" in cell else cell for cell in line) for line in lines)
    reading = recognise(read_bytes(text.encode(encoding), name="a.csv"), PLAN, year=2019)
    assert [(row.values["name"], row.values["total_investment"]) for row in reading.rows] == [
        ("甲路", 15 * YI // 10),
        ("乙路", 2 * YI),
    ]
    assert reading.rows[1].values["content"] == "第一行\n第二行"


def test_two_heading_rows_in_csv_have_no_merges():
    text = (
        "序号,项目名称,投资（万元）,,,建设内容\n,,总投资,至2018年底累计,2019年计划,\n"
        "1,甲路,100,20,30,略\n合计,,100,20,31,\n"
    )
    reading = recognise(read_bytes(text.encode("gb18030"), name="a.csv"), PLAN, year=2019)
    assert reading.rows[0].values["planned_investment"] == 300000
    assert reading.rows[0].values["cumulative_to_last_year"] == 200000
    assert [total.agrees for total in reading.printed_totals] == [True, True, False]


def test_tables_of_a_word_file():
    document = docx.Document()
    document.add_paragraph("2019年重点项目")
    document.add_paragraph("单位：亿元")
    table = document.add_table(rows=4, cols=4)
    for row, cells in enumerate(
        [
            ["序号", "项目名称", "总投资", "建设内容"],
            ["一、产业类", "", "", ""],
            ["1", "甲路", "1.5", "略"],
            ["合计", "", "1.6", ""],
        ]
    ):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    table.cell(1, 0).merge(table.cell(1, 3))
    out = io.BytesIO()
    document.save(out)
    reading = recognise(read_bytes(out.getvalue(), name="名单.xlsx"), PLAN, year=2019)
    assert reading.unit is MoneyUnit.YI
    assert [(row.values["name"], row.class_path) for row in reading.rows] == [("甲路", ("产业类",))]
    assert [total.agrees for total in reading.printed_totals] == [False]
    empty = io.BytesIO()
    docx.Document().save(empty)
    assert refused(empty.getvalue()).code == "no_table"


def test_formulas_without_a_value_name_their_cell():
    out = io.BytesIO()
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["项目名称", "总投资（亿元）", "年度计划（亿元）", "建设内容"],
        ["甲路", "=1+1", 1, "略"],
        ["乙路", 2, 1, "略"],
        ["合计", "=SUM(B2:B3)", 2, None],
    ):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    book.save(out)
    reading = plan(out.getvalue())
    assert [(issue.code, issue.row, issue.column) for issue in reading.errors] == [
        ("formula_without_value", 2, "B 总投资（亿元）")
    ]
    assert [(issue.code, issue.row, issue.column) for issue in reading.warnings] == [
        ("total_not_calculated", 4, "B 总投资（亿元）"),
        ("hidden_rows", 3, ""),
        ("hidden_column", 0, "C 年度计划（亿元）"),
    ]


def test_formulas_with_a_value_are_read():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["项目名称", "总投资（亿元）", "建设内容"])
    sheet.write_row(1, 0, ["甲路", None, "略"])
    sheet.write_formula(1, 1, "=1+1", None, 2)
    book.close()
    reading = plan(out.getvalue())
    assert reading.rows[0].values["total_investment"] == 2 * YI
    assert not reading.errors


def test_a_workbook_with_macros_is_read_without_them():
    data = LEDGER.data()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/vbaProject.bin", b"x")
    reading = plan(out.getvalue())
    assert [issue.code for issue in reading.warnings] == ["macros_ignored"]
    assert len(reading.rows) == 2


def test_an_offset_table_keeps_the_sheets_own_places():
    book = Book(
        {
            "Sheet1": [[None]] * 4
            + [[None, None, "项目名称", "总投资（亿元）", "内容"], [None, None, "甲路", "约5", "略"]]
        }
    )
    errors = plan(book).errors
    assert [(issue.row, issue.column) for issue in errors] == [(6, "D 总投资（亿元）")]


def test_the_child_reads_the_same_and_reports_the_same_refusals(tmp_path: Path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(LEDGER.data())
    here, there = read_workbook(path, name="a"), read_in_child(path, name="a")
    assert here == there
    path.write_bytes(b"%PDF-1.4")
    with pytest.raises(SheetError) as caught:
        read_in_child(path, name="a")
    assert (caught.value.code, caught.value.params) == ("wrong_kind", {"kind": "PDF"})


def test_a_sheet_that_would_fill_memory_ends_in_a_sentence(tmp_path: Path):
    """Two cells at opposite corners: dense, the range would be 130 GB."""
    path = tmp_path / "corner.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write(0, 0, 1)
    sheet.write(1_048_575, 16_383, 1)
    book.close()
    with pytest.raises(SheetError) as caught:
        read_in_child(path, name="corner.xlsx")
    assert caught.value.code in ("too_much_memory", "too_many_rows")


def test_a_child_that_takes_too_long_is_ended(tmp_path: Path):
    path = tmp_path / "slow.csv"
    path.write_bytes("项目名称,总投资\n".encode() + b'"a","1"\n' * 3_000_000)
    with pytest.raises(SheetError) as caught:
        read_in_child(path, name="slow.csv", limits=Limits(seconds=1, rows=10_000_000))
    assert caught.value.code == "too_slow"


def test_sentences_fill_in_with_their_parameters():
    """A sentence with a stray per cent sign would break where it is shown."""
    for catalogue in (FILE_ERRORS, ISSUES):
        for sentence in catalogue.values():
            named = re.findall(r"%\((\w+)\)", str(sentence))
            params = dict.fromkeys(named, "x")
            assert str(sentence) % params
