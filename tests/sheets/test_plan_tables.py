"""Plan ledgers over several rows, tables, sheets and formats, and cells that cannot be right."""

from __future__ import annotations

import io
import zipfile

from guatu.domain.money import MoneyUnit
from tests.sheets.books import (
    CHANHE,
    WAN,
    YI,
    Book,
    amounts,
    codes,
    fields_of,
    names,
    one_sheet,
    plan,
)


def test_marks_on_names_hidden_rows_and_full_width_figures():
    book = one_sheet(
        ["序号", "项目名称", "总投资（亿元）", "主要内容"],
        ["1", "☆汽车物流园", "１０．５", "略"],
        ["2", "商业综合体▲", "1,000", "略"],
        ["△3", "交通枢纽（一期）", 12, "略"],
    )
    book.hidden_rows["Sheet1"] = [2]
    reading = plan(book)
    assert [(row.values["name"], row.mark, row.hidden) for row in reading.rows] == [
        ("汽车物流园", "☆", False),
        ("商业综合体", "▲", True),
        ("交通枢纽（一期）", "△", False),
    ]
    assert amounts(reading, "total_investment") == [1050000000, 1000 * YI, 12 * YI]
    assert [(issue.row, issue.params["count"]) for issue in reading.warnings if issue.code == "hidden_rows"] == [(3, 1)]


def test_several_sheets_a_hidden_one_and_one_that_is_no_ledger():
    head = ["序号", "项目名称", "总投资（亿元）", "建设内容"]
    book = Book(
        {
            "省重点": [head, [1, CHANHE[0][0], 10, "略"], ["合计", None, 10, None]],
            "市重点": [head, [1, CHANHE[1][0], 15, "略"], [2, CHANHE[2][0], 12, "略"], ["总计", None, 37, None]],
            "填报说明": [["请各单位认真填报"], ["联系人：某某"]],
            "旧表": [head, [1, "旧项目", 1, "略"]],
        },
        hidden_sheets=["旧表"],
    )
    reading = plan(book)
    assert [(row.sheet, row.row) for row in reading.rows] == [("省重点", 2), ("市重点", 2), ("市重点", 3)]
    assert [(total.sheet, total.agrees, total.rows) for total in reading.printed_totals] == [
        ("省重点", True, 1),
        ("市重点", True, 3),
    ]
    assert [(issue.code, issue.sheet) for issue in reading.warnings] == [
        ("sheet_skipped", "填报说明"),
        ("sheet_hidden", "旧表"),
    ]


def test_a_continued_table_repeats_its_heading_and_its_category_goes_on():
    head = ["序号", "项目名称", "总投资（亿元）", "建设内容"]
    reading = plan(
        one_sheet(
            ["2019年重点项目计划表"],
            head,
            ["1", "2", "3", "4"],
            ["一、产业类", None, None, None],
            [1, CHANHE[0][0], 10, "略"],
            ["2019年重点项目计划表（续）"],
            head,
            [2, CHANHE[1][0], 15, "略"],
            merges=[(3, 0, 3, 3, "一、产业类")],
        )
    )
    assert [row.class_path for row in reading.rows] == [("产业类",), ("产业类",)]
    assert not reading.errors


def test_the_category_in_a_merged_cell_beside_its_rows():
    rows = [["产业", *CHANHE[0][:1], 10, "略"], [None, CHANHE[1][0], 15, "略"], ["民生", CHANHE[3][0], 1.3, "略"]]
    reading = plan(one_sheet(["类别", "项目名称", "总投资（亿元）", "建设内容"], *rows, merges=[(1, 0, 2, 0, "产业")]))
    assert [row.class_path for row in reading.rows] == [("产业",), ("产业",), ("民生",)]


def test_a_project_over_several_rows_is_one_project():
    head = ["序号", "项目名称", "总投资（亿元）", "主要建设内容"]
    rows = [[1, "物流园", 10, "一号楼"], [None, None, None, "二号楼"], [2, "综合体", 15, "略"]]
    reading = plan(one_sheet(head, *rows, merges=[(1, 1, 2, 1, "物流园")]))
    assert names(reading) == ["物流园", "综合体"]
    assert reading.rows[0].values["content"] == "一号楼\n二号楼"
    rows[1][2] = 3
    errors = plan(one_sheet(head, *rows, merges=[(1, 1, 2, 1, "物流园")])).errors
    assert [(issue.code, issue.row, issue.column, issue.value) for issue in errors] == [
        ("amount_second", 3, "C 总投资（亿元）", "3")
    ]


def test_names_left_of_their_heading_because_of_merging():
    rows = [["甲路", None, 1, "略"], ["乙路", None, 2, "略"]]
    reading = plan(one_sheet([None, "项目名称", "总投资(亿元)", "建设内容"], *rows))
    assert names(reading) == ["甲路", "乙路"]
    merged = one_sheet([None, None, "总投资(亿元)", "建设内容"], *rows, merges=[(0, 0, 0, 1, "项目名称")])
    assert names(plan(merged)) == ["甲路", "乙路"]


def test_bad_cells_are_told_with_sheet_row_column_and_value():
    reading = plan(
        one_sheet(
            ["序号", "项目名称", "总投资（万元）", "2019年计划投资（万元）", "建设内容"],
            [1, "甲路", "约50", 10, "略"],
            [2, "乙路", -500, 100, "略"],
            [3, "丙路", 99999999999, 100, "略"],
            [4, None, 500, 100, "略"],
            [5, "丁路", "#REF!", "1.2.3", "略"],
            [6, "戊路", 100, 200, "略"],
        )
    )
    assert [(issue.code, issue.sheet, issue.row, issue.column, issue.value) for issue in reading.errors] == [
        ("amount.approximate", "Sheet1", 2, "C 总投资（万元）", "约50"),
        ("amount_negative", "Sheet1", 3, "C 总投资（万元）", "-500"),
        ("amount.absurd", "Sheet1", 4, "C 总投资（万元）", "99999999999"),
        ("name_missing", "Sheet1", 5, "B 项目名称", ""),
        ("cell_error", "Sheet1", 6, "C 总投资（万元）", "#REF!"),
        ("amount.two_points", "Sheet1", 6, "D 2019年计划投资（万元）", "1.2.3"),
    ]
    assert [(issue.code, issue.row) for issue in reading.warnings] == [("plan_over_total", 7)]


def test_quarters_are_amounts_or_words_by_group_or_by_value():
    rows = [
        [None] * 3 + ["一季度", "二季度", "三季度", "四季度"] * 2,
        [1, "甲路", 10, 1, 2, 3, 4, "招标", "开工", "封顶", "竣工"],
    ]
    merges = [
        *[(0, i, 1, i, text) for i, text in enumerate(["序号", "项目名称", "年度计划投资(亿元)"])],
        (0, 3, 0, 6, "分季度投资计划（亿元）"),
        (0, 7, 0, 10, "分季度形象进度目标"),
    ]
    values = plan(one_sheet([None] * 11, *rows, merges=merges)).rows[0].values
    assert [values[f"planned_q{n}"] for n in (1, 2, 3, 4)] == [YI, 2 * YI, 3 * YI, 4 * YI]
    assert [values[f"goal_q{n}"] for n in (1, 2, 3, 4)] == ["招标", "开工", "封顶", "竣工"]
    values = (
        plan(one_sheet(["项目名称", "总投资(亿元)", "一季度", "二季度"], ["甲路", 1, "招标", "开工"])).rows[0].values
    )
    assert (values["goal_q1"], values["goal_q2"]) == ("招标", "开工")


def test_title_lines_give_year_and_document_number():
    reading = plan(
        one_sheet(
            ["洛政办〔2018〕4号"],
            ["洛阳市2018年重点项目"],
            ["金额单位：亿元、公里"],
            ["项目名称", "总投资", "建设内容"],
            ["甲路", 1.3, "略"],
        )
    )
    assert (reading.document_number, reading.title_year, reading.unit) == ("洛政办〔2018〕4号", 2018, MoneyUnit.YI)
    assert [(issue.code, issue.value) for issue in reading.warnings] == [("year_differs", "2018")]


def test_accumulated_in_a_plan_ledger_is_up_to_last_year_and_said_so():
    rows = [[None] * 2 + ["总", "累计", "本年"], [1, "甲路", 10, 4, 3]]
    merges = [(0, 0, 1, 0, "序号"), (0, 1, 1, 1, "项目名称"), (0, 2, 0, 4, "投资（亿元）")]
    reading = plan(one_sheet([None] * 5, *rows, merges=merges))
    values = reading.rows[0].values
    assert (values["total_investment"], values["cumulative_to_last_year"], values["planned_investment"]) == (
        10 * YI,
        4 * YI,
        3 * YI,
    )
    assert codes(reading.warnings) == ["column_weak"]


def test_a_second_table_in_the_same_sheet_has_its_own_heading_and_unit():
    reading = plan(
        one_sheet(
            ["表一 省重点"],
            ["序号", "项目名称", "总投资(亿元)", "内容"],
            [1, CHANHE[0][0], 10, "略"],
            [None],
            ["表二 市重点"],
            ["单位：万元"],
            ["序号", "项目名称", "建设地点", "总投资", "2019年计划"],
            [1, CHANHE[3][0], "瀍河区", 13000, 5000],
        )
    )
    assert amounts(reading, "total_investment") == [10 * YI, 13000 * WAN]
    assert [row.class_path for row in reading.rows] == [(), ()]
    assert fields_of(reading)["2019年计划"] == "planned_investment"
    assert not reading.errors


def test_group_rows_with_their_count_in_a_cell_of_its_own():
    """计划新开工项目 | 19 | amount, mixed with the projects under it."""
    reading = plan(
        one_sheet(
            ["序号", "项目名称", "建设内容", "总投资（亿元）"],
            [None, "总计", 3, 37],
            [None, "计划新开工项目", 2, 25],
            [1, CHANHE[0][0], "略", 10],
            [2, CHANHE[1][0], "略", 15],
            [None, "续建项目", 2, 12],
            [1, CHANHE[2][0], "略", 12],
        )
    )
    assert [row.values["kind"] for row in reading.rows] == ["new_start", "new_start", "continuing"]
    wrong = [
        (total.label, total.field, total.printed, total.computed)
        for total in reading.printed_totals
        if not total.agrees
    ]
    assert wrong == [("续建项目", "projects", 2, 1)]


def test_a_category_may_carry_its_amount_in_words():
    reading = plan(
        one_sheet(
            ["序号", "项目名称", "建设内容", "总投资（亿元）"],
            ["一、产业类2个，总投资26亿元", None, None, None],
            [1, CHANHE[0][0], "略", 10],
            [2, CHANHE[1][0], "略", 15],
        )
    )
    assert [row.class_path for row in reading.rows] == [("产业类",)] * 2
    assert [(total.field, total.agrees) for total in reading.printed_totals] == [
        ("projects", True),
        ("total_investment", False),
    ]


def test_an_open_document_sheet_is_read_too():
    def cell(value):
        if isinstance(value, str):
            return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'

    lines = [["项目名称", "总投资（亿元）", "建设内容"], [CHANHE[0][0], 10, "略"]]
    body = "".join(f"<table:table-row>{''.join(map(cell, line))}</table:table-row>" for line in lines)
    names_ = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<office:document-content xmlns:office="{names_}office:1.0" xmlns:table="{names_}table:1.0" '
        f'xmlns:text="{names_}text:1.0"><office:body><office:spreadsheet><table:table table:name="表">{body}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    reading = plan(out.getvalue())
    assert reading.rows[0].values == {"name": CHANHE[0][0], "total_investment": 10 * YI, "content": "略"}
