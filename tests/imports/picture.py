"""What an office sees of its data, as plain values to be compared: figures, lists, projects, standing facts."""

import json
from datetime import date
from typing import Any

from django.db.models import Model

from guatu.core.dated import DatedFact
from guatu.figures.queries import ask, facts, figures
from guatu.library.models import Assignment, ListEntry, Project, ProjectClass, ProjectProfile, StageChange
from guatu.library.policies import findable_projects, visible_lists, visible_projects
from guatu.library.queries.listpage import list_page, lists_with_totals
from guatu.library.queries.search import find_projects
from guatu.people.models import Unit
from guatu.people.queries import posts_in_force
from guatu.reporting.models import Reading
from tests.support.cast import Cast

FACTS: tuple[type[DatedFact], ...] = (ProjectProfile, StageChange, Assignment, ListEntry, Reading)
DAYS = (date(2018, 12, 31), date(2019, 3, 31), date(2019, 4, 15), date(2019, 12, 31))
APART = {"id", "version", "entry_id", "recorded_at", "superseded_at"}


def words(row: Model) -> dict[str, Any]:
    """A row's columns without its bookkeeping."""
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.attname not in APART}


def _sorted(rows: Any) -> list[str]:
    return sorted(json.dumps(words(row), default=str, sort_keys=True) for row in rows)


def standing() -> dict[str, list[str]]:
    """Every standing fact."""
    return {model.__name__: _sorted(model.objects.filter(superseded_at__isnull=True)) for model in FACTS}


def counted(cast: Cast) -> dict[str, Any]:
    """Every list's facts and figures on some days, as booked and as restated."""
    actor, found = cast.actor("office"), {}
    for annual_list in visible_lists(actor).order_by("pk"):
        for day in DAYS:
            asked = ask(actor, [annual_list], day)
            rows = sorted(map(str, facts(asked)))
            cuts = {str(by): [str(row) for row in figures(actor, asked, by).rows] for by in ((), ("unit",), ("kind",))}
            found[f"{annual_list.public_id} {day}"] = (rows, cuts)
    return found


def picture(cast: Cast) -> dict[str, Any]:
    """All of it."""
    actor = cast.actor("office")
    lists = list(visible_lists(actor).order_by("pk"))
    return {
        "facts": standing(),
        "figures": counted(cast),
        "projects": _sorted(visible_projects(actor)),
        "findable": sorted(findable_projects(actor).values_list("public_id", flat=True)),
        "found": [row.public_id for name in ("青桐", "望岳", "路") for row in find_projects(actor, name)],
        "lists": [words(row) for row in lists],
        "list pages": [str(list_page(actor, row, DAYS[2])) for row in lists],
        "totals": str(lists_with_totals(actor, DAYS[2])),
        "as of": [_sorted(ListEntry.objects.as_of(day)) for day in DAYS],
        "classes": sorted(ProjectClass.objects.filter(withdrawn=False).values_list("name", flat=True)),
        "units": sorted(Unit.objects.exclude(valid_to=date(1900, 1, 1)).values_list("name", flat=True)),
        "posts": _sorted(posts_in_force()),
        "known": Project.objects.filter(withdrawn=False).count(),
    }
