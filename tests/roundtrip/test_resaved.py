"""Files that other programs saved: whatever they do to a cell's spelling, the edits are those that were made.

The files of LibreOffice 7.4 in `files` were made by `test_libreoffice_saves_what_was_edited`, which makes them anew in
`make soak` where LibreOffice is installed (GUATU_WRITE_GOLDEN=1 keeps them).
"""

import io
import os
import random
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from guatu.core.roundtrip.back import read_back
from guatu.core.sheets.child import read_in_child
from guatu.core.sheets.fields import FieldKind
from guatu.domain.merge import ReturnedRow, merge
from guatu.domain.money import MoneyUnit, format_amount
from tests.roundtrip.worlds import (
    BOOK,
    COLUMNS,
    FIRST,
    HEAD,
    LAYOUT,
    NAMES,
    SENT,
    WAN,
    YI,
    back,
    column_of,
    edited,
    issues,
    merged,
    now,
    put,
    row_of,
    sent_bytes,
    taken,
)
from tests.support.office import saved_again

FILES = Path(__file__).parent / "files"
ENDINGS = ("xlsx", "ods", "xls", "csv")
EDITABLE = tuple(column for column in COLUMNS if column.editable)
FULL_WIDTH = str.maketrans("0123456789.%,", "０１２３４５６７８９．％，")
EDITS = (
    put("K1", "本月完成投资", 300),
    put("K2", "进展情况", "主体封顶，内装进场"),
    put("K3", "形象进度", 0.5),
    put("K4", "实际开工时间", date(2026, 3, 15)),
    put("K4", "本月完成投资", "０.３亿"),
    put("K5", "建设状态", "停工"),
    put("K5", "本月完成投资", "=100*6"),
)
TAKEN = {
    ("K1", "done"): 300 * WAN,
    ("K2", "words"): "主体封顶，内装进场",
    ("K3", "share"): Decimal(50),
    ("K4", "start"): date(2026, 3, 15),
    ("K4", "done"): 3000 * WAN,
    ("K5", "state"): "stopped",
    ("K5", "done"): 600 * WAN,
}


def holds_what_was_edited(data, name):
    found = merged(data, name=name)
    assert taken(found) == TAKEN
    assert len(found.cells) == len(TAKEN)
    assert found.unchanged == len(NAMES) * len(EDITABLE) - len(TAKEN)
    assert (found.missing, found.added, found.unknown, found.protected) == ((), (), (), ())
    told = [("formula_read", FIRST + 4, "F")] if name.endswith("xlsx") else []
    assert issues(back(data, name=name)) == told


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_that_libreoffice_saved_holds_what_was_edited(ending):
    path = FILES / f"libreoffice.{ending}"
    holds_what_was_edited(path.read_bytes(), path.name)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_that_libreoffice_saved_comes_twice_and_changes_nothing(ending):
    path = FILES / f"libreoffice.{ending}"
    here = now()
    for (key, code), value in TAKEN.items():
        here[key][code] = value
    assert taken(merged(path.read_bytes(), here, name=path.name)) == {}


@pytest.mark.parametrize("error", ["#DIV/0!", "Err:508"])
def test_an_error_that_was_saved_as_a_text_is_one_too(error):
    data = edited(put("K1", "进展情况", error))
    assert merged(data).cells == ()
    assert [code for code, *_ in issues(back(data))] == ["error_not_taken"]


@pytest.mark.slow
@pytest.mark.office
def test_libreoffice_saves_what_was_edited(tmp_path, times, seed):
    path = tmp_path / "libreoffice.xlsx"
    path.write_bytes(edited(*EDITS))
    plain = tmp_path / "plain.xlsx"
    plain.write_bytes(sent_bytes())
    for ending in ENDINGS:
        resaved, untouched = saved_again([path, plain], ending, tmp_path)
        holds_what_was_edited(resaved.read_bytes(), resaved.name)
        assert merged(untouched.read_bytes(), name=untouched.name).cells == ()
        if ending != "csv":
            assert back(untouched.read_bytes(), None, untouched.name).sent == SENT, "the hidden sheet is still believed"
        if os.environ.get("GUATU_WRITE_GOLDEN") == "1":
            (FILES / f"libreoffice.{ending}").write_bytes(resaved.read_bytes())
    chance = random.Random(seed)
    cases = []
    for number in range(times(30)):
        hands = {(key, column.code): _spelled(chance, column) for key in SENT.rows for column in EDITABLE}
        case = tmp_path / f"case-{number}.xlsx"
        case.write_bytes(edited(*(_write(at, said) for at, (_, said) in hands.items())))
        cases.append((case, {at: value for at, (value, _) in hands.items()}))
    for resaved, (_, values) in zip(saved_again([case for case, _ in cases], "xlsx", tmp_path), cases, strict=True):
        _agrees(resaved.read_bytes(), values, now())


# -- the same edits under any spelling, any order, any hand -----------------------------------------------------------
def _spellings(column, value):
    """The ways in which people and programs write one value into a cell."""
    if value is None:
        return [None, "", " "]
    if column.kind is FieldKind.MONEY:
        plain = format_amount(value, MoneyUnit.WAN, 4).replace("−", "-")
        texts = [
            plain,
            plain.replace(",", ""),
            f"{plain}万元",
            f"{Decimal(value) / YI:f}亿",
            f" {plain} ",
            f"{value}元",
        ]
        return [float(Decimal(value) / WAN), *texts, *(text.translate(FULL_WIDTH) for text in texts)]
    if column.kind is FieldKind.PERCENT:
        return [float(value / 100), f"{value:f}%", f"{value:f}%".translate(FULL_WIDTH), f"{value:.4f} %"]
    if column.kind is FieldKind.DATE:
        month = [f"{value.month}月底", f"{value:%Y}年{value.month}月"] if (value.month, value.day) == (3, 31) else []
        texts = [f"{value:%Y/%m/%d}", f"{value.year}年{value.month}月{value.day}日", f"{value:%Y.%m.%d}", *month]
        serial = (value - date(1899, 12, 30)).days
        return [value, serial, str(serial), *texts, *(text.translate(FULL_WIDTH) for text in texts)]
    if column.kind is FieldKind.CHOICE:
        words = next(choice.words for choice in column.choices if choice.code == value)
        return [*words, f" {words[0]}\u00a0"]
    if column.kind is FieldKind.INTEGER:
        return [value, float(value), str(value), str(value).translate(FULL_WIDTH), f"{value}个"]
    if column.kind is FieldKind.CODE:
        return [value, f"{value} "]
    return [value, f"{value}  ", value.replace("\n", " \r\n"), f"{value}\u00a0"]


def _values(column):
    return {
        FieldKind.MONEY: [0, 1, 5678, 3 * WAN, 12 * YI, 123456789],
        FieldKind.PERCENT: [Decimal(0), Decimal("0.5"), Decimal("28.1"), Decimal(100), Decimal("33.3333")],
        FieldKind.DATE: [None, date(2026, 3, 31), date(2026, 2, 28), date(2025, 12, 1)],
        FieldKind.CHOICE: ["new", "old", "stopped"],
        FieldKind.INTEGER: [None, 0, 12, 4321],
        FieldKind.CODE: ["0379-6400", "13800000000", "007"],
        FieldKind.TEXT: [None, "主体封顶", "=A1", "第1栋\n基础施工", "无"],
    }[column.kind]


def _spelled(chance, column):
    """A value, and how it is written."""
    value = chance.choice(_values(column))
    return value, chance.choice(_spellings(column, value))


def _write(at, said):
    key, code = at
    hand = put(key, LAYOUT.by_code[code].heading, said)

    def write(sheet):
        hand(sheet)
        cell = sheet.cell(row_of(sheet, key), column_of(sheet, LAYOUT.by_code[code].heading))
        if isinstance(said, str) and said:
            cell.data_type = "s"  # a text stays a text, whatever it begins with

    return write


def _agrees(data, values, here, **options):
    """The file's merge is that of the plain values."""
    rows = [
        ReturnedRow(
            key,
            {column.code: values.get((key, column.code), SENT.rows[key][column.code]) for column in EDITABLE},
        )
        for key in SENT.rows
    ]
    wanted, found = merge(SENT.rows, rows, here), merged(data, here, **options)

    def said(one):
        return {(cell.key, cell.code, cell.state, cell.theirs, cell.ours) for cell in one.cells}

    asked = {"done"}  # emptied cells of this column are asked about, which the plain rules do not know
    assert {cell for cell in said(found) if cell[1] not in asked} == {
        cell for cell in said(wanted) if cell[1] not in asked
    }
    assert {cell[:2] for cell in said(found)} == {cell[:2] for cell in said(wanted)}
    assert found.unchanged == wanted.unchanged
    assert (found.missing, found.added, found.unknown, found.protected) == ((), (), (), ())


def _moved(order_of_rows, order_of_columns):
    """A hand that puts rows and columns in another order, with the formats of their cells."""

    def hand(sheet):
        for box in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(box))
        last = FIRST + len(NAMES) - 1
        old = {
            (row, at): (cell.value, cell.number_format, cell.data_type)
            for row, line in enumerate(sheet.iter_rows(min_row=HEAD, max_row=last), start=HEAD)
            for at, cell in enumerate(line, start=1)
        }
        rows = [HEAD, HEAD + 1, *(FIRST + place for place in order_of_rows)]
        for row, source in zip(range(HEAD, last + 1), rows, strict=True):
            for at, from_column in enumerate(order_of_columns, start=1):
                value, look, sort = old[source, from_column]
                cell = sheet.cell(row, at)
                cell.value, cell.number_format = value, look
                cell.data_type = sort

    return hand


@settings(max_examples=40, deadline=None, phases=[Phase.generate])  # each example opens two workbooks: not shrunk
@given(st.data())
def test_whatever_hands_and_spellings_the_merge_is_that_of_the_values(data):
    chance = data.draw(st.randoms(use_true_random=False))
    cells = [(key, column) for key in SENT.rows for column in EDITABLE]
    theirs = {}
    hands = []
    for key, column in cells:
        kind = data.draw(st.sampled_from(["leave", "leave", "respell", "edit"]))
        if kind == "leave":
            continue
        sent = SENT.rows[key][column.code]
        value = sent if kind == "respell" else chance.choice(_values(column))
        theirs[key, column.code] = value
        hands.append(_write((key, column.code), chance.choice(_spellings(column, value))))
    here = now()
    for key, column in cells:
        if data.draw(st.integers(0, 5)) == 0:
            here[key][column.code] = chance.choice(_values(column))
    rows = data.draw(st.permutations(range(len(NAMES))))
    columns = data.draw(st.permutations(range(1, len(COLUMNS) + 2)))
    if data.draw(st.booleans()):
        hands.append(_moved(rows, columns))
    if data.draw(st.booleans()):
        hands.append(lambda sheet: setattr(sheet, "title", "定稿"))
    _agrees(edited(*hands, drop_meta=data.draw(st.booleans())), theirs, here)


def test_a_file_is_opened_in_a_child_of_its_own(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes((FILES / "libreoffice.xlsx").read_bytes())
    book = read_in_child(path, name="a.xlsx", extras=True)
    returned = read_back(book, LAYOUT, SENT)
    assert issues(returned) == [("formula_read", FIRST + 4, "F")]
    assert read_in_child(path, name="a.xlsx").sheets[0].extras.formulas == {}


def test_openpyxl_and_back_keeps_locks_lists_and_the_hidden_sheet():
    sheet = openpyxl.load_workbook(io.BytesIO(edited())).worksheets[0]
    assert sheet.protection.sheet
    assert len(sheet.data_validations.dataValidation) == len(EDITABLE) - 1
    assert back(edited(), sent=None).id == BOOK.id
