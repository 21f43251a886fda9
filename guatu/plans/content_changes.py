"""Two contents of one plan held against each other: which nodes are new, changed, gone; field by field, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core.refusals import Sentence
from guatu.core.typed import show_amount, show_day
from guatu.plans.choices import DurationUnit
from guatu.plans.content import DAYS, HAPPENED, Content, ContentNode

NONE: Final = "—"
FIELD_WORDS: Final[Mapping[str, Sentence]] = {
    "name": gettext_lazy("节点"),
    "duration": gettext_lazy("工期"),
    "waits": gettext_lazy("前置"),
    "start_no_earlier": gettext_lazy("不早于（开始）"),
    "finish_no_later": gettext_lazy("不晚于（完成）"),
    "must_start": gettext_lazy("必须开始日"),
    "must_finish": gettext_lazy("必须完成日"),
    "begun_on": gettext_lazy("实际开始"),
    "done_on": gettext_lazy("实际完成"),
    "weight": gettext_lazy("权重"),
    "unit": gettext_lazy("责任单位"),
    "evidence": gettext_lazy("佐证材料"),
    "quantity": gettext_lazy("实物量"),
    "paper": gettext_lazy("手续类"),
    "crash": gettext_lazy("可压缩天数"),
    "crash_cost": gettext_lazy("压缩一天的费用"),
    "cost": gettext_lazy("投资"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field of a node, before and after, in words."""

    field: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeChange:
    """A node that says something else; `place` is its row in the later content."""

    id: str
    name: str
    place: int
    fields: Sequence[FieldChange]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """New and gone nodes by name (and id), changed ones with their fields, how many are the same."""

    new: Sequence[ContentNode] = ()
    changed: Sequence[NodeChange] = ()
    gone: Sequence[ContentNode] = ()
    same: int = 0
    deadline: FieldChange | None = None
    moved: bool = False

    @property
    def any(self) -> bool:
        """Whether anything is different."""
        return bool(self.new or self.changed or self.gone or self.deadline or self.moved)


def compared(before: Content, after: Content, units: Mapping[str, str] | None = None) -> Compared:
    """What `after` changes; nodes are matched by their ids, `units` are names by public id."""
    was, now = {node.id: node for node in before.nodes}, {node.id: node for node in after.nodes}
    told, told_after = said_of(before, units or {}), said_of(after, units or {})
    changed = []
    for place, node in enumerate(after.nodes, 1):
        fields = _fields(told[node.id], told_after[node.id]) if node.id in was else []
        if fields:
            changed.append(NodeChange(id=node.id, name=node.name, place=place, fields=fields))
    days = [show_day(one.deadline) if one.deadline else NONE for one in (before, after)]
    deadline = FieldChange(field="deadline", label=_("完成期限"), before=days[0], after=days[1])
    order = [[node.id for node in one.nodes if node.id in was and node.id in now] for one in (before, after)]
    kept = sum(1 for key in now if key in was)
    return Compared(
        new=[node for node in after.nodes if node.id not in was],
        changed=changed,
        gone=[node for node in before.nodes if node.id not in now],
        same=kept - len(changed),
        deadline=deadline if days[0] != days[1] else None,
        moved=order[0] != order[1],
    )


def _fields(before: Mapping[str, str], after: Mapping[str, str]) -> list[FieldChange]:
    return [
        FieldChange(field=name, label=str(words), before=before[name] or NONE, after=after[name] or NONE)
        for name, words in FIELD_WORDS.items()
        if before[name] != after[name]
    ]


def said_of(content: Content, units: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """What every node says, field by field in words, by its id; those before it stand with their names."""
    names = {node.id: node.name for node in content.nodes}
    waits: dict[str, list[str]] = {}
    for link in sorted(content.links, key=lambda one: (one.after, one.before, one.type)):
        lag = f"{link.lag:+d}" if link.lag else ""
        loose = "" if link.technical else _("管理")
        told = "，".join(filter(None, (f"{link.type}{lag}" if (link.type, lag) != ("FS", "") else "", loose)))
        waits.setdefault(link.after, []).append(f"{names.get(link.before, '')}{told and f'（{told}）'}")
    return {node.id: _said(node, "、".join(waits.get(node.id, ())), units) for node in content.nodes}


def _said(node: ContentNode, waits: str, units: Mapping[str, str]) -> dict[str, str]:
    days = {name: show_day(day) if (day := getattr(node, name)) else "" for name in (*DAYS, *HAPPENED)}
    quantity = f"{node.quantity.normalize():f}{node.measure}" if node.quantity is not None else node.measure
    return {
        "name": node.name,
        "duration": _counted(node),
        "waits": waits,
        "weight": str(node.weight),
        "unit": units.get(node.unit or "", node.unit or ""),
        "evidence": node.evidence,
        "quantity": quantity,
        "paper": _("是") if node.paper else "",
        "crash": str(node.crash_most or ""),
        "crash_cost": show_amount(node.crash_cost) if node.crash_cost else "",
        "cost": show_amount(node.cost) if node.cost else "",
        **days,
    }


def _counted(node: ContentNode) -> str:
    if node.sitting:
        return _("%(n)d 次（%(name)s）") % {"n": node.duration, "name": node.sitting}
    return f"{node.duration} {DurationUnit(node.duration_unit).label}"
