"""Taking back what one trail entry did, from its change rows alone: whatever was recorded is superseded, not deleted.

    done = Footprint(entry, apart=frozenset({"library.importdraft"}))
    later = obstacles(done, essential=frozenset({"library.project"}))    # empty: it may be taken back
    undone = take_back(done, former=former)                              # inside an action

A fact that the entry added is withdrawn, one that it superseded stands again as a new fact with the same words, an
office row that it changed gets its former values, and one that it made goes out of use: `withdrawn` is set where the
model has it, else its days of validity are emptied where it has those (`NEVER`). A row that something else uses
stays, and is named. No model registers anything; an entry that does the same again finds the rows by their marks.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from guatu.core.changes import is_digest
from guatu.core.dated import DatedFact
from guatu.core.fields import OfficeRow
from guatu.core.models import TrailChange, TrailEntry
from guatu.core.refusals import Refusal
from guatu.core.writing import current, place_of, standing_of, words_of

NEVER = date(1900, 1, 1)
"""`valid_to` of a row that was taken back: it is valid on no day."""
PART = 400
UNDOES = "undoes"  # parameter of the entry that takes another back
Place = tuple[str, int]  # (model label, primary key)


@dataclass(slots=True)
class Footprint:
    """What an entry did, read from its change rows; models in `apart` (the conversation itself) are left out."""

    entry: TrailEntry
    apart: frozenset[str] = frozenset()
    added: dict[str, set[int]] = field(default_factory=dict)  # facts, by model
    superseded: dict[str, set[int]] = field(default_factory=dict)
    made: list[Place] = field(default_factory=list)  # office rows, in the order in which they were made
    changed: dict[Place, dict[str, Any]] = field(default_factory=dict)  # columns as they were before
    subjects: dict[str, set[str]] = field(default_factory=dict)  # whose rows: kind → ids
    made_subjects: dict[tuple[str, str], str] = field(default_factory=dict)  # of made rows: subject → model

    def __post_init__(self) -> None:
        rows = TrailChange.objects.filter(entry_id=self.entry.pk).order_by("sequence")
        columns = ("kind", "model", "row_id", "about_kind", "about_id", "values")
        for row in rows.values_list(*columns).iterator(chunk_size=2000):
            if row[1] not in self.apart:
                self._take(*row)

    def _take(self, kind: str, label: str, row_id: str, about_kind: str, about_id: str, values: str) -> None:
        key = int(row_id)
        self.subjects.setdefault(about_kind, set()).add(about_id)
        if kind == "supersede":
            self.superseded.setdefault(label, set()).add(key)
        elif kind == "change":
            moved = json.loads(values)
            before = self.changed.setdefault((label, key), {})
            for name, pair in moved.items():
                before.setdefault(name, pair[0])
            if moved.get("withdrawn") == [True, False]:  # taken in again: as good as made
                self.made_subjects[(about_kind, about_id)] = label
        elif issubclass(apps.get_model(label), DatedFact):
            self.added.setdefault(label, set()).add(key)
        else:
            self.made.append((label, key))
            self.made_subjects[(about_kind, about_id)] = label

    @property
    def empty(self) -> bool:
        """Whether there is nothing to take back."""
        return not (self.added or self.superseded or self.made or self.changed)

    def facts(self) -> Iterator[tuple[type[DatedFact], list[int]]]:
        """Models and ids (in parts) of every fact that the entry added or superseded."""
        for label in sorted({*self.added, *self.superseded}):
            ids = self.added.get(label, set()) | self.superseded.get(label, set())
            for part in parts(ids):
                yield apps.get_model(label), part


def parts(ids: Iterable[Any]) -> Iterator[list[Any]]:
    """Ids in parts that every database takes in one query."""
    listed = sorted(ids)
    for start in range(0, len(listed), PART):
        yield listed[start : start + PART]


# -- what stands in the way -------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something later that touches the same rows: of what, who, when, and the words of what was done."""

    name: str
    who: str
    at: datetime
    what: str


@dataclass(frozen=True, slots=True)
class _Later:
    entry_id: UUID
    kind: str
    model: str
    row_id: str
    about: tuple[str, str]
    values: str


def obstacles(done: Footprint, essential: frozenset[str]) -> list[Obstacle]:
    """Later entries that changed a row of the footprint, recorded a fact of the same key, or were about a row of an
    `essential` model that it made; oldest first, once a subject. An entry that was itself taken back since, and the
    one that did so, count as nothing.
    """
    later = list(_later(done))
    keys = _Keys(done)
    found = [(change.entry_id, change.about) for change in later if _touches(done, change, essential, keys)]
    subjects = [about for about, label in done.made_subjects.items() if label in essential]
    found += list(_about(done.entry, subjects))
    entries = _entries_after(done.entry, {entry_id for entry_id, _about in found})
    pairs = dict.fromkeys(pair for pair in found if pair[0] in entries)
    names = _names(about for _entry, about in pairs)
    rows = sorted(((entries[entry_id], names[about]) for entry_id, about in pairs), key=lambda row: row[0].number)
    return [Obstacle(name, entry.actor_label, entry.at, _words(entry)) for entry, name in rows]


def _about(entry: TrailEntry, subjects: Iterable[tuple[str, str]]) -> Iterator[tuple[UUID, tuple[str, str]]]:
    """Later entries whose subject is one of these, whatever rows they wrote."""
    by_kind: dict[str, list[str]] = {}
    for kind, key in subjects:
        by_kind.setdefault(kind, []).append(key)
    for kind, ids in by_kind.items():
        for part in parts(ids):
            rows = TrailEntry.objects.filter(subject_kind=kind, subject_id__in=part, number__gt=entry.number)
            for entry_id, key in rows.values_list("pk", "subject_id"):
                yield entry_id, (kind, key)


def touched(done: Footprint) -> set[Place]:
    """The made rows that were changed later: they are somebody's by now."""
    later = list(_later(done))
    entries = _entries_after(done.entry, {change.entry_id for change in later})
    made = {(label, str(key)) for label, key in done.made}
    return {
        (change.model, int(change.row_id))
        for change in later
        if change.entry_id in entries and change.kind == "change" and (change.model, change.row_id) in made
    }


def _later(done: Footprint) -> Iterator[_Later]:
    """Change rows of other entries, made after the footprint's or at the same time, about the same subjects."""
    after = TrailEntry.objects.filter(number__gt=done.entry.number).values("id")
    first = TrailChange.objects.filter(entry_id__in=after).aggregate(first=models.Min("id"))["first"]
    if first is None:
        return
    columns = ("entry_id", "kind", "model", "row_id", "about_kind", "about_id", "values")
    for kind, ids in done.subjects.items():
        for part in parts(ids):
            rows = TrailChange.objects.filter(about_kind=kind, about_id__in=part, id__gte=first)
            rows = rows.exclude(entry_id=done.entry.pk).order_by("id")
            for entry_id, what, label, row_id, *about, values in rows.values_list(*columns):
                if label not in done.apart:
                    yield _Later(entry_id, what, label, row_id, (about[0], about[1]), values)


def _entries_after(entry: TrailEntry, ids: Collection[UUID]) -> dict[UUID, TrailEntry]:
    """The entries that came after, without those taken back since and those that took them back."""
    rows: dict[UUID, TrailEntry] = {}
    for part in parts(ids):
        rows.update({row.pk: row for row in TrailEntry.objects.filter(pk__in=part, number__gt=entry.number)})
    if not rows:
        return rows
    gone: set[UUID] = set()
    undoing = TrailEntry.objects.filter(number__gt=entry.number, params__contains=f'"{UNDOES}":')
    for key, params in undoing.values_list("pk", "params"):
        undone = UUID(json.loads(params)[UNDOES])
        if undone in rows:
            gone |= {undone, key}
    return {key: row for key, row in rows.items() if key not in gone}


class _Keys:
    """Which facts the footprint has touched, by model: their keys, read when they are asked for."""

    def __init__(self, done: Footprint) -> None:
        self.done = done
        self._found: dict[str, set[tuple[Any, ...]]] = {}

    def of(self, label: str) -> set[tuple[Any, ...]]:
        if label not in self._found:
            self._found[label] = {
                tuple(key)
                for model, part in self.done.facts()
                if str(model._meta.label_lower) == label
                for key in model._default_manager.filter(pk__in=part).values_list(*model.KEY)
            }
        return self._found[label]


def _touches(done: Footprint, change: _Later, essential: frozenset[str], keys: _Keys) -> bool:
    key = int(change.row_id) if change.row_id.isdigit() else 0
    if done.made_subjects.get(change.about) in essential:
        return True
    if change.kind == "change":
        return (change.model, key) in done.changed
    if change.kind == "supersede":
        return key in done.added.get(change.model, ())
    model = apps.get_model(change.model)
    if not issubclass(model, DatedFact):
        return False
    values = json.loads(change.values)
    return tuple(values.get(name) for name in model.KEY) in keys.of(change.model)


def _names(subjects: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """What people call the rows that subjects name; the subject itself where it is no row."""
    found: dict[tuple[str, str], str] = {}
    by_kind: dict[str, list[str]] = {}
    for kind, key in subjects:
        found[(kind, key)] = key
        by_kind.setdefault(kind, []).append(key)
    for kind, ids in by_kind.items():
        try:
            model = apps.get_model(kind)
        except (LookupError, ValueError):
            continue
        if issubclass(model, OfficeRow):
            for part in parts(ids):
                for row in model._default_manager.filter(public_id__in=part):
                    found[row.trail_subject()] = str(row)
    return found


def _words(entry: TrailEntry) -> str:
    """What the entry's action is called, and of which file it was."""
    words = words_of(entry)
    source = json.loads(entry.params).get("source")
    return f"{words}“{source}”" if source else words


# -- taking back ------------------------------------------------------------------------------------------------------
@dataclass(slots=True)
class Undone:
    """What was taken back: facts withdrawn, facts that stand again, rows with their former values, made rows that went
    out of use by model, and those that stay because something else uses them, as (model, name).
    """

    withdrawn: int = 0
    standing_again: int = 0
    changed: int = 0
    out_of_use: dict[str, int] = field(default_factory=dict)
    left: list[tuple[str, str]] = field(default_factory=list)
    not_restored: list[str] = field(default_factory=list)  # rows of which a personal value is known nowhere any more


def lock(done: Footprint) -> None:
    """Hold the office rows of the footprint until the end of the transaction, where the database locks rows."""
    for label in {label for label, _key in (*done.made, *done.changed)}:
        for part in parts(key for one, key in {*done.made, *done.changed} if one == label):
            rows = apps.get_model(label)._default_manager.select_for_update().filter(pk__in=part)
            list(rows.values_list("pk", flat=True))


def take_back(
    done: Footprint,
    *,
    former: Mapping[str, Mapping[str, Any]],
    progress: Any = lambda done, total: None,
) -> Undone:
    """Take back what the entry did, through the running act. `former` are the personal values that `Act.former` had.

    The caller has made sure that nothing stands in the way (`obstacles`). Raises core.undo_touched where a fact of the
    entry no longer stands as it was recorded.
    """
    undone = Undone()
    steps = len(done.added) + len(done.superseded) + 2
    at = 0
    kept = touched(done)
    for label, ids in sorted(done.added.items()):
        undone.withdrawn += _withdraw(apps.get_model(label), ids, done.superseded.get(label, set()))
        progress(at := at + 1, steps)
    for label, ids in sorted(done.superseded.items()):
        undone.standing_again += _stand_again(apps.get_model(label), ids - done.added.get(label, set()))
        progress(at := at + 1, steps)
    _change_back(done, former, undone)
    progress(at := at + 1, steps)
    _out_of_use(done, kept, undone)
    current().about(None, **{UNDOES: str(done.entry.pk)})
    return undone


def _rows(model: type[DatedFact], ids: Iterable[int]) -> Iterator[list[Any]]:
    about = [model.ABOUT] if model.ABOUT + "_id" in {field.attname for field in model._meta.concrete_fields} else []
    for part in parts(ids):
        query = model._default_manager.filter(pk__in=part).order_by("pk")
        yield list(query.select_related(*about) if about else query)


def _withdraw(model: type[DatedFact], ids: set[int], own: set[int]) -> int:
    """Withdraw the facts that the entry left standing; where an undo in between put an equal one there, that one."""
    count = 0
    for rows in _rows(model, ids):
        standing = [row for row in rows if row.superseded_at is None]
        gone = [row for row in rows if row.superseded_at is not None and row.pk not in own]
        instead = standing_of(model, gone)
        for row in gone:
            other = instead.get(row.identity())
            if other is None or other.says() != row.says():
                raise Refusal("core.undo_touched", name=str(row))
            standing.append(other)
        current().withdraw(standing)
        count += len(standing)
    return count


def _stand_again(model: type[DatedFact], ids: set[int]) -> int:
    count = 0
    for rows in _rows(model, ids):
        again = []
        for row in rows:
            values = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
            for name in ("id", "recorded_at", "superseded_at", "entry_id"):
                values.pop(name)
            fact = model(**values)
            if model.ABOUT in row._state.fields_cache:
                setattr(fact, model.ABOUT, getattr(row, model.ABOUT))
            again.append(fact)
        current().record_many(again)
        count += len(again)
    return count


def _change_back(done: Footprint, former: Mapping[str, Mapping[str, Any]], undone: Undone) -> None:
    made = set(done.made)
    for label in sorted({label for label, _key in done.changed}):
        model = apps.get_model(label)
        for part in parts(key for one, key in done.changed if one == label and (one, key) not in made):
            for row in model._default_manager.filter(pk__in=part).order_by("pk"):
                values, whole = _before(row, done.changed[(label, row.pk)], former.get(place_of(label, row.pk), {}))
                if not whole:
                    undone.not_restored.append(str(row))
                undone.changed += current().change(row, **values)


def _before(row: models.Model, kept: dict[str, Any], former: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
    """The columns as they were, as Python has them, and whether all of them are known."""
    personal: frozenset[str] = getattr(row, "TRAIL_PERSONAL", frozenset())
    values: dict[str, Any] = {}
    whole = True
    for name, value in kept.items():
        if name in personal and is_digest(value):
            if name not in former:
                whole = False
                continue
            value = former[name]
        values[name] = row._meta.get_field(name).to_python(value)  # type: ignore[union-attr]  # only plain columns
    return values, whole


def _out_of_use(done: Footprint, kept: set[Place], undone: Undone) -> None:
    """Rows that were made, the last first: what was made for another goes before it."""
    for label, ids in _runs(done.made):
        model = apps.get_model(label)
        mark = _mark(model)
        for part in parts(ids):
            rows = list(model._default_manager.filter(pk__in=part).order_by("-pk"))
            used = _in_use(model, part) if mark else set()
            for row in rows:
                if mark and row.pk not in used and (label, row.pk) not in kept:
                    current().change(row, **mark)
                    undone.out_of_use[label] = undone.out_of_use.get(label, 0) + 1
                else:
                    undone.left.append((label, str(row)))


def _runs(made: list[Place]) -> Iterator[tuple[str, list[int]]]:
    """Rows of one model that were made one after the other, the last ones first."""
    run: list[int] = []
    label = ""
    for one, key in reversed(made):
        if one != label and run:
            yield label, run
            run = []
        label = one
        run.append(key)
    if run:
        yield label, run


def _mark(model: type[models.Model]) -> dict[str, Any]:
    for name, value in (("withdrawn", True), ("valid_to", NEVER)):
        try:
            model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        return {name: value}
    return {}


def _in_use(model: type[models.Model], ids: Collection[int]) -> set[int]:
    """Which rows something in use refers to: a standing fact, an office row that was not taken back itself."""
    used: set[int] = set()
    for relation in model._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and (relation.one_to_many or relation.one_to_one) and not relation.concrete):
            continue
        other: Any = relation.related_model
        name = relation.field.name  # type: ignore[union-attr]  # a reverse relation has one
        if name in getattr(other, "CACHED_KEYS", ()):  # computed from facts, which are asked themselves
            continue
        rows = other._default_manager.filter(**{f"{name}__in": ids})
        if issubclass(other, DatedFact):
            rows = rows.filter(superseded_at__isnull=True)
        mark = _mark(other)
        used |= set((rows.exclude(**mark) if mark else rows).values_list(name, flat=True))
    return used
