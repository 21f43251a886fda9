import re
from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from guatu.domain.checker import check_table, check_text, check_text_against_table, find_figures
from guatu.domain.indicators import EntryFacts, ListRules, tally
from guatu.domain.words import Figure, Style, join, progress_sentences, ranking_sentence
from tests.domain.test_indicators import days, lists, rules_of_lists
from tests.domain.worked import EMPTY, row_name, worked

FIGURES = {
    "projects": Figure("count", 162),
    "done": Figure("money", 2_150_000_000),
    "rate": Figure("percent", Fraction(21500, 765)),
    "lead": Figure("points", Fraction(21500, 765) - 25),
    "growth": Figure("percent", Fraction(-9, 2)),
    "rank": Figure("rank", 2),
}


@pytest.mark.parametrize("row", worked("checker", "find_figures"), ids=row_name)
def test_figures_found_as_the_page_says(row):
    found = [f"{token.kind} {token.printed}{' down' if token.sign < 0 else ''}" for token in find_figures(row["text"])]
    assert "; ".join(found) == row["figures"].replace(EMPTY, "")
    for token in find_figures(row["text"]):
        assert row["text"][token.start : token.end] == token.printed


@pytest.mark.parametrize("row", worked("checker", "check_text"), ids=row_name)
def test_text_checked_as_the_page_says(row):
    findings = check_text(row["text"], FIGURES)
    shown = [f"{finding.kind} {finding.printed} {finding.expected or EMPTY}" for finding in findings]
    assert "; ".join(shown) == ("" if row["findings"] == EMPTY else row["findings"])


def _table(name):
    rows = [row for row in worked("checker", "check_table") if row["table"] == name]
    columns = [key for key in rows[0] if key not in {"table", "findings"}]
    return [columns, *[[row[key] for key in columns] for row in rows]], rows


@pytest.mark.parametrize("name", ["regional", "wrong", "closed"])
def test_table_checked_as_the_page_says(name):
    cells, rows = _table(name)
    shown = {finding.row: f"{finding.kind} {finding.expected}" for finding in check_table(cells)}
    assert [shown.get(number, EMPTY) for number in range(1, len(cells))] == [row["findings"] for row in rows]


@pytest.mark.parametrize("row", worked("checker", "check_text_against_table"), ids=row_name)
def test_text_against_table_as_the_page_says(row):
    cells, _ = _table("regional")
    findings = check_text_against_table(row["text"], cells)
    shown = [f"{finding.printed} {finding.expected}" for finding in findings]
    assert "; ".join(shown) == row["findings"].replace(EMPTY, "")


def test_names_hide_their_digits():
    text = "310国道改造项目完成投资5亿元"
    assert [token.printed for token in find_figures(text, ["310国道改造"])] == ["5亿元"]


def _bulletin(entries, as_of, rules, seed=0):
    [whole] = tally(entries, as_of, rules)
    sentences = progress_sentences(whole.values, as_of, Style(rules=rules, seed=seed))
    ranking = ranking_sentence([("西工街道", Fraction(93)), ("邙山街道", Fraction(173, 3))], Style())
    return join([*sentences, ranking])


@settings(max_examples=25, deadline=None)
@given(lists, days, rules_of_lists, st.integers(0, 20))
def test_a_bulletin_as_made_has_no_finding(entries, as_of, rules, seed):
    bulletin = _bulletin(entries, as_of, rules, seed)
    assert check_text(bulletin.text, bulletin.by_key(), bulletin) == []
    assert [token.printed for token in find_figures(bulletin.text)] == [bound.printed for bound in bulletin.figures]


@settings(max_examples=25, deadline=None)
@given(lists, days, rules_of_lists, st.data())
def test_every_mutated_figure_is_found(entries, as_of, rules, data):
    bulletin = _bulletin(entries, as_of, rules)
    for bound in bulletin.figures:
        digits = [place for place in range(bound.start, bound.end) if bulletin.text[place].isdigit()]
        place = data.draw(st.sampled_from(digits))
        old = bulletin.text[place]
        new = data.draw(st.sampled_from([digit for digit in "123456789" if digit != old]))
        mutated = bulletin.text[:place] + new + bulletin.text[place + 1 :]
        findings = check_text(mutated, bulletin.by_key(), bulletin)
        assert [(finding.kind, finding.nearest_key) for finding in findings] == [("differs", bound.key)]
        assert findings[0].start <= place < findings[0].end
        assert findings[0].expected == bound.printed


@settings(max_examples=20, deadline=None)
@given(lists, days, rules_of_lists)
def test_a_turned_word_of_direction_is_found(entries, as_of, rules):
    bulletin = _bulletin(entries, as_of, rules)
    if re.search("[快慢]于", bulletin.text):
        turned = bulletin.text.translate(str.maketrans("快慢", "慢快"))
        findings = check_text(turned, bulletin.by_key(), bulletin)
        assert [finding.kind for finding in findings] == ["direction"]


def test_edits_around_a_figure_do_not_move_its_binding():
    entries = [
        EntryFacts(
            i, 1, started_on=date(2021, 3, 1) if i < 11 else None, total_investment=10**8, planned_investment=10**7
        )
        for i in range(20)
    ]
    made = _bulletin(entries, date(2021, 3, 31), ListRules())
    edited = made.text.replace("全区共有", "今年以来，全区共有第一批省市").replace("开工率55%", "开工率达到55%")
    edited = "一、总体情况\n" + edited + "下一步，再开工9个。"
    findings = check_text(edited, made.by_key(), made)
    assert [(finding.kind, finding.printed) for finding in findings] == [("unknown", "9个")]
    swapped = made.text.replace("计划新开工20个，已开工11个", "计划新开工11个，已开工20个")
    assert [finding.kind for finding in check_text(swapped, made.by_key(), made)] == ["differs", "differs"]
    assert check_text(swapped, made.by_key()) == []  # without the made text both are true figures of the kind


@example("第8一位，第二3名")  # neither an Arabic nor a Chinese number, so no rank
@given(st.text(alphabet="0123456789.,-−%亿万元个项第二三位名年月日号（）其中共下降，。\n一、〔〕", max_size=40))
def test_any_text_is_read_and_every_figure_lies_in_it(text):
    tokens = find_figures(text)
    assert all(text[token.start : token.end] == token.printed for token in tokens)
    assert all(before.end <= after.start for before, after in pairwise(tokens))
    assert all(0 <= finding.start < finding.end <= len(text) for finding in check_text(text, FIGURES))
