"""What is remembered and mended after writes is what a fresh reading gives, whatever was written in whatever order."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from guatu.core import clock
from guatu.core.actor import OPERATOR
from guatu.core.refusals import Refusal
from guatu.core.writing import writing
from guatu.figures.queries import memo
from guatu.figures.queries.answers import ask, facts, figures
from guatu.figures.queries.gather import merged, placed
from guatu.figures.queries.series import done_by_day
from guatu.figures.queries.sql import Asked
from guatu.library import actions
from guatu.library.actions.held import held_on
from guatu.library.models import AnnualList, Project, ProjectClass, StageChange
from guatu.library.orders import AssignmentRow, EntryRow
from guatu.reporting.actions import ReadingRow, record_readings

YEAR = 2026
TODAY = date(YEAR, 6, 20)
YI = 100_000_000


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=clock.ZONE)


class Office:
    """Random deeds of an office over two years' lists and a province's list above them."""

    def __init__(self, cast, seed: int) -> None:
        self.cast, self.chance = cast, random.Random(seed)
        self.region = cast.region()
        self.lists = [self._list(year, "district") for year in (YEAR, YEAR - 1)] + [self._list(YEAR, "city")]
        self.projects: list[Project] = []
        self.classes = [actions.set_class(actor=OPERATOR, region=self.region, name=name) for name in ("产业", "城建")]
        self.register()

    def _list(self, year: int, level: str) -> AnnualList:
        return actions.make_list(actor=OPERATOR, level=level, region=self.region, year=year)

    def _day(self, ahead: int = 0) -> date:
        return TODAY + timedelta(days=self.chance.randrange(-500, ahead + 1))

    def _some(self) -> Project:
        return Project.objects.get(pk=self.chance.choice(self.projects).pk)

    def register(self) -> None:
        rows = [
            actions.NewProject(
                name=f"望岳产业园{len(self.projects)}号项目{place}",
                region=self.region,
                profile={"total_investment": self.chance.randrange(1, 30) * YI},
                stage=self.chance.choice(["preliminary", "under_construction"]),
            )
            for place in range(2)
        ]
        self.projects += actions.register_many(actor=OPERATOR, rows=rows, on=self._day())

    def enter(self) -> None:
        annual_list = self.chance.choice(self.lists)
        values = {
            "kind": self.chance.choice(["new_start", "continuing"]),
            "planned_investment": self.chance.randrange(1, 9) * YI,
            "planned_start": date(annual_list.year, self.chance.randrange(1, 13), 1),
            "project_class": self.chance.choice(self.classes),
        }
        on = date(annual_list.year, self.chance.randrange(1, 6), 1)
        row = EntryRow(project=self._some(), values=values)
        actions.put_entries(actor=OPERATOR, annual_list=annual_list, rows=[row], on=on)

    def report(self) -> None:
        rows = [
            ReadingRow(project=self._some(), on=self._day(), cumulative=self.chance.randrange(1, 99) * YI // 10)
            for _ in range(self.chance.randrange(1, 4))
        ]
        record_readings(actor=OPERATOR, rows=rows, reason="核减")

    def step(self) -> None:
        stage = self.chance.choice(["started", "under_construction", "suspended", "completed"])
        row = actions.StageRow(project=self._some(), stage=stage, on=self._day())
        actions.record_stages(actor=OPERATOR, rows=[row])

    def take_step_back(self) -> None:
        project = self._some()
        steps = list(StageChange.objects.filter(project=project, superseded_at__isnull=True))
        actions.withdraw_stage(
            actor=OPERATOR, project=project, seen=None, step=self.chance.choice(steps), reason="登记有误"
        )

    def assign(self, on: date | None = None) -> None:
        project, on = self._some(), on or self._day(60)
        unit = self.cast.unit(self.chance.choice(["housing", "commerce"]))
        rows = [
            AssignmentRow(project=project, role="responsible", unit=unit),
            AssignmentRow(project=project, role="lead", post=self.cast.post("lead")),
        ]
        actions.assign_many(actor=OPERATOR, rows=rows, on=on)

    def end(self) -> None:
        role = self.chance.choice(["responsible", "lead"])
        actions.end_assignment(actor=OPERATOR, project=self._some(), role=role, on=self._day(60), reason="机构调整")

    def revalue(self) -> None:
        values = {"total_investment": self.chance.randrange(1, 30) * YI, "industry": self.chance.choice(["C", "E"])}
        actions.set_profile(actor=OPERATOR, project=self._some(), on=self._day(60), values=values)

    def rename_class(self) -> None:
        """No action does this today; what hangs on many projects must be read anew all the same."""
        with writing(OPERATOR) as act:
            row = ProjectClass.objects.get(pk=self.chance.choice(self.classes).pk)
            act.change(row, name=f"{row.name[:2]}{self.chance.randrange(100)}")

    def lock(self) -> None:
        annual_list = self.chance.choice(self.lists)
        actions.close_period(actor=OPERATOR, annual_list=annual_list, until=date(annual_list.year, 2, 28))

    def deeds(self) -> list[Callable[[], None]]:
        often = [self.report] * 4 + [self.enter] * 4 + [self.step] * 2 + [self.assign] * 2
        return [*often, self.register, self.take_step_back, self.end, self.revalue, self.rename_class, self.lock]

    def questions(self) -> list[Asked]:
        this, last, city = self.lists
        plain = ask(OPERATOR, [this], TODAY)
        return [
            plain,
            ask(OPERATOR, [last], TODAY.replace(year=YEAR - 1)),
            ask(OPERATOR, [this, city], TODAY),
            replace(plain, as_of=date(YEAR, 3, 31)),
            replace(plain, restated=True),
            replace(plain, known=TODAY - timedelta(days=1)),
            ask(self.cast.actor("reporter"), [this], TODAY),
            ask(self.cast.actor("office"), [this], TODAY),
        ]


def _fresh_days(asked: Asked) -> list[tuple[date, int]]:
    memo.forget()
    return done_by_day(asked)


@pytest.mark.parametrize("seed", range(4))
def test_what_is_mended_after_any_writes_equals_a_fresh_reading(cast, seed):
    with clock.at(_noon(TODAY)):
        office = Office(cast, seed)
        questions = office.questions()
        for _ in range(30):
            for asked in questions:
                facts(asked), done_by_day(asked), figures(OPERATOR, asked, ("class",))
            try:
                office.chance.choice(office.deeds())()
            except Refusal:
                continue
            mended = [(facts(asked), done_by_day(asked)) for asked in questions]
            cut = [figures(OPERATOR, asked, ("class",)).rows for asked in questions]
            assert [entries for entries, _days in mended] == [merged(asked, placed(asked)) for asked in questions]
            assert [days for _entries, days in mended] == [_fresh_days(asked) for asked in questions]
            assert cut == [figures(OPERATOR, asked, ("class",)).rows for asked in questions]


@pytest.mark.parametrize("seed", range(2))
def test_what_a_projects_row_keeps_is_what_its_facts_say_on_every_day_that_it_holds(cast, seed):
    with clock.at(_noon(TODAY)):
        office = Office(cast, seed)
        office.assign(TODAY - timedelta(days=9))
        for _ in range(40):
            try:
                office.chance.choice(office.deeds())()
            except Refusal:
                continue
        office.assign(TODAY + timedelta(days=20))
        projects = list(Project.objects.all())
        assert any(project.unit_id for project in projects)
        for ahead in (0, 1, 15, 61):
            day = TODAY + timedelta(days=ahead)
            held = held_on(day, [project.pk for project in projects])
            for project in projects:
                if project.held_from <= day < project.held_until:
                    now = held[project.pk]
                    kept = (project.total_investment, project.unit_id, project.lead_id)
                    assert kept == (now.total_investment, now.unit_id, now.lead_id)
        assert actions.check_caches(actor=OPERATOR)["held"] == 0
    with clock.at(_noon(TODAY + timedelta(days=61))):
        begun = [project for project in projects if project.held_until <= TODAY + timedelta(days=61)]
        assert actions.check_caches(actor=OPERATOR)["held"] == len(begun) > 0


def test_one_projects_write_is_read_again_alone_and_a_classs_name_makes_everything_be_read(cast):
    with clock.at(_noon(TODAY)):
        office = Office(cast, 1)
        for _ in range(6):
            office.enter()
        before = memo.TrailHead.objects.get()
        project = office.projects[0]
        record_readings(actor=OPERATOR, rows=[ReadingRow(project=project, on=TODAY, cumulative=YI)])
        head = memo.TrailHead.objects.get()
        assert memo.changed_since(before.number, before.digest, head.number) == [project.pk]
        office.rename_class()
        last = memo.TrailHead.objects.get()
        assert memo.changed_since(head.number, head.digest, last.number) is None
        assert memo.changed_since(before.number, "0" * 64, head.number) is None
