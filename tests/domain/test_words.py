from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.domain.indicators import EntryFacts, ListRules, compare, tally
from guatu.domain.words import (
    Style,
    amount_words,
    as_of_words,
    choose_variant,
    growth_words,
    join,
    lead_words,
    progress_sentences,
    ranking_sentence,
    year_on_year_sentence,
)
from tests.domain.test_indicators import days, lists, rules_of_lists
from tests.domain.worked import row_name, worked

WAN = 10_000


@pytest.mark.parametrize("row", worked("words", "as_of_words"), ids=row_name)
def test_date_words_as_the_page_says(row):
    assert as_of_words(date.fromisoformat(row["date"]), with_year=row["with year"] == "yes") == row["words"]


@pytest.mark.parametrize("row", worked("words", "amount_words"), ids=row_name)
def test_amount_words_as_the_page_says(row):
    assert amount_words(int(row["yuan"]), int(row["places"])) == row["words"]


@pytest.mark.parametrize("row", worked("words", "lead_words"), ids=row_name)
def test_lead_words_as_the_page_says(row):
    assert lead_words(Decimal(row["points"]), int(row["places"])) == row["words"]


@pytest.mark.parametrize("row", worked("words", "growth_words"), ids=row_name)
def test_growth_words_as_the_page_says(row):
    assert growth_words(Decimal(row["per cent"]), int(row["places"])) == row["words"]


@pytest.mark.parametrize(
    "row", worked("words", "progress_sentences"), ids=lambda row: f"{row['as_of']} {row['projects']}"
)
def test_progress_as_the_page_says(row):
    number = {key: int(row[key]) for key in row if key not in {"as_of", "text"}}
    values = {
        "projects": number["projects"],
        "total_investment": number["total"] * WAN,
        "planned_investment": number["planned"] * WAN,
        "investment_to_date": number["done"] * WAN,
        "start_base": number["new"],
        "started_of_base": number["started"],
        "resumed_planned": number["resume planned"],
        "resumed": number["resumed"],
        "under_construction": number["building"],
        "completed": number["completed"],
        "with_problems": number["problems"],
    }
    sentences = progress_sentences(values, date.fromisoformat(row["as_of"]), Style())
    assert join(sentences).text == row["text"]


def test_ranking_names_each_once_with_its_bound_rate():
    names = [(name, Fraction(rate)) for name, rate in (("甲", "93.58"), ("乙", "80"), ("丙", "58.71"), ("丁", "31.25"))]
    sentence = ranking_sentence(names, Style())
    assert sentence.text == "投资完成率居前的是甲（93.6%）、乙（80%）；投资完成率居后的是丙（58.7%）、丁（31.3%）。"
    assert [bound.key for bound in sentence.figures] == [f"{name}.investment_rate" for name in "甲乙丙丁"]
    assert ranking_sentence(names[:1], Style()) is None


def test_year_on_year_says_what_changed():
    def whole(number, total, planned):
        [row] = tally(
            [
                EntryFacts(i, 1, total_investment=total * (i == 0), planned_investment=planned * (i == 0))
                for i in range(number)
            ],
            date(2020, 3, 9),
            ListRules(),
        )
        return row

    yi = 10**8
    changes = compare(whole(515, 4851 * yi, 1572 * yi), whole(455, 4273 * yi, 1370 * yi))
    sentence = year_on_year_sentence(changes, Style())
    assert sentence.text == "与上年同期相比，项目增加60个，总投资增加578亿元，年度计划投资增加202亿元。"
    assert year_on_year_sentence(changes, Style(), same_scope=False).text.startswith("与上年同期相比（口径不同），")
    assert year_on_year_sentence(compare(whole(5, 1, 1), whole(5, 1, 1)), Style()) is None


@settings(max_examples=25, deadline=None)
@given(lists, days, rules_of_lists, st.integers(0, 50))
def test_every_bound_figure_stands_where_it_says(entries, as_of, rules, seed):
    [whole] = tally(entries, as_of, rules)
    style = Style(rules=rules, seed=seed, prefix="全区")
    text = join(progress_sentences(whole.values, as_of, style))
    assert text == join(progress_sentences(whole.values, as_of, style))
    for bound in text.figures:
        assert text.text[bound.start : bound.end] == bound.printed
        assert bound.key.startswith("全区.")


def test_variants_are_spread_and_repeatable():
    chosen = {choose_variant("abc", seed, "place") for seed in range(30)}
    assert chosen == set("abc")
    assert choose_variant("abc", 7, "place") == choose_variant("abc", 7, "place")
