"""Which rows and cells of a list a post may have in a file, and the classes, title and notes around them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guatu.core.actor import Actor
from guatu.core.audience import sees
from guatu.core.books.model import Column, Group, Row
from guatu.domain.numerals import to_chinese
from guatu.library.choices import Role
from guatu.library.models import AnnualList
from guatu.library.policies import findable_projects, visible_projects
from guatu.library.queries.assignments import holders_of
from guatu.library.queries.listpage import shown_day
from guatu.library.queries.printed import (
    LEADERS,
    PERSONAL,
    PrintedRow,
    class_path,
    list_entries,
    printed_rows,
)
from guatu.people.models import Region, Unit

RIGHT = "library.export_list"
MOST_CLASSES = 99  # numbered in Chinese; a list with more is printed without classes


@dataclass(slots=True)
class ListRows:
    """The rows of a list that a post may have, and how many it may not: sensitive ones, and those out of its scope."""

    annual_list: AnnualList
    day: date
    rows: list[PrintedRow]
    withheld: int
    outside: int


def list_rows(actor: Actor, annual_list: AnnualList, day: date) -> ListRows:
    """The list at the end of a day within its year, for a post.

    Sensitive projects are left out of the files of posts that do not answer for them (8-practice.md, Whose eyes);
    contacts and leaders are shown to those who may see them.
    """
    day = shown_day(annual_list, day)
    printed = printed_rows(list(list_entries(annual_list, day).values()), day)
    listed = {row.entry.project_id for row in printed}
    reached = set(visible_projects(actor, RIGHT).values_list("pk", flat=True)) & listed
    found = set(findable_projects(actor).values_list("pk", flat=True)) & reached
    contacts = set(visible_projects(actor, "library.view_contact").values_list("pk", flat=True))
    rows = [row for row in printed if row.entry.project_id in found]
    for row in rows:
        hidden: tuple[str, ...] = () if row.entry.project_id in contacts else PERSONAL
        hidden += tuple(code for code in LEADERS if not _sees_leaders(actor, row.posts.get(code, ())))
        row.cells = {code: value for code, value in row.cells.items() if code not in hidden}
    return ListRows(annual_list, day, rows, len(reached) - len(found), len(listed) - len(reached))


def _sees_leaders(actor: Actor, posts: Sequence[int]) -> bool:
    return all(sees(actor, "leader_names", about_post=post) for post in posts)


def of_unit(listed: ListRows, unit: Unit) -> ListRows:
    """Only the projects for which a unit is responsible."""
    rows = by_unit(listed).get(unit, [])
    return replace(listed, rows=rows, outside=listed.outside + len(listed.rows) - len(rows))


def by_unit(listed: ListRows) -> dict[Unit | None, list[PrintedRow]]:
    """The rows by responsible unit, in the order in which units come in the list; None: nobody is named."""
    held = holders_of([row.entry.project_id for row in listed.rows], listed.day)
    found: dict[Unit | None, list[PrintedRow]] = {}
    for row in listed.rows:
        named = [each.unit for each in held.get(row.entry.project_id, []) if each.role == Role.RESPONSIBLE]
        found.setdefault(named[0] if named else None, []).append(row)
    return found


# -- classes ----------------------------------------------------------------------------------------------------------
def in_classes(rows: Sequence[PrintedRow], cells: Any) -> tuple[list[Row], list[Group]]:
    """(rows before any class, the classes with theirs); `cells` makes a row's cells of a PrintedRow."""
    tree: dict[str, tuple[list[Row], dict[str, list[Row]]]] = {}
    first: list[Row] = []
    for row in rows:
        path = class_path(row.entry)
        if not path:
            first.append(cells(row))
            continue
        own, inner = tree.setdefault(path[0], ([], {}))
        (inner.setdefault(path[1], []) if len(path) > 1 else own).append(cells(row))
    if len(tree) > MOST_CLASSES or any(len(inner) > MOST_CLASSES for _own, inner in tree.values()):
        return [cells(row) for row in rows], []
    groups = []
    for place, (name, (own, inner)) in enumerate(tree.items(), start=1):
        within = [
            Group(f"（{to_chinese(number)}）{_counted(words, len(those))}", those)
            for number, (words, those) in enumerate(inner.items(), start=1)
        ]
        count = len(own) + sum(len(each.rows) for each in within)
        groups.append(Group(f"{to_chinese(place)}、{_counted(name, count)}", own, within))
    return first, groups


def _counted(name: str, count: int) -> str:
    return f"{name}（{count}个）"


def total_words(count: int) -> str:
    """The words of the grand total."""
    return _counted(_("合计"), count)


# -- around the table -------------------------------------------------------------------------------------------------
def place_words(region: Region) -> str:
    """洛阳市西工区: a district with its city. A region of which only the code is known has no words."""
    above = region.parent
    lineage = [above, region] if above is not None and above.parent_id is not None else [region]
    return "".join(each.name for each in lineage if each.name != each.code)


def notes_of(listed: ListRows) -> list[str]:
    """What is not in the table, and that its totals are without it."""
    said = []
    if listed.withheld:
        said.append(
            ngettext(
                "另有 %(count)s 个敏感项目未列入本表，本表合计不含该项目",
                "另有 %(count)s 个敏感项目未列入本表，本表合计不含这些项目",
                listed.withheld,
            )
            % {"count": listed.withheld}
        )
    if listed.outside:
        said.append(_("本表只列本岗位职责范围内的项目，合计只含所列项目"))
    if not said:
        return []
    if len(said) == 1:
        return [_("注：%(text)s。") % {"text": said[0]}]
    return [_("注：%(text)s。") % {"text": "；".join(f"{number}. {text}" for number, text in enumerate(said, start=1))}]


def columns_of(specs: Sequence[Column], year: int, **words: str) -> list[Column]:
    """The columns with the list's year in their headings."""
    made = {"year": str(year), "before": str(year - 1), **words}
    return [
        replace(column, heading=column.heading.format(**made), alone=column.alone.format(**made)) for column in specs
    ]
