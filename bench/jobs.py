"""The jobs. To add one: a function here (or in a module that `bench/__main__.py` imports) with @job; see registry.py.

Whoever builds a page or a command adds its job in the same change, with the floor and the aim of the design's table.
"""

from datetime import timedelta
from itertools import count
from typing import Any

from django.test import Client

from bench import floors, plans
from bench.district import AS_OF, LIST_SIZE, District
from bench.registry import Aim, Work, job
from guatu.core.actor import OPERATOR
from guatu.figures.queries import ask, figures, memo
from guatu.figures.queries.lit import lights_on
from guatu.library.models import AnnualList, ListEntry, Project
from guatu.people.models import User
from guatu.plans.actions import record_dates
from guatu.plans.choices import Dates
from guatu.plans.models import Node
from guatu.reporting.actions import ReadingRow, record_readings


def _page(district: District, address: str, *, user_id: int | None = None) -> Any:
    """Ask for a page as the district's office (or another user) would, and make sure that it is one."""
    client = Client(SERVER_NAME="127.0.0.1", HTTP_ACCEPT_LANGUAGE="zh-hans")
    client.force_login(User.objects.get(pk=user_id or district.user_id), "django.contrib.auth.backends.ModelBackend")

    def ask_for() -> bytes:
        response = client.get(address)
        assert response.status_code == 200, f"{address}: {response.status_code}"
        return response.content

    return ask_for


def _lists(district: District) -> list[AnnualList]:
    return list(AnnualList.objects.filter(pk=district.list_id).select_related("region"))


@job("figures of a list, cold", floor="one hand-written SQL roll-up of the same figures", aim=Aim(times=3))
def figures_cold(district: District) -> Work:
    """Nothing remembered: every fact of the list is read."""
    asked = ask(OPERATOR, _lists(district), AS_OF)
    whole = figures(OPERATOR, asked).whole
    rolled = floors.roll_up(district.list_id)
    mine = (whole.values["projects"], whole.values["planned_investment"], whole.values["investment_to_date"])
    assert mine == (rolled[0], int(rolled[2]), int(rolled[3])), f"the floor answers something else: {mine} {rolled}"
    return Work(lambda: figures(OPERATOR, asked), lambda: floors.roll_up(district.list_id), memo.forget)


@job("figures of a list, by unit", floor="one hand-written SQL roll-up of the same figures", aim=Aim(times=3))
def figures_by_unit(district: District) -> Work:
    """A second cut of the same date, as a reader asks for it: the facts are remembered."""
    asked = ask(OPERATOR, _lists(district), AS_OF)
    return Work(lambda: figures(OPERATOR, asked, ("unit",)), lambda: floors.roll_up(district.list_id))


@job("overview page, cold", floor="one hand-written SQL roll-up of the same figures", aim=Aim(times=3, ms=100))
def overview_cold(district: District) -> Work:
    """The page in a process that remembers nothing, or at a date nobody asked for."""
    address = f"/dispatch/?as_of={AS_OF}"
    return Work(_page(district, address), lambda: floors.roll_up(district.list_id), memo.forget)


@job("overview page, after a write", floor="one hand-written SQL roll-up of the same figures", aim=Aim(times=3, ms=100))
def overview_after_a_write(district: District) -> Work:
    """The page after one project's reading was recorded: what was gathered before is mended."""
    address = f"/dispatch/?as_of={AS_OF}"
    entries = ListEntry.objects.filter(annual_list_id=district.list_id, project__last_cumulative__isnull=False)
    project = Project.objects.get(pk=entries.values_list("project_id", flat=True)[0])
    amounts = count((project.last_cumulative or 0) + 10_000, 10_000)

    def write() -> None:
        row = ReadingRow(project=project, on=AS_OF, cumulative=next(amounts))
        record_readings(actor=OPERATOR, rows=[row])

    return Work(_page(district, address), lambda: floors.roll_up(district.list_id), write)


@job("overview page, again", floor="one hand-written SQL roll-up of the same figures", aim=Aim(times=3, ms=100))
def overview_again(district: District) -> Work:
    """The page while nothing was written."""
    address = f"/dispatch/?as_of={AS_OF}"
    return Work(_page(district, address), lambda: floors.roll_up(district.list_id))


@job("library page, first 50", floor="the bare query and a bare template", aim=Aim(times=3, ms=25))
def library_page(district: District) -> Work:
    """The plain list of projects as the office opens it."""
    return Work(_page(district, "/library/"), floors.bare_page(district.region_ids[0]))


@job("library page, all districts", floor="the bare queries and a bare template", aim=Aim(times=3))
def library_of_a_province(district: District) -> Work:
    """The same as the office above all districts opens it: every project of the installation is counted and summed."""
    return Work(_page(district, "/library/", user_id=district.province_id), floors.bare_page_of_all())


WALL_PROJECTS, WALL_NODES = 1000, 20


@job("wall chart", floor="the same nodes and dates by one hand-written SQL statement", aim=Aim(ms=1000))
def wall_chart(district: District) -> Work:
    """The page of a list whose first 1,000 projects have plans of 20 nodes (fewer where there are fewer projects).

    The picture's first paint in Chromium is measured by tests/e2e/test_wallchart.py.
    """
    plans.give(district, WALL_PROJECTS, WALL_NODES)
    return Work(_page(district, "/wallchart/?group=-"), lambda: floors.nodes_of(district.list_id))


@job(
    "wall chart, all rows",
    floor="the same nodes and dates by one hand-written SQL statement",
    aim=Aim(ms=3000),
)
def wall_chart_rows(district: District) -> Work:
    """What follows the first picture: every row in full."""
    plans.give(district, WALL_PROJECTS, WALL_NODES)
    return Work(_page(district, "/wallchart/?group=-&as=data"), lambda: floors.nodes_of(district.list_id))


LIT_NODES = 20
RAW = "the same rows read by two hand-written statements, not judged"


@job("lights of a list, cold", floor=RAW, aim=Aim(ms=600))
def lights_cold(district: District) -> Work:
    """Every project's light in effect, nothing remembered; all of the list have plans of 20 nodes."""
    plans.give(district, LIST_SIZE, LIT_NODES)
    assert len(lights_on(AS_OF)) == min(district.projects, LIST_SIZE) * len(district.list_ids)
    return Work(lambda: _lit(district), lambda: floors.light_rows(district.list_id), memo.forget)


@job("lights of a list, after a write", floor=RAW, aim=Aim(ms=30))
def lights_after_a_write(district: District) -> Work:
    """One project's node was told of: only that project is judged again."""
    plans.give(district, LIST_SIZE, LIT_NODES)
    node = Node.objects.order_by("pk")[0]
    days = count()

    def write() -> None:
        finish = AS_OF - timedelta(days=next(days) % 20)
        record_dates(actor=OPERATOR, node=node, sort=Dates.ACTUAL, start=finish, finish=finish, reason="更正")

    return Work(lambda: _lit(district), lambda: floors.light_rows(district.list_id), write)


def _lit(district: District) -> int:
    return len(lights_on(AS_OF, None, {district.region_ids[0]}))
