from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from guatu.domain.published import RATES, Stated, contradictions, roll_up
from guatu.domain.rounding import half_up
from tests.domain.worked import EMPTY, worked

COLUMNS = {"projects": "projects", "planned_investment": "plan", "investment_to_date": "done"}
COLUMNS["investment_rate"] = "printed rate"


def test_a_table_adds_up_as_the_page_says():
    rows = worked("published", "roll_up")
    stated = [
        Stated(
            "" if row["item"] == "合计" else "隶属", "", "" if row["item"] == "合计" else row["item"], code, row[head]
        )
        for row in rows
        for code, head in COLUMNS.items()
    ]
    [table] = roll_up(stated)
    shown = [
        (half_up(rate.ours, 1), rate.verdict, str(row.rank or EMPTY))
        for row in (*table.rows, table.total)
        for rate in [row.cells["investment_rate"]]
    ]
    assert shown == [(Decimal(row["ours"]), row["verdict"], row["rank"]) for row in rows]
    assert {table.total.cells[code].verdict for code in COLUMNS} == {"agrees"}


def test_contradictions_as_the_page_says():
    rows = worked("published", "contradictions")
    stated = [
        Stated("隶属", place, row["item"], row["figure"], row[head])
        for row in rows
        for place, head in (("正文", "in the text"), ("汇总表", "in the table"))
    ]
    shown = {row.code: str(row.difference) for row in contradictions(stated)}
    assert shown == {row["figure"]: row["difference"] for row in rows if row["difference"] != EMPTY}


def test_the_same_amount_in_two_units_is_no_contradiction():
    one = Stated("隶属", "正文", "甲", "investment_to_date", "1.5", "亿元")
    other = Stated("隶属", "汇总表", "甲", "investment_to_date", "15000", "万元")
    assert contradictions([one, other]) == []


amounts = st.decimals(min_value=0, max_value=10**6, places=2)


@given(st.lists(st.tuples(amounts, amounts), min_size=2, max_size=8))
def test_the_sum_is_the_whole_and_ranks_are_those_of_the_rates(pairs):
    stated = [
        Stated("隶属", "", f"单位{place}", code, str(value))
        for place, pair in enumerate(pairs)
        for code, value in zip(RATES["investment_rate"], pair, strict=True)
    ]
    rated = [*stated, *(Stated("隶属", "", f"单位{place}", "investment_rate", "0") for place in range(len(pairs)))]
    [table] = roll_up(rated)
    for place, code in enumerate(RATES["investment_rate"]):
        assert table.total.cells[code].ours == sum(Fraction(pair[place]) for pair in pairs) * 10**8
    ours = [(row.rank, row.cells["investment_rate"].ours) for row in table.rows]
    for rank, rate in ours:
        if rate is None:
            assert rank is None
        elif rank is not None:
            assert rank == 1 + sum(other > rate for _, other in ours if other is not None)
