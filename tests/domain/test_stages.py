import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.domain import stages
from guatu.domain.errors import DomainError
from guatu.domain.stages import (
    SIDE_STAGES,
    STAGES,
    Gate,
    Rule,
    allowed_transitions,
    evaluate,
    missing_commitments,
    rank,
)
from tests.domain.worked import EMPTY, worked


@pytest.mark.parametrize("row", worked("stages", "Groups of stages"), ids=lambda row: row["group"])
def test_groups_as_the_page_says(row):
    assert getattr(stages, row["group"]) == tuple(row["stages"].split())


@pytest.mark.parametrize("row", worked("stages", "allowed_transitions"), ids=lambda row: f"{row['now']} {row['then']}")
def test_move_as_the_page_says(row):
    before = None if row["before"] == EMPTY else row["before"]
    allowed = allowed_transitions(row["now"], promoted=row["promoted"] == "yes", before=before)
    assert (row["then"] in allowed) == (row["allowed"] == "yes")


@pytest.mark.parametrize("row", worked("stages", "evaluate"), ids=lambda row: " ".join(row.values()))
def test_gate_as_the_page_says(row):
    rule = Rule(row["fact"], row["op"], None if row["value"] == EMPTY else int(row["value"]), "a paper")
    facts = {} if row["known as"] == EMPTY else {row["fact"]: int(row["known as"])}
    result = evaluate(Gate("started", (rule,)), facts)
    assert {"met": result.met, "unmet": result.unmet, "unknown": result.unknown}[row["outcome"]] == (rule,)
    assert result.open == (row["outcome"] == "met")


@pytest.mark.parametrize("row", worked("stages", "missing_commitments"), ids=lambda row: row["facts"])
def test_commitments_as_the_page_says(row):
    facts = dict.fromkeys(row["facts"].split(), "somebody")
    expected = () if row["missing"] == EMPTY else tuple(row["missing"].split())
    assert missing_commitments(row["members"].split(), facts) == expected


@given(st.sampled_from(STAGES), st.sampled_from(STAGES), st.booleans())
def test_no_transition_leads_back_on_the_main_way(now, then, promoted):
    if now not in SIDE_STAGES and then not in SIDE_STAGES and then in allowed_transitions(now, promoted=promoted):
        assert rank(then) > rank(now)


@given(st.sampled_from(STAGES))
def test_out_is_open_from_everywhere_else(stage):
    assert ("exited" in allowed_transitions(stage)) == (stage != "exited")


@given(st.lists(st.sampled_from(["a", "b", "c"]), max_size=5), st.dictionaries(st.sampled_from(["a", "b"]), st.none()))
def test_an_unknown_fact_is_never_met(names, facts):
    gate = Gate("reserve", tuple(Rule(name, "is_not", 1) for name in names))
    result = evaluate(gate, facts)
    assert result.met == ()
    assert result.open == (not names)


def test_a_wrongly_written_gate_is_refused():
    with pytest.raises(DomainError, match=r"gate\.not_comparable"):
        evaluate(Gate("reserve", (Rule("jobs", "at_least", 100),)), {"jobs": "many"})
    with pytest.raises(DomainError, match=r"gate\.unknown_operator"):
        evaluate(Gate("reserve", (Rule("jobs", "matches", 100),)), {"jobs": 5})
    assert evaluate(Gate("reserve", (Rule("kind", "one_of", ("a", "b")),)), {"kind": "b"}).open
