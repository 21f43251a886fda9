"""Carrying out the plan: every deed through the product's actions, with the clock at the moment of the deed."""

from collections.abc import Iterable, Mapping
from functools import singledispatchmethod
from typing import Any

from guatu.core import clock
from guatu.core.actor import OPERATOR
from guatu.demo import model, write_closing, write_lights, write_people, write_photos, write_reports, write_watch
from guatu.demo.model import DistrictPlan, EntryPlan, ProjectPlan, ReadingPlan
from guatu.demo.write_people import People
from guatu.demo.write_plans import PlanWriter
from guatu.figures import actions as figures
from guatu.library import actions as library
from guatu.library.models import AnnualList, ListBatch, Project, ProjectClass, Theme
from guatu.reporting import actions as reporting
from guatu.reporting.actions.readings import ReadingRow

SUPERVISED = "（演示数据）"
OUTSIDE_SOURCE = "演示数据：统计部门月度公布"


class Writer:
    """Writes one plan into an empty installation."""

    def __init__(self, plan: DistrictPlan) -> None:
        self.plan = plan
        self.people: People
        self.projects: dict[int, Project] = {}
        self.parts: dict[tuple[int, int], Project] = {}
        self.lists: dict[tuple[str, int], AnnualList] = {}
        self.classes: dict[tuple[str, str], ProjectClass] = {}
        self.themes: dict[str, Theme] = {}
        self.plans = PlanWriter(plan.seed)

    def carry_out(self) -> People:
        """Found the installation and do every deed in its order; returns the people with their log-ins."""
        with clock.at(self.plan.founded_at):
            self.people = write_people.found(self.plan)
            self._dimensions()
            reporting.adopt_evidence_rules(actor=OPERATOR, region=self.people.district)
        self.office = self.people.actor("office")
        self.head = self.people.actor("office_head")
        for deed in self.plan.deeds:
            with clock.at(deed.at):
                self.do(deed)
        with clock.at(self.plan.deeds[-1].at):
            write_photos.hand_in(self.people, self.projects.values())
        return self.people

    def _dimensions(self) -> None:
        district = self.people.district
        for place, (name, children) in enumerate(self.plan.classes):
            parent = library.set_class(actor=OPERATOR, region=district, name=name, order=place)
            for order, child in enumerate(children):
                self.classes[name, child] = library.set_class(
                    actor=OPERATOR, region=district, name=child, parent=parent, order=order
                )
        for place, name in enumerate(self.plan.themes):
            self.themes[name] = library.set_theme(actor=OPERATOR, region=district, name=name, order=place)

    @singledispatchmethod
    def do(self, deed: object) -> None:
        """Carry out one deed at the clock's moment."""
        raise TypeError(f"no way to do {type(deed).__name__}")

    # -- projects -----------------------------------------------------------------------------------------------------
    @do.register
    def _register(self, deed: model.Register) -> None:
        plans = self._plans(deed.projects)
        rows = [self._new(plan) for plan in plans]
        made = library.register_many(actor=self.office, rows=rows, on=deed.at.date())
        self.projects.update(zip(deed.projects, made, strict=True))
        for plan, package in zip(plans, made, strict=True):
            if plan.parts:
                self._register_parts(plan, package, deed)

    def _plans(self, numbers: Iterable[int]) -> list[ProjectPlan]:
        return [self.plan.projects[number - 1] for number in numbers]

    def _new(self, plan: ProjectPlan) -> library.NewProject:
        district, regions = self.people.district, self.people.regions
        owner = self.people.units[plan.roles["owner"]]
        return library.NewProject(
            name=plan.name,
            region=district,
            details={**plan.details, "owner_name": owner.name, "promoted": plan.promoted},
            profile={
                "region": district if plan.crosses_streets else regions[plan.street],
                "industry": plan.industry,
                "nature": plan.nature,
                "investor": plan.investor,
                "total_investment": plan.total,
                "themes": [self.themes[name].pk for name in plan.themes],
            },
            stage="reserve",
            stage_on=plan.reserve_on,
        )

    def _register_parts(self, plan: ProjectPlan, package: Project, deed: model.Register) -> None:
        rows = [
            library.NewProject(
                name=f"{plan.name}：{name}",
                region=self.people.district,
                details={"package": package, "remark": "打包项目的子项目（演示数据）"},
                stage="preliminary",
                stage_on=plan.prelim_on,
            )
            for name in plan.parts
        ]
        made = library.register_many(actor=self.office, rows=rows, on=deed.at.date())
        self.parts.update({(plan.number, place): project for place, project in enumerate(made)})

    @do.register
    def _name(self, deed: model.Name) -> None:
        rows = [row for plan in self._plans(deed.projects) for row in self._named(plan, deed.document)]
        library.assign_many(actor=self.office, rows=rows, on=deed.on)

    def _named(self, plan: ProjectPlan, document: str) -> Iterable[library.AssignmentRow]:
        for key, holder in plan.roles.items():
            role = key.rstrip("0123456789")
            slot = int(key[len(role) :] or 0)
            yield library.AssignmentRow(
                project=self.projects[plan.number],
                role=role,
                unit=self.people.units.get(holder),
                post=self.people.posts.get(holder) if role in ("lead", "sector_lead") else None,
                slot=slot,
                document=document,
            )

    @do.register
    def _reassign(self, deed: model.Reassign) -> None:
        move = library.Move(from_post=self.people.posts[deed.from_post], to_post=self.people.posts[deed.to_post])
        library.move_assignments_by_document(actor=self.head, document=deed.document, on=deed.on, moves=[move])

    @do.register
    def _steps(self, deed: model.Steps) -> None:
        rows = [
            library.StageRow(
                project=self.projects[step.project] if step.part is None else self.parts[step.project, step.part],
                stage=step.stage,
                on=step.on,
                resumed=step.resumed,
                occurrence=step.occurrence,
                reason=step.reason,
            )
            for step in deed.steps
        ]
        library.record_stages(actor=self.office, rows=rows)

    @do.register
    def _leave(self, deed: model.Leave) -> None:
        library.exit_project(
            actor=self.office,
            project=self.projects[deed.project],
            seen=None,
            on=deed.on,
            reason=deed.reason,
            approver=self.people.posts["head"],
            document=deed.document,
        )

    # -- lists --------------------------------------------------------------------------------------------------------
    @do.register
    def _draft(self, deed: model.Draft) -> None:
        if deed.make:
            self.lists[deed.level, deed.year] = library.make_list(
                actor=self.office, level=deed.level, region=self.people.district, year=deed.year
            )
        annual_list = self.lists[deed.level, deed.year]
        start = deed.at.date().replace(year=deed.year, month=1, day=1)
        library.put_entries(actor=self.office, annual_list=annual_list, rows=self._entries(deed.entries), on=start)

    def _entries(self, entries: Iterable[EntryPlan], **more: object) -> list[library.EntryRow]:
        return [
            library.EntryRow(project=self.projects[entry.project], values={**self._values(entry), **more})
            for entry in entries
        ]

    def _values(self, entry: EntryPlan) -> dict[str, Any]:
        return {
            "number": entry.number,
            "kind": entry.kind,
            "completes_this_year": entry.completes_this_year,
            "project_class": self.classes[self.plan.projects[entry.project - 1].group],
            "planned_investment": entry.planned_investment,
            "planned_start": entry.planned_start,
            "planned_finish": entry.planned_finish,
            "planned_resume": entry.planned_resume,
            "goal": entry.goal,
            "quarter_goals": list(entry.quarter_goals),
            "layer": entry.layer,
            "document": entry.document,
            "mark": entry.mark,
        }

    @do.register
    def _issue(self, deed: model.Issue) -> None:
        annual_list = self.lists[deed.level, deed.year]
        library.issue_list(
            actor=self.head,
            annual_list=annual_list,
            document_number=deed.document,
            issued_on=deed.at.date(),
            rows=self._entries(deed.entries),
        )
        for name, day in deed.check_points:
            library.set_check_point(actor=self.office, annual_list=annual_list, name=name, on=day)

    @do.register
    def _carry_over(self, deed: model.CarryOver) -> None:
        self.lists[deed.level, deed.year + 1] = library.carry_over(
            actor=self.head,
            annual_list=self.lists[deed.level, deed.year],
            continuing=[self.projects[number] for number in deed.continuing],
            dropped={self.projects[number].pk: reason for number, reason in deed.dropped.items()},
        )

    @do.register
    def _amend(self, deed: model.Amend) -> None:
        annual_list = self.lists[deed.level, deed.year]
        batch: ListBatch = library.issue_batch(
            actor=self.head, annual_list=annual_list, number=2, document_number=deed.document, issued_on=deed.on
        )
        library.amend_list(
            actor=self.head,
            annual_list=annual_list,
            document=deed.document,
            reason=deed.reason,
            approved_by=f"领导小组会议{SUPERVISED}",
            on=deed.on,
            take_in=self._entries(deed.entries, batch=batch),
            take_out=[self.projects[number] for number in deed.out],
            change=[self._change(entry, deed.totals) for entry in deed.changed],
        )

    def _change(self, entry: EntryPlan, totals: Mapping[int, int]) -> library.ChangeRow:
        return library.ChangeRow(
            project=self.projects[entry.project],
            entry={"planned_investment": entry.planned_investment, "planned_finish": entry.planned_finish},
            profile={"total_investment": totals[entry.project]} if entry.project in totals else {},
        )

    # -- progress -----------------------------------------------------------------------------------------------------
    @do.register
    def _readings(self, deed: model.Readings) -> None:
        rows = [self._reading(row, deed.period) for row in deed.rows]
        reporting.record_readings(actor=self.office, rows=rows, basis=deed.basis, source=deed.source)

    @do.register
    def _claims(self, deed: model.Claims) -> None:
        for row in deed.rows:
            reporting.claim_reading(actor=self.people.actor("reporter"), row=self._reading(row, deed.period))

    def _reading(self, row: ReadingPlan, period: str) -> ReadingRow:
        return ReadingRow(
            project=self.projects[row.project],
            on=row.on,
            cumulative=row.cumulative,
            ytd=row.ytd,
            preliminary_cost=row.preliminary_cost,
            percent=row.percent,
            words=row.words,
            problem=row.problem,
            next_plan=row.next_plan,
            estimate=row.estimate,
            period=period,
        )

    # -- plans of nodes -----------------------------------------------------------------------------------------------
    @do.register
    def _node_plans(self, deed: model.Plans) -> None:
        self.plans.write(deed, self._plans(deed.projects), self.projects, self.head)

    @do.register
    def _nodes(self, deed: model.NodeNews) -> None:
        gone = {number for number, project in self.projects.items() if project.stage == "exited"}
        self.plans.tell(deed, {plan.number: plan for plan in self.plan.projects}, gone, self.office)

    @do.register
    def _replan(self, deed: model.Replan) -> None:
        plan = self._plans([deed.project])[0]
        self.plans.change(deed, self.projects[deed.project], plan, self.office, self.head)

    # -- lights -------------------------------------------------------------------------------------------------------
    @do.register
    def _light_rules(self, deed: model.LightRules) -> None:
        write_lights.adopt(deed, self.people.district, self.office, self.head)

    @do.register
    def _light_answers(self, deed: model.LightAnswers) -> None:
        write_lights.answer(deed, self.projects.values(), self.office, self.head)

    # -- reports ------------------------------------------------------------------------------------------------------
    @do.register
    def _report_rules(self, deed: model.ReportRules) -> None:
        write_reports.adopt(deed, self.people.district, self.office, self.head)

    @do.register
    def _reports(self, deed: model.Reports) -> None:
        write_reports.report(deed, self.people)

    @do.register
    def _closing(self, deed: model.Closing) -> None:
        year = int(deed.month[:4])
        write_closing.close(deed, self.lists["district", year], self.people)

    @do.register
    def _watch_ordered(self, deed: model.WatchOrdered) -> None:
        write_watch.order(deed, self.people.district, self.office)

    @do.register
    def _watch_day(self, deed: model.WatchDay) -> None:
        write_watch.say(deed, self.office)

    @do.register
    def _outside(self, deed: model.Outside) -> None:
        figures.record_outside(
            actor=self.office,
            region=self.people.district,
            indicator=deed.indicator,
            period=deed.period,
            value=deed.value,
            unit=deed.unit,
            source=OUTSIDE_SOURCE,
            on=deed.at.date(),
        )
