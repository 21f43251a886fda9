"""A seeded district (or a hundred) for the bench: lists, assignments, stages and monthly readings of two years.

Everything is plainly synthetic. The same size and seed give the same rows on both databases.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bench.load import Given, analyse, copy, load
from guatu.core.actor import OPERATOR

AS_OF = date(2026, 3, 26)
YEAR = AS_OF.year
LIST_SIZE = 5000
UNITS, LEADERS, CLASSES = 27, 34, 6
MONTH_ENDS = [date(YEAR - 1, month, 28) for month in range(1, 13)] + [date(YEAR, 1, 31), date(YEAR, 2, 28)]
PROVINCE_USER = {"id": 2, "username": "bench-province", "name": "示例", "password": "!"}
RECORDED = datetime(YEAR, 3, 1, 1, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class District:
    """What was loaded: how many projects in all, and the ids of this year's lists (one of 5,000 at most a region)."""

    projects: int
    seed: int
    list_ids: tuple[int, ...]
    region_ids: tuple[int, ...]
    user_id: int  # of a district's office
    province_id: int  # of the office above all districts

    @property
    def list_id(self) -> int:
        """The list that the jobs ask about."""
        return self.list_ids[0]


def _fact(on: date, **values: Any) -> Given:
    return {"effective_on": on, "booked_on": on, "recorded_at": RECORDED, **values}


class _Maker:
    """Makes the rows of one size, district by district, with ids counted here."""

    def __init__(self, projects: int, seed: int) -> None:
        self.projects = projects
        self.districts = max(1, -(-projects // LIST_SIZE))
        self.chance = random.Random(seed)
        self.next_fact = 0

    def fact_id(self) -> int:
        self.next_fact += 1
        return self.next_fact

    def of_district(self, number: int) -> range:
        """Ids of a district's projects."""
        first = number * LIST_SIZE + 1
        return range(first, min(first + LIST_SIZE, self.projects + 1))

    def regions(self) -> Iterator[Given]:
        yield {"id": 1, "code": "410000", "name": "示例省", "level": "province", "path": "410000/"}
        for number in range(self.districts):
            code = f"41{number // 99 + 1:02}{number % 99 + 1:02}"
            path = f"410000/{code}/"
            name = f"示例区{number + 1}"
            yield {
                "id": number + 2,
                "code": code,
                "name": name,
                "level": "district",
                "parent_id": 1,
                "path": path,
            }

    def units(self) -> Iterator[Given]:
        for number in range(self.districts):
            for unit in range(UNITS):
                yield {"id": number * UNITS + unit + 1, "name": f"示例单位{unit + 1}", "region_id": number + 2}

    def posts(self) -> Iterator[Given]:
        for number in range(self.districts):
            for leader in range(LEADERS):
                yield {
                    "id": number * LEADERS + leader + 1,
                    "kind": "leader",
                    "title": f"示例领导{leader + 1}",
                    "region_id": number + 2,
                }
        office = {"kind": "office", "title": "示例项目办", "region_id": 2, "unit_id": 1, "user_id": 1}
        yield {"id": self.districts * LEADERS + 1, **office}
        above = {"kind": "office", "title": "示例省项目办", "region_id": 1, "user_id": 2}
        yield {"id": self.districts * LEADERS + 2, **above}

    def classes(self) -> Iterator[Given]:
        for number in range(self.districts):
            for place in range(CLASSES):
                yield {"id": number * CLASSES + place + 1, "region_id": number + 2, "name": f"示例分类{place + 1}"}

    def lists(self) -> Iterator[Given]:
        """This year's lists have the ids 1 to n, last year's those after."""
        for back in (0, 1):
            for number in range(self.districts):
                year = YEAR - back
                yield {
                    "id": back * self.districts + number + 1,
                    "level": "district",
                    "region_id": number + 2,
                    "year": year,
                    "name": f"{year} 年示例名单{number + 1}",
                    "state": "issued",
                }

    def each(self) -> Iterator[tuple[int, int]]:
        """(district, project id)."""
        for number in range(self.districts):
            for project in self.of_district(number):
                yield number, project

    def total(self, project: int) -> int:
        """A project's total investment, 20 million to 3 billion yuan."""
        return random.Random(project).randrange(2_000, 300_000) * 10_000

    def begun(self, project: int) -> date | None:
        """The day of the start; a fifth has not begun."""
        chance = random.Random(project * 7)
        return None if chance.random() < 0.2 else date(YEAR - 1, 1, 5) + timedelta(days=chance.randrange(440))

    def project_rows(self) -> Iterator[Given]:
        for number, project in self.each():
            begun = self.begun(project)
            name = f"示例项目{project}"
            yield {
                "id": project,
                "name": name,
                "initials": f"slxm{project}",
                "sort_key": f"shi li xiang mu {project:07}",
                "match_key": name,
                "region_id": number + 2,
                "content": "建设标准厂房、道路和管网。",
                "stage": "under_construction" if begun and begun <= AS_OF else "preliminary",
                "stage_on": begun,
            }

    def profiles(self) -> Iterator[Given]:
        for number, project in self.each():
            yield _fact(
                date(YEAR - 2, 12, 1),
                id=self.fact_id(),
                project_id=project,
                region_id=number + 2,
                industry=("C", "E", "F", "N", "P")[project % 5],
                nature="new",
                investor=("state", "private", "foreign")[project % 3],
                total_investment=self.total(project),
            )

    def entries(self, districts: int) -> Iterator[Given]:
        """Of as many districts as there are lists a year."""
        for number, project in self.each():
            begun = self.begun(project)
            new = begun is None or begun.year == YEAR
            for back in (0, 1) if not new else (0,):
                yield _fact(
                    date(YEAR - back, 1, 1),
                    id=self.fact_id(),
                    annual_list_id=back * districts + number + 1,
                    project_id=project,
                    number=project,
                    kind="new_start" if new or back else "continuing",
                    completes_this_year=project % 9 == 0,
                    project_class_id=number * CLASSES + project % CLASSES + 1,
                    planned_investment=self.total(project) // 3,
                    planned_start=begun or date(YEAR, 6, 30),
                    planned_finish=date(YEAR + 1, 12, 31),
                )

    def assignments(self) -> Iterator[Given]:
        for number, project in self.each():
            row = {"project_id": project, "document": ""}
            unit, post = number * UNITS + project % UNITS + 1, number * LEADERS + project % LEADERS + 1
            on = date(YEAR - 2, 12, 1)
            yield _fact(on, id=self.fact_id(), role="responsible", unit_id=unit, **row)
            yield _fact(on, id=self.fact_id(), role="lead", post_id=post, **row)

    def stages(self) -> Iterator[Given]:
        for _, project in self.each():
            yield _fact(date(YEAR - 2, 12, 1), id=self.fact_id(), project_id=project, stage="preliminary")
            begun = self.begun(project)
            if begun is not None and begun <= AS_OF:
                yield _fact(begun, id=self.fact_id(), project_id=project, stage="started")
                later = begun + timedelta(days=10)
                yield _fact(later, id=self.fact_id(), project_id=project, stage="under_construction")

    def readings(self) -> Iterator[Given]:
        for _, project in self.each():
            begun = self.begun(project)
            if begun is None:
                continue
            monthly = self.total(project) // 30
            cumulative = ytd = 0
            for day in MONTH_ENDS:
                if day < begun:
                    continue
                ytd = monthly if day.month == 1 else ytd + monthly
                cumulative += monthly
                yield _fact(
                    day,
                    id=self.fact_id(),
                    project_id=project,
                    cumulative=cumulative,
                    ytd=ytd,
                    percent=min(10_000, cumulative * 10_000 // self.total(project)),
                    words="主体施工。",
                    period=f"{day:%Y-%m}",
                )


def build(projects: int, seed: int = 1) -> District:
    """Load a district of so many projects (past 5,000: several, of 5,000 each) into an empty, migrated database.

    Of several full districts only the first is made up: the projects of the others are copies of its rows with ids of
    their own, made by the database. Half a million projects, nine million rows, take minutes so, not an hour.
    """
    from guatu.library import models as library
    from guatu.library.actions import check_caches
    from guatu.people import models as people
    from guatu.reporting.models import Reading

    maker = _Maker(projects, seed)
    copies = maker.districts - 1 if projects % LIST_SIZE == 0 else 0
    first = _Maker(LIST_SIZE, seed) if copies else maker
    load(people.Region, maker.regions())
    load(people.Unit, maker.units())
    load(people.User, [{"id": 1, "username": "bench", "name": "示例", "password": "!"}, PROVINCE_USER])
    load(people.Post, maker.posts())
    load(library.ProjectClass, maker.classes())
    load(library.AnnualList, maker.lists())
    load(library.Project, first.project_rows())
    load(library.ProjectProfile, first.profiles())
    load(library.ListEntry, first.entries(maker.districts))
    load(library.Assignment, first.assignments())
    load(library.StageChange, first.stages())
    load(Reading, first.readings())
    analyse()
    check_caches(actor=OPERATOR)
    facts = first.next_fact
    about = {"id": facts, "project_id": LIST_SIZE}
    if copies:
        places = {"region_id": 1, "unit_id": UNITS, "lead_id": LEADERS}
        copy(library.Project, {"id": LIST_SIZE, **places}, copies, LIST_SIZE)
        copy(library.ProjectProfile, {**about, "region_id": 1}, copies, facts)
        in_list = {"annual_list_id": 1, "project_class_id": CLASSES}
        copy(library.ListEntry, {**about, **in_list}, copies, facts)
        copy(library.Assignment, {**about, "unit_id": UNITS, "post_id": LEADERS}, copies, facts)
        copy(library.StageChange, about, copies, facts)
        copy(Reading, about, copies, facts)
        analyse()
    return found(projects, seed)


def found(projects: int, seed: int) -> District:
    """What stands in a database that was built before."""
    ids = tuple(range(1, max(1, -(-projects // LIST_SIZE)) + 1))
    return District(projects, seed, ids, tuple(number + 1 for number in ids), user_id=1, province_id=2)
