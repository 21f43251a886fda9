"""What the pages of lists show."""

from datetime import date
from typing import Any

from django.db.models import Count, Q

from guatu.core.actor import Actor
from guatu.library.choices import EntryKind
from guatu.library.models import AnnualList, ListEntry
from guatu.library.policies import visible_lists, visible_projects
from guatu.library.queries.closing import closed_until, closings_told
from guatu.library.queries.lists import Totals, entries_as_of, in_office_order, totals_of, totals_of_lists

_ISSUES = Count("batches", filter=Q(batches__withdrawn=False), distinct=True)


def shown_day(annual_list: AnnualList, day: date) -> date:
    """The day for which a list is shown: today, within the list's year."""
    return min(max(day, date(annual_list.year, 1, 1)), date(annual_list.year, 12, 31))


def visible_entries(actor: Actor, annual_list: AnnualList, day: date) -> list[ListEntry]:
    """The entries of a list whose projects the actor may see."""
    entries = entries_as_of(annual_list, shown_day(annual_list, day))
    seen = set(visible_projects(actor).filter(pk__in=list(entries)).values_list("pk", flat=True))
    return [entry for key, entry in entries.items() if key in seen]


def lists_with_totals(actor: Actor, day: date) -> list[dict[str, Any]]:
    """The lists a post may see with their totals, in office order."""
    rows = visible_lists(actor).select_related("region").annotate(issues=_ISSUES)
    shown = in_office_order(rows)[:60]
    visible = set(visible_projects(actor).values_list("pk", flat=True))
    totals = totals_of_lists({row.pk: shown_day(row, day) for row in shown}, visible)
    return [{"row": row, "totals": totals[row.pk], "batches": row.issues} for row in shown]


def list_page(actor: Actor, annual_list: AnnualList, day: date) -> dict[str, Any]:
    """One list's totals, kinds, classes, batches, adjustments and check points."""
    entries = visible_entries(actor, annual_list, day)
    return {
        "totals": totals_of(entries, shown_day(annual_list, day)),
        "kinds": [(kind.label, sum(row.kind == kind for row in entries)) for kind in EntryKind],
        "completing": sum(row.completes_this_year for row in entries),
        "classes": _classes(entries),
        "batches": list(annual_list.batches.filter(withdrawn=False).order_by("number")),
        "amendments": list(annual_list.amendments.order_by("-effective_on", "pk")),
        "check_points": list(annual_list.check_points.order_by("on")),
        "closed": closed_until(annual_list),
        "closings": closings_told(annual_list),
        "day": shown_day(annual_list, day),
    }


def _classes(entries: list[ListEntry]) -> list[tuple[str, int, int]]:
    """(class, projects, planned investment) in the order of the list."""
    found: dict[str, list[int]] = {}
    for row in entries:
        name = row.project_class.name if row.project_class else "—"
        sums = found.setdefault(name, [0, 0])
        sums[0] += 1
        sums[1] += row.planned_investment or 0
    return [(name, count, planned) for name, (count, planned) in found.items()]


def list_as_dict(annual_list: AnnualList, totals: Totals) -> dict[str, Any]:
    """A list as the command line and the API say it; money in whole yuan."""
    return {
        "id": str(annual_list.public_id),
        "level": annual_list.level,
        "region": annual_list.region.code,
        "year": annual_list.year,
        "name": annual_list.name,
        "state": annual_list.state,
        "start_base": annual_list.start_base,
        "time_basis": annual_list.time_basis,
        "decimals": annual_list.decimals,
        "kinds_exclusive": annual_list.kinds_exclusive,
        "projects": totals.projects,
        "total_investment": totals.total_investment,
        "planned_investment": totals.planned_investment,
        "version": annual_list.version,
    }
