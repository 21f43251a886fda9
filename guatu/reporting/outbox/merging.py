"""A report from a phone held against what stands now: field by field, three ways, nothing overwritten in silence."""

from collections.abc import Mapping
from typing import Any

from guatu.core.refusals import Refusal
from guatu.domain.merge import ReturnedRow, State, merge
from guatu.reporting.outbox.typed import LABELS, as_typed

ROW = "report"


def merged(base: Mapping[str, Any], mine: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """The content with the phone's fields taken where only the phone changed them; `base` is what the phone saw.

    Raises Refusal reporting.outbox_conflict, whose items hold both values of each field that both sides changed.
    """
    seen = {code: base.get(code) for code in mine}
    standing = {code: now.get(code) for code in mine}
    told = merge({ROW: seen}, [ReturnedRow(ROW, dict(mine))], {ROW: standing})
    both = [cell for cell in told.cells if cell.state is State.CONFLICT]
    if both:
        items = [_item(cell.code, cell.theirs, cell.ours) for cell in both]
        raise Refusal("reporting.outbox_conflict", items=items, count=len(items))
    taken = {cell.code: cell.theirs for cell in told.cells if cell.state is State.THEIRS}
    content = {**now, **taken}
    return {code: value for code, value in content.items() if value is not None}


def _item(code: str, mine: Any, now: Any) -> dict[str, Any]:
    return {
        "field": code,
        "label": str(LABELS[code]),
        "mine": as_typed(code, mine),
        "theirs": as_typed(code, now),
        "now": now,
    }
