"""What was typed on a phone as the stored fields of a report: read as the sheet and the form read it."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import Refusal, Sentence
from guatu.plans.models import Node
from guatu.reporting.choices import MIX
from guatu.reporting.content import ReportContent, from_json, to_json
from guatu.reporting.desk.form_page import nodes_of, with_nodes
from guatu.reporting.desk.typed import read, text_of
from guatu.reporting.outbox.flat import NODE, deep, flat
from guatu.reporting.queries.asked import Wanted

LABELS: Final[Mapping[str, Sentence]] = {
    "amount": _("本期完成投资"),
    **{f"mix_{part}": words for part, words in MIX.items()},
    "percent": _("形象进度"),
    "words": _("本期做了什么"),
    "problem": _("存在问题"),
    "next_plan": _("下步计划"),
    "same": _("与上期相同"),
    "same_reason": _("没有变化的原因"),
}
"""The fields that a phone sends, with their words; what it says of nodes comes beside."""
NODE_LABELS: Final[Mapping[str, Sentence]] = {
    "started": _("开始日期"),
    "finished": _("完成日期"),
    "forecast": _("预计完成"),
    "reason": _("推迟原因"),
}
SAME: Final = "same"


def stored_fields(typed: Mapping[str, str], one: Wanted) -> dict[str, Any]:
    """Each typed field as a report stores it (`flat`), None for one that was left empty.

    Raises Refusal reporting.outbox_fields, whose items name every field that cannot be read and why.
    """
    told = {code: text for code, text in typed.items() if code in LABELS}
    found = read(ReportContent(), told)
    items = [{"field": code, "label": str(LABELS[code]), "message": why} for code, why in found.faults.items()]
    nodes, wrong = _nodes(typed, one)
    items += [{"field": "nodes", "label": str(_("节点")), "message": why} for why in wrong]
    if items:
        raise Refusal("reporting.outbox_fields", items=items, count=len(items))
    stored = flat(to_json(found.content))
    ticked = {SAME: True if told[SAME].strip() in ("1", "true", "on") else None} if SAME in told else {}
    return {code: stored.get(code) for code in told if code != SAME} | ticked | nodes


def _nodes(typed: Mapping[str, str], one: Wanted) -> tuple[dict[str, Any], list[str]]:
    """What was typed of nodes, and why some of it cannot be read."""
    told = {code: text.strip() for code, text in typed.items() if _is_node(code)}
    if not told:
        return {}, []
    content, wrong = with_nodes(one, ReportContent(), told)
    here = {str(node.public_id) for node in nodes_of(one)}
    gone = {code.split(".")[1] for code, text in told.items() if text and code.split(".")[1] not in here}
    wrong += [str(_("“{name}”已经完成或撤下，请清空这个节点。")).format(name=name) for name in _names(gone)]
    stored = flat(to_json(content))
    return {code: stored.get(code) for code in told if code.split(".")[1] in here}, wrong


def _is_node(code: str) -> bool:
    parts = code.split(".")
    return code.startswith(NODE) and len(parts) == 3 and parts[2] in NODE_LABELS


def _names(keys: set[str]) -> list[str]:
    names = {str(key): name for key, name in Node.objects.filter(public_id__in=keys).values_list("public_id", "name")}
    return [names.get(key, str(_("节点"))) for key in sorted(keys)]


def label_of(code: str) -> str:
    """A field's words, with the node's name where it speaks of one."""
    if code in LABELS:
        return str(LABELS[code])
    _prefix, key, part = code.split(".")
    return f"{_names({key})[0]} {NODE_LABELS.get(part, part)}"


def as_typed(code: str, value: Any) -> str:
    """A stored field as a phone's form shows it, which is as the sheet does; days as 2026-03-20."""
    if value in (None, "", False):
        return ""
    if code.startswith(NODE):
        return str(value)
    return "1" if code == SAME else text_of(from_json(deep({code: value})), code)
