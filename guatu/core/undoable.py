"""Which actions a person may take back, and whether one trail entry of theirs may be now.

    register("library.change_project", _may, after=_refreshed)     # in a package's undoing.py

An undo is an action of its own (`core.undo`): it needs the right of what it undoes, is the same person's, and is done
only while nothing later stands on it. What stands in the way is named.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from guatu.core import clock, rights
from guatu.core.actor import Actor
from guatu.core.changes import is_digest
from guatu.core.models import TrailEntry
from guatu.core.undoing import UNDOES, Footprint, obstacles
from guatu.core.writing import ACTIONS

UNDO = "core.undo"
NAMED = 20  # obstacles that are named


@dataclass(frozen=True, slots=True)
class Undoable:
    """How a package lets one of its actions be taken back.

    `require(actor, entry, done)` raises Refusal where the actor may not reach the rows; `locked(done)` names what else
    stands in the way; `after(done)` computes caches again. Rows of an `essential` model that the entry made carry
    what others build on.
    """

    action: str
    require: Callable[[Actor, TrailEntry, Footprint], None]
    locked: Callable[[Footprint], list[str]] = lambda done: []
    after: Callable[[Footprint], None] = lambda done: None
    essential: frozenset[str] = frozenset()


UNDOABLE: dict[str, Undoable] = {}


def register(*kinds: Undoable) -> None:
    """Let these actions be taken back."""
    for kind in kinds:
        if kind.action in UNDOABLE:
            raise ValueError(f"{kind.action} is registered twice")
        UNDOABLE[kind.action] = kind


def offered(actor: Actor, entries: Iterable[TrailEntry]) -> set[UUID]:
    """Which of the entries are the actor's own, of a kind that may be taken back under a right still held, and were
    not taken back yet. Whether something stands in the way is found when it is asked for.
    """
    if actor.user_id is None:
        return set()
    own = [
        entry
        for entry in entries
        if entry.user_id == actor.user_id
        and entry.action in UNDOABLE
        and rights.can(actor, ACTIONS[entry.action].right).allowed
    ]
    return {entry.pk for entry in own} - undone(own)


def undone(entries: Iterable[TrailEntry]) -> set[UUID]:
    """Which of the entries were taken back already; an undo is about the same subject as what it undoes."""
    wanted = {entry.pk: entry for entry in entries}
    if not wanted:
        return set()
    rows = TrailEntry.objects.filter(
        action=UNDO,
        subject_kind__in={entry.subject_kind for entry in wanted.values()},
        subject_id__in={entry.subject_id for entry in wanted.values()},
    )
    return {UUID(json.loads(params)[UNDOES]) for params in rows.values_list("params", flat=True)} & set(wanted)


def in_the_way(kind: Undoable, done: Footprint) -> list[str]:
    """What forbids taking it back, each as a sentence: what became of which row since, by whom, when."""
    later = [
        _("“%(name)s”：%(who)s %(at)s %(what)s")
        % {"name": row.name, "who": row.who, "at": clock.local(row.at).strftime("%Y-%m-%d %H:%M"), "what": row.what}
        for row in obstacles(done, kind.essential)
    ]
    personal = [_("改动含个人信息，原值不保留，不能自动改回；请直接修改")] if _personal(done) else []
    return [*personal, *kind.locked(done), *later][:NAMED]


def _personal(done: Footprint) -> bool:
    kept = (value for columns in done.changed.values() for value in columns.values())
    return any(is_digest(value) for value in kept)
