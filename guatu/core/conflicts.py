"""Two who change one thing at once: what was open, what is there now (whose, since when), what was typed; both decide.

    except Conflict as conflict:
        shown |= beside(form, conflict)        # a page that has a form shows it above the fields
    …                                          # any other page: pages.refused shows core/conflict.html

What was open is read from the trail: every change of a row under its version is one change row. The page sends each
field's choice (`pick.NAME`) and the present value (`theirs.NAME`); `settle` puts the chosen one into what was sent,
so every view reads it as if it had been typed. Nothing that was typed is lost, and nothing is overwritten unseen.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from guatu.core import clock
from guatu.core.changes import is_digest
from guatu.core.dated import DatedFact
from guatu.core.fields import OfficeRow
from guatu.core.models import TrailChange, TrailEntry
from guatu.core.refusals import Conflict

PICK, THEIRS = "pick.", "theirs."
SEEN = ("seen", "version")  # names under which forms send the version that was open
APART = frozenset({"csrfmiddlewaretoken", "request_id", "do", "step", *SEEN})
LONGEST_SHOWN = 400


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of two who changed a thing at once. `values` are the present ones as a form sends them; `ask`: both
    changed it; `pick` is what is chosen at first.
    """

    label: str
    name: str
    before: str
    theirs: str
    mine: str
    values: tuple[str, ...] = ()
    ask: bool = True
    pick: str = "mine"


@dataclass(frozen=True, slots=True)
class Since:
    """What became of a row since a version: the columns as they were then, who changed it last, and when."""

    before: dict[str, Any]
    who: str
    at: datetime | None


def since(row: OfficeRow, seen: int) -> Since:
    """The row's columns as they stood at the version `seen`, as far as they differ; personal ones are not known."""
    kind, key = row.trail_subject()
    changes = TrailChange.objects.filter(about_kind=kind, about_id=key, kind="change", row_id=str(row.pk))
    changes = changes.filter(model=row._meta.label_lower)
    later = list(changes.order_by("-id")[: max(row.version - seen, 0)])
    before: dict[str, Any] = {}
    for change in later:
        before.update({name: pair[0] for name, pair in json.loads(change.values).items()})
    last = TrailEntry.objects.filter(pk=later[0].entry_id).first() if later else None
    return Since(before, last.actor_label if last else "", last.at if last else None)


def beside(form: forms.Form, conflict: Conflict) -> dict[str, Any]:
    """What a page with a form shows; the form is sent again against the version that is shown now."""
    row, told = _now_and_then(conflict)
    found = [one for one in (_of_field(form, name, row, told.before) for name in form.fields) if one is not None]
    if isinstance(form.data, QueryDict):
        sent = form.data.copy()
        sent[form.add_prefix("seen")] = str(row.pk if isinstance(row, DatedFact) else getattr(row, "version", ""))
        form.data = sent
    return context_of(conflict, told, found)


def on_its_own(request: HttpRequest, conflict: Conflict) -> dict[str, Any]:
    """What a page without a form shows: the differences, and all that was sent, to be sent again."""
    row, told = _now_and_then(conflict)
    now = _as_sent(row, {}) if isinstance(row, OfficeRow) else {}
    before = _as_sent(row, told.before) if isinstance(row, OfficeRow) else {}
    found = [
        one
        for name, (label, value) in now.items()
        if name in request.POST
        and (one := _difference(label, name, before[name][1], value, str(request.POST[name]))) is not None
    ]
    kept = [(name, value) for name, values in request.POST.lists() for value in values if name not in APART]
    version = str(getattr(row, "version", ""))
    kept += [(name, version) for name in SEEN if name in request.POST]
    kept += [(name, str(request.POST[name])) for name in ("do", "step") if name in request.POST]
    return {**context_of(conflict, told, found), "kept": kept, "own_page": True}


def settle(request: HttpRequest) -> None:
    """Where the present value was chosen, it stands in what was sent instead of the typed one."""
    chosen = [name[len(PICK) :] for name, value in request.POST.items() if name.startswith(PICK) and value == "theirs"]
    if not chosen:
        return
    sent = request.POST.copy()
    for name in chosen:
        sent.setlist(name, request.POST.getlist(THEIRS + name))
        if not sent.getlist(name):
            del sent[name]
    request.POST = sent  # type: ignore[assignment]  # as Django itself sets it


def _now_and_then(conflict: Conflict) -> tuple[OfficeRow | DatedFact | None, Since]:
    """The row as it stands now and what became of it; of a fact, the one that was open is another row (`seen`)."""
    row = conflict.row
    if isinstance(row, DatedFact):
        model = type(row)
        opened = model._default_manager.filter(pk=conflict.seen).first()
        before = {column.attname: getattr(opened, column.attname, None) for column in model._meta.concrete_fields}
        entry = TrailEntry.objects.filter(pk=str(row.entry_id)).first()
        return row, Since(before, entry.actor_label if entry else "", entry.at if entry else None)
    fresh = type(row)._default_manager.filter(pk=row.pk).first() if isinstance(row, OfficeRow) else None
    return fresh, since(fresh, conflict.seen) if fresh is not None else Since({}, "", None)


def context_of(conflict: Conflict, told: Since, found: list[Difference]) -> dict[str, Any]:
    """What `conflict_note.html` shows."""
    at = clock.local(told.at).strftime("%m-%d %H:%M") if told.at is not None else ""
    return {
        "conflict": str(conflict),
        "conflict_name": conflict.params.get("name", ""),
        "conflict_who": told.who,
        "conflict_at": at,
        "differences": found,
        "theirs_title": " ".join(part for part in (_("现在的"), told.who, at) if part),
    }


def _of_field(form: forms.Form, name: str, row: Any, before: Mapping[str, Any]) -> Difference | None:
    column = _column(row, name)
    if column is None or name in SEEN or name not in form.cleaned_data:
        return None
    field, now = form.fields[name], getattr(row, name)
    was = _python(column, before[column.attname]) if column.attname in before else now
    mine = form.cleaned_data[name]
    if _plain(mine) == _plain(now):
        return None
    sent = field.prepare_value(now)
    values = tuple(
        str(value) for value in (sent if isinstance(sent, list | tuple) else [sent]) if value not in (None, False)
    )
    only_theirs = _plain(mine) == _plain(was)
    return Difference(
        str(field.label or name),
        form.add_prefix(name),
        _said(field, was),
        _said(field, now),
        _said(field, mine),
        ("on",) if now is True else values,
        ask=not only_theirs and _plain(was) != _plain(now),
        pick="theirs" if only_theirs else "mine",
    )


def _difference(label: str, name: str, before: str, theirs: str, mine: str) -> Difference | None:
    """Of texts as they were sent; line ends apart, which browsers change."""
    was, now, typed = (text.replace("\r\n", "\n") for text in (before, theirs, mine))
    if typed == now:
        return None
    shown = [text[:LONGEST_SHOWN] or _("（空）") for text in (was, now, typed)]
    pick = "theirs" if typed == was else "mine"
    both = was not in (now, typed)
    return Difference(label, name, shown[0], shown[1], shown[2], (theirs,), ask=both, pick=pick)


def _as_sent(row: OfficeRow, before: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """The row's columns as (label, text) by the name under which forms send them; some as they were `before`.

    A row whose form does not send its columns one by one says itself what it sends (`as_sent`).
    """
    values = {column.attname: before.get(column.attname, getattr(row, column.attname)) for column in _columns(row)}
    said: Iterable[tuple[str, str, str]] = getattr(row, "as_sent", lambda values: ())(values)
    plain = (
        (column.name, str(column.verbose_name), str(values[column.attname]))
        for column in _columns(row)
        if isinstance(column, models.CharField | models.TextField)
    )
    return {name: (label, text) for name, label, text in (*plain, *said)}


def _columns(row: OfficeRow) -> Iterator[Any]:
    yield from (column for column in row._meta.concrete_fields if column.name not in ("id", "public_id", "version"))


def _column(row: Any, name: str) -> Any:
    try:
        column = row._meta.get_field(name) if row is not None else None
    except FieldDoesNotExist:
        return None
    return column if column is not None and column.concrete else None


def _python(column: Any, value: Any) -> Any:
    """A trail's value as the row has it; a personal one is only known as a digest, so it is not known."""
    if is_digest(value):
        return _("（不保留原值）")
    if column.is_relation:
        return column.related_model._default_manager.filter(pk=value).first() if value is not None else None
    return column.to_python(value)


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value.strip().replace("\r\n", "\n")
    return None if value is None else value


def _said(field: forms.Field, value: Any) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        choices: Any = field.choices
        words = {str(code): str(label) for code, label in choices if not isinstance(label, list | tuple)}
        value = words.get(str(value), value)
    shown = value if isinstance(value, models.Model) else field.prepare_value(value)
    return _("（空）") if shown in (None, "") else str(shown)[:LONGEST_SHOWN]
