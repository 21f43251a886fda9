"""A project's history in sentences: who did what, when, why, and the values before and after."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.core.changes import is_digest
from guatu.core.models import TrailChange, TrailEntry
from guatu.core.refusals import Sentence
from guatu.core.ui.numbers import exact_amount
from guatu.core.writing import words_of
from guatu.library.choices import EntryKind, InvestorKind, ManagementLayer, Nature, Role, Secrecy, Stage
from guatu.library.models import Project

MONEY = {"total_investment", "planned_investment", "cumulative", "ytd", "intensity_per_mu", "tax_per_mu"}
COLUMNS: dict[str, Sentence] = {
    "name": _("名称"),
    "code": _("国家代码"),
    "scale": _("规模"),
    "content": _("建设内容"),
    "address": _("地址"),
    "owner_name": _("业主"),
    "years": _("起止年限"),
    "funding": _("资金来源"),
    "plan_document": _("推进方案"),
    "secrecy": _("敏感程度"),
    "remark": _("备注"),
    "contact": _("联系人"),
    "contact_phone": _("联系电话"),
    "total_investment": _("总投资"),
    "industry": _("行业"),
    "nature": _("建设性质"),
    "planned_investment": _("年度计划投资"),
    "kind": _("类型"),
    "goal": _("年度目标"),
    "listed": _("列入名单"),
    "stage": _("阶段"),
    "role": _("分工"),
    "document": _("文件"),
    "cumulative": _("累计完成投资"),
    "ytd": _("本年完成投资"),
    "words": _("形象进度"),
    "problem": _("存在问题"),
    "effective_on": _("日期"),
    "passed_by": _("放行批准人"),
}
_WORDS: dict[str, dict[str, Sentence]] = {
    "stage": {str(stage): stage.label for stage in Stage},
    "kind": {str(kind): kind.label for kind in EntryKind},
    "role": {str(role): role.label for role in Role},
    "nature": {str(nature): nature.label for nature in Nature},
    "investor": {str(investor): investor.label for investor in InvestorKind},
    "secrecy": {str(secrecy): secrecy.label for secrecy in Secrecy},
    "layer": {str(layer): layer.label for layer in ManagementLayer},
}


def declare_column(
    name: str, words: Sentence, values: Mapping[str, Sentence] | None = None, *, money: bool = False
) -> None:
    """Give a higher package's column (and its codes) the words in which histories say it; `money` is whole yuan."""
    COLUMNS[name] = words
    if money:
        MONEY.add(name)
    _WORDS[name] = dict(values or {})


_FACTS = ("library.", "reporting.")


@dataclass(frozen=True, slots=True)
class Line:
    """One entry about the project."""

    number: int
    at: datetime
    who: str
    words: str
    details: tuple[str, ...]
    reason: str
    entry: TrailEntry


def history_of(project: Project, limit: int = 50, before: int | None = None) -> list[Line]:
    """The last entries about a project, newest first; `before` is an entry's number, for the next page."""
    kind, key = project.trail_subject()
    about = TrailChange.objects.filter(about_kind=kind, about_id=key)
    entries = TrailEntry.objects.filter(pk__in=about.values("entry_id"))
    if before is not None:
        entries = entries.filter(number__lt=before)
    listed = list(entries.order_by("-number")[:limit])
    changes: dict[Any, list[TrailChange]] = {}
    for change in about.filter(entry_id__in=[entry.pk for entry in listed]).order_by("sequence"):
        changes.setdefault(change.entry_id, []).append(change)
    return [_line(entry, changes.get(entry.pk, [])) for entry in listed]


def history_count(project: Project) -> int:
    """How many entries are about a project."""
    kind, key = project.trail_subject()
    return TrailChange.objects.filter(about_kind=kind, about_id=key).values("entry_id").distinct().count()


def _line(entry: TrailEntry, changes: list[TrailChange]) -> Line:
    details = tuple(text for change in changes if (text := _detail(change)))
    return Line(
        entry.number,
        entry.at,
        entry.actor_label,
        words_of(entry),
        details,
        entry.reason,
        entry,
    )


def _detail(change: TrailChange) -> str:
    values = json.loads(change.values)
    if change.model == "library.othername":
        return f"{_('又名')} {values['name']}" if change.kind == "add" else ""
    if change.kind == "change":
        moved = [
            f"{COLUMNS[name]} {said(name, pair[0])} → {said(name, pair[1])}"
            for name, pair in values.items()
            if name in COLUMNS
        ]
        return "；".join(moved)
    if change.kind == "supersede" or not change.model.startswith(_FACTS):
        return ""
    told = [f"{COLUMNS[name]} {said(name, value)}" for name, value in values.items() if name in COLUMNS and value]
    return "；".join(told)


def said(name: str, value: Any) -> str:
    """A column's value as a person reads it."""
    if value in (None, ""):
        return "—"
    if is_digest(value):
        return str(_("（个人信息）"))
    if isinstance(value, bool):
        return str(_("是") if value else _("否"))
    if name in MONEY and isinstance(value, int):
        return exact_amount(value)
    return str(_WORDS.get(name, {}).get(value, value))
