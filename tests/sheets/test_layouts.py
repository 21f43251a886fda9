"""Layouts that tell nothing of themselves: tables side by side, no headings, cells merged away, units in odd places."""

from __future__ import annotations

import io

import docx
import pytest

from guatu.core.sheets.engine import recognise
from guatu.core.sheets.errors import SheetError
from guatu.core.sheets.mapping import mapping_from
from guatu.core.sheets.reading import read_bytes
from guatu.domain.money import MoneyUnit
from guatu.library.ledgers.plan import PLAN
from tests.sheets.books import CHANHE, LUOLONG, WAN, YI, Book, amounts, codes, names, one_sheet, plan

HEAD = ["序号", "项目名称", "建设内容", "总投资（亿元）"]


def told(reading, code):
    return [(issue.sheet, issue.row, issue.column, issue.value) for issue in reading.warnings if issue.code == code]


# -- side by side --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("gap", [0, 1])
def test_two_tables_side_by_side_are_two_tables(gap):
    between = [None] * gap
    rows = [["2019年重点项目（单位：亿元）"], [*HEAD, *between, "序号", "项目名称", "建设地点", "总投资（万元）"]]
    for number, (left, right) in enumerate(zip(CHANHE, LUOLONG, strict=True), 1):
        rows.append(
            [number, left[0], "略", float(left[2]), *between, number, right[0], right[1], float(right[2]) * WAN]
        )
    rows.append(["合计", None, None, 38.3, *between, "合计", None, None, 1328001])
    reading = plan(one_sheet(*rows))
    assert not reading.errors
    assert names(reading) == [name for name, _, _ in (*CHANHE, *LUOLONG)]
    assert sum(amounts(reading, "total_investment")) == 17110000000
    assert reading.rows[4].issue("x", "total_investment").column[0] == "HI"[gap]
    assert [(total.rows, total.computed, total.agrees) for total in reading.printed_totals] == [
        (4, 3830000000, True),
        (4, 13280000000, False),
    ]


def test_before_and_after_are_one_table():
    rows = [[None] * 4, [1, "甲路", "甲大道", 5]]
    heads = [
        (0, 0, 0, 0, "序号"),
        (0, 1, 0, 1, "项目名称"),
        (0, 2, 0, 2, "变更后项目名称"),
        (0, 3, 0, 3, "总投资(亿元)"),
    ]
    book = one_sheet([text for *_, text in heads], rows[1])
    assert names(plan(book)) == ["甲路"]


# -- without a heading ---------------------------------------------------------------------------------------------
def test_a_sheet_without_heading_goes_on_with_the_table_before_it():
    book = Book(
        {
            "第1页": [["单位：亿元"], ["序号", "项目名称", "建设内容", "总投资"], [1, "甲路", "略", 10]],
            "第2页": [[2, "乙路", "略", 15], [3, "丙路", None, 12], ["合计", None, None, 37]],
            "说明": [["请各单位认真填报"], ["联系人：办公室"]],
        }
    )
    reading = plan(book)
    assert [(row.sheet, row.row, row.values["total_investment"]) for row in reading.rows] == [
        ("第1页", 3, 10 * YI),
        ("第2页", 1, 15 * YI),
        ("第2页", 2, 12 * YI),
    ]
    assert told(reading, "heading_continued") == [("第2页", 1, "", "")]
    assert told(reading, "sheet_skipped") == [("说明", 0, "", "")]
    assert [(total.rows, total.agrees) for total in reading.printed_totals] == [(3, True)]


@pytest.mark.parametrize("again", [True, False])
def test_a_docx_table_over_two_pages_is_one_table(again):
    head = ["序号", "项目名称", "建设内容", "总投资"]
    first = [head, ["一、产业类（3个）", "", "", ""], ["1", "甲路", "略", "1.5"]]
    second = [["2", "乙路", "略", "2"], ["3", "丙路", "略", "3"], ["合计", "", "", "6.5"]]
    document = docx.Document()
    document.add_paragraph("单位：亿元")
    for cells in (first, [head, *second] if again else second):
        table = document.add_table(rows=len(cells), cols=4)
        for row, texts in enumerate(cells):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text
        document.add_paragraph("")
    out = io.BytesIO()
    document.save(out)
    reading = recognise(read_bytes(out.getvalue(), name="名单.docx"), PLAN, year=2019)
    assert names(reading) == ["甲路", "乙路", "丙路"]
    assert {row.class_path for row in reading.rows} == {("产业类",)}
    assert [(total.field, total.agrees) for total in reading.printed_totals] == [
        ("projects", True),
        ("total_investment", True),
    ]


def test_tracked_insertions_of_a_docx_are_read():
    document = docx.Document()
    table = document.add_table(rows=2, cols=3)
    for column, text in enumerate(["项目名称", "总投资（亿元）", "建设内容"]):
        table.cell(0, column).text = text
        table.cell(1, column).text = ["甲路", "2", "略"][column]
    paragraph = table.cell(1, 1).paragraphs[0]._p
    run = paragraph.r_lst[0]
    inserted = paragraph.makeelement("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}ins", {})
    paragraph.append(inserted)
    inserted.append(run)
    out = io.BytesIO()
    document.save(out)
    assert amounts(recognise(read_bytes(out.getvalue(), name="a"), PLAN, year=2019), "total_investment") == [2 * YI]


# -- columns ---------------------------------------------------------------------------------------------------------
def test_every_filled_column_is_explained_and_shows_what_it_holds():
    reading = plan(
        one_sheet(
            [*HEAD, None, "内部流水", "投资额"],
            [1, "甲路", "略", 1, "待议", "a1", 1],
            [2, "乙路", "略", 2, None, "a2", 2],
            [3, "丙路", "略", 3, "已议", "a2", 3],
        )
    )
    explained = {column.letter: (column.code, column.reason, column.samples) for column in reading.columns}
    assert explained["B"] == ("name", "wording", ("甲路", "乙路", "丙路"))
    assert explained["D"] == ("total_investment", "wording", ("1", "2", "3"))
    assert explained["E"] == ("", "column_no_heading", ("待议", "已议"))
    assert explained["F"] == ("", "column_unknown", ("a1", "a2"))
    assert all(column.code or column.reason for column in reading.columns)
    assert told(reading, "column_no_heading") == [("Sheet1", 0, "E列（无表头）", "待议、已议")]


def test_the_map_can_name_a_column_without_heading():
    mapping = mapping_from({"columns": {"D列（无表头）": "remark"}}, PLAN)
    reading = plan(one_sheet(["项目名称", "总投资（亿元）", "建设内容"], ["甲路", 1, "略", "待议"]), mapping=mapping)
    assert reading.rows[0].values["remark"] == "待议"
    assert "column_no_heading" not in codes(reading.warnings)


def test_serial_numbers_without_a_heading_are_serial_numbers():
    rows = [[1, "甲路", "略", 1], [2, "乙路", "略", 2], [3, "丙路", "略", 3]]
    reading = plan(one_sheet([None, "项目名称", "建设内容", "总投资（亿元）"], *rows))
    assert (reading.columns[0].code, reading.columns[0].reason) == ("serial", "values_serial")
    assert [row.raw("serial") for row in reading.rows] == ["1", "2", "3"]


def test_some_names_left_of_their_heading_and_some_in_the_serials_cell():
    rows = [["甲路", None, "略", 1], [None, "乙路", "略", 2], ["丙路", None, "略", 3]]
    assert names(plan(one_sheet([None, "项目名称", "建设内容", "总投资（亿元）"], *rows))) == ["甲路", "乙路", "丙路"]
    rows = [[1, "甲路", "略", 1], ["乙路（打捆）", None, "略", 2], [2, "丙路", "略", 3]]
    reading = plan(one_sheet(HEAD, *rows, merges=[(2, 0, 2, 1, "乙路（打捆）")]))
    assert names(reading) == ["甲路", "乙路（打捆）", "丙路"]
    assert not reading.errors
    assert told(reading, "name_in_serial") == [("Sheet1", 3, "A 序号", "乙路（打捆）")]


def test_words_beside_the_names_are_no_names_and_are_told():
    rows = [["片区一", "甲路", "略", 1], ["片区一", None, "略", 2], [None, "丙路", "略", 3]]
    reading = plan(one_sheet([None, "项目名称", "建设内容", "总投资（亿元）"], *rows))
    assert names(reading) == ["甲路", "", "丙路"]
    assert codes(reading.errors) == ["name_missing"]
    assert told(reading, "column_no_heading") == [("Sheet1", 0, "A列（无表头）", "片区一")]


def test_a_column_shows_what_else_it_could_be():
    head = ["项目名称", "总投资（亿元）", "项目总投资（亿元）", "建设内容"]
    second = plan(one_sheet(head, ["甲路", 1, 1, "略"])).columns[2]
    assert (second.code, second.reason, second.alternatives) == ("", "column_twice", ("total_investment",))


def test_a_class_merged_over_rows_and_one_written_once_a_group():
    head = ["类别", "项目名称", "建设内容", "总投资（亿元）"]
    rows = [
        ["产业", "甲路", "略", 1],
        [None, "乙路", "略", 2],
        [None, "丙路", "略", 3],
        ["民生", "丁路", "略", 4],
        [None, "戊路", "略", 5],
    ]
    merged = plan(one_sheet(head, *rows, merges=[(1, 0, 3, 0, "产业"), (4, 0, 5, 0, "民生")]))
    assert [row.class_path[0] for row in merged.rows] == ["产业"] * 3 + ["民生"] * 2
    assert "class_carried" not in codes(merged.warnings)
    text = "\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in [head, *rows])
    csv = recognise(read_bytes(text.encode(), name="a.csv"), PLAN, year=2019)
    assert [row.class_path[0] for row in csv.rows] == ["产业"] * 3 + ["民生"] * 2
    assert [(issue.row, issue.column) for issue in csv.warnings if issue.code == "class_carried"] == [(2, "A 类别")]


# -- units -----------------------------------------------------------------------------------------------------------
def test_the_unit_in_a_column_of_its_own():
    rows = [[1, "甲路", "略", 2, "亿元"], [2, "乙路", "略", 3000, "万元"], ["合计", None, None, 23000, "万元"]]
    reading = plan(one_sheet(["序号", "项目名称", "建设内容", "总投资", "单位"], *rows))
    assert not reading.errors
    assert amounts(reading, "total_investment") == [2 * YI, 3000 * WAN]
    assert [total.agrees for total in reading.printed_totals] == [True]
    assert reading.columns[-1].reason == "unit_column"


def test_a_unit_line_between_rows_holds_from_there_on_and_is_told():
    head = ["序号", "项目名称", "建设内容", "总投资"]
    rows = [[1, "甲路", "略", 2], ["单位：万元"], [2, "乙路", "略", 3000]]
    reading = plan(one_sheet(["单位：亿元"], head, *rows))
    assert amounts(reading, "total_investment") == [2 * YI, 3000 * WAN]
    assert [(issue.row, issue.params["unit"]) for issue in reading.warnings if issue.code == "unit_changes"] == [
        (4, "万元")
    ]


def test_a_unit_in_the_note_under_the_table_is_taken_and_told():
    rows = [[1, "甲路", "略", 2], ["合计", None, None, 2], ["注：本表金额单位为亿元。"]]
    reading = plan(one_sheet(["序号", "项目名称", "建设内容", "总投资"], *rows))
    assert not reading.errors
    assert (amounts(reading, "total_investment"), reading.unit) == ([2 * YI], MoneyUnit.YI)
    assert [total.agrees for total in reading.printed_totals] == [True]
    assert codes(reading.warnings) == ["unit_in_note"]


def test_quantities_with_wan_are_no_money():
    rows = [[1, "甲厂", "12万平方米", "12万平方米"], [2, "乙厂", "年产3万吨", "5万(吨)"], [3, "丙厂", 8.5, "2万元"]]
    reading = plan(one_sheet(["序号", "项目名称", "建设规模（万平方米）", "总投资（亿元）"], *rows))
    assert amounts(reading, "total_investment") == [None, None, 2 * WAN]
    assert [(issue.code, issue.row) for issue in reading.errors] == [("amount.unreadable", 2), ("amount.unreadable", 3)]
    assert [row.values["content"] for row in reading.rows] == ["12万平方米", "年产3万吨", "8.5"]


def test_what_a_cell_holds_beside_its_value_is_told():
    head = ["项目名称", "总投资（万元）", "计划开工时间", "建设起止年限", "建设性质", "年度计划投资（万元）"]
    reading = plan(
        one_sheet(
            head,
            [
                "甲路",
                "100000（含上年结转20000）",
                "2019年3月（已批）",
                "2018-2020（分两期）",
                "续建（2018年开工）",
                "5000，其中专项债2000",
            ],
            ["乙路", "3000（万元）", "3月", "3月-10月", "续建", 800],
            ["丙路", "5000（约）", "预计2019年底开工", "2019", "新开工", 700],
        )
    )
    first, second, third = (row.values for row in reading.rows)
    assert (first["total_investment"], first["planned_investment"]) == (10 * YI, 5000 * WAN)
    assert (first["kind"], first["planned_start"].start.month, first["years"].end_year) == ("continuing", 3, 2020)
    rests = [issue.params["rest"] for issue in reading.warnings if issue.code == "cell_rest"]
    assert rests == ["(含上年结转20000)", "已批", "分两期", "2018年开工", ",其中专项债2000", "预计开工"]
    assert second["total_investment"] == 3000 * WAN
    assert (second["planned_start"].start.isoformat(), second["years"].end.end.isoformat()) == (
        "2019-03-01",
        "2019-10-31",
    )
    assert "total_investment" not in third
    assert third["planned_start"].end.isoformat() == "2019-12-31"
    assert [(issue.code, issue.row) for issue in reading.errors] == [("amount.approximate", 4)]


def test_a_row_of_units_under_the_headings():
    head = [["序号", "项目名称", "总投资", "2019年计划投资", "建设内容"], [None, None, "亿元", "（万元）", None]]
    reading = plan(one_sheet(*head, [1, "甲路", 1.5, 3000, "略"], [2, "乙路", 2, 500, "略"]))
    assert not reading.errors
    assert amounts(reading, "total_investment") == [15 * YI // 10, 2 * YI]
    assert amounts(reading, "planned_investment") == [3000 * WAN, 500 * WAN]


def test_empty_cells_merged_under_two_headings_join_nothing():
    head = [["序号", "项目名称", "总投资", "建设内容"], [None, None, "亿元", None]]
    rows = [[1, "甲路", 1.5, "略"], [2, "乙路", 2, "略"]]
    reading = plan(one_sheet(*head, *rows, merges=[(1, 0, 1, 1, "")]))
    assert names(reading) == ["甲路", "乙路"]
    assert amounts(reading, "total_investment") == [15 * YI // 10, 2 * YI]


def test_lines_for_signatures_dates_and_pages_are_notes():
    foot = [["填表人：某某", None, "联系电话：3333"], [None, "审核人（签字）："], ["2019年3月5日"], ["第1页，共2页"]]
    reading = plan(one_sheet(HEAD, [1, "甲路", "略", 1], ["承前页", None, None, 1], [2, "乙路", "略", 2], *foot))
    assert names(reading) == ["甲路", "乙路"]
    assert [row.class_path for row in reading.rows] == [(), ()]
    assert [total.agrees for total in reading.printed_totals] == [True]
    assert not reading.warnings


def test_a_row_that_begins_like_a_note_and_has_figures_is_a_project():
    head = ["开工时间", "项目名称", "总投资（亿元）", "建设内容"]
    reading = plan(one_sheet(head, ["2019/3", "甲路", 1, None], ["2019年3月", "乙路", 2, None]))
    assert names(reading) == ["甲路", "乙路"]


def test_the_title_may_write_its_year_in_words():
    reading = plan(one_sheet(["示例区二〇一八年重点项目表"], HEAD, [1, "甲路", "略", 1]))
    assert (reading.title_year, codes(reading.warnings)) == (2018, ["year_differs"])


def test_groups_without_numbers_are_told_by_their_sums_and_said_so():
    head = ["项目名称", "建设地点", "总投资（亿元）", "建设内容"]
    first = [["产业", None, 25], ["甲路", "瀍河区", 10, "略"], ["乙路", "瀍河区", 15, "略"]]
    second = [["民生", None, 12], ["丙路", "瀍河区", 12, "略"], ["总计", None, 37]]
    reading = plan(one_sheet(head, *first, *second))
    assert [(row.values["name"], row.class_path) for row in reading.rows] == [
        ("甲路", ("产业",)),
        ("乙路", ("产业",)),
        ("丙路", ("民生",)),
    ]
    assert [(issue[1], issue[3]) for issue in told(reading, "row_as_category")] == [(2, "产业"), (5, "民生")]
    assert [(total.label, total.agrees) for total in reading.printed_totals] == [
        ("产业", True),
        ("民生", True),
        ("总计", True),
    ]


def test_a_cell_alone_in_its_row_is_told_whatever_it_is_taken_for():
    with_serials = plan(one_sheet(HEAD, [None, "城市更新"], [1, "甲路", "略", 1], [2, "乙路", "略", 2]))
    assert names(with_serials) == ["甲路", "乙路"]
    assert told(with_serials, "row_as_category") == [("Sheet1", 2, "", "城市更新")]
    without = plan(one_sheet(HEAD[1:], ["城市更新"], ["甲路", "略", 1], ["乙路", "略", 2]))
    assert names(without) == ["城市更新", "甲路", "乙路"]
    assert told(without, "row_only_name") == [("Sheet1", 2, "A 项目名称", "城市更新")]


def test_codes_are_checked_kept_as_typed_and_marked():
    head = ["项目名称", "总投资（亿元）", "项目代码", "统一社会信用代码", "行政区划代码", "行业代码"]
    good = ["2019-410303-47-03-000001", "91110000600037341L", "410303", "E4812"]
    bad = ["2019-410303-47-03", "91110000600037341M", "990303", "Z99"]
    reading = plan(one_sheet(head, ["甲路", 1, *good], ["乙路", 2, *bad]))
    fields = ["project_code", "owner_code", "location_code", "industry_code"]
    assert [reading.rows[0].values[code] for code in fields] == good
    assert [reading.rows[1].values[code] for code in fields] == bad
    marked = [(issue.code, issue.row, issue.column[0], issue.value) for issue in reading.warnings]
    assert marked == [("code_wrong", 3, letter, code) for letter, code in zip("CDEF", bad, strict=True)]


# -- other papers --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("2022年退出重点项目清单", False),
        ("区级调出项目名单", False),
        ("2022年重点项目名单（新增及退出项目表）", True),
        ("2022年重点建设项目计划表", True),
    ],
)
def test_a_list_of_projects_that_leave_is_no_plan(title, read):
    book = one_sheet([f"{title}（单位：亿元）"], HEAD, [1, "旧厂区改造", "略", 3], [2, "会展中心", "略", 5])
    if read:
        assert names(plan(book)) == ["旧厂区改造", "会展中心"]
        return
    with pytest.raises(SheetError) as refused:
        plan(book)
    assert refused.value.code == "all_foreign"
    assert "名单调整" in refused.value.message
