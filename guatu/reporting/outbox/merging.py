"""A report from a phone held against what stands now: field by field, three ways, nothing overwritten in silence."""

from collections.abc import Mapping
from typing import Any

from guatu.core.refusals import Refusal
from guatu.domain.merge import ReturnedRow, State, merge
from guatu.reporting.outbox.flat import deep, flat
from guatu.reporting.outbox.typed import as_typed, label_of

ROW = "report"


def merged(base: Mapping[str, Any], mine: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """The content with the phone's fields taken where only the phone changed them; `base` is what the phone saw. Both
    of them by single fields (`flat`), what stands `now` and what is returned as stored.

    Raises Refusal reporting.outbox_conflict, whose items hold both values of each field that both sides changed.
    """
    seen = {code: base.get(code) for code in mine}
    there = flat(now)
    standing = {code: there.get(code) for code in mine}
    told = merge({ROW: seen}, [ReturnedRow(ROW, dict(mine))], {ROW: standing})
    both = [cell for cell in told.cells if cell.state is State.CONFLICT]
    if both:
        items = [_item(cell.code, cell.theirs, cell.ours) for cell in both]
        raise Refusal("reporting.outbox_conflict", items=items, count=len(items))
    taken = {cell.code: cell.theirs for cell in told.cells if cell.state is State.THEIRS}
    return deep({**there, **taken})


def _item(code: str, mine: Any, now: Any) -> dict[str, Any]:
    return {
        "field": code,
        "label": label_of(code),
        "mine": as_typed(code, mine),
        "theirs": as_typed(code, now),
        "now": now,
    }
