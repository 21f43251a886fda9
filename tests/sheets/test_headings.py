"""Headings in any wording and order: the same data come out; the map says what nobody could guess."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.core.sheets.errors import SheetError
from guatu.core.sheets.mapping import load_mapping, mapping_from
from guatu.core.sheets.text import heading_of, match_key
from guatu.domain.money import MoneyUnit
from guatu.library.ledgers.plan import PLAN
from tests.sheets.books import CHANHE, LUOLONG, WAN, YI, codes, fields_of, one_sheet, plan

# How published lists head these columns.
WORDINGS = {
    "name": "项目名称 项目名 工程名 名称",
    "owner": "建设单位 实施单位 项目法人 建设主体 项目实施主体 项目(法人)单位 业主单位 业主",
    "location": "项目地点 建设地址 所在地 所在盟市 隶属区县 所在省辖市、县区",
    "total_investment": "项目总投资 总投资额",
    "planned_investment": "年度计划投资 年度投资 年计划投资 计划投资 投资计划 计划完成投资",
    "goal": "年度目标 当年工作目标 年度建设目标 年工作目标 年工作计划 年目标任务 计划形象进度",
    "years": "建设起止年限 建设年限 建设周期 计划工期 计划建设期限",
    "planned_start": "开工时间 开工年度 开工",
    "planned_finish": "竣工年份 完工年份 计划竣工",
    "content": "建设内容 主要建设内容 建设规模和内容 建设规模及内容 拟建设规模 项目内容",
    "responsible_unit": "责任单位 牵头单位 监管单位 主管部门 主责单位",
    "class": "项目类别 项目分类 项目大类 项目类型 项目领域 领域",
}
VALUES = {
    "name": [name for name, _, _ in (*CHANHE, *LUOLONG)],
    "owner": "某公司",
    "location": "瀍河回族区",
    "total_investment": [Decimal(total) for _, _, total in (*CHANHE, *LUOLONG)],
    "planned_investment": [Decimal(n) / 10 for n in range(1, 9)],
    "goal": "主体封顶",
    "years": "2018-2020",
    "planned_start": "2019年3月",
    "planned_finish": "2020年底",
    "content": "建筑面积10万平方米",
    "responsible_unit": "区发改委",
    "class": "产业类",
}


@pytest.mark.parametrize(
    ("code", "heading"), [(code, word) for code, words in WORDINGS.items() for word in words.split()]
)
def test_published_headings_are_known(code, heading):
    name = heading if code == "name" else "项目名称"
    head = [name, "总投资", "建设规模"] if code == "name" else [name, heading, "备注", "建设性质"]
    reading = plan(one_sheet(["单位：亿元"], head, ["甲路", *(["1"] * (len(head) - 1))]))
    assert fields_of(reading)[heading] == code


@st.composite
def layouts(draw):
    """A ledger with reworded headings, columns in any order, either unit, printed in the heading or above."""
    optional = [code for code in WORDINGS if code not in ("name", "total_investment")]
    chosen = draw(st.lists(st.sampled_from(optional), unique=True, min_size=2))
    columns = draw(st.permutations(["name", "total_investment", *chosen]))
    unit = draw(st.sampled_from(["万元", "亿元"]))
    in_heading = draw(st.booleans())
    heads = []
    for code in columns:
        word = draw(st.sampled_from(WORDINGS[code].split()))
        money = code in ("total_investment", "planned_investment")
        bracket = (
            draw(st.sampled_from(["（{}）", "({})", "\n（单位：{}）"])).format(unit) if money and in_heading else ""
        )
        heads.append(draw(st.sampled_from(["", " ", "\n"])).join(word) + bracket.format(unit))
    return columns, heads, unit, in_heading, draw(st.integers(1, 8)), draw(st.booleans()), draw(st.booleans())


def as_cell(code, index, unit):
    value = VALUES[code]
    if isinstance(value, str):
        return value
    if code == "name":
        return value[index]
    return float(value[index] * (10000 if unit == "万元" else 1))


@settings(max_examples=60, deadline=None)
@given(layouts())
def test_any_wording_order_and_unit_reads_to_the_same_data(layout):
    columns, heads, unit, in_heading, count, with_total, with_title = layout
    rows = [[as_cell(code, index, unit) for code in columns] for index in range(count)]
    above = [["洛阳市2019年重点建设项目计划表"]] if with_title else []
    above += [] if in_heading else [[f"单位：{unit}"]]
    if with_total:
        first_text = next(i for i, code in enumerate(columns) if code not in ("total_investment", "planned_investment"))
        total = [
            float(sum(VALUES[code][:count]) * (10000 if unit == "万元" else 1))
            if isinstance(VALUES[code][0], Decimal)
            else None
            for code in columns
        ]
        total[first_text] = "合计"
        rows.append(total)
    reading = plan(one_sheet(*above, heads, *rows))
    assert [column.code for column in reading.columns] == list(columns)
    assert not reading.errors
    assert [row.values["name"] for row in reading.rows] == VALUES["name"][:count]
    for index, row in enumerate(reading.rows):
        assert row.values["total_investment"] == int(VALUES["total_investment"][index] * YI)
        if "planned_investment" in columns:
            assert row.values["planned_investment"] == int(VALUES["planned_investment"][index] * YI)
    assert all(item.agrees for item in reading.printed_totals)
    assert bool(reading.printed_totals) == with_total


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 7), st.data())
def test_a_cell_changed_by_one_digit_is_found_by_the_total_that_covers_it(index, data):
    amounts = [int(Decimal(total) * 10000) for _, _, total in (*CHANHE, *LUOLONG)]
    total = sum(amounts)
    digits = list(str(amounts[index]))
    at = data.draw(st.integers(0, len(digits) - 1))
    digits[at] = data.draw(st.sampled_from([digit for digit in "123456789" if digit != digits[at]]))
    amounts[index] = int("".join(digits))
    rows = [
        [i, name, "略", amount]
        for i, ((name, _, _), amount) in enumerate(zip((*CHANHE, *LUOLONG), amounts, strict=True), 1)
    ]
    reading = plan(one_sheet(["序号", "项目名称", "建设内容", "总投资（万元）"], *rows, ["合计", None, None, total]))
    assert [(item.agrees, item.computed - item.printed) for item in reading.printed_totals] == [
        (False, (sum(amounts) - total) * WAN)
    ]


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("2019年计划投资（万元）", "本年计划投资"),
        ("2019 年度\n计划投资", "本年计划投资"),
        ("截至2018年底累计完成投资(亿元)", "至上年底累计完成投资"),
        ("至2018年12月底累计", "至上年底累计"),
        ("2017年完成投资", "前年完成投资"),
        ("2020年计划", "后年计划"),
        ("1-3月累计完成投资", "1至M月累计完成投资"),
        ("2019年1—3月完成投资", "本年1至M月完成投资"),
        ("截至3月底累计完成投资", "截至M月底累计完成投资"),
        ("3月份完成投资", "M月完成投资"),
        ("总投资亿元", "总投资"),
        ("★项目名称：", "项目名称"),
    ],
)
def test_years_months_and_units_of_a_heading(heading, key):
    assert heading_of(heading, 2019).key == key


def test_a_unit_that_ledgers_do_not_use_is_refused_with_its_column():
    reading = plan(one_sheet(["项目名称", "总投资（千元）", "建设内容"], ["甲路", 1, "略"]))
    assert ("unit_unknown", "B 总投资（千元）") in [(issue.code, issue.column) for issue in reading.errors]


def test_a_map_file_names_fields_units_and_date_formats(tmp_path: Path):
    path = tmp_path / "map.yaml"
    path.write_text(
        """
unit: 万元
sheets: [Sheet1]
columns:
  工程: name
  造价: total_investment
  折算: {field: planned_investment, factor: 1000000, currency: "£"}
  起: {field: planned_start, date_format: "%d/%m/%Y"}
  旧数: ignore
  说明: {field: remark, blank: ["Exempt*"]}
""",
        encoding="utf-8",
    )
    mapping = load_mapping(path, PLAN)
    book = one_sheet(
        ["工程", "造价", "折算", "起", "旧数", "说明"], ["甲路", 500, "£1,002.5", "01/11/2019", 3, "Exempt, s. 24"]
    )
    values = plan(book, mapping=mapping).rows[0].values
    assert (values["total_investment"], values["planned_investment"]) == (500 * WAN, 1002500000)
    assert values["planned_start"].start.isoformat() == "2019-11-01"
    assert "remark" not in values
    assert mapping_from(mapping.as_json(), PLAN) == mapping


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("[1]", "map_unreadable"),
        ("{unit: 美元}", "map_unit"),
        ("{columns: {造价: price}}", "map_field"),
        ("{columns: {造价: {field: name, unit: 斤}}}", "map_unit"),
        ("{columns: {造价: {field: total_investment, factor: -1}}}", "map_unit"),
        ("{columns: {造价: {feld: name}}}", "map_key"),
        ("{colums: {}}", "map_key"),
        ("{columns: [", "map_unreadable"),
    ],
)
def test_a_wrong_map_says_what_is_wrong_in_it(tmp_path: Path, data, code):
    path = tmp_path / "map.yaml"
    path.write_text(data, encoding="utf-8")
    with pytest.raises(SheetError) as caught:
        load_mapping(path, PLAN)
    assert caught.value.code == code
    assert "%(" not in caught.value.message


def test_the_shape_of_a_ledger_outlives_its_year_and_its_unit():
    first = plan(one_sheet(["项目名称", "总投资（亿元）", "2019年计划投资（亿元）"], ["甲路", 1, 1]))
    later = plan(one_sheet(["项目名称", "总投资（万元）", "2020年计划投资（万元）"], ["乙路", 1, 1]), year=2020)
    other = plan(one_sheet(["项目名称", "总投资（万元）", "建设内容"], ["乙路", 1, "略"]))
    assert first.shape == later.shape != other.shape


def test_names_are_compared_without_width_brackets_marks_and_quotes():
    assert match_key("★洛浦金苑〔一期〕") == match_key("洛浦金苑(一期)") == match_key(" 洛浦金苑（一期）")
    assert match_key("洛浦金苑一期") != match_key("洛浦金苑二期")


def test_a_name_that_comes_twice_is_told():
    reading = plan(
        one_sheet(["项目名称", "总投资（亿元）", "建设内容"], ["甲路（一期）", 1, "略"], ["★甲路(一期)", 1, "略"])
    )
    assert [(issue.code, issue.row, issue.params["first"]) for issue in reading.warnings] == [("name_twice", 3, 2)]


def test_codes_that_break_their_rule_are_kept_and_marked():
    head = ["项目名称", "总投资（亿元）", "统一社会信用代码", "项目代码"]
    reading = plan(
        one_sheet(head, ["甲路", 1, "91410300MA00000000", "2019-410303-47-03-000001"], ["乙路", 1, None, 9.14e17])
    )
    assert reading.rows[0].values["owner_code"] == "91410300MA00000000"
    assert codes(reading.warnings) == ["code_wrong", "code_lost_digits"]


def test_all_amounts_of_a_wrong_unit_are_far_too_large():
    reading = plan(one_sheet(["项目名称", "总投资（亿元）", "建设内容"], ["甲路", 150000, "略"]))
    assert [(issue.code, issue.row, issue.value) for issue in reading.errors] == [("amount.absurd", 2, "150000")]
    assert reading.columns[1].unit is MoneyUnit.YI
