"""Plan ledgers as offices lay them out: each book has hazards of its own and is read to typed rows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from guatu.domain.money import MoneyUnit
from tests.sheets.books import (
    CHANGSHA,
    CHANHE,
    LUOLONG,
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


def wan(text: str) -> float:
    return float(Decimal(text) * WAN)


def test_two_row_heading_categories_and_totals_of_the_usual_layout():
    rows = [
        [None] * 12,
        [*[None] * 11, "单位：万元"],
        [None] * 12,
        [*[None] * 6, "总投资", "至2018年底累计", "2019年计划", None, None, None],
        [None, "合计", None, None, None, None, wan("171.1"), 30000, 210000],
        [None] * 12,
        *[
            [
                i,
                f"★{name}" if i == 1 else name,
                kind,
                place,
                "略",
                "2018-2020",
                wan(total),
                before,
                30000,
                "主体封顶",
                "区发改委、区商务局",
                "张主任",
            ]
            for i, ((name, place, total), kind, before) in enumerate(
                zip(CHANHE, ["续建", "新开工", "新建", "续建"], [10000, 0, 0, 20000], strict=True), 1
            )
        ],
        [None] * 12,
        *[
            [i, name, "新开工", place, "略", "2019.3-2021年底", wan(total), None, 30000, "开工", "区教育局", "李主任"]
            for i, (name, place, total) in enumerate(LUOLONG[:3], 1)
        ],
        ["注：★为省重点项目。"],
    ]
    heads = ["序号", "项目名称", "建设性质", "建设地点", "建设规模及主要内容", "建设起止年限"]
    merges = [
        (0, 0, 0, 11, "瀍河区2019年重点建设项目计划表"),
        *[(2, i, 3, i, text) for i, text in enumerate(heads)],
        (2, 6, 2, 8, "投资"),
        *[(2, i, 3, i, text) for i, text in enumerate(["2019年建设目标", "责任单位", "分包领导"], 9)],
        (5, 0, 5, 11, "一、产业类（4个）"),
        (10, 0, 10, 11, "二、民生类（4个）"),
    ]
    rows[4][6] = wan("169.6")
    reading = plan(Book({"表": rows}, {"表": merges}))
    assert not reading.errors
    assert reading.unit is MoneyUnit.WAN
    assert len(reading.rows) == 7
    first = reading.rows[0]
    assert (first.row, first.mark, first.class_path) == (7, "★", ("产业类",))
    assert first.values["total_investment"] == 10 * YI
    assert first.values["cumulative_to_last_year"] == 1 * YI
    assert first.values["planned_investment"] == 3 * YI
    assert first.values["kind"] == "continuing"
    assert reading.rows[2].values["kind"] == "new_start"  # 新建, for 续建 stands beside it
    assert first.values["responsible_unit"] == ("区发改委", "区商务局")
    assert reading.rows[4].class_path == ("民生类",)
    assert reading.rows[4].values["years"].end.end == dt.date(2021, 12, 31)
    totals = {(total.label, total.field): total for total in reading.printed_totals}
    assert totals["合计", "total_investment"].agrees
    assert totals["合计", "total_investment"].computed == 16960000 * WAN // 10
    assert totals["合计", "planned_investment"].agrees
    assert totals["一、产业类（4个）", "projects"].agrees
    count = totals["二、民生类（4个）", "projects"]
    assert (count.printed, count.computed, count.agrees) == (4, 3, False)
    assert [issue.row for issue in reading.warnings if issue.code == "total_differs"] == [11]


def test_units_in_headings_and_in_cells_are_mixed():
    reading = plan(
        one_sheet(
            ["序号", "项目名称", "总投资（亿元）", "2019年计划投资(万元)", "主要建设内容"],
            [1, CHANHE[0][0], 10, "3,000", "停车楼5万平方米"],
            [2, CHANHE[1][0], "15亿元", "1.2亿元", "商业12万㎡"],
            [3, CHANHE[2][0], "１２", 20000, "公交场站"],
        )
    )
    assert not reading.errors
    assert amounts(reading, "total_investment") == [10 * YI, 15 * YI, 12 * YI]
    assert amounts(reading, "planned_investment") == [3000 * WAN, 12000 * WAN, 20000 * WAN]


def test_without_any_unit_the_amounts_are_refused_and_never_guessed():
    book = one_sheet(["序号", "项目名称", "总投资", "建设内容"], [1, "甲路", 5000, "略"], [2, "乙路", "2亿元", "略"])
    reading = plan(book)
    assert [(issue.code, issue.row, issue.column, issue.value) for issue in reading.errors] == [
        ("unit_missing", 2, "C 总投资", "5000")
    ]
    assert amounts(reading, "total_investment") == [None, 2 * YI]
    assert amounts(plan(book, unit=MoneyUnit.WAN), "total_investment") == [5000 * WAN, 2 * YI]


def test_a_given_unit_that_contradicts_the_printed_one_is_refused():
    book = one_sheet(["2019年重点项目表"], ["单位：亿元"], ["项目名称", "总投资", "建设内容"], ["甲路", 5, "略"])
    assert codes(plan(book, unit=MoneyUnit.WAN).errors) == ["unit_conflict"]
    assert not plan(book, unit=MoneyUnit.YI).errors


def test_columns_of_other_years_are_not_this_years():
    reading = plan(
        one_sheet(
            [
                "序号",
                "项目名称",
                "总投资(亿元)",
                "2018年计划投资(亿元)",
                "2018年完成投资(亿元)",
                "截至2018年底累计完成投资(亿元)",
                "2019年计划投资(亿元)",
                "2020年计划投资(亿元)",
            ],
            [1, CHANHE[0][0], 10, 2, 1.5, 3, 4, 3],
        )
    )
    assert fields_of(reading)["2019年计划投资(亿元)"] == "planned_investment"
    assert reading.rows[0].values["planned_investment"] == 4 * YI
    assert reading.rows[0].values["cumulative_to_last_year"] == 3 * YI
    assert [issue.column[0] for issue in reading.warnings if issue.code == "column_other_year"] == ["D", "E", "H"]
    assert plan(one_sheet(["项目名称", "2018年计划投资(亿元)", "总投资(亿元)"], ["甲", 2, 10]), year=2018).rows[
        0
    ].values == {
        "name": "甲",
        "planned_investment": 2 * YI,
        "total_investment": 10 * YI,
    }


def test_a_plan_year_heading_over_its_content_and_amount():
    rows = [
        [None, None, None, "主要建设内容", "小计"],
        [1, CHANGSHA[0][0], 0.13, "路基", 0.1],
        [2, CHANGSHA[1][0], 0.19, "路面", 0.1],
    ]
    merges = [
        (0, 0, 1, 0, "序号"),
        (0, 1, 1, 1, "项目名称"),
        (0, 2, 1, 2, "总投资(亿元)"),
        (0, 3, 0, 4, "2019年投资计划（亿元）"),
    ]
    reading = plan(one_sheet([None] * 5, *rows, merges=merges))
    assert not reading.errors
    assert amounts(reading, "planned_investment") == [1000 * WAN, 1000 * WAN]
    assert reading.rows[0].values["goal"] == "路基"


def test_nature_of_the_bureau_is_not_a_kind():
    rows = [[i, name, word, 5] for i, (name, word) in enumerate([("甲", "新建"), ("乙", "改扩建"), ("丙", "迁建")], 1)]
    reading = plan(one_sheet(["序号", "项目名称", "建设性质", "总投资(亿元)"], *rows))
    assert fields_of(reading)["建设性质"] == "nature"
    assert [row.values["nature"] for row in reading.rows] == ["new", "expansion", "relocation"]
    assert all("kind" not in row.values for row in reading.rows)
    assert not reading.kinds_exclusive


def test_completions_printed_as_a_kind_make_the_kinds_exclusive():
    words = ["计划竣工", "续建", "新建", "扩建", "前期", "续建（计划竣工）"]
    rows = [[i, f"项目{word}", word, 5] for i, word in enumerate(words, 1)]
    reading = plan(one_sheet(["序号", "项目名称", "建设性质", "总投资(亿元)"], *rows))
    kinds = [row.values.get("kind") for row in reading.rows]
    assert kinds == ["completing", "continuing", "new_start", None, "preliminary", "continuing"]
    assert reading.kinds_exclusive
    assert reading.rows[3].values["nature"] == "expansion"
    assert [(issue.code, issue.row, issue.value) for issue in reading.warnings] == [("kind_is_nature", 5, "扩建")]
    assert reading.rows[5].values["completes_this_year"] is True


def test_new_is_no_kind_where_no_continuing_stands_beside_it():
    rows = [[1, "甲", "新建", 5], [2, "乙", "预备", 5]]
    reading = plan(one_sheet(["序号", "项目名称", "建设性质", "总投资(亿元)"], *rows))
    assert reading.rows[0].values.get("kind") is None
    assert reading.rows[0].values["nature"] == "new"
    assert reading.rows[1].values["kind"] == "preliminary"


def test_category_rows_can_say_the_kind():
    reading = plan(
        one_sheet(
            ["序号", "项目名称", "建设地点", "总投资(亿元)"],
            [None, "新开工项目（2个）", None, 25],
            [1, CHANHE[0][0], "瀍河区", 10],
            [2, CHANHE[1][0], "瀍河区", 15],
            [None, "计划竣工项目（1个）", None, 12],
            [1, CHANHE[2][0], "瀍河区", 12],
            [None, "前期项目", "(1个)", 1.3],
            [1, CHANHE[3][0], "瀍河区", 1.3],
        )
    )
    assert [row.values["kind"] for row in reading.rows] == ["new_start", "new_start", "completing", "preliminary"]
    assert reading.kinds_exclusive
    assert all(row.class_path == () for row in reading.rows)
    assert [(total.field, total.agrees) for total in reading.printed_totals] == [
        ("projects", True),
        ("total_investment", True),
    ] * 3


def test_two_levels_of_classes_with_subtotals_that_are_checked():
    reading = plan(
        one_sheet(
            ["单位：亿元"],
            ["序号", "项目名称", "建设内容", "总投资", "年度计划投资"],
            ["一", "产业类", None, 37, 7],
            ["（一）", "工业", None, 10, 3],
            [1, CHANHE[0][0], "略", 10, 3],
            ["（二）", "服务业", None, 27, 4],
            [1, CHANHE[1][0], "略", 15, 2],
            [2, CHANHE[2][0], "略", 12, 2],
            ["二", "基础设施", None, 1.3, 1],
            [1, CHANHE[3][0], "略", 1.3, 1],
            ["总计", None, None, 38.4, 8],
        )
    )
    assert [row.class_path for row in reading.rows] == [
        ("产业类", "工业"),
        ("产业类", "服务业"),
        ("产业类", "服务业"),
        ("基础设施",),
    ]
    wrong = [total for total in reading.printed_totals if not total.agrees]
    assert [(total.row, total.label, total.field, total.printed, total.computed) for total in wrong] == [
        (11, "总计", "total_investment", 3840000000, 3830000000)
    ]
    assert len(reading.printed_totals) == 10


def test_subtotals_and_totals_below_their_rows():
    reading = plan(
        one_sheet(
            ["序号", "项目名称", "建设内容", "总投资（亿元）"],
            *[[i, name, "略", float(total)] for i, (name, _, total) in enumerate(CHANHE, 1)],
            ["小计", None, None, 38.3],
            *[[i, name, "略", float(total)] for i, (name, _, total) in enumerate(LUOLONG, 1)],
            ["小 计", None, None, 132.8],
            ["合 计（8个）", None, None, 171.1],
        )
    )
    assert names(reading) == [name for name, _, _ in (*CHANHE, *LUOLONG)]
    assert [(total.field, total.rows, total.agrees) for total in reading.printed_totals] == [
        ("total_investment", 4, True),
        ("total_investment", 4, True),
        ("projects", 8, True),
        ("total_investment", 8, True),
    ]
    assert "name_twice" not in codes(reading.warnings)  # serial numbers start again, names do not


def test_rounded_totals_say_how_they_agree():
    rows = [[i, name, content, float(total)] for i, (name, content, total) in enumerate(CHANGSHA, 1)]
    reading = plan(one_sheet(["序号", "项目名称", "建设规模", "总投资（亿元）"], *rows, [None, "合计", None, 1.74]))
    assert [(total.how, total.agrees, total.computed) for total in reading.printed_totals] == [
        ("rounded", True, 174190000)
    ]
    rows = [[i, f"路{i}", "略", value] for i, value in enumerate([1.33, 1.33, 1.33], 1)]
    reading = plan(one_sheet(["序号", "项目名称", "建设规模", "总投资（亿元）"], *rows, [None, "合计", None, "4.00"]))
    assert [total.how for total in reading.printed_totals] == ["rows_rounded"]
    assert "total_rounded" in codes(reading.warnings)
    reading = plan(one_sheet(["序号", "项目名称", "建设规模", "总投资（亿元）"], *rows, [None, "合计", None, "4.99"]))
    assert [total.how for total in reading.printed_totals] == ["differs"]


def test_dates_in_ten_spellings():
    spellings = [
        "2019.3",
        "2019年3月底",
        43555,
        "2019-03-31",
        "2019年一季度",
        "20190331",
        "2019/3/31",
        "3月底",
        "2019年底",
        dt.date(2019, 3, 31),
    ]
    rows = [[i, f"路{i}", 1, value] for i, value in enumerate(spellings, 1)]
    book = one_sheet(["序号", "项目名称", "总投资（亿元）", "计划开工时间"], *rows)
    reading = plan(book)
    ends = [row.values["planned_start"].end for row in reading.rows if "planned_start" in row.values]
    march = dt.date(2019, 3, 31)
    assert ends == [march] * 8 + [dt.date(2019, 12, 31), march]
    assert not reading.errors


def test_a_month_that_lost_its_zero_is_told_and_not_imported():
    reading = plan(
        one_sheet(["项目名称", "总投资（亿元）", "开工时间"], ["甲路", 1, 2019.1], ["乙路", 1, "2019年2月30日"])
    )
    assert [(issue.code, issue.row, issue.value) for issue in reading.warnings] == [
        ("date.ambiguous_month", 2, "2019.1")
    ]
    assert [(issue.code, issue.row, issue.column) for issue in reading.errors] == [
        ("date.no_such_day", 3, "C 开工时间")
    ]
