"""Any workbook of the export, kept otherwise by somebody, reads back to the same data; a wrong digit is found."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guatu.core.books.office import cell_words
from guatu.core.sheets.model import Sheet
from guatu.core.sheets.text import flat, is_blank, match_key, split_mark
from guatu.domain.money import MoneyUnit
from tests.ledgers_round import worlds
from tests.ledgers_round.worlds import Otherwise, data_of, kept_otherwise, laid, listed, opened, plain, understood

QUICK = 25
THOUSANDS = 2000

# Facts about headings that offices use, by field: what is printed for one thing in lists of several provinces.
WORDINGS: dict[str, tuple[str, ...]] = {
    "name": ("项目名称", "项目名", "工程名", "名称", "建设项目名称", "项目（工程）名称"),
    "content": ("建设内容", "主要建设内容", "建设规模和内容", "建设规模及内容", "拟建设规模", "项目内容"),
    "location": ("项目地点", "建设地址", "所在地", "隶属区县", "所在省辖市、县区", "所在盟市"),
    "years": ("起止年限", "建设年限", "建设周期", "计划工期", "计划建设期限"),
    "planned_start": ("开工时间", "开工年度", "计划开工时间", "起止年限/开工"),
    "planned_finish": ("竣工年份", "完工年份", "计划竣工", "竣工时间"),
    "total_investment": ("总投资", "项目总投资", "总投资额", "投资/总投资"),
    "cumulative_to_last_year": (
        "至2025年底累计完成投资",
        "截至2025年底累计完成投资",
        "以前年度完成投资",
        "投资/至2025年底",
    ),
    "planned_investment": ("2026年计划投资", "年度计划投资", "年度投资", "投资计划", "计划完成投资", "投资/2026年计划"),
    "goal": ("年度目标", "当年工作目标", "年工作目标", "年目标任务", "计划形象进度", "2026年工作计划"),
    "goal_q1": ("一季度目标", "年度目标/一季度", "一季度形象进度"),
    "goal_q3": ("三季度目标", "第三季度形象进度", "三季度节点"),
    "funding": ("资金来源", "资金筹措", "投资来源"),
    "responsible_unit": ("责任单位", "牵头单位", "监管单位", "主管部门", "主责单位"),
    "supporting_units": ("配合单位", "协办单位", "配合部门"),
    "kind": ("建设性质", "建设批次", "项目性质", "建设状态"),
    "remark": ("备注", "备注说明"),
}


@st.composite
def otherwise(draw: Any) -> Otherwise:
    """Some headings reworded, another unit, columns, rows and classes moved."""
    chosen = {code: draw(st.sampled_from(words)) for code, words in sorted(WORDINGS.items()) if draw(st.booleans())}
    unit = draw(st.sampled_from(list(MoneyUnit)))
    return Otherwise(draw(st.integers(0, 10**6)), unit, draw(st.sampled_from(("line", "heading"))), chosen)


def holds(examples: int, check: Callable[..., None], *strategies: Any) -> None:
    """Try a property on so many examples."""
    tried = given(*strategies)(check)
    relaxed = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    settings(max_examples=examples, deadline=None, database=None, suppress_health_check=relaxed)(tried)()


# -- what is printed is what is read ----------------------------------------------------------------------------------
def check_reads_back(rows: list[worlds.PrintedRow], unit: MoneyUnit) -> None:
    reading = understood(opened(laid(rows, unit)))
    assert reading.errors == []
    assert [issue.code for issue in reading.warnings if issue.code.startswith("total_")] == []
    found = data_of(reading)
    assert len(found) == len(reading.rows) == len(rows)
    for row in rows:
        name, mark = split_mark(row.cells["name"])
        read = found[match_key(name)]
        assert (read["mark"], tuple(map(flat, worlds.path_of(row)))) == (mark, read["class"])
        for code in worlds.MONEY:
            assert read.get(code) == row.cells.get(code), code
        for code in worlds.DATES:
            assert plain(read.get(code)) == row.cells.get(code), code
        for code in worlds.TEXTS:
            said = cell_words(row.cells.get(code, ""))
            assert read.get(code, "") == ("" if is_blank(said) else said), code
        for code in ("responsible_unit", "supporting_units"):
            assert "、".join(read.get(code, ())) == row.cells.get(code, "")


def check_kept_otherwise(rows: list[worlds.PrintedRow], how: Otherwise) -> None:
    book = laid(rows)
    there, back = understood(opened(book)), understood(opened(kept_otherwise(book, how)))
    assert back.errors == []
    assert data_of(back) == data_of(there)
    assert all(total.agrees for total in back.printed_totals)
    assert len(back.printed_totals) == len(there.printed_totals)


def check_wrong_digit(rows: list[worlds.PrintedRow], unit: MoneyUnit, seed: int) -> None:
    workbook = opened(laid(rows, unit))
    sheet, dice = workbook.sheets[0], random.Random(seed)
    places = _amounts(sheet, understood(opened(laid(rows, unit))))
    if not places:
        return
    at, column = dice.choice(places)
    sheet.rows[at][column] = _one_digit_off(float(sheet.rows[at][column]), dice)  # type: ignore[arg-type]  # an amount
    reading = understood(workbook)
    told = {issue.code for issue in (*reading.warnings, *reading.errors)}
    assert told & {"total_differs", "total_rounded", "amount.absurd"}, told


def _amounts(sheet: Sheet, reading: Any) -> list[tuple[int, int]]:
    """Cells of money in data rows, which the grand total covers."""
    columns = [column.index for column in reading.columns if column.code in worlds.MONEY]
    lines = [row.row - sheet.first_row for row in reading.rows]
    return [(at, column) for at in lines for column in columns if isinstance(sheet.rows[at][column], int | float)]


def _one_digit_off(value: float, dice: random.Random) -> float:
    text = f"{value:.8f}".rstrip("0").rstrip(".")
    at = dice.choice([place for place, char in enumerate(text) if char.isdigit()])
    other = dice.choice([digit for digit in "0123456789" if digit != text[at]])
    return float(text[:at] + other + text[at + 1 :])


UNITS = st.sampled_from(list(MoneyUnit))
PROPERTIES: dict[str, tuple[Callable[..., None], tuple[Any, ...]]] = {
    "read as printed": (check_reads_back, (listed(), UNITS)),
    "kept otherwise": (check_kept_otherwise, (listed(), otherwise())),
    "one digit off": (check_wrong_digit, (listed(), UNITS, st.integers(0, 10**6))),
}


@pytest.mark.parametrize("name", PROPERTIES)
def test_a_few_lists(name: str):
    check, strategies = PROPERTIES[name]
    holds(QUICK, check, *strategies)


@pytest.mark.slow
@pytest.mark.parametrize("name", PROPERTIES)
def test_thousands_of_lists(name: str, times: Callable[[int], int]):
    check, strategies = PROPERTIES[name]
    holds(times(THOUSANDS), check, *strategies)
