"""A small list with known figures, written as plain rows."""

from dataclasses import dataclass, field
from datetime import date, datetime

import pytest

from guatu.core import clock
from guatu.figures.queries.memo import forget
from guatu.library.models import (
    AnnualList,
    Assignment,
    ListEntry,
    Project,
    ProjectClass,
    ProjectProfile,
    StageChange,
    Theme,
)
from guatu.people.models import Post, Region, Unit
from guatu.reporting.models import Reading
from tests.support.cast import cast

__all__ = ["cast"]

YI = 100_000_000


@dataclass
class District:
    """Rows by name; `at` is the moment at which facts are recorded."""

    region: Region
    annual_list: AnnualList
    at: datetime
    projects: dict[str, Project] = field(default_factory=dict)

    def dated(self, on: date, booked: date | None = None) -> dict:
        return {"effective_on": on, "booked_on": booked or on, "recorded_at": self.at}

    def project(self, name: str, *, total: int, planned: int, kind: str = "new_start", on=date(2019, 1, 1), **entry):
        project = Project.objects.create(name=name, initials="x", sort_key=name, match_key=name, region=self.region)
        self.projects[name] = project
        profile = {key: entry.pop(key) for key in ("industry", "themes") if key in entry}
        ProjectProfile.objects.create(
            project=project, region=self.region, total_investment=total, **profile, **self.dated(on)
        )
        ListEntry.objects.create(
            annual_list=self.annual_list,
            project=project,
            kind=kind,
            planned_investment=planned,
            number=len(self.projects),
            **entry,
            **self.dated(on),
        )
        return project

    def stage(self, project: Project, stage: str, on: date, *, resumed: bool = False) -> StageChange:
        return StageChange.objects.create(project=project, stage=stage, resumed=resumed, **self.dated(on))

    def reading(self, project: Project, on: date, *, ytd=None, cumulative=None, booked=None, **values) -> Reading:
        return Reading.objects.create(
            project=project, ytd=ytd, cumulative=cumulative, **values, **self.dated(on, booked)
        )

    def assign(
        self, project: Project, role: str, *, unit: Unit | None = None, post: Post | None = None, on=date(2019, 1, 1)
    ):
        return Assignment.objects.create(project=project, role=role, unit=unit, post=post, **self.dated(on))


@pytest.fixture(autouse=True)
def _empty_memory():
    """Rows written past the actions don't move the trail's head."""
    forget()


@pytest.fixture
def district(db) -> District:
    values = {"name": "西工区", "level": "district", "path": "410303/"}
    region, _ = Region.objects.get_or_create(code="410303", defaults=values)  # the cast's district, where it is there
    annual = AnnualList.objects.create(level="district", region=region, year=2019, name="2019 年区重点项目")
    return District(region, annual, datetime(2019, 1, 5, 9, tzinfo=clock.ZONE))


@pytest.fixture
def march(district: District) -> District:
    """Four projects at the end of March 2019: 10 亿 planned, 3 亿 done (30 %), two of three new starts begun."""
    economy = ProjectClass.objects.create(region=district.region, name="产业类")
    city = ProjectClass.objects.create(region=district.region, name="城建类")
    theme = Theme.objects.create(region=district.region, name="都市圈")
    end = date(2019, 3, 31)
    a = district.project("甲", total=20 * YI, planned=4 * YI, project_class=economy, themes=[theme.pk])
    b = district.project("乙", total=10 * YI, planned=2 * YI, project_class=city)
    c = district.project("丙", total=5 * YI, planned=1 * YI, project_class=city, planned_start=date(2019, 6, 30))
    d = district.project("丁", total=30 * YI, planned=3 * YI, kind="continuing", project_class=economy)
    district.stage(a, "started", date(2019, 2, 20))
    district.stage(b, "started", date(2019, 3, 15))
    district.stage(d, "under_construction", date(2018, 4, 1))
    district.stage(d, "under_construction", date(2019, 3, 5), resumed=True)
    district.reading(a, date(2019, 2, 28), ytd=YI // 2)
    district.reading(a, end, ytd=3 * YI // 2, cumulative=3 * YI // 2)
    district.reading(b, end, cumulative=YI // 2)
    district.reading(d, date(2018, 12, 31), cumulative=12 * YI)
    district.reading(d, end, cumulative=13 * YI, problem="3 户未签约")
    assert c.pk
    return district
