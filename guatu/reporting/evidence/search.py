"""Earlier pictures that a new one is like: the short prints of all stand in the process's memory, the rest is read.

The memory is filled from the database as rows come; what was written by another process since is read at each search.
"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import BinaryField
from django.db.models.functions import Substr

from guatu.domain.prints import ALIKE, HEAD_BYTES, Many, distance, from_bytes
from guatu.reporting.models import Evidence

OVERLAP = 200  # rows read again: what another process wrote under an earlier id and committed later
PART = 500
FOUND_MOST = 3


@dataclass(slots=True)
class _Held:
    """The short prints by primary key, and those of the last rows once more, to see that they are still the same."""

    many: Many = field(default_factory=Many)
    last: int = 0
    tail: dict[int, bytes] = field(default_factory=dict)


_lock = threading.Lock()
_held = _Held()


@dataclass(frozen=True, slots=True)
class Like:
    """An earlier piece of evidence and in how many signs of 255 it differs."""

    evidence: Evidence
    signs: int


def _heads(after: int) -> Iterator[tuple[int, bytes]]:
    rows = Evidence.objects.filter(pk__gt=after).exclude(prints=b"").order_by("pk")
    heads = rows.annotate(head=Substr("prints", 1, HEAD_BYTES, output_field=BinaryField()))
    return ((key, bytes(head)) for key, head in heads.values_list("pk", "head").iterator())


def refreshed() -> Many:
    """The short prints of all evidence, with what came since the last time."""
    global _held
    with _lock:
        rows = list(_heads(max(0, _held.last - OVERLAP)))
        newest = rows[-1][0] if rows else 0
        if newest < _held.last or any(_held.tail.get(key, head) != head for key, head in rows):
            _held = _Held()  # another database, or one that was put back
            rows = list(_heads(0))
        _held.many.add((key, head) for key, head in rows if key > _held.last - OVERLAP and key not in _held.tail)
        if rows:
            _held.last = rows[-1][0]
            _held.tail = dict(rows[-2 * OVERLAP :]) | {
                key: head for key, head in _held.tail.items() if key > _held.last - 2 * OVERLAP
            }
        return _held.many


def likes(prints: bytes, digest: str = "") -> list[Like]:
    """The earlier pieces that a picture is like, the most alike first, at most FOUND_MOST; none of what is withdrawn.

    A paper without prints is like the same file (`digest`).
    """
    asked = from_bytes(prints)
    if asked is None:
        same = Evidence.objects.filter(original__digest=digest, withdrawn=False).select_related("project")
        return [Like(row, 0) for row in same.order_by("pk")[:FOUND_MOST]]
    keys = sorted(refreshed().likely(asked))
    near: list[tuple[int, int]] = []
    for start in range(0, len(keys), PART):
        rows = Evidence.objects.filter(pk__in=keys[start : start + PART], withdrawn=False)
        for key, stored in rows.values_list("pk", "prints"):
            other = from_bytes(bytes(stored))
            signs = distance(asked, other) if other is not None else ALIKE + 1
            if signs <= ALIKE:
                near.append((signs, key))
    best = sorted(near)[:FOUND_MOST]
    found = Evidence.objects.select_related("project").in_bulk([key for _signs, key in best])
    return [Like(found[key], signs) for signs, key in best]
