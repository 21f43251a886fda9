"""What changed of an actor's projects since a moment, read from the trail: three queries however much changed."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core.actor import Actor
from guatu.core.logs import as_uuid
from guatu.core.models import TrailChange, TrailEntry
from guatu.core.today_parts import NewsItem
from guatu.core.writing import words_of
from guatu.library.models import Project
from guatu.library.policies import visible_projects
from guatu.library.queries.todo import projects_url

ENTRIES, CHANGES = 60, 3000
NAMED = 3


def changes_since(actor: Actor, since: datetime) -> Sequence[NewsItem]:
    """One line a trail entry that touched projects of the actor: which, and what was done."""
    entries = list(TrailEntry.objects.filter(at__gt=since, changes_count__gt=0).order_by("-number")[:ENTRIES])
    about = TrailChange.objects.filter(entry_id__in=[row.id for row in entries], about_kind="library.project")
    touched: dict[object, list[str]] = {}
    for entry_id, key in about.values_list("entry_id", "about_id").distinct()[:CHANGES]:
        touched.setdefault(entry_id, []).append(key)
    seen = _visible(actor, {key for keys in touched.values() for key in keys})
    found = []
    for entry in entries:
        mine = [seen[key] for key in touched.get(entry.id, []) if key in seen]
        if mine:
            found.append(_line(entry, sorted(mine, key=lambda row: row.sort_key)))
    return found


def _visible(actor: Actor, keys: set[str]) -> dict[str, Project]:
    ids = [row_id for key in keys if (row_id := as_uuid(key)) is not None]
    found: dict[str, Project] = {}
    for start in range(0, len(ids), 800):
        part = visible_projects(actor, "library.view_mine").filter(public_id__in=ids[start : start + 800])
        found |= {str(row.public_id): row for row in part.only("public_id", "name", "sort_key")}
    return found


def _line(entry: TrailEntry, mine: Sequence[Project]) -> NewsItem:
    said = words_of(entry)
    if len(mine) == 1:
        url = reverse("library:project", args=[mine[0].public_id])
        return NewsItem(mine[0].name, url, entry.at, said)
    names = _("、").join(row.name for row in mine[:NAMED])
    words = _("{said}：{n} 个项目").format(said=said, n=len(mine))
    note = names if len(mine) <= NAMED else _("{names} 等").format(names=names)
    return NewsItem(words, projects_url(mine), entry.at, note)
