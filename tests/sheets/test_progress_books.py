"""Progress sheets: what is of the period, of the year, since the start; and what the columns could also have meant."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from guatu.core.sheets.engine import recognise
from guatu.core.sheets.mapping import mapping_from
from guatu.core.sheets.reading import read_bytes
from guatu.core.sheets.result import SheetReading
from guatu.domain.money import MoneyUnit
from guatu.library.ledgers.progress import PROGRESS
from tests.sheets.books import CHANHE, WAN, YI, Book, codes, fields_of, one_sheet


def progress(book: Book, **options: Any) -> SheetReading:
    return recognise(read_bytes(book.data(), name="月报.xlsx"), PROGRESS, **{"year": 2019, **options})


def test_a_monthly_report_of_the_usual_layout():
    rows = [
        [None] * 12,
        [*[None] * 4, "本月完成", "1-3月累计完成", "占年度计划%", *[None] * 5],
        [1, CHANHE[0][0], 100000, 40000, 2000, 10000, 25, "主体三层", "2019.2.20", "用地", "封顶", None],
        [2, CHANHE[1][0], 150000, 50000, 0, 0, 0, "未开工", None, "无", "招标", None],
        ["合计", None, 250000, 90000, 2000, 10000, 11.11, None, None, None, None, None],
    ]
    heads = [
        "序号",
        "项目名称",
        "总投资",
        "2019年计划投资",
        None,
        None,
        None,
        "形象进度",
        "开工时间",
        "存在问题",
        "下步工作计划",
        "备注",
    ]
    merges = [(0, i, 1, i, text) for i, text in enumerate(heads) if text]
    merges.append((0, 4, 0, 6, "投资完成情况（万元）"))
    reading = progress(one_sheet(*rows, merges=merges), unit=MoneyUnit.WAN, period=(3, 3))
    assert not reading.errors
    first, second = (row.values for row in reading.rows)
    assert (first["investment_of_period"], first["investment_to_date"]) == (2000 * WAN, 10000 * WAN)
    assert first["completion_rate"] == 25
    assert first["actual_start"].start == dt.date(2019, 2, 20)
    assert (first["problem"], first["next_plan"], first["physical_progress"]) == ("用地", "封顶", "主体三层")
    assert second["investment_to_date"] == 0
    assert "problem" not in second
    assert [(total.field, total.agrees) for total in reading.printed_totals] == [
        ("total_investment", True),
        ("planned_investment", True),
        ("investment_of_period", True),
        ("investment_to_date", True),
    ]


def test_months_of_a_year_side_by_side_the_period_chooses_its_own():
    head = [
        "项目名称",
        "1月完成投资(万元)",
        "2月完成投资(万元)",
        "3月完成投资(万元)",
        "1-2月累计完成投资(万元)",
        "1-3月累计完成投资(万元)",
        "形象进度",
    ]
    book = one_sheet(head, ["甲路", 100, 200, 300, 300, 600, "略"])
    values = progress(book, period=(3, 3)).rows[0].values
    assert (values["investment_of_period"], values["investment_to_date"]) == (300 * WAN, 600 * WAN)
    values = progress(book, period=(2, 2)).rows[0].values
    assert (values["investment_of_period"], values["investment_to_date"]) == (200 * WAN, 300 * WAN)


def test_accumulated_alone_is_of_the_year_and_said_so():
    reading = progress(one_sheet(["项目名称", "累计完成投资(亿元)", "形象进度"], ["甲路", 1.5, "略"]))
    assert reading.rows[0].values["investment_to_date"] == 15 * YI // 10
    assert codes(reading.warnings) == ["column_weak"]


def test_accumulated_beside_the_years_amount_or_last_years_end_is_since_the_start():
    reading = progress(one_sheet(["项目名称", "累计完成投资(亿元)", "本年累计完成投资(亿元)"], ["甲路", 5, 1.5]))
    assert fields_of(reading)["累计完成投资(亿元)"] == "cumulative_investment"
    reading = progress(
        one_sheet(["项目名称", "截至2018年底累计完成投资(亿元)", "截至3月底累计完成投资(亿元)"], ["甲路", 3, 5])
    )
    assert reading.rows[0].values["cumulative_investment"] == 5 * YI
    assert reading.rows[0].values["cumulative_to_last_year"] == 3 * YI


def test_the_map_overrides_what_the_heading_seems_to_say():
    mapping = mapping_from(
        {"columns": {"累计完成投资(亿元)": {"field": "cumulative_investment", "unit": "万元"}}}, PROGRESS
    )
    book = one_sheet(["项目名称", "累计完成投资(亿元)", "形象进度"], ["甲路", 5, "略"])
    reading = progress(book, mapping=mapping)
    assert reading.rows[0].values["cumulative_investment"] == 5 * WAN
    assert reading.columns[1].reason == "map"
    assert not reading.warnings


def test_rates_are_checked_against_the_amounts_and_fractions_are_per_cent():
    rows = [["甲", 100, 25, 0.25], ["乙", 100, 30, 0.5], ["丙", 300, 100, 0.333]]
    reading = progress(one_sheet(["项目名称", "年度计划投资(万元)", "本年累计完成投资(万元)", "完成率"], *rows))
    assert [row.values["completion_rate"] for row in reading.rows] == [25, 50, Decimal("33.3")]
    wrong = [issue for issue in reading.warnings if issue.code == "percent_differs"]
    assert [(issue.row, issue.column, issue.params["computed"]) for issue in wrong] == [
        (3, "D 完成率", Decimal("30.00"))
    ]
    rows = [["甲", 100, 125, "125%"], ["乙", 100, 30, "3000%"]]
    reading = progress(one_sheet(["项目名称", "年度计划投资(万元)", "本年累计完成投资(万元)", "完成率"], *rows))
    assert codes(reading.warnings) == ["percent_over"]
    assert [(issue.code, issue.row) for issue in reading.errors] == [("percent_absurd", 3)]


def test_states_in_words_ticks_and_dates():
    rows = [["甲", "是", "√", "否"], ["乙", "2019年3月", "未复工", "否"], ["丙", "未开工", None, "已竣工"]]
    reading = progress(one_sheet(["项目名称", "是否开工", "是否复工", "是否竣工"], *rows))
    assert [row.values.get("started") for row in reading.rows] == [True, True, False]
    assert [row.values.get("resumed") for row in reading.rows] == [True, False, None]
    assert reading.rows[1].values["actual_start"].start == dt.date(2019, 3, 1)
    assert [(issue.code, issue.row) for issue in reading.warnings] == [("finished_not_started", 4)]


def test_weekly_sheet_with_composition_and_a_correction_below_zero():
    head = [
        "项目名称",
        "本周完成投资(万元)",
        "本年累计完成投资(万元)",
        "建筑工程",
        "安装工程",
        "设备工器具购置",
        "其他费用",
        "前期费用(万元)",
    ]
    book = one_sheet(
        ["单位：万元"], head, ["甲路", -20, 100, 60, 20, 15, 5, 8], ["乙路", 500, 100, 60, 20, 15, 6, None]
    )
    reading = progress(book)
    assert reading.rows[0].values["investment_of_period"] == -20 * WAN
    assert reading.rows[0].values["preliminary_cost"] == 8 * WAN
    assert [(issue.code, issue.row) for issue in reading.warnings] == [
        ("amount_reduced", 3),
        ("period_over_year", 4),
        ("mix_differs", 4),
    ]


def test_a_plan_ledger_is_no_progress_sheet():
    reading = progress(one_sheet(["项目名称", "总投资(亿元)", "建设内容"], ["甲路", 1, "略"]))
    assert codes(reading.errors) == ["not_this_ledger"]
