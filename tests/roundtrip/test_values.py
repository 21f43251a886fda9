"""Cells and values both ways, as docs/algorithms/merge.md works them out."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guatu.core.roundtrip.layout import Column, Layout
from guatu.core.roundtrip.values import as_text, canonical, cell_of, from_text, reader
from guatu.core.sheets.fields import FieldKind
from guatu.domain.merge import Unread
from guatu.domain.money import MoneyUnit
from tests.domain.worked import EMPTY, worked
from tests.roundtrip.worlds import STATES

KINDS = {kind.value: kind for kind in FieldKind}
FROM = {
    "money": int,
    "integer": int,
    "date": dt.date.fromisoformat,
    "percent": Decimal,
    "choice": str,
    "code": str,
    "text": str,
}


def layout_of(kind: FieldKind, unit: MoneyUnit = MoneyUnit.WAN, **more: object) -> Layout:
    choices = STATES if kind is FieldKind.CHOICE else ()
    column = Column(code="value", heading="数", kind=kind, editable=True, choices=choices, **more)  # type: ignore[arg-type]  # a test's words
    return Layout("1", (Column(code="name", heading="项目名称", identifies=True), column), 2026, unit)


def cell(text: str) -> tuple[object, bool]:
    """A cell as the page spells it, and whether it is formatted as per cent."""
    sort, _, said = text.partition(" ")
    if sort in ("number", "share"):
        return float(said), sort == "share"
    return (dt.date.fromisoformat(said) if sort == "date" else said.replace("&nbsp;", "\u00a0")), False


@pytest.mark.parametrize("row", worked("merge", "cells"), ids=lambda row: f"{row['kind']} {row['cell']}")
def test_a_cell_is_read_as_the_page_says(row):
    layout = layout_of(KINDS[row["kind"]])
    sent = None if row["sent"] == EMPTY else FROM[row["kind"]](row["sent"])
    found = reader(layout, layout.columns[1])(*_args(row, sent)).value
    if row["read"] == "as sent":
        assert found == sent
    elif row["read"].startswith("unread"):
        assert isinstance(found, Unread)
        assert found.why == row["read"].removeprefix("unread ")
    else:
        assert found == (None if row["read"] == EMPTY else FROM[row["kind"]](row["read"]))


def _args(row, sent):
    value, percent = cell(row["cell"])
    return value, sent, percent


VALUES = {
    FieldKind.MONEY: st.integers(-(10**13) + 1, 10**13 - 1),
    FieldKind.INTEGER: st.integers(-(10**9), 10**9),
    FieldKind.DATE: st.dates(dt.date(1954, 11, 1), dt.date(2099, 12, 31)),
    FieldKind.PERCENT: st.integers(0, 10**9).map(lambda number: Decimal(number) / 10**6),
    FieldKind.TEXT: st.text(max_size=30),
    FieldKind.CODE: st.from_regex(r"[0-9A-Z-]{1,18}", fullmatch=True),
    FieldKind.CHOICE: st.sampled_from([choice.code for choice in STATES]),
}


@settings(max_examples=400, deadline=None)
@given(st.data(), st.sampled_from(list(VALUES)), st.sampled_from(list(MoneyUnit)))
def test_what_is_written_is_read_as_it_was_and_kept_as_it_was(data, kind, unit):
    layout = layout_of(kind, unit)
    column = layout.columns[1]
    sent = canonical(column, data.draw(VALUES[kind]))
    shown = cell_of(layout, column, sent)
    stored = float(shown) if isinstance(shown, int) else shown
    read = reader(layout, column)
    percent = kind is FieldKind.PERCENT
    assert read("" if stored is None else stored, sent, percent).value == sent
    assert from_text(column, as_text(sent)) == sent
    if kind is not FieldKind.CODE:  # of a code of figures alone a program loses zeros: only what was sent tells
        other = canonical(column, data.draw(VALUES[kind]))
        found = read("" if stored is None else stored, other, percent).value
        assert found == sent or (kind is FieldKind.TEXT and found == other)


@pytest.mark.parametrize(
    ("shown", "value"),
    [
        (410303198001011000.0, "410303198001011234"),
        ("4.10303E+17", "410303198001011234"),
        (410303198001012000.0, Unread("4.10303198001012e+17", "code_lost_digits")),
        ("4.10304E+17", "4.10304E+17"),
    ],
)
def test_long_figures_that_a_program_cut_are_what_was_sent(shown, value):
    layout = layout_of(FieldKind.CODE)
    assert reader(layout, layout.columns[1])(shown, "410303198001011234", False).value == value


def test_spaces_in_a_code_say_nothing():
    layout = layout_of(FieldKind.CODE)
    column = layout.columns[1]
    assert canonical(column, "0379 6400\u00a01") == "037964001"
    assert reader(layout, column)(" 0379  64001", "037964001", False).value == "037964001"


def test_limits_hold_for_what_was_pasted_over_them():
    strict = layout_of(FieldKind.MONEY, least=0, most=10**8)
    read = reader(strict, strict.columns[1])
    assert read(10000.0, None, False).value == 10**8
    assert read(10001.0, None, False).value == Unread("10001", "beyond_limits")
    assert read(10001.0, 10001 * 10**4, False).value == 10001 * 10**4, "what was sent is no change"
    assert read(-5.0, None, False).value == Unread("-5", "amount_negative")
    mild = layout_of(FieldKind.MONEY, least=0, most=10**8, strict=False)
    assert reader(mild, mild.columns[1])(10001.0, None, False)[:2] == (10001 * 10**4, "beyond_limits")
    short = layout_of(FieldKind.TEXT, longest=3)
    assert reader(short, short.columns[1])("四个字啊", None, False).value == Unread("四个字啊", "longer_than_allowed")
    assert reader(short, short.columns[1])("三个字", None, False).value == "三个字"


def test_of_a_stated_span_the_first_or_the_last_day_is_taken():
    first, last = layout_of(FieldKind.DATE, first=True), layout_of(FieldKind.DATE)
    assert reader(first, first.columns[1])("2026年4月", None, False).value == dt.date(2026, 4, 1)
    assert reader(last, last.columns[1])("4月", None, False).value == dt.date(2026, 4, 30)


@pytest.mark.parametrize("odd", [True, dt.time(8), dt.timedelta(hours=8)])
@pytest.mark.parametrize("kind", [FieldKind.MONEY, FieldKind.DATE, FieldKind.PERCENT, FieldKind.INTEGER])
def test_what_is_no_value_at_all_is_unread(odd, kind):
    layout = layout_of(kind)
    found = reader(layout, layout.columns[1])(odd, 1 if kind is FieldKind.INTEGER else None, False).value
    assert isinstance(found, Unread)
    assert found.why == "kind_of_cell"


@pytest.mark.parametrize("value", [1.5, "12", True, dt.date(2026, 1, 1)])
def test_a_value_of_another_kind_is_a_mistake_of_the_caller(value):
    with pytest.raises(TypeError):
        canonical(layout_of(FieldKind.MONEY).columns[1], value)
