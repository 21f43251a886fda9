"""The change rows of one action: spelled when a row is written, handed to the database in parts, digested on the way.

The values of added rows are not kept in memory: an import of a district's ledger makes half a million of them.
"""

import hashlib
import hmac
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from json.encoder import encode_basestring  # what canonical JSON spells texts with
from typing import Any, NamedTuple
from uuid import UUID

from django.db import models

from guatu.core.bulk import insert_columns
from guatu.core.canonical import canonical
from guatu.core.fields import OfficeRow
from guatu.core.models import TrailChange

Subject = tuple[str, str]
DIGEST = "digest:"
FREEZE = "freeze"  # rows that were added for good, all of them in one line
KINDS = ("add", "change", "supersede", FREEZE)
PART = 2000
_COLUMNS = ("entry_id", "sequence", "kind", "model", "row_id", "about_kind", "about_id", "values")
_OFTEN_EQUAL = {str, bool, date, datetime}  # alone or with None: two of them may be equal and spelled apart
_SAME_WHEN_EQUAL = (str, int, bool, date, datetime, type(None))


class Change(NamedTuple):
    """One row that was changed, as an action's later steps see it. `values` is empty for an added row."""

    kind: str
    model: str
    row_id: str
    about_kind: str
    about_id: str
    values: str = ""


class Keys:
    """Keys of rows; those that follow each other, as the rows of one insertion do, take no room."""

    def __init__(self) -> None:
        self._runs: list[range] = []
        self._others: set[Any] = set()

    def add(self, keys: set[Any]) -> None:
        """Take keys in."""
        if not keys:
            return
        run = _packed(sorted(keys))
        if not isinstance(run, range):
            self._others |= keys
        elif self._runs and self._runs[-1].stop == run.start:
            self._runs[-1] = range(self._runs[-1].start, run.stop)
        else:
            self._runs.append(run)

    def __contains__(self, key: Any) -> bool:
        return key in self._others or any(key in run for run in self._runs)


class Changes:
    """What an act has changed so far, in order; iterating gives `Change`s. Nothing is kept in a rehearsal's trail."""

    def __init__(self, entry_id: UUID | None = None) -> None:
        self.entry_id = entry_id
        self.kept = True
        self._hasher = hashlib.sha256()
        self._waiting: list[tuple[int, str, str, str, str, str, str]] = []
        self._parts: list[tuple[str, str, Sequence[Any], Sequence[Subject], Sequence[str] | None]] = []
        self._count = 0
        self._models: set[str] = set()
        self._subjects: dict[str, dict[Any, Subject]] = {}

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Change]:
        for kind, model, keys, subjects, values in self._parts:
            texts = values if values is not None else [""] * len(keys)
            for key, subject, text in zip(keys, subjects, texts, strict=True):
                yield Change(kind, model, str(key), *subject, text)

    def of(self, kind: str, model: str) -> Iterator[Change]:
        """The changes of a model's rows that were made in a way (add, change, supersede)."""
        return (one for one in self if (one.kind, one.model) == (kind, model))

    def touch(self, model: str) -> bool:
        """Whether rows of a model (its lower-case label) are among them."""
        return model in self._models

    def ids(self, kind: str, model: str) -> list[Any]:
        """Keys of the rows of a model that were changed in a way (add, change, supersede)."""
        return [key for how, label, keys, *_ in self._parts if (how, label) == (kind, model) for key in keys]

    def subjects(self, *, kinds: Collection[str] = KINDS, model: str = "") -> set[Subject]:
        """Whose rows were changed in one of the ways: (kind, public id)."""
        found: set[Subject] = set()
        for how, label, _keys, subjects, _values in self._parts:
            if how in kinds and model in ("", label):
                found.update(subjects)
        return found

    def added(self, rows: Sequence[models.Model]) -> None:
        """Rows of one model that were inserted."""
        if rows:
            texts = added_texts(rows) if self.kept else None
            self._take("add", rows, texts, keep=False)

    def changed(self, kind: str, rows: Sequence[models.Model], values: Iterable[dict[str, Any]]) -> None:
        """Rows of one model that were changed or superseded, with what the trail keeps of each."""
        if rows:
            self._take(kind, rows, [canonical(each) for each in values], keep=True)

    def frozen(self, model: type[models.Model], about: Subject, ids: str, told: dict[str, Any]) -> None:
        """Rows of one model that were inserted for good: one line of all of them (`guatu.core.frozen`)."""
        label = str(model._meta.label_lower)
        text = canonical(told)
        if self.kept:
            self._waiting.append((self._count, FREEZE, label, ids, *about, text))
        self._count += 1
        self._models.add(label)
        self._parts.append((FREEZE, label, [ids], [about], [text]))

    def _take(self, kind: str, rows: Sequence[models.Model], texts: Sequence[str] | None, *, keep: bool) -> None:
        label = str(rows[0]._meta.label_lower)
        keys = [row.pk for row in rows]
        subjects = self._about(label, rows)
        if self.kept and texts is not None:
            lines = zip(range(self._count, self._count + len(rows)), keys, subjects, texts, strict=True)
            self._waiting += [(place, kind, label, str(key), *about, text) for place, key, about, text in lines]
        self._count += len(rows)
        self._models.add(label)
        self._parts.append((kind, label, _packed(keys), subjects, texts if keep else None))
        if len(self._waiting) >= PART:
            self.write()

    def write(self) -> None:
        """Hand what waits to the database, and to the digest."""
        waiting, self._waiting = self._waiting, []
        if waiting:
            self._hasher.update("".join([f"{_line(*row)}\n" for row in waiting]).encode())
            columns = [[self.entry_id] * len(waiting), *zip(*waiting, strict=True)]
            insert_columns(TrailChange, _COLUMNS, columns)

    def digest(self) -> str:
        """The digest over all change rows (`guatu.core.canonical.digest` of their lines)."""
        return self._hasher.hexdigest()

    def _about(self, label: str, rows: Sequence[models.Model]) -> list[Subject]:
        """Whose history each change belongs to: the row itself, or what its fact is about."""
        first = rows[0]
        if isinstance(first, OfficeRow):
            known = self._subjects.setdefault(label, {})
            return [known.setdefault(row.pk, row.trail_subject()) for row in rows]  # type: ignore[attr-defined]  # of one model
        name: str | None = getattr(first, "ABOUT", None)
        if name is None:
            return [(label, str(row.pk)) for row in rows]
        field = first._meta.get_field(name)
        if not field.is_relation:
            return [(label, str(getattr(row, name))) for row in rows]
        about, key = str(field.related_model._meta.label_lower), str(field.attname)  # type: ignore[union-attr]  # a foreign key
        known = self._subjects.setdefault(about, {})
        return [known.get(getattr(row, key)) or self._subject_of(known, row, name) for row in rows]

    def _subject_of(self, known: dict[Any, Subject], row: models.Model, name: str) -> Subject:
        target = getattr(row, name)
        subject = target.trail_subject() if isinstance(target, OfficeRow) else (str(row._meta.label_lower), str(target))
        return known.setdefault(target.pk, subject)


def _packed(keys: list[Any]) -> Sequence[Any]:
    """Keys that follow each other as their range."""
    run = range(keys[0], keys[0] + len(keys)) if isinstance(keys[0], int) else ()
    return run if list(run) == keys else keys


def _line(place: int, kind: str, model: str, row_id: str, about_kind: str, about_id: str, values: str) -> str:
    """The change's canonical line (`guatu.core.trail.change_line`), without going through lists."""
    spell = encode_basestring
    return (
        f"[{place},{spell(kind)},{spell(model)},{spell(row_id)},{spell(about_kind)},{spell(about_id)},{spell(values)}]"
    )


# -- spelling ---------------------------------------------------------------------------------------------------------
@lru_cache
def trail_columns(model: type[models.Model]) -> tuple[str, ...]:
    """The columns of a model that the trail keeps, in the order of canonical JSON."""
    return tuple(sorted(f.attname for f in model._meta.concrete_fields if f.attname not in ("id", "entry_id")))


def personal_columns(row: models.Model) -> frozenset[str]:
    """The columns of a row that the trail keeps as a digest only."""
    names: frozenset[str] = getattr(row, "TRAIL_PERSONAL", frozenset())
    return names


def trail_values(row: models.Model, names: Iterable[str]) -> dict[str, Any]:
    """Column values as the trail keeps them: personal ones only as a digest keyed by a salt kept beside the person."""
    personal = personal_columns(row)
    return {name: _hidden(row, getattr(row, name)) if name in personal else getattr(row, name) for name in names}


def is_digest(value: Any) -> bool:
    """Whether a value of the trail is a personal one, of which it keeps the digest only."""
    return isinstance(value, str) and value.startswith(DIGEST)


def _hidden(row: models.Model, value: Any) -> Any:
    if value in ("", None):
        return value
    salt = str(getattr(row, "trail_salt", ""))
    return DIGEST + hmac.digest(salt.encode(), str(value).encode(), hashlib.sha256).hex()


def added_texts(rows: Sequence[models.Model]) -> list[str]:
    """`canonical(trail_values(row, trail_columns))` of rows of one model, spelled by columns: what is the same in all
    of them once, the rest at the speed of C.
    """
    personal = personal_columns(rows[0])
    columns: dict[str, Sequence[Any]] = {}
    for name in trail_columns(type(rows[0])):
        columns[name] = [row.__dict__[name] for row in rows]
        if name in personal:
            columns[name] = [_hidden(row, value) for row, value in zip(rows, columns[name], strict=True)]
    return texts_of(columns)


def texts_of(columns: Mapping[str, Sequence[Any]], spelled: Collection[str] = ()) -> list[str]:
    """Canonical JSON of the objects whose values are given by columns, all of one length and not empty; the values of
    a column named in `spelled` are canonical JSON already.
    """
    pieces: list[str] = []
    varying: list[Sequence[str]] = []
    for name in sorted(columns):
        texts = columns[name] if name in spelled else _spelled(columns[name])
        if isinstance(texts, str):
            pieces.append(f'"{name}":{texts.replace("%", "%%")}')
        else:
            pieces.append(f'"{name}":%s')
            varying.append(texts)
    form = "{" + ",".join(pieces) + "}"
    count = len(next(iter(columns.values())))
    return [form % cells for cells in zip(*varying, strict=True)] if varying else [form % ()] * count


def _spelled(values: Sequence[Any]) -> Sequence[str] | str:
    """Values in canonical JSON; one text where they are all the same."""
    kinds = set(map(type, values))
    if len(kinds) == 1:
        kind = next(iter(kinds))
        if kind in _SAME_WHEN_EQUAL and values.count(values[0]) == len(values):
            return canonical(values[0])
        if kind is str:
            return list(map(encode_basestring, values))
        if kind is int:
            return list(map(str, values))
    kinds.discard(type(None))
    if kinds == {int}:
        return ["null" if value is None else str(value) for value in values]
    if len(kinds) == 1 and kinds <= _OFTEN_EQUAL:
        memo = {value: canonical(value) for value in set(values)}
        return [memo[value] for value in values]
    return [_one(value) for value in values]


def _one(value: Any) -> str:
    kind = type(value)
    if kind is str:
        return encode_basestring(value)
    if kind is int:
        return str(value)
    return f'"{value}"' if kind is UUID else canonical(value)
