"""The trail's chain: sealing an entry under the head, the head file outside the database, and the check of both."""

import hashlib
import hmac
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models

from guatu.core.bulk import insert_row, update_many
from guatu.core.canonical import canonical, digest
from guatu.core.changes import FREEZE
from guatu.core.frozen import stands
from guatu.core.models import TrailChange, TrailEntry, TrailHead
from guatu.core.prepared import prepared
from guatu.core.signs import whole_number

ZERO = "0" * 64
_CHUNK = 2000


def change_line(change: TrailChange) -> str:
    """What one change row contributes to its entry's digest."""
    return canonical(
        [
            change.sequence,
            change.kind,
            change.model,
            change.row_id,
            change.about_kind,
            change.about_id,
            change.values,
        ]
    )


def entry_digest(entry: TrailEntry) -> str:
    """The digest of an entry over its columns, its changes' digest and the digest of the entry before."""
    body = {
        "number": entry.number,
        "id": entry.id,
        "action": entry.action,
        "at": entry.at,
        "user": entry.user_id,
        "post": entry.post_id,
        "for_post": entry.for_post_id,
        "label": entry.actor_label,
        "way": entry.way,
        "subject": [entry.subject_kind, entry.subject_id],
        "reason": entry.reason,
        "params": entry.params,
        "changes": [entry.changes_count, entry.changes_digest],
    }
    return digest(entry.previous, canonical(body))


def seal(entry: TrailEntry) -> None:
    """Number the entry, chain it and move the head: the last writes of a transaction, so that the lock is short."""
    (head,) = _head(row_id=1)
    entry.number = head.number + 1
    entry.previous = head.digest
    entry.digest = entry_digest(entry)
    insert_row(entry)
    update_many([TrailHead(id=1, number=entry.number, digest=entry.digest)], ["number", "digest"])


@prepared
def _head(row_id: int) -> models.QuerySet[TrailHead]:
    return TrailHead.objects.select_for_update().filter(id=row_id)


def head_file() -> Path:
    """Where heads are kept outside the database."""
    return Path(settings.DATA_DIR) / "trail.heads"


def _seal_of(number: int, value: str) -> str:
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, f"guatu trail {number} {value}".encode(), hashlib.sha256).hexdigest()


def append_head(number: int, value: str) -> None:
    """Write a committed head to the file, in one append, so that a shortened or rewritten chain is found."""
    line = f"{number} {value} {_seal_of(number, value)}\n".encode()
    handle = os.open(head_file(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, line)
    finally:
        os.close(handle)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a check: whether the chain is whole, how many entries it has, and the first bad number."""

    valid: bool
    entries: int
    first_bad: int | None
    why: str = ""

    def as_json(self) -> dict[str, Any]:
        """The stable face of `guatu trail verify --json`."""
        return {"valid": self.valid, "entries": self.entries, "first_bad": self.first_bad, "why": self.why}


def _chunks(query: models.QuerySet[TrailEntry]) -> Iterator[list[TrailEntry]]:
    last = None
    while True:
        rows = list((query if last is None else query.filter(number__gt=last)).order_by("number")[:_CHUNK])
        if not rows:
            return
        yield rows
        last = rows[-1].number


def _changes_by_entry(rows: list[TrailEntry]) -> dict[Any, list[TrailChange]]:
    found: dict[Any, list[TrailChange]] = {row.id: [] for row in rows}
    changes = TrailChange.objects.filter(entry_id__in=list(found)).order_by("entry_id", "sequence")
    for change in changes.iterator(chunk_size=_CHUNK):
        found[change.entry_id].append(change)
    return found


def _entry_fault(entry: TrailEntry, number: int, previous: str, changes: list[TrailChange]) -> str:
    if entry.number != number:
        return "missing"
    if entry.previous != previous:
        return "order"
    if len(changes) != entry.changes_count or digest(*map(change_line, changes)) != entry.changes_digest:
        return "changes"
    if not all(map(stands, (change for change in changes if change.kind == FREEZE))):
        return "frozen"
    return "" if entry_digest(entry) == entry.digest else "entry"


def _walk() -> tuple[dict[int, str], int, tuple[int, str] | None, str]:
    """(digest by number, change rows seen, first fault, last digest)."""
    digests: dict[int, str] = {}
    seen, number, previous = 0, 0, ZERO
    for rows in _chunks(TrailEntry.objects.all()):
        changes = _changes_by_entry(rows)
        for entry in rows:
            number += 1
            fault = _entry_fault(entry, number, previous, changes[entry.id])
            if fault:
                return digests, seen, (number, fault), previous
            seen += entry.changes_count
            previous = digests[number] = entry.digest
    return digests, seen, None, previous


def _file_fault(digests: dict[int, str]) -> tuple[int, str] | None:
    """The first head in the file that the database does not have, or whose seal is not ours."""
    path = head_file()
    if not path.exists():
        return (1, "head_file") if digests else None
    faults: list[tuple[int, str]] = []
    written = 0
    for line in path.read_text().splitlines():
        parts = line.split(" ")
        number = whole_number(parts[0], digits=18)
        if len(parts) != 3 or number is None or parts[2] != _seal_of(number, parts[1]):
            faults.append((written + 1, "head_file"))
            break
        written = number
        if digests.get(written) != parts[1]:
            faults.append((written, "head_file"))
    return min(faults) if faults else None


def verify() -> Verdict:
    """Read the whole chain and the head file; says the first entry that was altered, removed, added or re-ordered."""
    digests, seen, fault, last = _walk()
    count = TrailEntry.objects.count()
    if fault is None:
        head = TrailHead.objects.get(id=1)
        if (head.number, head.digest) != (len(digests), last):
            fault = (min(head.number, len(digests)) + 1, "head")
    if fault is None and TrailChange.objects.count() != seen:
        fault = (count, "stray_change")
    fault = fault or _file_fault(digests)
    if fault is None:
        return Verdict(True, count, None)
    return Verdict(False, count, fault[0], fault[1])
