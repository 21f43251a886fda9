"""Carrying out a scenario through the product's actions, each at the moment at which an office would have done it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from guatu.core import clock
from guatu.core.actor import OPERATOR, Actor, Way
from guatu.core.refusals import Refusal
from guatu.demo.scenarios import SCENARIO_OF_LIST
from guatu.demo.scenarios.model import Entry, List, Project, Scenario, Watch
from guatu.demo.seasons import moment
from guatu.demo.write_people import Login, new_password
from guatu.domain.periods import Period
from guatu.domain.rhythm import Asks
from guatu.figures import actions as figures
from guatu.library import actions as library
from guatu.library.models import AnnualList, ListBatch, ProjectClass
from guatu.library.models import Project as ProjectRow
from guatu.people import actions as people
from guatu.people import policies
from guatu.people.choices import PostKind
from guatu.people.models import Post, Region, Unit, User
from guatu.plans import actions as plans
from guatu.reporting import actions as reporting
from guatu.reporting.actions.readings import ReadingRow
from guatu.reporting.queries.ready_sheets import READY, as_data

NAMED = "项目名称见于报道；金额、日期和责任人为示例"
INVENTED = "示例项目：报道只给出合计数，名称、金额、日期和责任人均为示例"
OFFICE = "重点项目建设办公室（示例）"
# Log-in's ending, kind of post, title.
POSTS = (
    ("quzhang", PostKind.HEAD, "领导小组组长（示例）"),
    ("zhuren", PostKind.OFFICE_HEAD, "项目办主任（示例）"),
    ("xiangmuban", PostKind.OFFICE, "项目办干事（示例）"),
    ("xitong", PostKind.SYSTEM_ADMIN, "系统管理员（示例）"),
)


def loaded(scenario: Scenario) -> bool:
    """Whether a scenario is in this installation."""
    return AnnualList.objects.filter(name__in=[row.name for row in scenario.lists]).exists()


def require_room(scenario: Scenario) -> None:
    """Refuse a second time, and an installation with lists that are no scenario's."""
    if loaded(scenario):
        raise Refusal("demo.scenario_loaded", name=scenario.code)
    stranger = AnnualList.objects.exclude(name__in=list(SCENARIO_OF_LIST)).first()
    if stranger is not None:
        raise Refusal("demo.real_lists", list=stranger.name)


@dataclass(slots=True)
class Writer:
    """Writes one scenario into an installation, beside others that are there."""

    scenario: Scenario
    logins: list[Login] = field(default_factory=list)
    region: Region = field(init=False)
    office: Actor = field(init=False)
    head: Actor = field(init=False)
    units: list[Unit] = field(init=False)
    leaders: list[Post] = field(init=False)
    projects: dict[int, ProjectRow] = field(default_factory=dict)
    classes: dict[str, ProjectClass] = field(default_factory=dict)

    def carry_out(self) -> list[Login]:
        """Everybody, then projects and lists in the order of their days, then what was told; the new log-ins."""
        scenario = self.scenario
        with clock.at(moment(scenario.founded_on, 8, 30)):
            self._people()
            self._classes()
            self._lights()
        for day in sorted({row.registered_on for row in scenario.projects}):
            with clock.at(moment(day, 10, 0)):
                self._register([row for row in scenario.projects if row.registered_on == day], day)
        for row in scenario.lists:
            self._list(row)
        if scenario.watch is not None:
            self._watch(scenario.watch)
        with clock.at(moment(scenario.told_on, 17, 30)):
            self._told()
        with clock.at(moment(scenario.printed_on, 9, 0)):
            self._outside()
        return self.logins

    # -- people -------------------------------------------------------------------------------------------------------
    def _people(self) -> None:
        scenario = self.scenario
        self.region = people.ensure_region(
            actor=OPERATOR, code=scenario.region, name=scenario.region_name, confirmed=True
        )
        name = f"{scenario.region_name}{OFFICE}"
        office = self._unit(name, "office")
        self.units = [self._unit(name, "department") for name in scenario.units]
        actors = {ending: self._actor(office, ending, kind, title) for ending, kind, title in POSTS}
        self.head, self.office = actors["zhuren"], actors["xiangmuban"]
        titles = [f"示例领导{number:02d}" for number in range(1, scenario.leaders + 1)]
        known = {row.title: row for row in Post.objects.filter(region=self.region, kind=PostKind.LEADER)}
        self.leaders = [known.get(title) or self._leader(office, title, order) for order, title in enumerate(titles)]

    def _unit(self, name: str, kind: str) -> Unit:
        known = Unit.objects.filter(region=self.region, name=name).first()
        return known or people.add_unit(actor=OPERATOR, name=name, region=self.region, kind=kind)

    def _leader(self, office: Unit, title: str, order: int) -> Post:
        return people.add_post(
            actor=OPERATOR, kind=PostKind.LEADER, title=title, region=self.region, unit=office, order=order
        )

    def _actor(self, office: Unit, ending: str, kind: PostKind, title: str) -> Actor:
        """The holder of a post with a log-in; one that an earlier scenario of the region made serves again."""
        username = f"{self.scenario.login}-{ending}"
        post = Post.objects.filter(region=self.region, kind=kind, title=title).first()
        user = User.objects.filter(username=username).first()
        if post is None or user is None:
            password = new_password()
            post = people.add_post(actor=OPERATOR, kind=kind, title=title, region=self.region, unit=office)
            user = people.add_user(
                actor=OPERATOR, username=username, name=f"示例·{kind.label}", password=password, must_change=False
            )
            people.appoint(actor=OPERATOR, user=user, post=post, on=date(2015, 1, 1))
            self.logins.append({"username": username, "password": password, "post": f"{self.region.name}{title}"})
        return policies.actor_for(user, post, Way.PAGE)

    # -- projects and lists -------------------------------------------------------------------------------------------
    def _classes(self) -> None:
        for order, name in enumerate(sorted({row.group for row in self.scenario.projects})):
            self.classes[name] = library.set_class(actor=OPERATOR, region=self.region, name=name, order=order)

    def _lights(self) -> None:
        lights = self.scenario.lights
        if lights is None:
            return
        row = figures.draft_light_rules(actor=self.office, region=self.region, preset=lights.preset)
        figures.change_light_rules(
            actor=self.office, row=row, seen=row.version, name=lights.name, rules=dict(lights.rules)
        )
        figures.adopt_light_rules(
            actor=self.head,
            row=row,
            seen=row.version,
            valid_from=lights.valid_from,
            approved_by=f"{self.region.name}项目办主任（示例）",
        )

    def _register(self, rows: list[Project], day: date) -> None:
        new = [
            library.NewProject(
                name=row.name,
                region=self.region,
                details={"remark": NAMED if row.named else INVENTED},
                profile={"total_investment": row.total},
                stage=row.stage,
                stage_on=row.since,
            )
            for row in rows
        ]
        made = library.register_many(actor=self.office, rows=new, on=day)
        self.projects.update({row.number: project for row, project in zip(rows, made, strict=True)})
        assigned = [answer for row, project in zip(rows, made, strict=True) for answer in self._answering(row, project)]
        library.assign_many(actor=self.office, rows=assigned, on=day)

    def _answering(self, row: Project, project: ProjectRow) -> Iterable[library.AssignmentRow]:
        unit = self.units[row.number % len(self.units)]
        yield library.AssignmentRow(project=project, role="responsible", unit=unit)
        yield library.AssignmentRow(project=project, role="lead", post=self.leaders[row.number % len(self.leaders)])

    def _list(self, row: List) -> None:
        issued, document = row.issues[0]
        with clock.at(moment(issued, 15, 0)):
            made = library.make_list(
                actor=self.office,
                level=row.level,
                region=self.region,
                year=row.year,
                name=row.name,
                settings=row.settings,
            )
            first = [entry for entry in row.entries if entry.batch == 1]
            library.issue_list(
                actor=self.head,
                annual_list=made,
                document_number=document,
                issued_on=issued,
                rows=self._entries(first, row),
            )
            for name, day in row.points:
                library.set_check_point(actor=self.office, annual_list=made, name=name, on=day)
            for entry in first:
                if entry.targets:
                    amounts = {Period.parse(code): amount for code, amount in entry.targets}
                    project = self.projects[entry.project]
                    plans.set_target(actor=self.office, project=project, annual_list=made, amounts=amounts)
        for number, (day, text) in enumerate(row.issues[1:], start=2):
            with clock.at(moment(day, 15, 0)):
                self._issue_again(made, row, number, day, text)

    def _issue_again(self, made: AnnualList, row: List, number: int, day: date, document: str) -> None:
        batch: ListBatch = library.issue_batch(
            actor=self.head, annual_list=made, number=number, document_number=document, issued_on=day
        )
        later = [entry for entry in row.entries if entry.batch == number]
        library.put_entries(actor=self.office, annual_list=made, rows=self._entries(later, row, batch=batch), on=day)

    def _entries(self, entries: list[Entry], of: List, **more: object) -> list[library.EntryRow]:
        places = {entry.project: place for place, entry in enumerate(of.entries, start=1)}
        groups = {row.number: row.group for row in self.scenario.projects}
        return [
            library.EntryRow(
                project=self.projects[entry.project],
                values={
                    **_values(entry),
                    "number": places[entry.project],
                    "project_class": self.classes[groups[entry.project]],
                    **more,
                },
            )
            for entry in entries
        ]

    # -- what was told ------------------------------------------------------------------------------------------------
    def _told(self) -> None:
        rows = self.scenario.projects
        steps = [
            library.StageRow(project=self.projects[row.number], stage=stage, on=day, resumed=resumed)
            for row in rows
            for stage, day, resumed in row.steps
        ]
        library.record_stages(actor=self.office, rows=steps)
        readings = [
            ReadingRow(project=self.projects[row.number], on=day, ytd=amount)
            for row in rows
            for day, amount in row.readings
        ]
        reporting.record_readings(actor=self.office, rows=readings, basis="dispatch", source=self._source())

    def _watch(self, row: Watch) -> None:
        """The watch is ordered on the morning of its first day; each day's sheet is handed in on that day."""
        with clock.at(moment(row.starts, 8, 0)):
            order = reporting.WatchOrder(
                name=row.name,
                document=row.document,
                starts_on=row.starts,
                ends_on=row.ends,
                fields=as_data(READY[row.ready].fields),
                asks=Asks(kinds=frozenset(READY[row.ready].kinds)),
            )
            campaign = reporting.make_watch(actor=self.office, region=self.region, order=order)
        for day in sorted({day for day, _project, _values in row.said}):
            said = [reporting.DaySaid(self.projects[number], values) for on, number, values in row.said if on == day]
            with clock.at(moment(day, 16, 30)):
                reporting.say_day(actor=self.office, campaign=campaign, day=day, rows=said)

    def _outside(self) -> None:
        for row in self.scenario.outside:
            figures.record_outside(
                actor=self.office,
                region=self.region,
                indicator=row.indicator,
                period=row.period,
                value=row.value,
                unit=row.unit,
                source=self._source(),
                on=self.scenario.printed_on,
            )

    def _source(self) -> str:
        return f"{self.scenario.paper} {self.scenario.printed_on.isoformat()}"


def _values(entry: Entry) -> Mapping[str, Any]:
    return {
        "kind": entry.kind,
        "completes_this_year": entry.completes,
        "planned_investment": entry.planned,
        "planned_start": entry.start,
        "planned_finish": entry.finish,
        "planned_resume": entry.resume,
    }
