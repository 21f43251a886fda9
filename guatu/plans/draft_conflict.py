"""Two who changed a draft at once: node by node and field by field what each says, to be chosen; nothing is lost.

What only one of the two changed is taken from that one; where both changed a field it is asked. Rows that the other
added come along. The choice is sent as `core.conflicts` sends it (`pick.ID.FIELD`), and `forms.read` takes it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core.conflicts import Difference, context_of, since
from guatu.core.refusals import Conflict, Refusal
from guatu.core.typed import show_day
from guatu.plans.choices import DurationUnit
from guatu.plans.content import Content, ContentNode, from_json
from guatu.plans.content_changes import FIELD_WORDS
from guatu.plans.forms import GONE, KEPT, SITTING, TypedDraft, TypedRow, shown
from guatu.plans.models import PlanDraft

WORDS: Final = {**FIELD_WORDS, "calendar": gettext_lazy("日历")}


@dataclass(frozen=True)
class _Three:
    """The draft as it was opened, as it stands, and as one typed it."""

    base: Content
    theirs: Content
    mine: Content

    def nodes(self) -> list[dict[str, ContentNode]]:
        """The nodes of each by id."""
        return [{node.id: node for node in one.nodes} for one in (self.base, self.theirs, self.mine)]


def beside(
    draft: PlanDraft, conflict: Conflict, mine: Content, units: Mapping[str, str]
) -> tuple[TypedDraft, dict[str, Any]]:
    """The form with what was typed and what the other added, and what stands above it. `draft` is as it stands now,
    `mine` what was typed; `units` are names by public id.
    """
    told = since(draft, conflict.seen)
    theirs = from_json(draft.content)
    base = from_json(told.before["content"]) if "content" in told.before else theirs
    found = compared(base, theirs, mine, units)
    typed = replace(shown(found.merged, units), content=mine)
    name = _("%(name)s的计划草案") % {"name": draft.project.name}
    said = str(Refusal("core.changed_meanwhile", name=name))
    marks = {"conflict": said, "added": found.added, "mine_gone": found.removed}
    return typed, {**context_of(conflict, told, found.differences), **marks}


@dataclass(frozen=True, slots=True)
class Compared:
    """What was typed joined with what the other did, the other's rows among it, and where the two differ."""

    merged: Content
    added: list[str]
    removed: list[str]
    differences: list[Difference]


def compared(base: Content, theirs: Content, mine: Content, units: Mapping[str, str]) -> Compared:
    """A draft as it was opened, as it stands and as it was typed; `units` are names by public id."""
    three = _Three(base, theirs, mine)
    merged, added, removed = _merged(three)
    texts = [_texts(one, merged, units) for one in (base, theirs, mine)]
    found = [*_of_plan(three), *_of_rows(three, merged, removed), *_of_fields(three, merged, texts)]
    return Compared(merged, added, removed, found)


def _merged(three: _Three) -> tuple[Content, list[str], list[str]]:
    """What was typed with the rows that the other added or changed though one took them out; the added ones by name,
    the ones taken out by id.
    """
    was, now, mine = three.nodes()
    added = [key for key in now if key not in was and key not in mine]
    removed = [key for key in now if key in was and key not in mine and now[key] != was[key]]
    rows = list(three.mine.nodes)
    order = [node.id for node in three.theirs.nodes]
    for key in sorted({*added, *removed}, key=order.index):
        known = [node.id for node in rows]
        behind = next((other for other in reversed(order[: order.index(key)]) if other in known), None)
        rows.insert(known.index(behind) + 1 if behind is not None else 0, now[key])
    ids = {node.id for node in rows}
    fresh = [one for one in three.theirs.links if one.after in {*added, *removed} and one.before in ids]
    merged = replace(three.mine, nodes=tuple(rows), links=(*three.mine.links, *fresh))
    return merged, [now[key].name for key in added], removed


def _texts(one: Content, merged: Content, units: Mapping[str, str]) -> dict[str, TypedRow]:
    """What a content says in the form's fields, its rows numbered as the merged ones are; rows it hasn't left out."""
    own = {node.id: node for node in one.nodes}
    ids = {node.id for node in merged.nodes}
    links = tuple(link for link in one.links if link.before in ids and link.after in ids)
    rows = replace(one, nodes=tuple(own.get(node.id, node) for node in merged.nodes), links=links)
    return {row.id: row for row in shown(rows, units).rows if row.id in own}


def _difference(label: str, name: str, said: Sequence[str], sent: str) -> Difference | None:
    """`said` is what was, what stands and what was typed."""
    was, now, typed = said
    if typed == now:
        return None
    was_said, now_said, typed_said = (text or _("（空）") for text in said)
    pick = "theirs" if typed == was else "mine"
    ask = was not in (now, typed)
    return Difference(label, name, was_said, now_said, typed_said, values=(sent,), ask=ask, pick=pick)


def _of_plan(three: _Three) -> list[Difference]:
    each = (three.base, three.theirs, three.mine)
    days = [show_day(one.deadline) if one.deadline else "" for one in each]
    ways = {"earliest": _("最早可开始的日期"), "latest": _("倒排最迟的日期")}
    found = [
        _difference(_("完成期限"), "deadline", days, days[1]),
        _difference(_("计划日期取"), "by", [ways.get(one.by, one.by) for one in each], three.theirs.by),
    ]
    return [one for one in found if one is not None]


def _of_rows(three: _Three, merged: Content, removed: Sequence[str]) -> list[Difference]:
    """Rows that one of the two took out."""
    was, now, mine = three.nodes()
    there, out = _("保留"), _("删去")
    found = []
    for place, node in enumerate(merged.nodes, 1):
        label = _("第%(row)s行“%(name)s”") % {"row": place, "name": node.name}
        if node.id in removed:
            found.append(Difference(label, f"{node.id}.row", there, _("改过"), out, (KEPT,)))
        elif node.id in was and node.id in mine and node.id not in now:
            same = mine[node.id] == was[node.id]
            words = there if same else _("改过")
            pick = "theirs" if same else "mine"
            found.append(Difference(label, f"{node.id}.row", there, out, words, (GONE,), ask=not same, pick=pick))
    return found


def _of_fields(three: _Three, merged: Content, texts: Sequence[Mapping[str, TypedRow]]) -> list[Difference]:
    was, now, mine = texts
    found: list[Difference] = []
    for place, node in enumerate(merged.nodes, 1):
        if node.id not in now or node.id not in mine:
            continue
        rows = [was.get(node.id, now[node.id]), now[node.id], mine[node.id]]
        for name, words in WORDS.items():
            label = _("第%(row)s行“%(name)s” %(field)s") % {"row": place, "name": node.name, "field": words}
            one = _difference(label, f"{node.id}.{name}", [_said(row, name) for row in rows], _sent(rows[1], name))
            found += [] if one is None else [one]
    return found


def _sent(row: TypedRow, name: str) -> str:
    """As the form sends it."""
    return ("1" if row.paper else "") if name == "paper" else row.texts[name]


def _said(row: TypedRow, name: str) -> str:
    """As it is read by people."""
    text = _sent(row, name)
    if name == "paper":
        return _("是") if text else _("否")
    if name != "calendar":
        return text
    if text.startswith(SITTING):
        return _("会期：%(name)s") % {"name": text.removeprefix(SITTING)}
    return str((DurationUnit.CALENDAR if text == DurationUnit.CALENDAR else DurationUnit.WORKDAY).label)
