"""The workbook that goes out: what is locked, what may be typed, what is hidden, and that nothing runs."""

import io
import re
import tracemalloc
import zipfile
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.core.roundtrip.kept import brought_as_json, earlier_from_json, sent_as_json, sent_from_json
from guatu.core.roundtrip.layout import Column, Layout, SentRow, UnitWorkbook
from guatu.core.roundtrip.merging import settle_returned
from guatu.core.roundtrip.meta import check_code, find_meta, signature, trusted
from guatu.core.roundtrip.out import unit_workbook_bytes
from guatu.core.sheets.fields import Choice, FieldKind
from guatu.core.sheets.reading import read_bytes
from guatu.domain.merge import ReturnedRow
from guatu.domain.money import MoneyUnit
from tests.roundtrip.worlds import (
    BOOK,
    COLUMNS,
    FIRST,
    HEAD,
    LAYOUT,
    NAMES,
    SENT,
    back,
    column_of,
    edited,
    merged,
    put,
    row_of,
    sent_bytes,
)


def opened(**changed):
    return openpyxl.load_workbook(io.BytesIO(sent_bytes(**changed)))


def test_known_values_and_keys_are_locked_and_cells_to_fill_in_are_open():
    sheet = opened().worksheets[0]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert (sheet.protection.sort, sheet.protection.autoFilter, sheet.protection.insertRows) == (False, False, False)
    row = row_of(sheet, "K3")
    locked = {column.code: sheet.cell(row, place).protection.locked for place, column in enumerate(COLUMNS, start=2)}
    assert locked == {column.code: not column.editable for column in COLUMNS}
    assert sheet.cell(row, 1).protection.locked
    spare = FIRST + len(NAMES)
    assert not any(sheet.cell(spare, place).protection.locked for place in range(2, len(COLUMNS) + 2))
    assert sheet.cell(spare, 1).protection.locked


def test_the_lines_above_name_unit_period_money_id_and_check_code():
    sheet = opened().worksheets[0]
    said = "\n".join(str(cell.value) for row in sheet.iter_rows(max_row=4) for cell in row if cell.value)
    for part in (
        BOOK.title,
        "区住建局",
        "2026年3月",
        "金额单位：万元",
        BOOK.id,
        check_code(signature(SENT)),
        "只填浅黄色",
    ):
        assert part in said
    assert re.search(r"校验码：[A-Z2-7]{4}-[A-Z2-7]{4}$", said, re.M)
    assert BOOK.id in sheet.oddFooter.left.text


def test_it_opens_at_the_cells_to_fill_in():
    sheet = opened().worksheets[0]
    assert sheet.freeze_panes == "D7"
    assert sheet.auto_filter.ref == f"A{FIRST - 1}:L{FIRST + len(NAMES) + 2}"
    assert sheet.print_title_rows == f"${HEAD}:${FIRST - 1}"
    assert sheet.cell(HEAD, column_of(sheet, "投资")).value == "投资"
    assert sheet.cell(FIRST - 1, column_of(sheet, "总投资")).value == "总投资（万元）"
    assert sheet.cell(FIRST - 1, column_of(sheet, "本月完成投资")).comment.text == "只填本月完成的投资"


def test_amounts_are_numbers_in_the_sheets_unit_that_show_every_yuan():
    sheet = opened().worksheets[0]
    cell = sheet.cell(row_of(sheet, "K2"), column_of(sheet, "本月完成投资"))
    assert (cell.value, cell.number_format) == (200.5678, "#,##0.00##")
    layout = replace(LAYOUT, unit=MoneyUnit.YI)
    other = openpyxl.load_workbook(io.BytesIO(unit_workbook_bytes(replace(BOOK, layout=layout))[0])).worksheets[0]
    cell = other.cell(row_of(other, "K2"), column_of(other, "本月完成投资"))
    assert (cell.value, cell.number_format) == (0.02005678, "#,##0.00######")
    assert other.cell(FIRST - 1, column_of(other, "总投资")).value == "总投资（亿元）"


def test_every_cell_to_fill_in_says_what_may_be_typed():
    sheet = opened().worksheets[0]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    last = FIRST + len(NAMES) + 2

    def rule(heading):
        letter = sheet.cell(FIRST, column_of(sheet, heading)).column_letter
        return rules[f"{letter}{FIRST}:{letter}{last}"]

    money = rule("本月完成投资")
    assert (money.type, money.formula1, money.formula2) == ("decimal", "0", "100000000")
    assert money.error == "请填数字，单位：万元。范围：0 至 100,000,000。"
    assert money.prompt == "只填本月完成的投资"
    assert (rule("形象进度").formula1, rule("形象进度").formula2) == ("0.0", "1.0")
    assert rule("形象进度").error == "请填百分数，如 28.1%。范围：0% 至 100%。"
    assert (rule("建设状态").type, rule("建设状态").formula1) == ("list", '"新开工,续建,停工"')
    assert rule("实际开工时间").type == "date"
    assert rule("已征迁户数").error == "请填整数。不小于 0。"
    assert (rule("进展情况").type, rule("进展情况").formula1) == ("textLength", "200")
    assert all(rule.errorStyle in (None, "stop") and rule.showErrorMessage for rule in rules.values())
    assert len(rules) == sum(column.editable for column in COLUMNS) - 1, "a telephone number may be anything"


def test_a_long_list_stands_in_the_hidden_sheet():
    words = [f"第{number}类项目" for number in range(60)] + ["含,逗号"]
    choices = tuple(Choice(f"c{number}", (word,)) for number, word in enumerate(words))
    columns = (COLUMNS[1], Column(code="kind", heading="类别", kind=FieldKind.CHOICE, editable=True, choices=choices))
    layout = Layout("lists", columns, 2026)
    rows = [SentRow("A1", {"name": "望岳产业园", "kind": "c60"})]
    data, sent = unit_workbook_bytes(replace(BOOK, layout=layout, rows=rows))
    book = openpyxl.load_workbook(io.BytesIO(data))
    (rule,) = book.worksheets[0].data_validations.dataValidation
    assert rule.formula1 == "'_meta'!$AO$1:$AO$61"
    assert [cell[0].value for cell in book["_meta"]["AO1:AO61"]] == words
    hidden = find_meta(read_bytes(data, name="a.xlsx"))
    assert hidden is not None
    assert trusted(hidden, layout) == sent


def test_the_hidden_sheet_keeps_what_was_sent():
    book = opened()
    assert book["_meta"].sheet_state == "veryHidden"
    hidden = find_meta(read_bytes(sent_bytes(), name="a.xlsx"))
    assert hidden is not None
    assert (hidden.id, hidden.layout_version) == (BOOK.id, "month-1")
    assert trusted(hidden, LAYOUT) == SENT


def test_a_hidden_sheet_that_was_changed_is_not_believed():
    def change(row, text):
        book = opened()
        book["_meta"].cell(row, 2).value = text
        out = io.BytesIO()
        book.save(out)
        hidden = find_meta(read_bytes(out.getvalue(), name="a.xlsx"))
        return hidden and trusted(hidden, LAYOUT)

    row = 6
    kept = opened()["_meta"].cell(row, 2).value
    assert change(row, kept) == SENT
    assert change(row, kept.replace("1005678", "2005678")) is None
    assert change(row, "{") is None
    assert change(row, '{"done":"x"}') is None
    assert change(4, "month-0") is None
    assert change(3, "OTHER-1") is None


def test_no_text_becomes_a_formula_now_or_when_it_is_opened_and_left_again():
    xml = zipfile.ZipFile(io.BytesIO(sent_bytes())).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml
    sheet = opened().worksheets[0]
    cell = sheet.cell(row_of(sheet, "K2"), column_of(sheet, "进展情况"))
    assert (cell.value, bool(cell.quotePrefix)) == ("=主体施工", True)
    plain = sheet.cell(row_of(sheet, "K1"), column_of(sheet, "进展情况"))
    assert (plain.value, bool(plain.quotePrefix)) == ("第1栋\n基础施工", False)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from("=+-@＝＋\t"), st.text(max_size=20))
def test_whatever_a_text_begins_with_it_comes_back_as_it_was(start, rest):
    row = SentRow("K1", {"name": start + rest + "项目", "words": start + rest + "完"})
    data, sent = unit_workbook_bytes(replace(BOOK, rows=[row], title=start + rest))
    assert "<f>" not in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    returned = back(data, sent)
    assert [dict(each.values) for each in returned.rows] == [
        {code: value for code, value in sent.rows["K1"].items() if code != "serial"}
    ]


def test_what_is_kept_as_json_is_the_same_again():
    assert sent_from_json(LAYOUT, sent_as_json(SENT)) == SENT
    with pytest.raises(ValueError, match="month-1"):
        sent_from_json(replace(LAYOUT, version="month-2"), sent_as_json(SENT))
    found = merged(edited(put("K1", "本月完成投资", "约5"), put("K2", "本月完成投资", 7), put("K3", "进展情况", None)))
    added = ReturnedRow(None, {"name": "新项目", "start": date(2026, 3, 1), "done": 5})
    settlement = settle_returned(LAYOUT, found)
    earlier = earlier_from_json(LAYOUT, [brought_as_json(settlement, [added])])
    assert {at: sorted(map(str, values)) for at, values in earlier.values.items()} == {
        ("K2", "done"): ["70000"],
        ("K3", "words"): ["None"],
    }
    assert added.content in earlier.rows


@pytest.mark.parametrize(
    "columns",
    [
        (Column(code="words", heading="进展"),),
        (COLUMNS[1], COLUMNS[1]),
        (COLUMNS[1], Column(code="other", heading="项目 名称")),
        (COLUMNS[1], Column(code="kind", heading="类别", kind=FieldKind.CHOICE)),
        (COLUMNS[1], Column(code="years", heading="年限", kind=FieldKind.YEARS)),
        (Column(code="name", heading="项目名称", identifies=True, editable=True),),
    ],
)
def test_a_layout_that_could_not_be_read_back_is_refused(columns):
    with pytest.raises(ValueError):  # noqa: PT011  the mistake is the programmer's: no sentence
        Layout("x", columns, 2026)


@pytest.mark.parametrize("changed", [{"id": "小写a"}, {"id": ""}, {"rows": [SentRow("k1", {}), SentRow("K１", {})]}])
def test_a_workbook_whose_id_or_keys_could_not_be_told_apart_is_refused(changed):
    with pytest.raises(ValueError):  # noqa: PT011  as above
        replace(BOOK, **changed)


def test_five_thousand_rows_take_bounded_memory():
    rows = [SentRow(f"P{number}", {**SENT.rows["K1"], "name": f"{number}号项目"}) for number in range(5000)]
    book = UnitWorkbook(id="BIG-1", layout=LAYOUT, title="大表", unit="区", period="2026年3月", rows=rows)
    tracemalloc.start()
    try:
        data, sent = unit_workbook_bytes(book)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(sent.rows) == 5000
    assert len(data) < 3 * 2**20
    assert peak < 120 * 2**20
