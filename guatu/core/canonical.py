"""One spelling of values for digests: canonical JSON, the same on every database and every run."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"{type(value).__name__} has no canonical spelling")


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spaces; dates ISO, moments UTC with microseconds, decimals as text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)


def digest(*parts: str) -> str:
    """SHA-256 over the parts, each ended by a newline."""
    hasher = hashlib.sha256()
    for part in parts:
        hasher.update(part.encode())
        hasher.update(b"\n")
    return hasher.hexdigest()


def digest_with_rows(head: Any, rows: Iterable[Any]) -> str:
    """`digest(canonical([head, [*rows]]))`, spelled row by row: the whole text of a long list is never in memory."""
    hasher = hashlib.sha256(f"[{canonical(head)},[".encode())
    for place, row in enumerate(rows):
        hasher.update(f"{',' if place else ''}{canonical(row)}".encode())
    hasher.update(b"]]\n")
    return hasher.hexdigest()
