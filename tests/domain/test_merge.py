"""A table merged three ways as docs/algorithms/merge.md works it out, and what is refused."""

import pytest

from guatu.domain.errors import DomainError
from guatu.domain.merge import (
    OURS,
    THEIRS,
    Decision,
    Earlier,
    ReturnedRow,
    Rules,
    State,
    Touched,
    Unread,
    merge,
    settle,
)
from tests.domain.worked import EMPTY, worked

AT = ("K1", "amount")


def value(text: str) -> str | None:
    return None if text == EMPTY else text


def one(base, theirs, ours, earlier=(), rules=None, copies=()):
    """The merge of one cell in one row."""
    rows = [ReturnedRow("K1", {"amount": said}, place) for place, said in enumerate((theirs, *copies))]
    known = Earlier({AT: set(earlier)})
    return merge({"K1": {"amount": base}}, rows, {"K1": {"amount": ours}}, rules or Rules(), known)


def written(found, decisions=None):
    """The one value that is to be written; "keeps" for none."""
    changes = settle(found, decisions).changes
    assert len(changes) <= 1
    return changes[0].value if changes else "keeps"


@pytest.mark.parametrize("row", worked("merge", "cell"), ids=lambda row: " ".join(list(row.values())[:4]))
def test_a_cell_is_merged_as_the_page_says(row):
    found = one(value(row["base"]), value(row["theirs"]), value(row["ours"]), row["earlier"].split())
    states = [cell.state.value for cell in found.cells] or ["unchanged"]
    assert states == [row["state"]]
    assert found.unchanged == (row["state"] == "unchanged")
    assert written(found) == value(row["written"])
    assert len(settle(found).open) == (row["state"] == "conflict")


@pytest.mark.parametrize("row", worked("merge", "rows"), ids=lambda row: row["returned"])
def test_rows_are_told_by_their_keys_as_the_page_says(row):
    def table(keys):
        return {key: {"amount": "100"} for key in keys.split()}

    rows = [ReturnedRow(None if key == "+" else key, {"amount": "100"}) for key in row["returned"].split()]
    found = merge(table(row["sent"]), rows, table(row["here"]))
    assert " ".join(found.missing) == row["missing"]
    assert " ".join(str(each.key) for each in found.unknown) == row["unknown"]
    assert " ".join(found.twice) == row["twice"]
    assert len(found.added) == int(row["added"])
    assert settle(found).changes == ()


@pytest.mark.parametrize("row", worked("merge", "decided"), ids=lambda row: row["decision"] or "none")
def test_a_conflict_is_decided_as_the_page_says(row):
    found = one("100", "120", "130")
    word, _, typed = row["decision"].partition(" ")
    decisions = {AT: Decision(word, value(typed) if typed else None)} if word else {}
    settled = settle(found, decisions)
    assert written(found, decisions) == value(row["written"])
    assert len(settled.open) == int(row["open"])
    assert settled.brought == (((AT, "120"),) if word else ())
    assert all((change.seen, change.decided) == ("130", True) for change in settled.changes)


def test_what_is_taken_says_what_was_seen():
    (change,) = settle(one("100", "120", "100")).changes
    assert (change.key, change.code, change.seen, change.value, change.decided) == (*AT, "100", "120", False)


def test_what_would_be_taken_may_be_turned_down():
    found = one("100", "120", "100")
    settled = settle(found, {AT: OURS})
    assert (settled.changes, settled.open, settled.brought) == ((), (), ((AT, "120"),))
    again = one("100", "120", "100", ["120"])
    assert [cell.state for cell in again.cells] == [State.SETTLED]


def test_a_decided_conflict_is_not_asked_again():
    for decision in (OURS, THEIRS, Decision("typed", "125")):
        settled = settle(one("100", "120", "130"), {AT: decision})
        ours = settled.changes[0].value if settled.changes else "130"
        again = one("100", "120", ours, [said for _, said in settled.brought])
        assert not again.of(State.CONFLICT)
        assert written(again) == "keeps"


def test_what_cannot_be_read_is_never_taken():
    found = one("100", Unread("约120", "amount.approximate"), "100")
    assert [cell.state for cell in found.cells] == [State.CONFLICT]
    with pytest.raises(DomainError, match=r"merge\.unread"):
        settle(found, {AT: THEIRS})
    assert written(found, {AT: Decision("typed", "120")}) == "120"


def test_copies_of_a_row_that_disagree_are_a_conflict():
    found = one("100", "100", "100", copies=("120",))
    (cell,) = found.cells
    assert (cell.state, cell.theirs, cell.others, cell.place) == (State.CONFLICT, "120", ("100",), 1)
    assert written(found, {AT: THEIRS}) == "120"
    several = one("100", "110", "100", copies=("120",))
    with pytest.raises(DomainError, match=r"merge\.several"):
        settle(several, {AT: THEIRS})
    assert written(several, {AT: Decision("typed", "110")}) == "110"
    assert not one("100", "100", "100", copies=("100",)).cells


def test_copies_that_agree_are_one_row():
    found = one("100", "120", "100", copies=("120",))
    assert [cell.state for cell in found.cells] == [State.THEIRS]
    assert list(found.twice) == ["K1"]


def test_a_blank_may_be_asked_about():
    rules = Rules(asks_if_cleared=frozenset({"amount"}))
    found = one("100", None, "100", rules=rules)
    assert [cell.state for cell in found.cells] == [State.CONFLICT]
    assert written(found, {AT: THEIRS}) is None
    assert one("100", "120", "100", rules=rules).cells[0].state is State.THEIRS


def test_a_protected_cell_is_told_and_never_taken():
    rules = Rules(protected=frozenset({"amount"}))
    found = one("100", "120", "100", rules=rules)
    assert found.protected == (Touched("K1", "amount", "100", "120", 0),)
    assert (found.cells, settle(found).changes) == ((), ())
    assert one("100", "130", "130", rules=rules).protected == ()
    with pytest.raises(DomainError, match=r"merge\.nothing_to_decide"):
        settle(found, {AT: THEIRS})


def test_a_row_that_is_no_longer_here_is_told_and_never_written():
    found = merge({"K1": {"amount": "100"}}, [ReturnedRow("K1", {"amount": "120", "word": None})], {})
    assert [(cell.state, cell.theirs) for cell in found.cells] == [(State.ROW_LEFT, "120")]
    assert settle(found).changes == ()
    with pytest.raises(DomainError, match=r"merge\.nothing_to_decide"):
        settle(found, {AT: THEIRS})


def test_a_column_that_did_not_come_back_says_nothing():
    base = {"K1": {"amount": "100", "word": "x"}}
    found = merge(base, [ReturnedRow("K1", {"word": "x"})], {"K1": {"amount": "130", "word": "x"}})
    assert (found.cells, found.unchanged) == ((), 1)


def test_a_column_that_was_not_sent_counts_as_sent_blank():
    found = merge({"K1": {}}, [ReturnedRow("K1", {"word": "x"})], {"K1": {}})
    assert [(cell.state, cell.base, cell.ours) for cell in found.cells] == [(State.THEIRS, None, None)]


def test_an_added_row_that_comes_again_is_told_apart():
    row = ReturnedRow(None, {"word": "新项目", "amount": None}, 7)
    earlier = Earlier(rows={ReturnedRow(None, {"word": "新项目"}).content})
    found = merge({}, [row, ReturnedRow(None, {"word": "另一个"})], {}, earlier=earlier)
    assert [each.values["word"] for each in found.added] == ["另一个"]
    assert found.again == (row,)
