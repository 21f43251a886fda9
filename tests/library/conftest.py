"""Projects and a list to test on, made through the library's own actions."""

from dataclasses import dataclass
from datetime import date

import pytest

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.library import actions
from guatu.library.models import AnnualList, Project
from tests.support.cast import Cast, cast

__all__ = ["cast"]

YI = 100_000_000


def at_day(day: str):
    """The clock at nine o'clock of a day."""
    from datetime import datetime, time

    return clock.at(datetime.combine(date.fromisoformat(day), time(9), clock.ZONE))


@dataclass
class Shelf:
    """Short ways to register and list, always through actions."""

    cast: Cast

    @property
    def office(self) -> Actor:
        return self.cast.actor("office")

    @property
    def head(self) -> Actor:
        return self.cast.actor("office_head")

    def project(
        self, name: str = "青桐路快速化改造（一期）", *, on: str = "2019-01-01", region: str = "district", **more
    ):
        profile = {"total_investment": more.pop("total", 10 * YI), **more.pop("profile", {})}
        row = actions.NewProject(
            name=name,
            region=self.cast.region(region),
            profile=profile,
            stage=more.pop("stage", "idea"),
            stage_on=more.pop("stage_on", None),
            details=more,
        )
        actor = self.office if region == "district" else self.cast.actor("operator")
        return actions.register_project(actor=actor, row=row, on=date.fromisoformat(on))

    def list(self, year: int = 2019, level: str = "district", **settings) -> AnnualList:
        return actions.make_list(
            actor=self.office, level=level, region=self.cast.region(), year=year, settings=settings
        )

    def enter(self, annual_list: AnnualList, *projects: Project, on: str = "", plan: int = YI, kind: str = "new_start"):
        day = date.fromisoformat(on) if on else date(annual_list.year, 1, 1)
        rows = [
            actions.EntryRow(project=project, values={"planned_investment": plan, "kind": kind}) for project in projects
        ]
        return actions.put_entries(actor=self.office, annual_list=annual_list, rows=rows, on=day)


@pytest.fixture
def shelf(cast):
    """The cast's library in 2019."""
    with at_day("2019-03-31"):
        yield Shelf(cast)
