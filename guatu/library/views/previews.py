"""What a document would do, in plain values, as its confirmation shows it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from guatu.library.actions import Amended, ListDifferences
from guatu.library.models import AnnualList, Assignment, ListEntry, Project
from guatu.library.queries.assignments import held_by
from guatu.library.queries.lists import Totals, list_totals, totals_of
from guatu.people.models import Post, Unit


def _line(words: str, totals: Totals) -> dict[str, Any]:
    return {
        "words": words,
        "projects": totals.projects,
        "total": totals.total_investment,
        "planned": totals.planned_investment,
    }


def amended(done: Amended) -> dict[str, Any]:
    """Totals before and after, and what lies between."""
    between = ((_("调出"), done.taken_out), (_("调入"), done.taken_in))
    changed = ((_("变更前"), done.changed_from), (_("变更后"), done.changed_to))
    lines = [_line(words, totals) for words, totals in (*between, *changed) if totals.projects]
    return {"lines": [_line(_("调整前"), done.before), *lines, _line(_("调整后"), done.after)]}


def issued(annual_list: AnnualList, done: ListDifferences) -> dict[str, Any]:
    """Who came, who left, whose plan or kind changed, and the totals."""
    day = date(annual_list.year, 1, 1)
    return {
        "lines": [_line(_("印发后"), list_totals(annual_list, day))],
        "added": _names(done.added),
        "removed": _names(done.removed),
        "changed": [
            {"name": after.project.name, "before": before.planned_investment, "after": after.planned_investment}
            for before, after in done.changed
        ],
    }


def carried(old: Sequence[ListEntry], kept: Iterable[Project], made: AnnualList) -> dict[str, Any]:
    """The sums of what goes on, of what is dropped, and by kind what the provisional list holds."""
    going = {project.pk for project in kept}
    day = date(made.year, 1, 1)
    on = [entry for entry in old if entry.project_id in going]
    off = [entry for entry in old if entry.project_id not in going]
    return {
        "name": made.name,
        "lines": [
            _line(_("未完工"), totals_of(old, day)),
            _line(_("结转"), totals_of(on, day)),
            _line(_("不再列入"), totals_of(off, day)),
            _line(_("下年度暂定名单"), list_totals(made, day)),
        ],
        "removed": _names(off),
    }


def to_move(on: date, roles: Sequence[str], post: Post | None, unit: Unit | None) -> list[dict[str, str]]:
    """The assignments that a post or unit holds on a day, by project, in words."""
    rows: list[Assignment] = [row for row in held_by(on, post=post, unit=unit) if not roles or row.role in roles]
    rows.sort(key=lambda row: (row.project.sort_key, row.role))
    return [{"name": row.project.name, "role": row.get_role_display()} for row in rows]


def _names(entries: Iterable[ListEntry]) -> list[str]:
    return [entry.project.name for entry in entries]
