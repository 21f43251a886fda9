"""The one way to write: an action, one transaction, one trail entry with its change rows, the head locked last.

    @action("library.register_project", _("登记项目"))
    def register_project(*, actor: Actor, name: str) -> Project:
        act = current()
        project = act.add(Project(name=name))
        act.about(project, name=name)
        return project

An action that is called inside another joins it: same transaction, same entry. Nothing is ever deleted.
"""

import functools
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from typing import Any, ParamSpec, TypeVar, cast

from django.db import IntegrityError, models, transaction

from guatu.core import clock, rights, trail
from guatu.core.actor import Actor
from guatu.core.bulk import insert_row, insert_rows, stands_already, update_many
from guatu.core.canonical import canonical
from guatu.core.changes import Changes, Keys, personal_columns, trail_values
from guatu.core.dated import DatedFact, name_of
from guatu.core.fields import OfficeRow
from guatu.core.frozen import insert_frozen
from guatu.core.ids import new_public_id
from guatu.core.models import TrailEntry
from guatu.core.prepared import prepared
from guatu.core.refusals import Conflict, Refusal, Sentence
from guatu.core.requests import claim

P = ParamSpec("P")
R = TypeVar("R")
Row = TypeVar("Row", bound=models.Model)
Fact = TypeVar("Fact", bound=DatedFact)
CHUNK, PART, FEW, SAY_EVERY = 800, 2000, 40, 400


@dataclass(frozen=True, slots=True)
class ActionInfo:
    """A registered action: its name, its words, the right it needs and the function."""

    name: str
    words: Sentence
    right: str
    function: Callable[..., Any]


ACTIONS: dict[str, ActionInfo] = {}
UNSAID = "…"  # what an action's words name and is not known


class _Named(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return UNSAID


def words_of_action(name: str, params: Mapping[str, Any] | None = None) -> str:
    """An action's words with what they name from `params`, "…" where that is not known; the name of one unknown."""
    info = ACTIONS.get(name)
    return str(info.words).format_map(_Named(params or {})) if info is not None else name


def words_of(entry: TrailEntry) -> str:
    """What was done, as every page says it: the action's words with what they name, filled in from the entry."""
    return words_of_action(entry.action, _params(entry))


def said_beside(entry: TrailEntry) -> dict[str, Any]:
    """What the entry keeps that its words do not say."""
    info = ACTIONS.get(entry.action)
    words = str(info.words) if info is not None else ""
    return {name: value for name, value in _params(entry).items() if f"{{{name}}}" not in words}


_CODES: dict[str, dict[str, Sentence]] = {}


def declare_said(name: str, words: Mapping[str, Sentence]) -> None:
    """Give the codes that entries keep under a parameter's name the words in which a trail says them."""
    _CODES.setdefault(name, {}).update(words)


def _params(entry: TrailEntry) -> dict[str, Any]:
    params: dict[str, Any] = json.loads(entry.params or "{}")
    for name in _CODES.keys() & params.keys():
        if isinstance(params[name], str):
            params[name] = str(_CODES[name].get(params[name], params[name]))
    return params


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many facts were new, changed something that stood, or said what was already known."""

    added: int = 0
    superseded: int = 0
    unchanged: int = 0

    def plus(self, other: "Recorded") -> "Recorded":
        """Both together."""
        return Recorded(self.added + other.added, self.superseded + other.superseded, self.unchanged + other.unchanged)


@dataclass(slots=True)
class Act:
    """What is being written now. Rows are written through it, so that the trail has every one of them."""

    actor: Actor
    name: str = ""
    entry_id: Any = field(default_factory=new_public_id)
    subject: tuple[str, str] = ("", "")
    reason: str = ""
    params: dict[str, Any] = field(default_factory=dict)
    changes: Changes = field(init=False)
    former: dict[str, dict[str, Any]] = field(default_factory=dict)  # see `_keep_personal`
    watch: Callable[[int], None] | None = None  # told now and then how many rows are written; may raise to stop
    news: dict[type[models.Model], Keys] = field(default_factory=dict)  # of rows that were added here
    told: dict[type[models.Model], Keys] = field(default_factory=dict)  # of those whose facts were recorded here
    watched: int = 0  # rows of which was told last

    def __post_init__(self) -> None:
        self.changes = Changes(self.entry_id)

    # -- describing -------------------------------------------------------------------------------------------------
    def about(self, row: OfficeRow | None, *, reason: str = "", **params: Any) -> None:
        """Say what the entry is about, why, and what its sentence names. The outermost action's word stands."""
        if row is not None and not self.subject[0]:
            self.subject = row.trail_subject()
        self.reason = self.reason or reason
        for name, value in params.items():
            self.params.setdefault(name, value)

    # -- rows that are edited under a version -----------------------------------------------------------------------
    def add(self, row: Row) -> Row:
        """Insert one row."""
        insert_row(row)
        self._added([row])
        return row

    def add_many(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Insert many rows of one model."""
        for start in range(0, len(rows), PART):
            part = rows[start : start + PART]
            insert_rows(part)
            self._added(part)
        return rows

    def freeze(
        self,
        model: type[models.Model],
        about: OfficeRow,
        columns: Mapping[str, Sequence[Any]],
        spelled: Collection[str] = (),
    ) -> None:
        """Insert rows of one model that nothing changes afterwards, given by columns (see `guatu.core.frozen`): one
        line of the trail has the digest of all of them. `about`: whose rows they are (their ABOUT).
        """
        if any(map(len, columns.values())):
            ids, told = insert_frozen(model, columns, spelled)
            self.changes.frozen(model, about.trail_subject(), ids, told)
            self._say()

    def _added(self, rows: Sequence[models.Model]) -> None:
        self.changes.added(rows)
        if rows and isinstance(rows[0], OfficeRow):
            self.news.setdefault(type(rows[0]), Keys()).add({row.pk for row in rows})
        self._say()

    def _changed(self, kind: str, rows: Sequence[models.Model], values: Sequence[dict[str, Any]]) -> None:
        self.changes.changed(kind, rows, values)
        self._say()

    def _say(self) -> None:
        if self.watch is not None and len(self.changes) - self.watched >= SAY_EVERY:
            self.watched = len(self.changes)
            self.watch(self.watched)

    def change(self, row: Row, *, seen: int | None = None, **values: Any) -> bool:
        """Change columns of an office row under the version that was seen; False when nothing differs.

        Raises Conflict, with the present values, when somebody changed it meanwhile.
        """
        names = [row._meta.get_field(name).attname for name in values]  # type: ignore[union-attr]  # only plain columns
        before = trail_values(row, names)
        version = getattr(row, "version", None)
        expected = version if seen is None else seen
        if seen is not None and version is not None and seen != version:
            theirs = {name: getattr(row, name) for name in values}
            raise Conflict(name=str(row), seen=seen, theirs=theirs, row=row)
        personal = {name: getattr(row, name) for name in names if name in personal_columns(row)}
        for name, value in values.items():
            setattr(row, name, value)
        after = trail_values(row, names)
        moved = {name: [before[name], after[name]] for name in names if before[name] != after[name]}
        if not moved:
            return False
        self._update(row, names, expected)
        self._changed("change", [row], [moved])
        self._keep_personal(row, {name: value for name, value in personal.items() if name in moved})
        return True

    def _keep_personal(self, row: models.Model, values: dict[str, Any]) -> None:
        """Former personal values by row (`place_of`), for whoever must be able to take this act back: the trail has
        them as digests only. They leave the act nowhere but by an action that keeps them beside the person's row.
        """
        if values:
            kept = self.former.setdefault(place_of(str(row._meta.label_lower), row.pk), {})
            for name, value in values.items():
                kept.setdefault(name, value)

    def _update(self, row: models.Model, names: list[str], expected: int | None) -> None:
        manager = type(row)._default_manager
        columns = {name: getattr(row, name) for name in names}
        if expected is None:
            manager.filter(pk=row.pk).update(**columns)
            return
        hit = manager.filter(pk=row.pk, version=expected).update(version=expected + 1, **columns)
        if not hit:
            theirs = manager.get(pk=row.pk)
            values = {name: getattr(theirs, name) for name in names}
            raise Conflict(name=str(theirs), seen=expected, theirs=values, row=theirs)
        row.version = expected + 1  # type: ignore[attr-defined]  # only office rows have one

    def cache(self, rows: Iterable[Row], names: Sequence[str]) -> None:
        """Write values that are derived from facts and can be computed again; the trail does not need them."""
        update_many(list(rows), names)

    # -- dated facts ------------------------------------------------------------------------------------------------
    def record(self, fact: DatedFact) -> bool:
        """Record one fact; False when it is already known. See `record_many`."""
        return self.record_many([fact]).unchanged == 0

    def record_many(self, facts: Sequence[Fact]) -> Recorded:
        """Record facts of one model: a standing row of the same key and dates that says otherwise is superseded.

        `booked_on` defaults to `effective_on`; a fact that says what stands already is left out. Raises Conflict where
        somebody else records one of them at the same moment.
        """
        if not facts:
            return Recorded()
        model, now = type(facts[0]), clock.now()
        for fact in facts:
            fact.recorded_at, fact.entry_id = now, self.entry_id
            fact.booked_on = fact.booked_on or fact.effective_on
        standing = _standing(model, self.with_past(facts))
        closed: list[int] = []
        fresh: dict[tuple[Any, ...], Fact] = {}
        unchanged = 0
        for fact in facts:
            identity = fact.identity()
            known = standing.get(identity)
            if known is not None and known[1] == fact.tells():
                unchanged += 1
                continue
            if known is not None:
                closed.append(known[0])
            fresh[identity] = fact
        self._supersede(model, _by_id(model, closed), now)
        try:
            self.add_many(list(fresh.values()))
        except IntegrityError as error:
            if not stands_already(error):
                raise
            raise Conflict(name=name_of(facts), seen=0, theirs={}) from None
        self._tell(model, fresh.values())
        return Recorded(len(fresh) - len(closed), len(closed), unchanged)

    def with_past(self, facts: Sequence[Fact]) -> Sequence[Fact]:
        """Those of the facts before which others may have been recorded: not of a row that was added here and of which
        nothing of the kind was said yet.
        """
        about = _about_field(type(facts[0])) if facts else None
        new = self.news.get(about.related_model) if about is not None else None
        if about is None or new is None:
            return facts
        name, told = about.attname, self.told.get(type(facts[0]), Keys())
        return [fact for fact in facts if (key := fact.__dict__[name]) not in new or key in told]

    def _tell(self, model: type[Fact], facts: Iterable[Fact]) -> None:
        about = _about_field(model)
        if about is not None and about.related_model in self.news:
            self.told.setdefault(model, Keys()).add({fact.__dict__[about.attname] for fact in facts})

    def withdraw(self, facts: Sequence[Fact]) -> None:
        """Supersede facts without putting others in their place (undo of what was recorded in error)."""
        if facts:
            self._supersede(type(facts[0]), list(facts), clock.now())

    def _supersede(self, model: type[Fact], rows: list[Fact], now: Any) -> None:
        for start in range(0, len(rows), CHUNK):
            part = rows[start : start + CHUNK]
            query = model._default_manager.filter(pk__in=[row.pk for row in part], superseded_at__isnull=True)
            if query.update(superseded_at=now) != len(part):
                raise Conflict(name=name_of(rows), seen=0, theirs={})
        self._changed("supersede", rows, [{"superseded_at": now}] * len(rows))

    # -- the end ----------------------------------------------------------------------------------------------------
    def seal(self) -> None:
        """Write the change rows and the entry, the head last. An action that changed nothing leaves no entry."""
        if not len(self.changes):
            return
        if self.actor.request_id is not None:
            claim(self.actor.request_id, self.actor, self.actor.request_digest)
        self.changes.write()
        actor = self.actor
        entry = TrailEntry(
            id=self.entry_id,
            action=self.name,
            at=clock.now(),
            user_id=actor.user_id,
            post_id=actor.post_id,
            for_post_id=actor.for_post_id,
            actor_label=actor.label[:120],
            way=str(actor.way),
            subject_kind=self.subject[0],
            subject_id=self.subject[1],
            reason=self.reason,
            params=canonical(self.params),
            changes_count=len(self.changes),
            changes_digest=self.changes.digest(),
        )
        trail.seal(entry)
        _last.set(entry)
        transaction.on_commit(functools.partial(trail.append_head, entry.number, entry.digest))


_current: ContextVar[Act | None] = ContextVar("act", default=None)
_last: ContextVar[TrailEntry | None] = ContextVar("last_entry", default=None)


def current() -> Act:
    """The act that the running action writes through."""
    act = _current.get()
    if act is None:
        raise RuntimeError("nothing may be written outside an action")
    return act


def is_writing() -> bool:
    """Whether an action is running in this context."""
    return _current.get() is not None


def last_entry() -> TrailEntry | None:
    """The entry that the last finished action of this context wrote; None when it changed nothing."""
    return _last.get()


def open_act() -> Act | None:
    """The act that is open, if any: for readers that must see what it has already written."""
    return _current.get()


@contextmanager
def writing(actor: Actor) -> Iterator[Act]:
    """One transaction with one trail entry; joins the one that is open."""
    outer = _current.get()
    if outer is not None:
        yield outer
        return
    _last.set(None)
    with transaction.atomic(durable=True):
        act = Act(actor)
        token = _current.set(act)
        try:
            yield act
            act.seal()
        finally:
            _current.reset(token)


def action(name: str, words: Sentence, *, right: str | None = None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Register an office verb. Its keyword `actor` must hold the right of the same name (or `right`)."""

    def register(function: Callable[P, R]) -> Callable[P, R]:
        if name in ACTIONS:
            raise ValueError(f"action {name!r} is registered twice")
        needed = right or name

        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            actor = kwargs["actor"]
            if not isinstance(actor, Actor):
                raise TypeError(f"{name} needs actor=Actor")
            outermost = _current.get() is None
            if outermost:
                rights.can(actor, needed).require()
            with writing(actor) as act:
                act.name = act.name or name
                return function(*args, **kwargs)

        ACTIONS[name] = ActionInfo(name, words, needed, run)
        return run

    return register


class _Rehearsed(Exception):
    """Ends a rehearsal: everything that was written is rolled back."""


def rehearse(actor: Actor, right: str, carry_out: Callable[[], R]) -> tuple[R, Changes]:
    """Carry out actions for real, take everything back, and give the result with the rows that would have changed.

    What a preview shows is what the action does, since it is the action. Needs `right`; a refusal comes through. Rows
    in the result that were added exist no longer. Not inside an action.
    """
    rights.can(actor, right).require()
    if is_writing():
        raise RuntimeError("an action cannot rehearse another")
    found: list[tuple[R, Changes]] = []
    try:
        with writing(actor) as act:
            act.changes.kept = False
            found.append((carry_out(), act.changes))
            raise _Rehearsed
    except _Rehearsed:
        return found[0]


def require_reason(reason: str, what: Sentence) -> str:
    """The reason, trimmed; refused when it is empty."""
    text = reason.strip()
    if not text:
        raise Refusal("core.reason_missing", what=what)
    return text


def place_of(label: str, row_id: Any) -> str:
    """A row's name in `Act.former`."""
    return f"{label} {row_id}"


@cache
def _about_field(model: type[DatedFact]) -> Any:
    """The foreign key that says whose fact it is; None where a text says so."""
    field = model._meta.get_field(model.ABOUT)
    return field if field.is_relation else None


Standing = dict[tuple[Any, ...], tuple[int, tuple[Any, ...]]]


def standing_of(model: type[Fact], facts: Sequence[Fact]) -> dict[tuple[Any, ...], Fact]:
    """The standing rows of the given facts' keys and dates, by identity."""
    wanted = {fact.identity() for fact in facts}
    found = _standing(model, facts)
    rows = _by_id(model, [number for identity, (number, _told) in found.items() if identity in wanted])
    return {row.identity(): row for row in rows}


def _standing(model: type[Fact], facts: Sequence[Fact]) -> Standing:
    """Standing rows that may be of the given facts' keys: (id, what it tells) by identity."""
    found: Standing = {}
    if not facts:
        return found
    about = _about_field(model)
    by = about.attname if about is not None and about.attname in model.KEY else model.KEY[0]
    narrow: dict[str, Any] = {}
    for name in (*model.KEY, "effective_on"):  # a sheet has one date and one list: don't read the history
        few = {getattr(fact, name) for fact in facts}
        if name != by and len(few) <= FEW:
            narrow[f"{name}__in"] = few
    wanted = sorted({getattr(fact, by) for fact in facts})
    size = len(model.KEY) + 2
    columns = (*model.KEY, "effective_on", "booked_on", "pk", *model.value_columns())
    look_up = _standing_rows(model, columns)
    for start in range(0, len(wanted), CHUNK):
        for row in look_up(**{f"{by}__in": wanted[start : start + CHUNK]}, **narrow):
            found[row[:size]] = (row[size], row[size + 1 :])
    return found


@cache
def _standing_rows(model: type[DatedFact], columns: tuple[str, ...]) -> Callable[..., list[tuple[Any, ...]]]:
    @prepared
    def look_up(**narrow: Any) -> models.QuerySet[Any, tuple[Any, ...]]:
        return model._default_manager.filter(superseded_at__isnull=True, **narrow).values_list(*columns)

    return look_up


def _by_id(model: type[Fact], ids: Sequence[int]) -> list[Fact]:
    """Rows with what they are about, in the order of their ids."""
    found: list[Fact] = []
    listed = sorted(ids)
    for start in range(0, len(listed), CHUNK):
        query = model._default_manager.filter(pk__in=listed[start : start + CHUNK]).order_by("pk")
        query = query.select_related(model.ABOUT) if _about_field(model) is not None else query
        found += [cast(Fact, row) for row in query]
    return found
