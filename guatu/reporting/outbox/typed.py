"""What was typed on a phone as the stored fields of a report: read as the sheet reads it (`reporting.desk.typed`)."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import Refusal, Sentence
from guatu.reporting.content import ReportContent, from_json, to_json
from guatu.reporting.desk.typed import read, text_of

LABELS: Final[Mapping[str, Sentence]] = {
    "amount": _("本期完成投资"),
    "percent": _("形象进度"),
    "words": _("本期做了什么"),
    "problem": _("存在问题"),
    "next_plan": _("下步计划"),
    "same": _("与上期相同"),
    "same_reason": _("没有变化的原因"),
}
"""The fields that a phone sends, with their words."""
SAME: Final = "same"


def stored_fields(typed: Mapping[str, str]) -> dict[str, Any]:
    """Each typed field as a report stores it, None for one that was left empty.

    Raises Refusal reporting.outbox_fields, whose items name every field that cannot be read and why.
    """
    told = {code: text for code, text in typed.items() if code in LABELS}
    found = read(ReportContent(), told)
    if found.faults:
        items = [{"field": code, "label": str(LABELS[code]), "message": why} for code, why in found.faults.items()]
        raise Refusal("reporting.outbox_fields", items=items, count=len(items))
    stored = to_json(found.content)
    ticked = {SAME: True if told[SAME].strip() in ("1", "true", "on") else None} if SAME in told else {}
    return {code: stored.get(code) for code in told if code != SAME} | ticked


def as_typed(code: str, value: Any) -> str:
    """A stored field as a phone's form shows it, which is as the sheet does."""
    if value in (None, "", False):
        return ""
    return "1" if code == SAME else text_of(from_json({code: value}), code)
