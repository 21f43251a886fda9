"""What a post that lacks a page's right may learn of the page's object: nothing, where the object is out of its reach.

A package declares each kind of object that its addresses name; `guatu.core.pages` asks before it refuses. So an
address of another district answers alike, whether or not the right would be there: as what does not exist.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from guatu.core import rights
from guatu.core.actor import Actor


@dataclass(frozen=True, slots=True)
class Kind:
    """Objects of a model by their public id; `right` is the one that reads them, `reach` those that an actor reads."""

    model: type[Model]
    right: str
    reach: Callable[[Actor], QuerySet[Any]]


_KINDS: dict[type[Model], Kind] = {}


def declare(model: type[Model], right: str, reach: Callable[[Actor], QuerySet[Any]]) -> None:
    """Make a kind of object known, by the package whose addresses name it."""
    _KINDS[model] = Kind(model, right, reach)


def kind_of(key: UUID) -> Kind | None:
    """The kind that an object with this public id is of."""
    return next((kind for kind in _KINDS.values() if _has(kind.model._default_manager.all(), key)), None)


def is_hidden(actor: Actor, named: Iterable[Any]) -> bool:
    """Whether an address (its parts in order) names something that does not exist for the actor.

    The first public id says so; what follows hangs under it. Whoever reads no object of a kind at all is told that it
    lacks the right, whichever object it was.
    """
    key = next((part for part in named if isinstance(part, UUID)), None)
    if key is None:
        return False
    kind = kind_of(key)
    if kind is None:
        return True
    return rights.can(actor, kind.right).allowed and not _has(kind.reach(actor), key)


def _has(rows: QuerySet[Any], key: UUID) -> bool:
    return rows.filter(public_id=key).exists()
