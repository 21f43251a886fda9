"""Lights of whole lists: what is remembered and mended is what each project's own course gives, and figures join it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guatu.core import clock
from guatu.core.actor import OPERATOR
from guatu.core.refusals import Refusal
from guatu.figures import actions
from guatu.figures.light_block import light_block
from guatu.figures.models import LightRuleSet
from guatu.figures.queries import chains_by, memo
from guatu.figures.queries.answers import ask, behind, facts, figures
from guatu.figures.queries.entries import entries
from guatu.figures.queries.light_history import light_history
from guatu.figures.queries.light_now import light_shown
from guatu.figures.queries.light_rules import edition_over, rows_in_force
from guatu.figures.queries.lights import lights_shown
from guatu.figures.queries.lit import lights_on
from guatu.library.actions import make_list, put_entries
from guatu.library.models import Project
from guatu.library.orders import EntryRow
from guatu.plans import actions as plans
from guatu.plans.choices import Dates
from guatu.plans.models import Node
from guatu.reporting.actions import ReadingRow, record_readings
from tests.figures.conftest import YI
from tests.figures.lit import lights
from tests.figures.test_mending import TODAY, YEAR, Office, _noon
from tests.plans.conftest import three

pytestmark = pytest.mark.django_db
NEW_YEAR = date(YEAR, 1, 1)


def when(fact, op, value):
    return {"fact": fact, "op": op, "value": value}


def rule(code, colour, *when, say="超出规定。"):
    return {"code": code, "colour": colour, "when": list(when), "say": say}


def own_rules(rhythm="month", essential="stage", *more):
    return {
        "rhythm": rhythm,
        "source": "测试",
        "rules": [
            rule("completed", "blue", when("completed", "is", True)),
            rule("lead_red", "red", when("lead", "less_than", -30)),
            rule("lead_yellow", "yellow", when("lead", "less_than", -10)),
            rule("late_red", "red", when("days_late", "at_least", 30), say="节点“{worst_node}”滞后{days_late}天。"),
            rule("late_yellow", "yellow", when("days_late", "at_least", 1)),
            rule("weight", "red", when("weight_overdue", "at_least", 80)),
            *more,
        ],
        "unmet": {"colour": "green", "say": "正常。", "essential": [essential], "say_unknown": "不知道。"},
    }


CHAIN = rule("lost", "red", when("chain_lost", "one_of", ["quarter", "year"]))
RUNNING = rule("again", "red", when("warnings_before", "at_least", 2))


def adopt(region, rules, first=NEW_YEAR):
    row = actions.draft_light_rules(actor=OPERATOR, region=region, preset="wuhan")
    actions.change_light_rules(actor=OPERATOR, row=row, seen=row.version, name="本区规定", rules=rules)
    return actions.adopt_light_rules(actor=OPERATOR, row=row, seen=row.version, valid_from=first, approved_by="区政府")


class Lit(Office):
    """An office that plans its projects' nodes and excuses lights, too."""

    def begin(self) -> None:
        """Half a dozen projects on this year's lists, most of them with a plan."""
        for _ in range(2):
            self.register()
        for place, project in enumerate(self.projects):
            values = {"kind": "continuing", "planned_investment": (place + 1) * YI, "planned_finish": TODAY}
            rows = [EntryRow(project=project, values=values)]
            put_entries(actor=OPERATOR, annual_list=self.lists[place % 2 * 2], rows=rows, on=NEW_YEAR)
            if place:
                self.plan(project)

    def plan(self, project: Project | None = None) -> None:
        content, begun = replace(three(None).renewed(), deadline=None), self._day()
        row = plans.ApprovedPlan(project=project or self._some(), content=content, begun_on=begun, approved_by="会")
        plans.record_plans(actor=OPERATOR, rows=[row], on=TODAY - timedelta(days=self.chance.randrange(60)))

    def tell(self) -> None:
        nodes = list(Node.objects.all())
        if nodes:
            start = self._day()
            sort, finish = self.chance.choice([Dates.ACTUAL, Dates.FORECAST]), start + timedelta(days=20)
            node = self.chance.choice(nodes)
            plans.record_dates(actor=OPERATOR, node=node, sort=sort, start=start, finish=finish, reason="更正")

    def excuse(self) -> None:
        start = TODAY - timedelta(days=self.chance.randrange(40))
        told = {"start": start, "end": start + timedelta(days=30), "reason": "勘探", "approved_by": "区政府"}
        actions.exempt_light(actor=OPERATOR, project=self._some(), **told)

    def deeds(self):
        return [*super().deeds(), *[self.plan, self.tell, self.tell] * 2, self.excuse]


def told(found):
    return {project: replace(light, since=None) for project, light in found.items()}


def listed(office):
    asked = ask(OPERATOR, [row for row in office.lists if row.year == YEAR], TODAY)
    return list(Project.objects.filter(pk__in=[one.project_id for one in entries(asked) if not one.exited]))


@pytest.mark.parametrize(
    ("seed", "rules"),
    [
        (0, own_rules()),
        (1, own_rules("day")),
        (2, own_rules("week", "lead", CHAIN)),
        (3, own_rules("month", "stage", RUNNING)),
    ],
)
def test_what_is_remembered_of_lists_is_each_projects_own_light_whatever_is_written(cast, seed, rules):
    with clock.at(_noon(TODAY)):
        office = Lit(cast, seed)
        adopt(office.region, rules)
        office.begin()
        colours, judged = set(), 0
        for _ in range(30):
            try:
                office.chance.choice(office.deeds())()
            except Refusal:
                continue
            mended, own = lights_on(TODAY), lights(listed(office), TODAY)
            memo.forget()
            assert mended == lights_on(TODAY)
            assert told(own) == dict(mended)
            colours |= {light.colour for light in mended.values()}
            judged += len(mended)
        assert judged > 60
        assert len(colours) > 1


def test_a_projects_light_is_that_of_its_highest_list_whichever_list_is_asked(cast):
    with clock.at(_noon(TODAY)):
        office = Lit(cast, 1)
        adopt(office.region, own_rules())
        project = office.projects[0]
        province = make_list(actor=OPERATOR, level="province", region=cast.region("city"), year=YEAR)
        for annual, planned in ((office.lists[0], YI), (province, 100 * YI)):
            rows = [EntryRow(project=project, values={"kind": "continuing", "planned_investment": planned})]
            put_entries(actor=OPERATOR, annual_list=annual, rows=rows, on=NEW_YEAR)
        record_readings(actor=OPERATOR, rows=[ReadingRow(project=project, on=date(YEAR, 5, 20), ytd=YI)])
        for regions in (None, {office.region.pk}, {province.region_id}):
            assert lights_on(TODAY, None, regions)[project.pk].colour == "red"
        unlisted = office.projects[1]
        shown = lights_shown(OPERATOR, [project, unlisted], TODAY)
        assert {key: light.colour for key, light in shown.items()} == {project.pk: "red"}
        assert light_shown(OPERATOR, project, TODAY).light == shown[project.pk]
        assert light_shown(OPERATOR, unlisted, TODAY) is None  # on every page: no list of the year, no verdict


def test_a_region_whose_own_rules_have_ended_goes_by_those_above_from_that_day_on(cast):
    with clock.at(_noon(TODAY)):
        office = Lit(cast, 1)
        adopt(cast.region("city"), own_rules(), NEW_YEAR)
        row = adopt(office.region, own_rules("month", "lead"), date(YEAR, 2, 1))
        LightRuleSet.objects.filter(pk=row.pk).update(valid_to=date(YEAR, 3, 31))  # as a successor withdrawn leaves it
        project = office.projects[0]
        rows = [EntryRow(project=project, values={"kind": "continuing", "planned_investment": YI})]
        put_entries(actor=OPERATOR, annual_list=office.lists[0], rows=rows, on=NEW_YEAR)
        memo.forget()
        held = [(one.period.start.month, one.rules.valid_from) for one in light_history(project, TODAY)]
        city = LightRuleSet.objects.get(region=cast.region("city"))
        assert held[:4] == [
            (1, NEW_YEAR),
            (2, row.valid_from),
            (3, row.valid_from),
            (4, date(YEAR, 4, 1)),  # the city's again
        ]
        assert edition_over(rows_in_force(), office.region, TODAY) == city
        assert lights_on(TODAY)[project.pk] == replace(lights([project], TODAY)[project.pk], since=None)
        assert light_block(OPERATOR, project, TODAY)["rules"] == city


def test_figures_join_the_lights_and_count_who_is_on_schedule(cast):
    with clock.at(_noon(TODAY)):
        office = Lit(cast, 2)
        this = office.lists[0]
        rows = [
            EntryRow(project=one, values={"kind": "new_start", "planned_investment": YI}) for one in office.projects
        ]
        put_entries(actor=OPERATOR, annual_list=this, rows=rows, on=NEW_YEAR)
        asked = ask(OPERATOR, [this], TODAY)
        before = figures(OPERATOR, asked).whole.values
        assert (before["on_schedule"], before["on_schedule_rate"]) == (None, None)
        assert {one.light for one in facts(asked)} == {None}
        adopt(office.region, own_rules("month", "lead"))
        first, second = office.projects[:2]
        readings = [
            ReadingRow(project=first, on=date(YEAR, 5, 20), ytd=YI),
            ReadingRow(project=second, on=TODAY, ytd=1),
        ]
        record_readings(actor=OPERATOR, rows=readings)
        after = figures(OPERATOR, asked).whole.values
        assert (after["on_schedule"], after["on_schedule_rate"]) == (1, 50)
        by = {row.group[0]: row.values["projects"] for row in figures(OPERATOR, asked, ("light",)).rows}
        assert by == {"green": 1, None: 1}  # the second one's first reading came after the last evaluation
        opened = behind(OPERATOR, asked, "on_schedule", {"light": "green"})
        assert [one.project_id for one in opened] == [first.pk]
        assert {value: len(group.levels) > 0 for value, group in chains_by(asked, "light").items()}.keys() == {
            "green",
            None,
        }
        planned = figures(OPERATOR, replace(asked, planned=True)).whole.values
        assert planned["on_schedule"] is None
        outside = figures(OPERATOR, replace(asked, basis="statistics")).whole.values
        assert outside["on_schedule"] == 1  # a light is by dispatch, whatever the money is told by


def test_lights_are_read_once_until_something_is_written(cast):
    with clock.at(_noon(TODAY)):
        office = Lit(cast, 3)
        for _ in range(5):
            office.enter()
        adopt(office.region, own_rules())
        asked = ask(OPERATOR, [office.lists[0]], TODAY)
        figures(OPERATOR, asked)
        with CaptureQueriesContext(connection) as again:
            figures(OPERATOR, asked, ("light",))
        assert len(again) == 1  # the trail's head
        explained = facts(asked)
        actions.explain_light(actor=OPERATOR, project=office.projects[0], on=TODAY, text="正在整改")
        assert facts(asked) is explained
