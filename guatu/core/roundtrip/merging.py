"""A returned workbook held against what was sent and what is now, and what a person decides of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guatu.core.refusals import Refusal
from guatu.core.roundtrip.back import Returned
from guatu.core.roundtrip.layout import Layout, Value
from guatu.core.roundtrip.values import canonical, reader
from guatu.core.sheets.errors import Issue
from guatu.domain.errors import DomainError
from guatu.domain.merge import (
    NOTHING_EARLIER,
    CellKey,
    Decision,
    Earlier,
    Merge,
    Rules,
    Settlement,
    Unread,
    merge,
    settle,
)


def rules_of(layout: Layout) -> Rules:
    """What may not be changed in a returned workbook, and what is never emptied without asking."""
    return Rules(
        protected=frozenset(column.code for column in layout.columns if not column.editable),
        asks_if_cleared=frozenset(column.code for column in layout.columns if column.asks_if_cleared),
    )


def merge_returned(
    layout: Layout,
    returned: Returned,
    now: Mapping[str, Mapping[str, Any]],
    earlier: Earlier = NOTHING_EARLIER,
) -> Merge:
    """The merge of a returned workbook. ``now`` holds the values that stand here at present by row key and column code
    (a row that is no longer the unit's is left out), ``earlier`` what former returns of this workbook brought.
    """
    here = {
        key: {code: canonical(layout.by_code[code], value) for code, value in row.items() if code in layout.by_code}
        for key, row in now.items()
    }
    return merge(returned.sent.rows, returned.rows, here, rules_of(layout), earlier)


def settle_returned(layout: Layout, found: Merge, decisions: Mapping[CellKey, Decision] | None = None) -> Settlement:
    """What is to be written, each with what was seen. A typed decision's value is the text that the person typed.

    Raises Refusal: core.merge_unread, core.merge_several, core.merge_nothing_to_decide, core.merge_typed.
    """
    read = {at: _read(layout, at, decision) for at, decision in (decisions or {}).items()}
    try:
        return settle(found, read)
    except DomainError as error:
        params = {**error.params, "column": _heading(layout, error.params["column"])}
        raise Refusal(error.code.replace("merge.", "core.merge_"), **params) from error


def _read(layout: Layout, at: CellKey, decision: Decision) -> Decision:
    if decision.choice != "typed" or not isinstance(decision.value, str) or at[1] not in layout.by_code:
        return decision
    return Decision("typed", typed_value(layout, at[1], decision.value))


def typed_value(layout: Layout, code: str, text: str) -> Value:
    """What a person typed in place of a cell, read as the cell would be. Raises Refusal("core.merge_typed")."""
    found = reader(layout, layout.by_code[code])(text, None, False)
    if isinstance(found.value, Unread):
        why = Issue(found.value.why, params=dict(found.params)).message
        raise Refusal("core.merge_typed", column=_heading(layout, code), text=text[:60], why=why)
    return found.value


def _heading(layout: Layout, code: str) -> str:
    column = layout.by_code.get(code)
    return column.heading if column else code
