"""Node sheets: what an office types is read with its places; what is exported is read again as it was."""

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings

from guatu.core.refusals import Refusal
from guatu.core.sheets.reading import read_bytes
from guatu.plans.exports.sheet import write_sheet
from guatu.plans.imports.sheet import read_sheet
from guatu.plans.imports.sheet_fields import HEADINGS
from guatu.plans.plan_file import FileLink, FileNode, PlanFile
from tests.plans import strategies
from tests.sheets.books import Book

HEAD = (
    *("序号", "节点名称", "权重", "责任单位", "佐证材料", "计量单位", "总量", "工期（天）", "工期单位"),
    *("计划开始时间", "完成时限", "前置节点", "不晚于"),
)
TITLE = ("2019年西工小街改造节点计划表",)


def row(serial: object, name: str, **values: Any) -> list[Any]:
    places = ("weight", "owner", "evidence", "measure", "total", "duration", "unit", "start", "finish", "links", "late")
    return [serial, name, *(values.get(place) for place in places)]


def read(*rows: Sequence[Any], year: int | None = 2019, **book: Any) -> PlanFile:
    data = Book({"节点": [list(TITLE), list(HEAD), *map(list, rows)]}, **book).data()
    return read_sheet(read_bytes(data, name="计划.xlsx"), year=year)


def wrong(*rows: Sequence[Any]) -> list[tuple[int, str, str]]:
    with pytest.raises(Refusal) as caught:
        read(*rows)
    assert caught.value.code == "plans.sheet_wrong"
    assert str(len(caught.value.items)) in str(caught.value)
    return [(item["row"], item["column"].split()[0], item["code"]) for item in caught.value.items]


@given(strategies.sheet_plans())
@settings(deadline=None, max_examples=60)
def test_a_plan_exported_and_read_again_is_the_same_plan(plan: PlanFile) -> None:
    again = read_sheet(read_bytes(write_sheet(plan), name="计划.xlsx"), year=None)
    assert again == plan


def test_what_an_office_types() -> None:
    both = "1FS+5天，2SS-3个工作日"
    plan = read(
        row(1, "设计方案定稿", weight="10%", owner="区自然资源局", duration=30, finish="6月底", start="2019年5月"),
        row(2, "招标完成", duration="20个工作日", links="1", finish="9.30"),
        row(3, "房屋征收", measure="户", total="1,205", duration="45日历日", links=both, late="3季度末"),
        row(4, "施工完成", duration=60, unit="日历日", links="房屋征收；2ff+10", evidence="照片、验收单"),
    )  # fmt: skip
    assert plan.name == "2019年西工小街改造节点计划表"
    assert [node.duration for node in plan.nodes] == [30, 20, 45, 60]
    assert [node.unit for node in plan.nodes] == ["workday", "workday", "calendar", "calendar"]
    design, tender, houses, _ = plan.nodes
    assert (design.weight, design.start, design.finish) == (Decimal(10), date(2019, 5, 1), date(2019, 6, 30))
    assert tender.finish == date(2019, 9, 30)
    assert (houses.total, houses.measure, houses.finish_no_later) == (Decimal(1205), "户", date(2019, 9, 30))
    assert plan.links == (
        FileLink("1", "2"),
        FileLink("1", "3", "FS", 5, "calendar"),
        FileLink("2", "3", "SS", -3, "workday"),
        FileLink("3", "4"),
        FileLink("2", "4", "FF", 10, "calendar"),
    )


def test_groups_and_serials_with_points_are_the_outline() -> None:
    plan = read(
        ["一、前期手续"],
        row(1, "可行性研究报告批复", owner="区发改委", duration=15),
        row(2, "初步设计批复", owner="区住建局", duration=15),
        ["二、征收安置"],
        row(3, "征收公告发布", owner="区征收办", duration=5),
    )
    assert [(node.level, node.name) for node in plan.nodes] == [
        (1, "前期手续"), (2, "可行性研究报告批复"), (2, "初步设计批复"), (1, "征收安置"), (2, "征收公告发布"),
    ]  # fmt: skip
    nested = read(
        row("1", "前期", duration=1),
        row("1.1", "可研", duration=1),
        row("1.1.1", "评审", duration=1),
        row("2", "完工", duration=1),
    )
    assert [node.level for node in nested.nodes] == [1, 2, 3, 1]


def test_a_unit_merged_over_its_nodes_is_each_nodes() -> None:
    plan = read(
        row(1, "可研批复", duration=15),
        row(2, "初设批复", duration=15),
        merges={"节点": [(2, 3, 3, 3, "区发改委")]},
    )
    assert [node.owner for node in plan.nodes] == ["区发改委", "区发改委"]


def test_every_fault_has_its_row_and_column() -> None:
    assert wrong(
        row(1, "可研批复", duration="3个月"),
        row(1, "初设批复", duration=15),
        row(3, "招标完成", unit="周", duration=1),
        row(4, "征收完成", total="三百户", duration=1),
        row(5, "开工建设", links="9FS", duration=1),
        row(6, "主体封顶", links="FS++", duration=1),
        row(7, "竣工验收", start="2019-10-01", finish="2019-09-01", duration=1),
        row(8, "交付使用", finish="2019-02-30", duration=1),
    ) == [
        (3, "H", "plans.sheet_duration"),
        (4, "A", "plans.sheet_serial_twice"),
        (5, "I", "plans.sheet_unit"),
        (6, "G", "plans.sheet_number"),
        (7, "L", "plans.sheet_link_unknown"),
        (8, "L", "plans.sheet_link_unknown"),
        (9, "K", "plans.sheet_reversed"),
        (10, "K", "date.no_such_day"),
    ]


def test_a_date_of_1899_is_told_with_its_place() -> None:
    assert wrong(row(1, "可研批复", start=date(1900, 1, 1), duration=1)) == [(3, "J", "date.absurd_year")]


def test_a_sheet_of_something_else_is_refused() -> None:
    data = Book({"名册": [["姓名", "电话"], ["某岗位", "0379"]]}).data()
    with pytest.raises(Refusal) as caught:
        read_sheet(read_bytes(data, name="名册.xlsx"), year=2019)
    assert caught.value.code == "plans.sheet"


def test_columns_that_are_not_read_are_told() -> None:
    data = Book({"节点": [["节点名称", "工期", "会议室"], ["可研批复", 5, "三楼"], ["初设批复", 6, "四楼"]]}).data()
    plan = read_sheet(read_bytes(data, name="计划.xlsx"), year=2019)
    assert [(one.code, one.where) for one in plan.unread] == [("column", "C 会议室")]


def test_no_text_becomes_a_formula() -> None:
    plan = PlanFile("=1+1", (FileNode("1", '=HYPERLINK("http://x")', owner="+2", evidence="@SUM(1)"),))
    sheet = openpyxl.load_workbook(io.BytesIO(write_sheet(plan))).active
    assert {cell.data_type for cells in sheet.iter_rows() for cell in cells if cell.value is not None} <= {"s", "n"}
    assert sheet["B3"].value == '=HYPERLINK("http://x")'


def test_the_how_to_names_every_column() -> None:
    text = (Path(__file__).parents[2] / "docs" / "howto" / "exchange-plans.md").read_text().replace("\n", " ")
    assert ", ".join(HEADINGS.values()) in text
