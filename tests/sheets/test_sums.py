"""Printed sums wherever they stand: on top, below, per class, over several tables, by kind; and sums left unchecked."""

from __future__ import annotations

import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.core.sheets.engine import recognise
from guatu.core.sheets.reading import read_bytes
from guatu.library.ledgers.plan import PLAN
from tests.sheets.books import YI, Book, codes, one_sheet, plan

HEAD = ["序号", "项目名称", "建设性质", "建设内容", "总投资（万元）", "年度计划投资（万元）"]
ROWS = [
    [1, "甲路", "新开工", "略", 1000, 100],
    [2, "乙路", "续建", "略", 2003, 230],
    [3, "丙厂", "续建", "略", 30070, 3100],
    [4, "丁厂", "新开工", "略", 400, 40],
    [5, "戊园", "预备", "略", 55555, 0],
]


def total(rows, at):
    return sum(row[at] for row in rows)


def sums(reading):
    return [(item.label, item.field, item.rows, item.agrees) for item in reading.printed_totals]


def line(label, rows, count=None):
    return [None, label, None, count, total(rows, 4), total(rows, 5)]


def layouts(rows):
    """The same five rows with their sums in every place."""
    first, second = rows[:2], rows[2:]
    return {
        "below": [HEAD, *rows, line("合计", rows)],
        "on top": [HEAD, line("合计", rows, 5), *rows],
        "classes above": [
            HEAD, line("合计", rows), line("一、道路（2个）", first), *first, line("二、产业（3个）", second), *second,
        ],
        "subtotals below": [HEAD, *first, line("小计", first), *second, line("小计", second), line("总计", rows)],
        "subtotals above": [HEAD, line("总计", rows), line("小计", first), *first, line("小计", second), *second],
        "under the last": [
            HEAD, line("道路小计", first), *first, line("产业小计", second), *second, line("共计（5个）", rows),
        ],
    }  # fmt: skip


@pytest.mark.parametrize("where", list(layouts(ROWS)))
def test_right_sums_agree_wherever_they_stand(where):
    reading = plan(one_sheet(*layouts(ROWS)[where]))
    assert len(reading.rows) == 5
    assert reading.printed_totals
    assert all(item.agrees for item in reading.printed_totals), sums(reading)
    covered = max(item.rows for item in reading.printed_totals)
    assert covered == 5


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(list(layouts(ROWS))), st.integers(0, 4), st.sampled_from([4, 5]), st.data())
def test_one_changed_digit_is_found_wherever_the_sums_stand(where, index, column, data):
    changed = [list(row) for row in ROWS]
    digits = list(str(changed[index][column]))
    at = data.draw(st.integers(0, len(digits) - 1))
    digits[at] = data.draw(st.sampled_from([digit for digit in "123456789" if digit != digits[at]]))
    changed[index][column] = int("".join(digits))
    printed = layouts(ROWS)[where]
    written = [changed[line[0] - 1] if isinstance(line[0], int) else line for line in printed]
    reading = plan(one_sheet(*written))
    code = {4: "total_investment", 5: "planned_investment"}[column]
    assert any(item.field == code and not item.agrees for item in reading.printed_totals)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["on top", "classes above", "under the last"]), st.integers(0, 4))
def test_a_lost_row_is_found_by_the_printed_numbers(where, index):
    written = [line for line in layouts(ROWS)[where] if line[0] != index + 1]
    reading = plan(one_sheet(*written))
    assert any(item.field == "projects" and not item.agrees for item in reading.printed_totals)


def test_a_sum_that_counts_its_rows_is_a_sum_whatever_stands_beside_it():
    head = ["地区", "序号", "项目名称", "总投资（亿元）", "建设内容"]
    rows = [
        ["瀍河区", None, "小计2个", 3],
        [None, 1, "甲路", 1, "略"],
        [None, 2, "乙路", 2, "略"],
        ["洛龙区", None, "小计1个", 4],
    ]
    rows += [[None, 1, "丙路", 4, "略"], ["全市", None, "总计4个", 7]]
    reading = plan(one_sheet(head, *rows))
    assert [row.values["name"] for row in reading.rows] == ["甲路", "乙路", "丙路"]
    assert [(item.field, item.rows, item.agrees) for item in reading.printed_totals] == [
        ("projects", 2, True), ("total_investment", 2, True), ("projects", 1, True), ("total_investment", 1, True),
        ("projects", 3, False), ("total_investment", 3, True),
    ]  # fmt: skip


def test_parts_of_a_total_are_held_against_the_rows_of_their_kind():
    rows = [
        [None, "合计", None, 5, 89028, 3470],
        [None, "其中：新开工项目", None, 2, 1400, 140],
        [None, "续建项目", None, 2, 32073, 3331],
        *ROWS,
    ]
    reading = plan(one_sheet(HEAD, *rows))
    assert [row.class_path for row in reading.rows] == [()] * 5
    assert [row.values["kind"] for row in reading.rows] == [
        "new_start",
        "continuing",
        "continuing",
        "new_start",
        "preliminary",
    ]
    assert sums(reading) == [
        ("合计", "projects", 5, True), ("合计", "total_investment", 5, True), ("合计", "planned_investment", 5, True),
        ("其中：新开工项目", "projects", 2, True), ("其中：新开工项目", "total_investment", 2, True),
        ("其中：新开工项目", "planned_investment", 2, True), ("续建项目", "projects", 2, True),
        ("续建项目", "total_investment", 2, True), ("续建项目", "planned_investment", 2, False),
    ]  # fmt: skip


def test_a_list_of_kinds_under_the_total_is_no_category_of_the_rows():
    rows = [
        [None, "总计", None, 5, 89028, None],
        [None, "计划新开工项目", None, 2, 1400, None],
        [None, "续建项目", None, 2, 32073, None],
        [None, "预备项目", None, 1, 55555, None],
        *ROWS,
    ]
    reading = plan(one_sheet(HEAD, *rows))
    assert all(item.agrees for item in reading.printed_totals)
    assert len(reading.printed_totals) == 8
    assert [row.values["kind"] for row in reading.rows][:2] == ["new_start", "continuing"]


def test_a_summary_over_the_table_is_held_against_the_classes_below():
    first, second = ROWS[:2], ROWS[2:]
    rows = [line("合计", ROWS), line("一、道路类（2个）", first), line("二、产业类（3个）", second),
            [None, "一、道路类（2个）"], *first, [None, "二、产业类（3个）"], *second]  # fmt: skip
    reading = plan(one_sheet(HEAD, *rows))
    assert [row.class_path for row in reading.rows] == [("道路类",)] * 2 + [("产业类",)] * 3
    assert all(item.agrees for item in reading.printed_totals), sums(reading)
    assert len(reading.printed_totals) == 10


def test_a_part_that_names_nothing_is_told_and_not_passed_over():
    rows = [[None, "合计", None, 5, 89028, 3470], [None, "其中：亿元以上", None, 1, 55555, 0], *ROWS]
    reading = plan(one_sheet(HEAD, *rows))
    assert [(issue.code, issue.row, issue.params["label"]) for issue in reading.warnings] == [
        ("total_unchecked", 3, "其中：亿元以上")
    ]


def test_a_sum_that_cannot_be_read_and_one_of_a_wrong_unit_are_told():
    rows = [[None, "合计", None, None, "约8.9亿", 3470]]
    reading = plan(one_sheet(HEAD, *ROWS, *rows))
    assert [(issue.code, issue.row, issue.column) for issue in reading.warnings] == [
        ("total_unreadable", 7, "E 总投资（万元）")
    ]
    rows = [[None, "合计", None, None, 8902800000000, 3470]]
    reading = plan(one_sheet(HEAD, *ROWS, *rows))
    assert [item.agrees for item in reading.printed_totals] == [False, True]


def test_a_group_row_with_its_number_under_the_names():
    head = ["序号", "项目名称", "建设内容", "总投资（亿元）"]
    rows = [
        ["计划新开工项目", 2, None, 25],
        [1, "甲路", "略", 10],
        [2, "乙路", "略", 15],
        ["续建项目", "1个", None, 12],
        [1, "丙路", "略", 12],
    ]
    reading = plan(one_sheet(head, *rows))
    assert [row.values["kind"] for row in reading.rows] == ["new_start", "new_start", "continuing"]
    assert [(item.field, item.agrees) for item in reading.printed_totals] == [
        ("projects", True),
        ("total_investment", True),
    ] * 2


def test_numbers_of_a_csv_are_texts_and_are_checked_all_the_same():
    lines = ["序号,项目名称,建设内容,总投资（亿元）", ",总计,3,37", ",新开工项目,2,25", "1,甲路,略,10", "2,乙路,略,15"]
    text = "\n".join([*lines, ",续建项目,2,12", "1,丙路,略,12"])
    reading = recognise(read_bytes(text.encode(), name="a.csv"), PLAN, year=2019)
    assert [(item.label, item.field, item.agrees) for item in reading.printed_totals] == [
        ("总计", "projects", True), ("总计", "total_investment", True),
        ("新开工项目", "projects", True), ("新开工项目", "total_investment", True),
        ("续建项目", "projects", False), ("续建项目", "total_investment", True),
    ]  # fmt: skip


def test_totals_of_several_sheets_and_of_the_whole_book():
    head = ["序号", "项目名称", "总投资（亿元）", "建设内容"]
    book = Book(
        {
            "一": [head, [1, "甲路", 10, "略"], ["小计", None, 10, None]],
            "二": [
                head,
                [1, "乙路", 15, "略"],
                [2, "丙路", 12, "略"],
                ["小计", None, 27, None],
                ["总计", None, 37, None],
            ],
        }
    )
    assert [(item.computed // YI, item.agrees) for item in plan(book).printed_totals] == [
        (10, True),
        (27, True),
        (37, True),
    ]


def test_a_sum_saved_without_its_value_is_told_above_its_rows_too():
    out = io.BytesIO()
    book = openpyxl.Workbook()
    for row in (HEAD, [None, "合计", None, None, "=SUM(E3:E7)", 3470], *ROWS):
        book.active.append(row)
    book.save(out)
    reading = plan(out.getvalue())
    assert [(issue.code, issue.row, issue.column) for issue in reading.warnings] == [
        ("total_not_calculated", 2, "E 总投资（万元）")
    ]
    assert sums(reading) == [("合计", "planned_investment", 5, True)]
    assert "name_missing" not in codes(reading.errors)
