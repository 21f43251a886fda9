"""What stands over the table of projects: which list is meant, the lists to choose from, and the rows behind it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core.actor import Actor
from guatu.core.logs import as_uuid
from guatu.core.pages import found
from guatu.core.today import guide
from guatu.library import policies
from guatu.library.models import AnnualList, Project
from guatu.library.queries.listed import counted_once, listed_in, listed_on
from guatu.library.queries.listpage import shown_day
from guatu.library.queries.lists import in_office_order, main_list

EVERY, MOST_LISTS = "all", 200


def lists_seen(actor: Actor) -> list[AnnualList]:
    """The lists of the post in office order."""
    return in_office_order(policies.visible_lists(actor).select_related("region"))[:MOST_LISTS]


def list_meant(lists: Sequence[AnnualList], params: QueryDict, today: date) -> AnnualList | None:
    """The list that an address names (404 where the post sees none of that name); without a name, and where nothing
    is searched, the main list. None for all projects.
    """
    if "list" not in params:
        plain = not (params.get("q", "").strip() or params.get("subs"))
        return main_list(lists, today) if plain else None
    if params["list"] in ("", EVERY):
        return None
    wanted = as_uuid(params.get("list", ""))
    meant: AnnualList = found(next((row for row in lists if row.public_id == wanted), None))
    return meant


def naming(params: QueryDict, chosen: AnnualList) -> QueryDict:
    """The address with the list in it."""
    named = params.copy()
    named["list"] = str(chosen.public_id)
    return named


def rows_of(actor: Actor, chosen: AnnualList | None, day: date, *, leaves: bool, with_subs: bool) -> QuerySet[Project]:
    """The projects to show; what `leaves` in a file, or is searched, only within what may leave."""
    rows = policies.findable_projects(actor) if leaves else policies.visible_projects(actor)
    if chosen is not None:
        return listed_in(rows, chosen, day)
    return rows if with_subs else counted_once(rows, policies.visible_projects(actor))


def around(
    actor: Actor, lists: Sequence[AnnualList], chosen: AnnualList | None, today: date, here: str = ""
) -> dict[str, Any]:
    """The title's words, the lists of the shown year beside all projects, the other years, the day of the data;
    where there is no list yet, the first steps. `here` is the page that chooses, if not the table's."""
    year = (
        chosen.year if chosen is not None else next((row.year for row in lists if row.year <= today.year), today.year)
    )
    shown = [row for row in lists if row.year == year]
    counts = _counts(actor, shown, today)
    here = here or reverse("library:projects")
    tabs = [_tab(here, row, counts.get(row.pk, 0), row == chosen, shown) for row in shown]
    tabs.append({"label": _("全部项目"), "url": f"{here}?list={EVERY}", "count": None, "current": chosen is None})
    return {
        "chosen": chosen,
        "lists": tabs,
        "other_years": [
            {"label": row.name, "url": f"{here}?list={row.public_id}"} for row in lists if row.year != year
        ],
        "list_words": _title(chosen),
        "data_until": _data_until(actor, chosen, today),
        "guide": None if lists else guide(actor),
    }


def _title(chosen: AnnualList | None) -> str:
    if chosen is None:
        return _("全部项目")
    return _("{year} 年{level}重点项目名单").format(year=chosen.year, level=chosen.get_level_display())


def _tab(here: str, row: AnnualList, count: int, current: bool, shown: Sequence[AnnualList]) -> dict[str, Any]:
    words = f"{row.year} {row.get_level_display()}"
    if len({one.region_id for one in shown}) > 1:
        words = f"{words} {row.region.name}"
    return {"label": words, "url": f"{here}?list={row.public_id}", "count": count, "current": current}


def _counts(actor: Actor, lists: Sequence[AnnualList], today: date) -> dict[int, int]:
    """How many projects that the post may see stand on each list of one year."""
    if not lists:
        return {}
    rows = listed_on([row.pk for row in lists], shown_day(lists[0], today))
    seen = rows.filter(project__in=policies.visible_projects(actor)).order_by()
    return dict(seen.values_list("annual_list").annotate(Count("pk")))


def _data_until(actor: Actor, chosen: AnnualList | None, today: date) -> date | None:
    """The last day on which a project of the list was reported."""
    rows = policies.visible_projects(actor)
    if chosen is not None:
        rows = listed_in(rows, chosen, shown_day(chosen, today))
    until: date | None = rows.aggregate(until=Max("last_reading_on"))["until"]
    return until
