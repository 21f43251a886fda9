"""Never lose or invent a cell: whatever stands in a column that is imported is a value, or is told at its place."""

from __future__ import annotations

import datetime as dt

from hypothesis import example, given, settings
from hypothesis import strategies as st

from guatu.core.sheets.engine import recognise
from guatu.core.sheets.fields import FieldSet
from guatu.core.sheets.model import Cell, Sheet, Workbook
from guatu.core.sheets.result import SheetReading
from guatu.core.sheets.text import cell_text, is_blank
from guatu.library.ledgers.plan import PLAN
from guatu.library.ledgers.progress import PROGRESS
from tests.sheets.books import one_sheet, plan

HEADS = {
    PLAN.code: "序号 项目名称 项目代码 建设性质 类别 建设内容 建设起止年限 计划开工时间 总投资（万元） "
    "2019年计划投资（亿元） 责任单位 是否竣工 行业代码 备注",
    PROGRESS.code: "序号 项目名称 总投资（万元） 本月完成投资（万元） 完成率 形象进度% 形象进度 是否开工 "
    "实际开工时间 存在问题",
}
ODD: list[Cell] = [
    None, "", " ", "/", "—", "无", "略", "12万平方米", "100（含上年结转20）", "约50", "3,000", "1.2亿元",
    "１２", "-5", 0, 1, 2019, 2019.1, 2019.3, 45597, 0.25, 1.5, 12345678.9, True, False, "√", "是",
    "续建（2018年开工）", "扩建", "2019-2021", "2019年3月底", "十月", "3月-10月", "85%", "85%（预计）", "12..5",
    "#REF!", "A32", "410303", "见附件", "甲、乙", "第一行\n第二行", "其中", "合计甲", dt.date(2019, 3, 1),
    dt.datetime.fromisoformat("2019-03-01T12:30"), dt.timedelta(hours=30), "1亿2", "5000（约）", "(5)", "2019年2月30日",
    float("nan"), 1e300, "★",
]  # fmt: skip


def read(fields: FieldSet, rows: list[list[Cell]]) -> SheetReading:
    head: list[Cell] = list(HEADS[fields.code].split())
    return recognise(Workbook("a", "xlsx", [Sheet("s", [head, *rows])]), fields, year=2019)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([PLAN, PROGRESS]), st.data())
def test_every_filled_cell_is_a_value_or_told(fields, data):
    width = len(HEADS[fields.code].split()) - 2
    cells = st.lists(st.sampled_from(ODD), min_size=width, max_size=width)
    rows: list[list[Cell]] = [
        [number, f"第{number}号道路", *data.draw(cells)] for number in range(1, data.draw(st.integers(1, 4)) + 1)
    ]
    check(fields, rows)


@settings(deadline=None)
@example(["约50", True, float("nan")])
@given(st.lists(st.sampled_from(ODD), min_size=1, max_size=12))
def test_every_odd_cell_in_every_column(values):
    for fields in (PLAN, PROGRESS):
        width = len(HEADS[fields.code].split()) - 2
        check(fields, [[n, f"第{n}号道路", *([value] * width)] for n, value in enumerate(values, 1)])


def check(fields: FieldSet, rows: list[list[Cell]]) -> None:
    given_rows = [list(row) for row in rows]
    reading = read(fields, rows)
    told = {(issue.row, issue.column) for issue in (*reading.errors, *reading.warnings)}
    by_row = {row.row: row for row in reading.rows}
    assert len(by_row) == len(reading.rows)
    for index, cells in enumerate(given_rows, 2):
        assert index in by_row, f"row {index} is gone: {cells}"
        row = by_row[index]
        for column in reading.columns:
            cell = cells[column.index]
            if is_blank(cell) or not column.code or column.code == "serial":
                continue
            # A column's missing unit is said once, at its first cell.
            unit = any(issue.code == "unit_missing" and issue.column == column.place for issue in reading.errors)
            known = row.values.get(column.code) is not None or (index, column.place) in told
            assert known or unit, f"{column.place} {cell_text(cell)!r} is gone"
    for column in reading.columns:
        assert column.code or column.reason
    for row in reading.rows:
        for code in row.values:
            assert code in {column.code for column in reading.columns} | {"nature", "completes_this_year"}


def test_a_number_after_a_truth_value_keeps_its_own_text():
    cells = enumerate((True, 1, False, 0), 1)
    rows = [[number, f"{number}号路", 1, cell] for number, cell in cells]
    reading = plan(one_sheet(["序号", "项目名称", "总投资（亿元）", "备注"], *rows))
    assert [row.values.get("remark") for row in reading.rows] == ["True", "1", "False", "0"]
