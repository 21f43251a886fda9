"""A watch of a district with the projects that it asks, for the tests of pages and routes."""

from datetime import date, timedelta
from typing import Any

from guatu.core import clock
from guatu.library import actions as library
from guatu.reporting import actions
from guatu.reporting.models import Campaign
from guatu.reporting.queries.ready_sheets import READY, as_data
from tests.support.cast import Cast

FIELDS = as_data(READY["resumption"].fields)


def order(**more: Any) -> actions.WatchOrder:
    """A resumption watch from today for five weeks."""
    told: dict[str, Any] = {
        "name": "2019年开复工日调度",
        "document": "区政府第3次常务会议",
        "starts_on": clock.today(),
        "ends_on": clock.today() + timedelta(days=35),
        "fields": FIELDS,
    }
    return actions.WatchOrder(**{**told, **more})


def watched(cast: Cast, who: str = "office", region: str = "district", **more: Any) -> Campaign:
    """A watch of a region."""
    return actions.make_watch(actor=cast.actor(who), region=cast.region(region), order=order(**more))


def listed(cast: Cast, *rows: tuple[str, str, dict[str, Any]]) -> dict[str, Any]:
    """Projects on this year's list, as (name, unit, what the entry says)."""
    office, place, begin = cast.actor("office"), cast.region("district"), date(clock.today().year, 1, 1)
    annual = library.make_list(actor=office, level="district", region=place, year=begin.year, settings={})
    found = {}
    for name, unit, says in rows:
        new = library.NewProject(name=name, region=place, profile={"total_investment": 10**9}, stage="started")
        project = library.register_project(actor=office, row=new, on=begin)
        values = {"planned_investment": 10**8, "kind": "continuing", **says}
        library.put_entries(
            actor=office, annual_list=annual, rows=[library.EntryRow(project=project, values=values)], on=begin
        )
        library.assign(actor=office, project=project, role="responsible", unit=cast.unit(unit), on=begin)
        project.refresh_from_db()
        found[name] = project
    return found


def three(cast: Cast) -> dict[str, Any]:
    """Two projects of the housing bureau and one of the commerce bureau, of which two are planned by 31 March."""
    return listed(
        cast,
        ("长宁路改造", "housing", {"planned_resume": date(2019, 3, 20)}),
        ("青桐路快速化改造（一期）", "housing", {"kind": "new_start", "planned_start": date(2019, 4, 20)}),
        ("周山物流园", "commerce", {"planned_resume": date(2019, 3, 31)}),
    )


def outside(cast: Cast) -> dict[str, Any]:
    """The part of an address that names a watch of another district."""
    row = watched(cast, "outsider", "other_district", name="涧西开复工日调度")
    return {"public_id": row.public_id}


def inside(cast: Cast) -> dict[str, Any]:
    """The part of an address that names a watch of the district, with the projects that it asks."""
    three(cast)
    return {"public_id": watched(cast).public_id}
