"""A returned workbook decided by a person: typed values are read as cells are, nothing is asked twice."""

from decimal import Decimal

import pytest

from guatu.core.refusals import Refusal
from guatu.core.roundtrip.kept import brought_as_json, earlier_from_json
from guatu.core.roundtrip.merging import settle_returned, typed_value
from guatu.domain.merge import OURS, THEIRS, Decision, State
from tests.roundtrip.worlds import FIRST, LAYOUT, WAN, column_of, edited, merged, now, put

DONE = ("K1", "done")


def written(here, settlement):
    for change in settlement.changes:
        assert here[change.key][change.code] == change.seen
        here[change.key][change.code] = change.value
    return here


def test_a_conflict_is_decided_with_what_a_person_types():
    found = merged(edited(put("K1", "本月完成投资", 300)), now(K1={"done": 200 * WAN}))
    (cell,) = found.cells
    assert (cell.state, cell.base, cell.theirs, cell.ours) == (State.CONFLICT, 1005678, 300 * WAN, 200 * WAN)
    assert cell.place.row == FIRST
    for decision, value in ((THEIRS, 300 * WAN), (Decision("typed", "２５０"), 250 * WAN)):
        (change,) = settle_returned(LAYOUT, found, {DONE: decision}).changes
        assert (change.seen, change.value) == (200 * WAN, value)
    assert settle_returned(LAYOUT, found, {DONE: Decision("typed", "0.02亿")}).changes == (), "it stands here already"
    assert settle_returned(LAYOUT, found).open == (cell,)
    assert settle_returned(LAYOUT, found, {DONE: OURS}).open == ()


@pytest.mark.parametrize(
    ("decisions", "code", "said"),
    [
        ({DONE: THEIRS}, "core.merge_unread", "“约300”"),
        ({DONE: Decision("typed", "三百多万")}, "core.merge_typed", "“三百多万”：“约”“余”“以上”不是确定的金额"),
        ({DONE: Decision("typed", "-5")}, "core.merge_typed", "金额不能是负数"),
        ({DONE: Decision("typed", "300(含上月)")}, "core.merge_typed", "这一格除“300”外还有“(含上月)”"),
        ({("K1", "words"): THEIRS}, "core.merge_nothing_to_decide", "“进展情况”"),
        ({("K9", "nothing"): Decision("typed", "1")}, "core.merge_nothing_to_decide", "“nothing”"),
    ],
)
def test_a_decision_that_cannot_be_carried_out_is_refused(decisions, code, said):
    found = merged(edited(put("K1", "本月完成投资", "约300")))
    with pytest.raises(Refusal) as caught:
        settle_returned(LAYOUT, found, decisions)
    assert caught.value.code == code
    assert said in str(caught.value)


def test_copies_that_disagree_want_a_typed_value():
    def copied(sheet):
        for place, column in enumerate(sheet.iter_cols(min_row=FIRST, max_row=FIRST), start=1):
            sheet.cell(FIRST + 5, place).value = column[0].value
        sheet.cell(FIRST + 5, column_of(sheet, "本月完成投资")).value = 2

    found = merged(edited(put("K1", "本月完成投资", 1), copied))
    with pytest.raises(Refusal) as caught:
        settle_returned(LAYOUT, found, {DONE: THEIRS})
    assert caught.value.code == "core.merge_several"
    assert "2 种写法" in str(caught.value)


def test_a_typed_value_is_read_as_its_column_is():
    assert typed_value(LAYOUT, "share", "28.1%") == Decimal("28.1")
    assert typed_value(LAYOUT, "state", "停工") == "stopped"
    assert typed_value(LAYOUT, "words", "") is None


def test_several_people_several_files_in_any_order():
    first = edited(put("K1", "本月完成投资", 300), put("K2", "进展情况", "主体封顶"))
    second = edited(put("K3", "进展情况", "进场"), put("K2", "进展情况", "主体封顶 "))
    results = []
    for order in ((first, second), (second, first)):
        here, kept = now(), []
        for data in (*order, first, second):
            settlement = settle_returned(LAYOUT, merged(data, here, earlier_from_json(LAYOUT, kept)))
            assert settlement.open == ()
            here = written(here, settlement)
            kept.append(brought_as_json(settlement))
        results.append(here)
    assert results[0] == results[1] == now(K1={"done": 300 * WAN}, K2={"words": "主体封顶"}, K3={"words": "进场"})


def test_what_was_changed_back_here_is_not_overwritten_by_the_same_file():
    data = edited(put("K1", "本月完成投资", 300))
    settlement = settle_returned(LAYOUT, merged(data))
    earlier = earlier_from_json(LAYOUT, [brought_as_json(settlement)])
    again = merged(data, now(), earlier)
    assert [cell.state for cell in again.cells] == [State.SETTLED]
    assert settle_returned(LAYOUT, again).changes == ()
