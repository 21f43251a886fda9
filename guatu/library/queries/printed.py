"""A list's projects as its ledger prints them: the cells by field of the plan ledger, the order, the classes.

The export writes these cells and the import compares with them, so that what is printed reads back to the same data.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import override

from guatu.core.books.office import cell_words
from guatu.core.sheets.text import MARKS
from guatu.library.choices import EntryKind, ManagementLayer, Nature, Role
from guatu.library.models import AnnualList, Assignment, ListEntry, ProjectClass, ProjectProfile, Theme
from guatu.library.queries.projects import parts, profiles_as_of

ROLES = {
    "responsible_unit": Role.RESPONSIBLE,
    "supporting_units": Role.SUPPORTING,
    "local_unit": Role.LOCAL,
    "lead": Role.LEAD,
    "sector_lead": Role.SECTOR_LEAD,
    "task_force": Role.TASK_FORCE,
}
LEADERS = ("lead", "sector_lead")
PERSONAL = ("liaison", "phone")
QUARTERS = (1, 2, 3, 4)
_OWN_DAY = re.compile(r"名单截至((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日")


@dataclass(slots=True)
class PrintedRow:
    """One project of a list: amounts in whole yuan, dates, words; an empty cell has no key."""

    entry: ListEntry
    cells: dict[str, Any] = field(default_factory=dict)
    posts: dict[str, list[int]] = field(default_factory=dict)  # of leaders, by field


def printed_rows(entries: Sequence[ListEntry], day: date) -> list[PrintedRow]:
    """The rows of entries that hold on a day, in print order, with everything that stands; nothing is left out yet."""
    ids = [entry.project_id for entry in entries]
    profiles, held = profiles_as_of(ids, day), _holders(ids, day)
    themes = {theme.pk: theme.name for theme in Theme.objects.filter(pk__in=_theme_ids(profiles.values()))}
    listed = in_print_order(entries)
    serials = serials_of(listed)
    rows = []
    for entry in listed:
        key = entry.project_id
        row = PrintedRow(entry, {"serial": serials[key], **_entry_cells(entry), **_project_cells(entry)})
        row.cells |= _profile_cells(profiles.get(key), themes)
        for code, named in held.get(key, {}).items():
            row.cells[code] = "、".join(words for words, _post in named)
            row.posts[code] = [post for _words, post in named if post is not None]
        row.cells = {code: value for code, value in row.cells.items() if value is not None and value != ""}
        rows.append(row)
    return rows


@cache
def _labels(choices: type[TextChoices]) -> dict[str, str]:
    """A choice's words as ledgers have them: in the source language, whoever reads the page."""
    with override(settings.LANGUAGE_CODE):
        return {str(value): str(label) for value, label in choices.choices}


def class_path(entry: ListEntry) -> tuple[str, ...]:
    """The names of an entry's class, the upper one first."""
    row: ProjectClass | None = entry.project_class
    if row is None:
        return ()
    return (row.parent.name, row.name) if row.parent is not None else (row.name,)


def in_print_order(entries: Iterable[ListEntry]) -> list[ListEntry]:
    """Those without a class first, then class by class, each class's own rows before the classes within it."""
    return sorted(entries, key=lambda entry: _class_key(entry.project_class))


def _class_key(row: ProjectClass | None) -> tuple[tuple[int, int], ...]:
    if row is None:
        return ()
    own = (row.order, row.pk)
    return ((row.parent.order, row.parent.pk), own) if row.parent is not None else (own,)


def serials_of(listed: Sequence[ListEntry]) -> dict[int, int]:
    """The serial numbers of a whole list in print order: its own where they rise through the print, else counted."""
    own = [entry.number for entry in listed]
    rising = all(left < right for left, right in zip([0, *own], own, strict=False))
    return {entry.project_id: entry.number if rising else place for place, entry in enumerate(listed, start=1)}


def list_entries(annual_list: AnnualList, day: date) -> dict[int, ListEntry]:
    """The entries of a list at the end of a day, by project, with projects and classes, as the list orders them."""
    rows = ListEntry.objects.filter(annual_list=annual_list).as_of(day, restated=True)
    wanted = rows.select_related("project", "project_class__parent", "batch")
    listed = [row for row in wanted if row.listed]
    listed.sort(key=lambda row: (row.batch.number if row.batch else 0, row.number or 10**9, row.project.sort_key))
    return {row.project_id: row for row in listed}


def _theme_ids(profiles: Iterable[ProjectProfile]) -> set[int]:
    return {key for profile in profiles for key in profile.themes}


def _entry_cells(entry: ListEntry) -> dict[str, Any]:
    goals = [*entry.quarter_goals, "", "", "", ""]
    return {
        "kind": _labels(EntryKind).get(entry.kind, ""),
        "completes_this_year": "是" if entry.completes_this_year else "",
        "planned_investment": entry.planned_investment,
        "planned_start": entry.planned_start,
        "planned_finish": entry.planned_finish,
        "planned_resume": entry.planned_resume,
        "goal": cell_words(entry.goal),
        **{f"goal_q{quarter}": cell_words(str(goals[quarter - 1] or "")) for quarter in QUARTERS},
        "management_layer": _labels(ManagementLayer).get(entry.layer, ""),
        "document_clause": cell_words(entry.document),
    }


def _project_cells(entry: ListEntry) -> dict[str, Any]:
    project = entry.project
    mark = "".join(char for char in entry.mark if char in MARKS)
    return {
        "name": cell_words(f"{mark}{project.name}"),
        "project_code": cell_words(project.code),
        "content": cell_words(project.content),
        "location": cell_words(project.address),
        "years": cell_words(project.years),
        "funding": cell_words(project.funding),
        "owner": cell_words(project.owner_name),
        "owner_code": cell_words(project.owner_credit_code),
        "liaison": cell_words(project.contact),
        "phone": cell_words(project.contact_phone),
        "remark": cell_words(project.remark),
    }


def _profile_cells(profile: ProjectProfile | None, themes: Mapping[int, str]) -> dict[str, Any]:
    if profile is None:
        return {}
    return {
        "total_investment": profile.total_investment,
        "nature": _labels(Nature).get(profile.nature, ""),
        "theme": cell_words("、".join(themes[key] for key in profile.themes if key in themes)),
    }


def _holders(ids: Sequence[int], day: date) -> dict[int, dict[str, list[tuple[str, int | None]]]]:
    """Who answers at the end of a day: project → field → (words, post) by slot. Plain values: a list has thousands.

    A unit by its name; a leader by name and title, or by the title of a post whose holder is not named.
    """
    codes = {str(role): code for code, role in ROLES.items()}
    columns = ("project_id", "role", "slot", "unit__name", "post_id", "post__holder", "post__title")
    found: dict[int, dict[str, list[tuple[str, int | None]]]] = {}
    for part in parts(ids):
        rows = Assignment.objects.filter(project_id__in=part, role__in=list(codes)).as_of(day, restated=True)
        for key, role, _slot, unit, post, holder, title in sorted(rows.values_list(*columns), key=lambda row: row[:3]):
            code = codes[role]
            if post is not None and (code in LEADERS or unit is None):
                words = f"{holder} {title}" if code in LEADERS else holder or title
            else:
                words = unit
            if words:
                found.setdefault(key, {}).setdefault(code, []).append((cell_words(words), post))
    return found


def own_line(day: date) -> str:
    """The words that mark a print, with the day of which it is."""
    return _("名单截至{year}年{month}月{day}日").format(year=day.year, month=day.month, day=day.day)


def own_day(titles: Iterable[str], year: int) -> date | None:
    """The day of a print, when the ledger is one of ours and of that year's list."""
    for title in titles:
        found = _OWN_DAY.search(title)
        if found and int(found[1]) == year:
            try:
                return date(year, int(found[2]), int(found[3]))
            except ValueError:
                return None
    return None
