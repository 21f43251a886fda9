"""What people type into a plan's draft: read, told back by row, never guessed."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from guatu.core import typed
from guatu.core.ids import new_public_id
from guatu.core.refusals import Refusal, Sentence
from guatu.core.typed import show_amount, show_day, why_not
from guatu.domain.errors import DomainError
from guatu.domain.money import MoneyUnit, parse_amount
from guatu.plans.choices import DurationUnit
from guatu.plans.content import DAYS, Content, ContentLink, ContentNode

TEXTS: Final = (
    "name",
    "weight",
    "duration",
    "calendar",
    "waits",
    "unit",
    "evidence",
    *DAYS,
    "crash",
    "crash_cost",
    "cost",
    "quantity",
)
DAY_WORDS: Final[Mapping[str, Sentence]] = {
    "start_no_earlier": _("不早于（开始）"),
    "finish_no_later": _("不晚于（完成）"),
    "must_start": _("必须开始日"),
    "must_finish": _("必须完成日"),
}
SITTING: Final = "sitting:"  # before the body's name, as the choice of a calendar is sent
GONE, KEPT, MINE_GONE = "gone", "kept", "mine_gone"  # what became of a row that one of two took out
_DURATION: Final = re.compile(r"(\d{1,5})\s*(日历天|天|工作日|个工作日|日)?")
_LINK: Final = re.compile(r"(\d{1,4})\s*(FS|SS|FF|SF)?\s*([+-]\s*\d{1,4})?(?:天|日|工作日)?", re.IGNORECASE)
_QUANTITY: Final = re.compile(r"(\d(?:,?\d){0,11}(?:\.\d{1,2})?)\s*([^\s\d.,]\S{0,9})")


@dataclass(slots=True)
class TypedRow:
    """One row of the draft as it was typed, with what is wrong with it."""

    place: int
    id: str
    texts: dict[str, str]
    paper: bool = False
    wrong: dict[str, str] = field(default_factory=dict)

    @property
    def counted(self) -> str:
        """What the duration counts, in words."""
        chosen = self.texts["calendar"]
        if chosen.startswith(SITTING):
            return str(_("次（%(name)s）")) % {"name": chosen.removeprefix(SITTING)}
        return str((DurationUnit.CALENDAR if chosen == DurationUnit.CALENDAR else DurationUnit.WORKDAY).label)


@dataclass(slots=True)
class TypedDraft:
    """The whole form: rows, deadline, and what is wrong; `content` only when nothing is."""

    rows: list[TypedRow]
    deadline: str
    by: str
    errors: list[str] = field(default_factory=list)
    content: Content | None = None


def shown(content: Content, units: Mapping[str, str]) -> TypedDraft:
    """A draft as its form shows it; `units` are names by public id."""
    places = content.places()
    waits: dict[str, list[str]] = {}
    for link in content.links:
        if link.before in places:
            waits.setdefault(link.after, []).append(_link_text(places[link.before], link))
    rows = [
        TypedRow(
            place,
            node.id,
            {
                "name": node.name,
                "weight": str(node.weight),
                "duration": str(node.duration),
                "calendar": _calendar_text(node),
                "waits": ", ".join(waits.get(node.id, ())),
                "unit": units.get(node.unit or "", ""),
                "evidence": node.evidence,
                **{name: show_day(day) if (day := getattr(node, name)) else "" for name in DAYS},
                "crash": str(node.crash_most or ""),
                "crash_cost": show_amount(node.crash_cost) if node.crash_cost else "",
                "cost": show_amount(node.cost) if node.cost else "",
                "quantity": _quantity_text(node),
            },
            node.paper,
        )
        for place, node in enumerate(content.nodes, 1)
    ]
    return TypedDraft(rows, show_day(content.deadline) if content.deadline else "", content.by, content=content)


def _calendar_text(node: ContentNode) -> str:
    return f"{SITTING}{node.sitting}" if node.sitting else "" if node.duration_unit == "workday" else node.duration_unit


def _quantity_text(node: ContentNode) -> str:
    return f"{node.quantity.normalize():f}{node.measure}" if node.quantity is not None else node.measure


def _link_text(place: int, link: ContentLink) -> str:
    if link.type == "FS" and link.lag == 0:
        return str(place)
    return f"{place}{link.type}{f'{link.lag:+d}' if link.lag else ''}"


def read(sent: QueryDict, base: Content, units: Mapping[str, str], own: Collection[str] | None = ()) -> TypedDraft:
    """What was sent; `base` is the stored draft (what the form does not show is kept), `units` public ids by name,
    `own` the nodes that the plan ever had. A row under any other id is a new node: ids are never taken from a form,
    except (`own` none) from one that was opened before another's change and is only held against it.
    """
    columns = {name: sent.getlist(name) for name in TEXTS}
    papers = set(sent.getlist("paper"))
    rows = [
        TypedRow(
            place, key, {name: cells[place - 1][:200] if place <= len(cells) else "" for name, cells in columns.items()}
        )
        for place, key in enumerate(sent.getlist("id"), 1)
    ]
    draft = TypedDraft(rows, sent.get("deadline", "")[:30], sent.get("by", "earliest"))
    for row in rows:
        _settle(row, sent, papers)
    gone = [row for row in rows if _gone(row, sent)]
    known = {node.id: node for node in base.nodes}
    _name_anew(rows, None if own is None else {*known, *own})
    nodes = [_node(row, known.get(row.id), units) for row in rows]
    links = [link for row in rows for link in _links(row, rows)]
    deadline = _deadline(draft)
    draft.errors += [sentence for row in rows for sentence in row.wrong.values()]
    if not draft.errors:
        by = draft.by if draft.by in ("earliest", "latest") else "earliest"
        content = replace(base, nodes=tuple(nodes), links=tuple(links), deadline=deadline, by=by)
        for row in gone:
            content = content.without(row.id)
        draft.content = content
    return draft


def _settle(row: TypedRow, sent: QueryDict, papers: set[str]) -> None:
    """Where another's change was chosen field by field (`draft_conflict`), it stands for what was typed."""
    row.paper = row.id in papers
    for name in row.texts:
        row.texts[name] = sent.get(f"{row.id}.{name}", row.texts[name])[:200]
    if f"{row.id}.paper" in sent:
        row.paper = sent[f"{row.id}.paper"] == "1"


def _name_anew(rows: Sequence[TypedRow], own: Collection[str] | None) -> None:
    """An id that is not the plan's own, or stands on a second row, becomes a new one."""
    taken: set[str] = set()
    for row in rows:
        if row.id in taken or not row.id or (own is not None and row.id not in own):
            row.id = str(new_public_id())
        taken.add(row.id)


def _gone(row: TypedRow, sent: QueryDict) -> bool:
    """Whether the row is one that was taken out: by the other, as was chosen, or by oneself, as was kept."""
    chosen = sent.get(f"{row.id}.row", "")
    return chosen == GONE or (row.id in sent.getlist(MINE_GONE) and chosen != KEPT)


def _deadline(draft: TypedDraft) -> date | None:
    if not draft.deadline.strip():
        return None
    try:
        return typed.day_typed(draft.deadline).day
    except DomainError as fault:
        draft.errors.append(str(Refusal("plans.deadline_wrong", why=why_not(fault))))
        return None


def _wrong(row: TypedRow, field_name: str, code: str, **params: Any) -> None:
    if code not in ("plans.name_missing", "plans.unit_unknown"):
        params["name"] = row.texts["name"]
    row.wrong.setdefault(field_name, str(Refusal(code, row=row.place, **params)))


def _node(row: TypedRow, known: ContentNode | None, units: Mapping[str, str]) -> ContentNode:
    name = row.texts["name"].strip()
    if not name:
        _wrong(row, "name", "plans.name_missing")
    node = known or ContentNode(id=row.id, name=name)
    duration, unit = _duration(row)
    quantity, measure = _quantity(row)
    return replace(
        node,
        name=name[:80],
        weight=_number(row, "weight", str(_("权重")), 1),
        unit=_unit(row, units),
        evidence=row.texts["evidence"].strip()[:160],
        duration=duration,
        duration_unit=unit,
        sitting=row.texts["calendar"].strip().removeprefix(SITTING)[:60] if _sits(row) else "",
        crash_most=_number(row, "crash", str(_("可压缩天数")), 0),
        crash_cost=_amount(row, "crash_cost", str(_("压缩一天的费用"))),
        cost=_amount(row, "cost", str(_("投资"))),
        measure=measure,
        quantity=quantity,
        paper=row.paper,
        **{name: _day(row, name) for name in DAYS},  # type: ignore[arg-type]  # the four days by name
    )


def _duration(row: TypedRow) -> tuple[int, str]:
    text = row.texts["duration"].strip()
    found = _DURATION.fullmatch(text)
    if found is None:
        _wrong(row, "duration", "plans.row_duration", text=text)
        return 1, "workday"
    said = found.group(2) or ""
    every_day = said == "日历天" or (row.texts["calendar"].strip() == DurationUnit.CALENDAR and "工作" not in said)
    if _sits(row) and every_day:
        _wrong(row, "duration", "plans.row_sitting")
    return int(found.group(1)), "calendar" if every_day else "workday"


def _sits(row: TypedRow) -> bool:
    return row.texts["calendar"].strip().startswith(SITTING)


def _number(row: TypedRow, name: str, words: str, otherwise: int) -> int:
    text = row.texts[name].strip()
    if not text:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        _wrong(row, name, "plans.row_number", field=words, text=text)
        return otherwise
    return int(text)


def _amount(row: TypedRow, name: str, words: str) -> int:
    text = row.texts[name].strip()
    if not text:
        return 0
    try:
        yuan = parse_amount(text, MoneyUnit.WAN)
    except DomainError as fault:
        _wrong(row, name, "plans.row_amount", field=words, why=why_not(fault))
        return 0
    if yuan < 0:
        _wrong(row, name, "plans.row_number", field=words, text=text)
    return max(yuan, 0)


def _quantity(row: TypedRow) -> tuple[Decimal | None, str]:
    text = row.texts["quantity"].strip()
    if not text or (len(text) <= 4 and not any(char.isdigit() for char in text)):
        return None, text
    found = _QUANTITY.fullmatch(text)
    if found is None:
        _wrong(row, "quantity", "plans.row_quantity", text=text)
        return None, ""
    return Decimal(found.group(1).replace(",", "")), found.group(2)


def _unit(row: TypedRow, units: Mapping[str, str]) -> str | None:
    text = row.texts["unit"].strip()
    if not text:
        return None
    if text not in units:
        _wrong(row, "unit", "plans.unit_unknown")
    return units.get(text)


def _day(row: TypedRow, name: str) -> date | None:
    text = row.texts[name].strip()
    if not text:
        return None
    try:
        return typed.day_typed(text).day
    except DomainError as fault:
        _wrong(row, name, "plans.row_day", field=str(DAY_WORDS[name]), why=why_not(fault))
        return None


def _links(row: TypedRow, rows: Sequence[TypedRow]) -> Iterator[ContentLink]:
    known: set[tuple[int, str]] = set()
    for part in filter(None, re.split(r"[,，、;；\s]+(?![+-])", row.texts["waits"].strip())):
        found = _LINK.fullmatch(part)
        if found is None:
            _wrong(row, "waits", "plans.row_link", text=part)
            return
        place, kind = int(found.group(1)), (found.group(2) or "FS").upper()
        if not 1 <= place <= len(rows):
            _wrong(row, "waits", "plans.row_link_unknown", to=place)
        elif place == row.place:
            _wrong(row, "waits", "plans.row_link_itself")
        elif (place, kind) in known:
            _wrong(row, "waits", "plans.row_link_twice", to=place)
        else:
            known.add((place, kind))
            lag = int((found.group(3) or "0").replace(" ", ""))
            yield ContentLink(before=rows[place - 1].id, after=row.id, type=kind, lag=lag)


def rearranged(content: Content, deed: str, key: str) -> Content:
    """The rows with one added behind another, taken out or moved, as a button of a row asks; else as they are."""
    if deed == "add":
        return content.with_node(str(_("新节点")), key or None)
    if deed == "remove":
        return content.without(key)
    if deed in ("up", "down") and key in content.places():
        return content.moved(key, -1 if deed == "up" else 1)
    return content
