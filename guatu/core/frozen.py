"""Rows that are written once, many together, and that nothing changes afterwards: the facts and figures of a snapshot.

The trail keeps one line of all of them: which ids, how many, and the digest of their columns. So a closing of 5,000
projects does not spell every row twice, and the trail's check holds the rows themselves against that digest, which it
does for no other rows: one that was altered, added or removed later is found.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.apps import apps
from django.db import models

from guatu.core.bulk import PART, insert_columns, next_ids
from guatu.core.changes import added_texts, texts_of
from guatu.core.models import TrailChange


def insert_frozen(
    model: type[models.Model], columns: Mapping[str, Sequence[Any]], spelled: Collection[str] = ()
) -> tuple[str, dict[str, Any]]:
    """Insert rows given by columns (attribute names, all but the id): the ids they got and what the trail keeps.

    A JSON column named in `spelled` holds canonical JSON texts already.
    """
    texts = texts_of(columns, spelled)
    ids = list(next_ids(model, len(texts)))
    insert_columns(model, ["id", *columns], [ids, *columns.values()], spelled)
    hasher = hashlib.sha256()
    _take(hasher, texts)
    return f"{ids[0]}-{ids[-1]}", {"rows": len(ids), "digest": hasher.hexdigest()}


def stands(change: TrailChange) -> bool:
    """Whether the rows of a change that froze them are what they were."""
    told = json.loads(change.values)
    first, last = change.row_id.split("-")
    model = apps.get_model(change.model)
    about: str = model.ABOUT
    rows = model._default_manager.filter(pk__range=(first, last), **{f"{about}__public_id": change.about_id})
    hasher, count, after = hashlib.sha256(), 0, int(first) - 1
    while part := list(rows.filter(pk__gt=after).order_by("pk")[:PART]):
        _take(hasher, added_texts(part))
        count, after = count + len(part), part[-1].pk
    return (count, hasher.hexdigest()) == (told["rows"], told["digest"])


def _take(hasher: Any, texts: Iterable[str]) -> None:
    hasher.update("".join([f"{text}\n" for text in texts]).encode())
