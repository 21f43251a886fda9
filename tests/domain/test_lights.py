"""Rule sets of lights, presets of real cities, and refusals that name rule and field (docs/algorithms/lights.md)."""

import copy
import json
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.domain.errors import DomainError
from guatu.domain.lights import (
    COLOURS,
    FACTS,
    PRESETS,
    evaluate,
    in_force,
    layered,
    limit_printed,
    months_missed,
    placeholders,
    printed,
    read_rules,
)
from tests.domain.worked import row_name, worked

RULES = {code: read_rules(data) for code, data in PRESETS.items()}
RANK = {colour: place for place, colour in enumerate(COLOURS)}
EXACT = st.fractions(min_value=-120, max_value=250, max_denominator=1000)


def day(text):
    return date.fromisoformat(text)


def number(text):
    return Decimal(text) if text else None


@pytest.mark.parametrize("row", worked("lights", "yinchuan"), ids=row_name)
def test_yinchuan_by_points(row):
    light = evaluate(RULES["yinchuan"], {"lead": number(row["lead"])})
    assert (light.colour or "", light.reason.rule, light.sentence) == (row["colour"], row["rule"], row["sentence"])


@pytest.mark.parametrize("row", worked("lights", "yinchuan beside progress"), ids=lambda row: "-".join(row.values()))
def test_yinchuan_by_start_funds_and_statistics(row):
    facts = {name: number(row[name]) for name in ("start_months_missed", "payment_ratio", "statistics_wait")}
    light = evaluate(RULES["yinchuan"], {"lead": 0, "completed": False, **facts})
    assert light.colour == row["colour"]
    assert [lit.rule for lit in light.met] == row["rules"].split()
    assert light.unknown == ()


@pytest.mark.parametrize("row", worked("lights", "wuhan"), ids=row_name)
def test_wuhan_by_ratio(row):
    light = evaluate(RULES["wuhan"], {"investment_ratio": number(row["investment_ratio"])})
    assert (light.colour or "", light.reason.rule) == (row["colour"], row["rule"])


@pytest.mark.parametrize("row", worked("lights", "sanya"), ids=lambda row: "-".join(row.values()))
def test_sanya_by_ratio_and_yellows_running(row):
    facts = {
        "investment_ratio": number(row["investment_ratio"]),
        "planned_investment": int(row["plan"]),
        "warnings_before": int(row["warnings_before"]),
    }
    light = evaluate(RULES["sanya"], facts)
    assert (light.colour or "", light.reason.rule) == (row["colour"], row["rule"])


@pytest.mark.parametrize("row", worked("lights", "node_days"), ids=row_name)
def test_node_days(row):
    days = int(row["days_late"]) if row["days_late"] else None
    light = evaluate(RULES["node_days"], {"days_late": days, "worst_node": "桩基施工"})
    assert (light.colour or "", light.reason.rule) == (row["colour"], row["rule"])
    if days:
        assert f"节点“桩基施工”滞后{days}天" in light.sentence


@pytest.mark.parametrize("row", worked("lights", "months missed"), ids=lambda row: "-".join(row.values()))
def test_months_missed(row):
    assert months_missed(day(row["planned"]), day(row["as of"])) == int(row["months"])


# -- refusals ---------------------------------------------------------------------------------------------------------
def changed(change):
    """The 武汉 preset with one value set: a path of keys and places, and JSON."""
    path, value = change.split(" = ", 1)
    data = copy.deepcopy(PRESETS["wuhan"])
    at = data
    *way, last = path.split(".")
    for step in way:
        at = at[int(step) if isinstance(at, list) else step]
    at[int(last) if isinstance(at, list) else last] = json.loads(value)
    return data


@pytest.mark.parametrize("row", worked("lights", "refused"), ids=row_name)
def test_a_bad_rule_set_is_refused_by_rule_and_field(row):
    with pytest.raises(DomainError) as refused:
        read_rules(changed(row["change"]))
    said = refused.value
    assert (said.code, said.params.get("rule", ""), said.params.get("field", "")) == (
        row["code"],
        row["rule"],
        row["field"],
    )


@pytest.mark.parametrize("field", ["code", "name", "version", "valid_from", "rhythm", "rules", "unmet"])
def test_a_missing_field_is_named(field):
    data = {name: value for name, value in PRESETS["wuhan"].items() if name != field}
    with pytest.raises(DomainError) as refused:
        read_rules(data)
    assert (refused.value.code, refused.value.params["field"]) == ("lights.field_missing", field)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=8,
    ),
    st.sampled_from([(), ("rules",), ("rules", 1), ("rules", 1, "when"), ("rules", 1, "when", 0), ("unmet",)]),
    st.sampled_from(
        ["code", "colour", "when", "say", "fact", "op", "value", "essential", "scope", "valid_to", "rules"]
    ),
)
def test_nonsense_is_refused_and_never_a_crash(value, way, key):
    data = copy.deepcopy(PRESETS["wuhan"])
    at = data
    for step in way:
        at = at[step]
    if isinstance(at, list):
        at[0] = value
    else:
        at[key] = value
    with suppress(DomainError):  # any other error fails
        evaluate(read_rules(data), {"investment_ratio": 70})


# -- what always holds ------------------------------------------------------------------------------------------------
known_facts = st.fixed_dictionaries(
    {},
    optional={
        "lead": EXACT,
        "investment_ratio": EXACT,
        "payment_ratio": EXACT,
        "statistics_wait": EXACT,
        "days_late": st.integers(0, 60),
        "start_months_missed": st.integers(0, 6),
        "planned_investment": st.integers(0, 30_000_000),
        "warnings_before": st.integers(0, 3),
        "completed": st.booleans(),
    },
)
presets = st.sampled_from(sorted(PRESETS))


@given(presets, known_facts)
def test_the_worst_colour_wins_and_its_sentence_is_there(code, facts):
    light = evaluate(RULES[code], facts)
    assert light.sentence
    assert "{" not in light.sentence
    if light.state == "lit":
        colours = {lit.colour for lit in light.met}
        assert light.colour == ("blue" if "blue" in colours else min(colours, key=RANK.get))
        assert light.reason == light.met[0]
        assert light.reason.colour == light.colour


@given(presets, known_facts, st.randoms(use_true_random=False))
def test_the_order_of_the_rules_never_changes_the_colour(code, facts, chance):
    data = copy.deepcopy(PRESETS[code])
    chance.shuffle(data["rules"])
    for rule in data["rules"]:
        chance.shuffle(rule["when"])
    shuffled, plain = evaluate(read_rules(data), facts), evaluate(RULES[code], facts)
    assert shuffled.colour == plain.colour
    assert {lit.rule for lit in shuffled.met} == {lit.rule for lit in plain.met}


@given(presets, known_facts, st.data())
def test_an_unknown_fact_never_lights(code, facts, data):
    hidden = data.draw(st.sampled_from(sorted(FACTS)))
    with_it, without = evaluate(RULES[code], facts), evaluate(RULES[code], {**facts, hidden: None})
    assert {lit.rule for lit in without.met} <= {lit.rule for lit in with_it.met}
    asked = {
        test.fact for lit in without.met for rule in RULES[code].rules if rule.code == lit.rule for test in rule.when
    }
    assert hidden not in asked
    waiting = {fact for one in without.unknown for fact in one.facts}
    assert all({**facts, hidden: None}.get(fact) is None for fact in waiting)


@given(st.integers(0, 400), st.integers(0, 400))
def test_a_later_node_never_has_a_better_light(one, other):
    sooner, later = sorted((one, other))
    facts = {"worst_node": "桩基", "completed": False}
    colours = [evaluate(RULES["node_days"], {**facts, "days_late": days}).colour for days in (sooner, later)]
    assert RANK[colours[1]] <= RANK[colours[0]]


@given(EXACT)
def test_every_lead_and_ratio_has_exactly_one_colour_from_one_band(value):
    """No gap and no overlap: one rule speaks, or the set's word for none."""
    facts = {"completed": False, "warnings_before": 0, "planned_investment": 10_000_000}
    for code, fact in (("yinchuan", "lead"), ("wuhan", "investment_ratio"), ("sanya", "investment_ratio")):
        light = evaluate(RULES[code], {**facts, fact: value})
        assert light.colour in COLOURS
        assert len(light.met) == (0 if light.state == "unmet" else 1)
    assert evaluate(RULES["yinchuan"], {**facts, "lead": value}).state == "lit"


@given(EXACT, EXACT)
def test_a_bigger_shortfall_never_has_a_better_light(one, other):
    less, more = sorted((one, other))
    facts = {"planned_investment": 10_000_000}
    for code, fact in (("yinchuan", "lead"), ("wuhan", "investment_ratio"), ("sanya", "investment_ratio")):
        colours = [evaluate(RULES[code], {**facts, fact: value}).colour for value in (less, more)]
        assert RANK[colours[0]] <= RANK[colours[1]]


@given(EXACT)
def test_a_fact_is_compared_exactly_whatever_number_it_comes_as(value):
    hundredths = round(value * 100)
    as_fraction, as_decimal = Fraction(hundredths, 100), Decimal(hundredths).scaleb(-2)
    for code, fact in (("yinchuan", "lead"), ("wuhan", "investment_ratio")):
        assert evaluate(RULES[code], {fact: as_fraction}).colour == evaluate(RULES[code], {fact: as_decimal}).colour


# -- single rules -----------------------------------------------------------------------------------------------------
def test_blue_ends_the_judgement_and_the_other_reasons_stand_beside():
    light = evaluate(RULES["yinchuan"], {"completed": True, "lead": -50})
    assert (light.colour, light.sentence) == ("blue", "已竣工。")
    assert [lit.rule for lit in light.met] == ["completed", "progress_red"]


def test_what_waits_for_a_fact_is_listed_with_the_fact():
    light = evaluate(RULES["yinchuan"], {"lead": 1, "completed": False, "start_months_missed": 0})
    assert light.colour == "green"
    assert {one.rule: one.facts for one in light.unknown} == {
        "funds_red": ("payment_ratio",),
        "statistics_yellow": ("statistics_wait",),
        "statistics_red": ("statistics_wait",),
    }


def test_a_scope_that_cannot_be_judged_gives_no_light():
    light = evaluate(RULES["sanya"], {"investment_ratio": 10})
    assert (light.colour, light.state, light.unknown[0].facts) == (None, "unknown", ("planned_investment",))


def test_a_text_where_a_number_is_compared_is_refused():
    with pytest.raises(DomainError) as refused:
        evaluate(RULES["wuhan"], {"investment_ratio": "七成"})
    assert (refused.value.code, refused.value.params["fact"]) == ("lights.fact_wrong", "investment_ratio")


def test_choices_and_marks_are_compared_as_they_are_named():
    data = changed('rules.1.when = [{"fact": "chain_lost", "op": "one_of", "value": ["quarter", "year"]}]')
    data["rules"][1]["say"] = "季度或年度目标难完成。"
    data["rules"][2]["when"] = [{"fact": "stage", "op": "is_not", "value": "started"}]
    data["rules"][2]["say"] = "尚未开工。"
    rules = read_rules(data)
    assert evaluate(rules, {"chain_lost": "year", "stage": "started"}).sentence == "季度或年度目标难完成。"
    assert evaluate(rules, {"chain_lost": "week", "stage": "reserve"}).sentence == "尚未开工。"
    assert evaluate(rules, {"chain_lost": "week", "stage": "started", "investment_ratio": 100}).state == "unmet"


def version(number, first, last=None):
    return read_rules({**PRESETS["wuhan"], "version": number, "valid_from": first, "valid_to": last})


def test_the_version_of_the_day_is_used():
    versions = [version(1, "2024-01-01", "2024-12-31"), version(2, "2025-01-01"), version(3, "2025-07-01")]
    assert in_force(versions, date(2024, 12, 31)).version == 1
    assert in_force(versions, date(2025, 6, 30)).version == 2
    assert in_force(versions, date(2025, 7, 1)).version == 3
    with pytest.raises(DomainError) as refused:
        in_force(versions, date(2023, 12, 31))
    assert (refused.value.code, refused.value.params["day"]) == ("lights.none_in_force", "2023-12-31")


DAYS = st.dates(date(2024, 1, 1), date(2024, 2, 15))
SPANS = st.lists(st.tuples(DAYS, st.none() | DAYS), max_size=3)


@given(near=SPANS, far=SPANS, top=SPANS, on=DAYS)
def test_of_layers_the_nearest_that_holds_on_a_day_is_gone_by(near, far, top, on):
    layers, number = [], 0
    for spans in (near, far, top):
        layer = []
        for first, last in spans:
            number += 1
            layer.append(replace(version(number, "2024-01-01"), valid_from=first, valid_to=last))
        layers.append([rules for rules in layer if rules.valid_to is None or rules.valid_from <= rules.valid_to])
    holding = [[rules.version for rules in layer if rules.holds_on(on)] for layer in layers]
    expected = next((max(found) for found in holding if found), None)
    found = layered(layers)
    assert sorted(one.version for one in found if one.holds_on(on)) == next((some for some in holding if some), [])
    if expected is not None:
        assert in_force(found, on).version == expected


def test_sentences_print_facts_in_their_units():
    assert printed("money", 12_345_678) == "1,234.57"
    assert printed("points", Fraction(-1, 3)) == "−0.3"
    assert printed("points", Fraction(-1, 3), size=True) == "0.3"
    assert printed("percent", 100) == "100.0"
    assert (limit_printed("percent", 100), limit_printed("points", Decimal("12.25"))) == ("100", "12.25")
    assert printed("text", "桩基{lead}") == "桩基{lead}"
    assert printed("days", None) == "未知"
    assert placeholders("低{lead|size}，{worst_node}") == ("lead", "worst_node")


@pytest.mark.parametrize("code", sorted(PRESETS))
def test_a_preset_is_plain_json_and_names_its_source(code):
    assert read_rules(json.loads(json.dumps(PRESETS[code]))) == RULES[code]
    assert RULES[code].source
