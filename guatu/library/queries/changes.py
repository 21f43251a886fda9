"""What an action is about to change, as people read it: by subject, each field before and after.

Read inside the action's transaction, after everything has been written: what it superseded is still there.
"""

import json
from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guatu.core.changes import Change
from guatu.core.dated import DatedFact
from guatu.core.refusals import Sentence
from guatu.library.choices import Role, Stage
from guatu.library.models import OtherName, Project, Theme
from guatu.library.queries.history import COLUMNS, said

PART = 400
_MORE: dict[str, Sentence] = {
    "themes": _("板块"),
    "owner_credit_code": _("统一社会信用代码"),
    "batch_id": _("批次"),
    "number": _("序号"),
    "completes_this_year": _("本年计划竣工"),
    "project_class_id": _("分类"),
    "planned_start": _("计划开工"),
    "planned_finish": _("计划竣工"),
    "planned_resume": _("计划复工"),
    "quarter_goals": _("分季度目标"),
    "layer": _("管理层级"),
    "mark": _("标记"),
    "preliminary_cost": _("前期费用"),
    "percent": _("形象进度（%）"),
    "next_plan": _("下步计划"),
    "estimate": _("预计数"),
    "kinds_exclusive": _("类型互斥"),
    "document_number": _("文号"),
    "confirmed": _("已确认"),
}
LABELS = ChainMap(_MORE, COLUMNS)
"""Words of a column: those of histories too, higher packages' included."""
_MONEY_TOO = {"preliminary_cost": "cumulative"}  # shown as that column is


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a subject, before and after, in words."""

    label: str
    before: str
    after: str


def differences(changes: Iterable[Change], projects: Mapping[str, Project]) -> dict[str, list[Difference]]:
    """By a project's public id, what changes of it. `projects` are those that were known before, by public id."""
    found: dict[str, list[Difference]] = {}
    added: dict[str, list[Change]] = {}
    for change in changes:
        if change.about_id not in projects:
            continue
        if change.kind == "change":
            values = _loaded(change)
            found.setdefault(change.about_id, []).extend(
                Difference(str(LABELS[name]), _shown(name, pair[0]), _shown(name, pair[1]))
                for name, pair in values.items()
                if name in LABELS
            )
        elif change.kind == "add":
            added.setdefault(change.model, []).append(change)
    superseded = {(change.model, change.row_id) for change in changes if change.kind == "supersede"}
    for label, listed in added.items():
        model = apps.get_model(label)
        if model is OtherName:
            names = OtherName.objects.in_bulk([int(change.row_id) for change in listed])
            for change in listed:
                found.setdefault(change.about_id, []).append(_also_called(names[int(change.row_id)]))
        if issubclass(model, DatedFact):
            ids = {row_id for name, row_id in superseded if name == label}
            for about_id, fact, before in _facts(model, listed, ids):
                found.setdefault(about_id, []).extend(_compared(fact, before))
    return found


def _also_called(row: OtherName) -> Difference:
    return Difference(str(_("又名")), "—", row.name)


def _loaded(change: Change) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(change.values)
    return values


def _facts(
    model: type[DatedFact], changes: Sequence[Change], superseded: set[str]
) -> Iterable[tuple[str, DatedFact, DatedFact | None]]:
    """(public id of the project, new fact, the one that held at its date before)."""
    about = {int(change.row_id): change.about_id for change in changes}
    related = [field.name for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    fresh = [
        row for part in _parts(about) for row in model._default_manager.filter(pk__in=part).select_related(*related)
    ]
    entries = {row.entry_id for row in fresh}
    wanted = {row.project_id for row in fresh}  # type: ignore[attr-defined]  # every fact of a project names it
    gone = {int(row_id) for row_id in superseded}
    former: dict[tuple[Any, ...], list[DatedFact]] = {}
    for part in _parts(wanted):
        rows = model._default_manager.filter(**{"project_id__in": part}).exclude(entry_id__in=entries)
        for row in rows.filter(Q(superseded_at__isnull=True) | _among(gone)).select_related(*related):
            former.setdefault(tuple(getattr(row, name) for name in model.KEY), []).append(row)
    for fact in fresh:
        held = former.get(tuple(getattr(fact, name) for name in model.KEY), [])
        on = fact.effective_on
        before = [row for row in held if row.effective_on <= on] if not _is_event(fact) else held
        yield about[fact.pk], fact, max(before, key=_order, default=None)


def _among(ids: set[int]) -> Q:
    reach = Q(pk__in=[])
    for part in _parts(ids):
        reach |= Q(pk__in=part)
    return reach


def _parts(ids: Iterable[int]) -> Iterable[list[int]]:
    listed = sorted(ids)
    for start in range(0, len(listed), PART):
        yield listed[start : start + PART]


def _order(row: DatedFact) -> tuple[date, date, int]:
    return row.effective_on, row.booked_on, row.pk


def _is_event(fact: DatedFact) -> bool:
    """A step to a stage is its date: another date of the same step takes its place, whichever comes first."""
    return hasattr(fact, "stage") and hasattr(fact, "occurrence")


def _compared(fact: DatedFact, before: DatedFact | None) -> list[Difference]:
    if _is_event(fact):
        label = Stage(fact.stage).label  # type: ignore[attr-defined]  # an event has a stage, see above
        return [Difference(str(label), str(before.effective_on) if before else "—", str(fact.effective_on))]
    if hasattr(fact, "role") and hasattr(fact, "slot"):
        return [Difference(str(Role(fact.role).label), _who(before), _who(fact))]
    told, was = fact.says(), before.says() if before is not None else {}
    return [
        Difference(str(LABELS[name]), _value(before, name), _value(fact, name))
        for name in told
        if name in LABELS
        and told[name] != was.get(name)
        and (before is not None or told[name] not in (None, "", [], 0))
    ]


def _who(fact: DatedFact | None) -> str:
    if fact is None:
        return "—"
    post, unit = getattr(fact, "post", None), getattr(fact, "unit", None)
    return str(post or unit or "—")


def _value(fact: DatedFact | None, name: str) -> str:
    if fact is None:
        return "—"
    if name.endswith("_id"):
        row = getattr(fact, name.removesuffix("_id"))
        return "—" if row is None else str(getattr(row, "number", row))
    display = getattr(fact, f"get_{name}_display", None)
    return str(display() or "—") if display is not None else _shown(name, getattr(fact, name))


def _shown(name: str, value: Any) -> str:
    if name == "themes":
        value = list(Theme.objects.filter(pk__in=value or []).order_by("order", "pk"))
    if isinstance(value, list):
        return "；".join(str(each) for each in value if each) or "—"
    if name == "percent" and isinstance(value, int):
        return f"{value // 100}.{value % 100:02}%"
    return said(_MONEY_TOO.get(name, name), value)
