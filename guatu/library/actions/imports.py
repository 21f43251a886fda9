"""Taking in an annual plan ledger: everything its rows say, as one action, through the library's own verbs."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.core.actor import Actor
from guatu.core.bulk import thin
from guatu.core.changes import Changes
from guatu.core.refusals import Refusal, Sentence
from guatu.core.registries import run_duties
from guatu.core.sheets.errors import Issue
from guatu.core.sheets.result import ReadRow, SheetReading
from guatu.core.sheets.text import flat
from guatu.core.writing import action, current
from guatu.library.actions.assignments import assign_many, end_assignment
from guatu.library.actions.dimensions import set_class, set_theme
from guatu.library.actions.entries import put_entries
from guatu.library.actions.lists import change_list_settings, issue_batch, make_list
from guatu.library.actions.names import know_as, tell_apart
from guatu.library.actions.projects import NewProject, change_projects, register_many, set_profiles
from guatu.library.choices import DoubtChoice, ListState, Role, Stage
from guatu.library.compute import match_key
from guatu.library.imports.names import place_finder
from guatu.library.imports.own import drop_repeated, same_document
from guatu.library.imports.plan import PlanRow, plan_rows
from guatu.library.models import AnnualList, ListBatch, ListEntry, Project, ProjectClass, Theme
from guatu.library.orders import AssignmentRow, EntryRow
from guatu.library.policies import require_region
from guatu.library.queries.assignments import slots_held
from guatu.library.queries.doubts import ASK, TENTATIVE, Decisions, Doubt, Said, doubts_of, refuse_open, row_told
from guatu.library.queries.likely import likely
from guatu.library.queries.lists import entries_as_of
from guatu.library.queries.matching import Candidates, candidates
from guatu.library.queries.printed import PrintedRow, list_entries, own_day, printed_rows
from guatu.people.actions import ensure_leader_posts, ensure_region, ensure_units
from guatu.people.choices import UnitKind
from guatu.people.models import Post, Region, Unit

PART = 2000  # rows that are registered, and whose assignments are made, at once
AT_HAND = (
    *("name", "code", "match_key", "region", "secrecy", "is_package", "package", "stage", "stage_on", "withdrawn"),
    *("last_reading_on", "last_cumulative", "total_investment", "unit", "lead", "held_from", "held_until"),
)
"""What the steps after registration ask of a project; whatever else is asked is read again."""
Progress = Callable[[int, int, str], None]
"""Told how far an import is: done, of how many, of what (in words). May raise to stop it."""
SAY_EVERY = 200  # rows


def silent(done: int, total: int, words: str) -> None:
    """Nobody asks how far it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLedger:
    """A plan ledger as read, and whose list it is. `batch` None: the one of its document number. `source`: the file.

    `undecided` says what is done with a row that is likely a known project and of which nothing was said.
    """

    reading: SheetReading
    year: int
    level: str
    region_code: str
    batch: int | None = None
    source: str = ""
    progress: Progress = field(default=silent, compare=False)
    decisions: Decisions = field(default_factory=dict)  # what was said of rows that are likely known, by row_key
    undecided: str = ASK
    doubts: list[Doubt] = field(default_factory=list)  # filled: the rows that are likely known, decided or not
    rows_of: dict[str, ReadRow] = field(default_factory=dict)  # filled: each project's row, by the project's name


@dataclass(slots=True)
class PlanTaken:
    """What an import did: the list, each row's project in the ledger's order, the new ones, and what to look at."""

    annual_list: AnnualList
    projects: list[Project] = field(default_factory=list)
    created: frozenset[int] = frozenset()
    warnings: list[Issue] = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)  # every row that was changed


def refuse_wrong(errors: Sequence[Issue]) -> None:
    """Refuse the whole ledger when anything in it is wrong: all or nothing."""
    if errors:
        raise Refusal("library.import_wrong", items=[issue.as_dict() for issue in errors], count=len(errors))


@action("library.import_plan", _("导入年度计划表"))
def import_plan(*, actor: Actor, ledger: PlanLedger) -> PlanTaken:
    """Take in a plan ledger, all or nothing, with effect from 1 January of its year; a print of the list itself with
    effect from the day of which it is, and only what in it differs from that day.

    Projects are matched by national code, else by name within the list, then the region; unknown ones are registered,
    units and leaders nobody knows are made as "to be confirmed". What a cell leaves blank stays as it was; the same
    ledger again changes nothing. Raises library.import_wrong with every issue as an item, library.doubts_open with
    every row that is likely a known project under another name, until it is said which.
    """
    refuse_wrong(ledger.reading.errors)
    drafted = plan_rows(ledger.reading, ledger.year)
    refuse_wrong(drafted.errors)
    list(Region.objects.select_for_update().filter(code=ledger.region_code))  # one import of a region at a time
    region = ensure_region(actor=actor, code=ledger.region_code)
    require_region(actor, "library.import_plan", region)
    taken = PlanTaken(_list(actor, ledger, region), warnings=list(drafted.warnings))
    work = _Work(actor, ledger, region, taken, drafted.rows)
    work.carry_out()
    current().about(taken.annual_list, name=taken.annual_list.name, source=ledger.source, count=len(taken.projects))
    taken.changes = current().changes
    return taken


def _list(actor: Actor, ledger: PlanLedger, region: Region) -> AnnualList:
    exclusive = ledger.reading.kinds_exclusive
    found = AnnualList.objects.filter(level=ledger.level, region=region, year=ledger.year, withdrawn=False).first()
    if found is None:
        issued = bool(ledger.reading.document_number) or ledger.batch is not None
        return make_list(
            actor=actor,
            level=ledger.level,
            region=region,
            year=ledger.year,
            state=ListState.ISSUED if issued else ListState.PROVISIONAL,
            settings={"kinds_exclusive": exclusive},
        )
    if exclusive and not found.kinds_exclusive:
        change_list_settings(actor=actor, annual_list=found, seen=None, values={"kinds_exclusive": True})
    return found


class _Work:
    """One import: what its steps share."""

    def __init__(
        self, actor: Actor, ledger: PlanLedger, region: Region, taken: PlanTaken, rows: Sequence[PlanRow]
    ) -> None:
        self.actor, self.ledger, self.region, self.taken, self.rows = actor, ledger, region, taken, rows
        printed_on = own_day(ledger.reading.titles, ledger.year)
        self.stands = _as_printed(taken.annual_list, printed_on) if printed_on else {}
        self.on = printed_on if printed_on and self.stands else date(ledger.year, 1, 1)
        self.standing = entries_as_of(taken.annual_list, self.on)
        self.known = Candidates(frozenset())
        self.said: dict[int, Said] = {}

    def carry_out(self) -> None:
        """In the order in which one thing needs another."""
        batch = self._batch()
        known = self._match()
        for row, project in zip(self.rows, known, strict=True):
            if project is not None and project.pk in self.stands:
                drop_repeated(row, self.stands[project.pk])
        themes = self._themes()
        classes = self._classes()
        self._say(_("登记项目"))
        self._register(known, themes)
        self._say(_("列入名单"))
        self._enter(batch, classes)
        self._say(_("落实责任分工"))
        self._assign()
        self._say(_("登记年初累计"))
        amounts = [
            (project, row.year_end)
            for project, row in zip(self.taken.projects, self.rows, strict=True)
            if row.year_end is not None
        ]
        year_end = date(self.ledger.year - 1, 12, 31)
        run_duties(
            "library.import_plan", actor=self.actor, year_end=year_end, amounts=amounts, source=self.ledger.source
        )

    def _say(self, words: Sentence, done: int = 0) -> None:
        """How many rows this step is through with, to whoever waits for it."""
        self.ledger.progress(done, len(self.rows), str(words))

    # -- the list ----------------------------------------------------------------------------------------------------
    def _batch(self) -> ListBatch | None:
        """The issue that is meant: by number, else by document number, else the next one."""
        ledger, annual_list = self.ledger, self.taken.annual_list
        document = ledger.reading.document_number[:80]
        if annual_list.state == ListState.PROVISIONAL and (document or ledger.batch):
            self.taken.warnings.append(Issue("still_provisional"))
        if not document and ledger.batch is None:
            return None
        number = ledger.batch
        if number is None:
            batches = list(ListBatch.objects.filter(annual_list=annual_list))
            same = same_document(batches, document)
            if same is not None and not same.withdrawn:
                return same
            last = max((row.number for row in batches if not row.withdrawn), default=0)
            number = same.number if same is not None else last + 1
        return issue_batch(actor=self.actor, annual_list=annual_list, number=number, document_number=document)

    def _classes(self) -> dict[tuple[str, ...], ProjectClass]:
        rows = ProjectClass.objects.filter(region=self.region, withdrawn=False).select_related("parent")
        found: dict[tuple[str, ...], ProjectClass] = {
            _class_key((row.parent.name, row.name) if row.parent else (row.name,)): row for row in rows
        }
        wanted = dict.fromkeys(row.class_path[:depth] for row in self.rows for depth in (1, 2) if row.class_path)
        for path in wanted:
            if _class_key(path) not in found:
                parent = found[_class_key(path[:1])] if len(path) == 2 else None
                order = len(found) + 1
                made = set_class(actor=self.actor, region=self.region, name=path[-1], parent=parent, order=order)
                found[_class_key(path)] = made
        return found

    def _themes(self) -> dict[str, Theme]:
        names = dict.fromkeys(name for row in self.rows for name in row.themes)
        found = {row.name: row for row in Theme.objects.filter(region=self.region, name__in=names, withdrawn=False)}
        for name in names:
            if name not in found:
                found[name] = set_theme(actor=self.actor, region=self.region, name=name)
        return found

    # -- the projects ------------------------------------------------------------------------------------------------
    def _match(self) -> list[Project | None]:
        keys = [(row.name, row.code) for row in self.rows]
        self.known = candidates(self.region, keys, self.standing)
        errors: list[Issue] = []
        found: list[Project | None] = []
        for number, row in enumerate(self.rows):
            if number % SAY_EVERY == 0:
                self._say(_("对照项目库"), number)
            found.append(self._meant(row, errors))
        self._refuse_twice(found, errors)
        if self._settle(found, errors):
            self._refuse_twice(found, errors)
        return found

    def _refuse_twice(self, found: Sequence[Project | None], errors: list[Issue]) -> None:
        first: dict[int, PlanRow] = {}
        for row, project in zip(self.rows, found, strict=True):
            if project is not None and first.setdefault(project.pk, row) is not row:
                sheet, number = first[project.pk].at
                errors.append(row.read.issue("row_twice", "name", sheet=sheet, first=number))
        refuse_wrong(errors)

    def _settle(self, found: list[Project | None], errors: list[Issue]) -> list[Doubt]:
        """The doubts of the rows that match nothing; those that were said to be a known project now mean it."""
        taken = {project.pk for project in found if project is not None}
        reads = [row.read for row, project in zip(self.rows, found, strict=True) if project is None]
        told = [row_told(read) for read in reads]
        near = likely(self.region, told, listed=self.standing, taken=taken, on=self.on, within=False)
        doubts = self.ledger.doubts
        doubts[:] = doubts_of(reads, near, self.ledger.decisions, self.ledger.undecided)
        if self.ledger.undecided != TENTATIVE:
            refuse_open(doubts)
        self.said = {id(doubt.read): doubt.said for doubt in doubts if doubt.said is not None}
        for place, row in enumerate(self.rows):
            said = self.said.get(id(row.read))
            if said is not None and said.project is not None:
                found[place] = self._still_there(row, said.project, errors)
        return doubts

    def _still_there(self, row: PlanRow, project: Project, errors: list[Issue]) -> Project:
        if project.stage == Stage.EXITED and project.pk not in self.stands:
            errors.append(row.read.issue("project_exited", "name", name=project.name))
        return project

    def _meant(self, row: PlanRow, errors: list[Issue]) -> Project | None:
        meant = self.known.find(row.name, row.code)
        if len(meant) > 1:
            names = "、".join(f"{project.name}（{project.region}）" for project in meant[:3])
            errors.append(row.read.issue("match_ambiguous", "name", count=len(meant), names=names))
        if not meant:
            return None
        return self._still_there(row, meant[0], errors)

    def _register(self, known: Sequence[Project | None], themes: dict[str, Theme]) -> None:
        finder = place_finder(Region.objects.filter(path__startswith=self.region.path).exclude(pk=self.region.pk))
        fresh: list[tuple[PlanRow, Region]] = []
        for row, project in zip(self.rows, known, strict=True):
            if row.themes:
                row.theme_ids = tuple(themes[name].pk for name in row.themes)
            if project is None:
                region = finder.find(row.place) or self.region
                fresh.append((row, region))
        made = iter(self._made(fresh))
        self.taken.projects = [project or next(made) for project in known]
        pairs = [(row, project) for row, project in zip(self.rows, known, strict=True) if project is not None]
        self.taken.created = frozenset(p.pk for p in self.taken.projects) - {project.pk for _row, project in pairs}
        if pairs:
            news = [(project, self._news(row, project)) for row, project in pairs]
            told = [(project, said) for project, said in news if said or project.pk not in self.stands]
            change_projects(actor=self.actor, changes=told)
            profiles = [(project, profile) for row, project in pairs if (profile := row.profile)]
            set_profiles(actor=self.actor, rows=profiles, on=self.on)
        self._keep_names()
        self.ledger.rows_of.update(
            {project.name: row.read for row, project in zip(self.rows, self.taken.projects, strict=True)}
        )

    def _keep_names(self) -> None:
        """What was said of doubtful rows is not asked again."""
        said = [(doubt, doubt.said) for doubt in self.ledger.doubts if doubt.said is not None]
        know_as([(each.project, doubt.told.name) for doubt, each in said if each.project is not None])
        tell_apart(
            [(near.project, doubt.told.name) for doubt, each in said if not each.project for near in doubt.candidates]
        )

    def _made(self, fresh: Sequence[tuple[PlanRow, Region]]) -> list[Project]:
        """The new projects, in parts; of each only what the next steps ask is kept at hand, the rest is in its row."""
        made: list[Project] = []
        for start in range(0, len(fresh), PART):
            rows = [_new(row, region) for row, region in fresh[start : start + PART]]
            made += [thin(each, AT_HAND) for each in register_many(actor=self.actor, rows=rows, on=self.on)]
        return made

    def _news(self, row: PlanRow, project: Project) -> dict[str, Any]:
        """What the ledger says of a known project.

        Found by its code under a name that nobody knew, or when so decided, it takes the ledger's name.
        """
        news = dict(row.details)
        said = self.said.get(id(row.read))
        if said is not None:
            return {**news, "name": row.name} if said.choice == DoubtChoice.RENAME else news
        if self.known.knows_as(project, row.name) and match_key(row.name) != project.match_key:
            self.taken.warnings.append(row.read.issue("known_as", "name", name=project.name))
        elif match_key(row.name) != project.match_key:
            self.taken.warnings.append(row.read.issue("renamed", "name", name=project.name))
            news["name"] = row.name
        return news

    def _enter(self, batch: ListBatch | None, classes: dict[tuple[str, ...], ProjectClass]) -> None:
        entries = []
        for row, project in zip(self.rows, self.taken.projects, strict=True):
            values = row.entry
            if row.class_path:
                values["project_class"] = classes[_class_key(row.class_path)]
            standing = self.standing.get(project.pk)
            unnamed = standing is None or (standing.batch_id is None and not self.stands)
            if batch is not None and (self.ledger.batch is not None or unnamed):
                values["batch"] = batch
            if standing is not None:
                _keep_goals(values, standing)
            if project.pk in self.stands and not values:
                continue
            entries.append(EntryRow(project=project, values=values))
        put_entries(actor=self.actor, annual_list=self.taken.annual_list, rows=entries, on=self.on)

    # -- who answers -------------------------------------------------------------------------------------------------
    def _assign(self) -> None:
        units, forces, posts = self._answering()
        for start in range(0, len(self.rows), PART):
            projects = self.taken.projects[start : start + PART]
            wanted: list[AssignmentRow] = []
            named: dict[tuple[int, str], int] = {}
            for row, project in zip(self.rows[start : start + PART], projects, strict=True):
                for fact in _assignments(row, project, units, forces, posts):
                    wanted.append(fact)
                    named[(project.pk, fact.role)] = max(named.get((project.pk, fact.role), 0), fact.slot + 1)
            assign_many(actor=self.actor, rows=wanted, on=self.on)
            self._end_unnamed(projects, named)

    def _answering(self) -> tuple[dict[str, Unit], dict[str, Unit], dict[str, Post]]:
        names = {name for row in self.rows for name in (*row.responsible, *row.supporting, *row.local)}
        forces = {name for row in self.rows for name in row.task_force}
        people = sorted({pair for row in self.rows for pair in (*row.leads, *row.sector_leads)})
        return (
            ensure_units(actor=self.actor, names=sorted(names), region=self.region),
            ensure_units(actor=self.actor, names=sorted(forces), region=self.region, kind=UnitKind.TASK_FORCE),
            ensure_leader_posts(actor=self.actor, leaders=people, region=self.region),
        )

    def _end_unnamed(self, projects: Sequence[Project], named: dict[tuple[int, str], int]) -> None:
        """A cell that names fewer than before takes the others out of the role; a blank cell says nothing."""
        old = [project for project in projects if project.pk not in self.taken.created]
        by_id = {project.pk: project for project in old}
        for key, held in slots_held(by_id, self.on).items():
            for role, slot in held:
                count = named.get((key, role))
                if count is not None and slot >= count:
                    end_assignment(
                        actor=self.actor,
                        project=by_id[key],
                        role=role,
                        slot=slot,
                        on=self.on,
                        reason=str(_("导入的计划表不再列出")),
                    )


def _as_printed(annual_list: AnnualList, day: date) -> dict[int, PrintedRow]:
    """What a print of the list of that day says of each project."""
    entries = list(list_entries(annual_list, day).values())
    return {row.entry.project_id: row for row in printed_rows(entries, day)}


def _class_key(path: Sequence[str]) -> tuple[str, ...]:
    """A class's names for comparing: sheets give them in one width, without spaces."""
    return tuple(flat(name) for name in path)


def _new(row: PlanRow, region: Region) -> NewProject:
    return NewProject(
        name=row.name,
        region=region,
        details=row.details,
        profile=row.profile,
        stage=row.stage,
        stage_on=row.stage_on,
    )


def _keep_goals(values: dict[str, Any], standing: ListEntry) -> None:
    """A quarter that the ledger leaves blank keeps its goal."""
    goals = values.get("quarter_goals")
    if goals and standing.quarter_goals:
        before = [*standing.quarter_goals, "", "", "", ""][:4]
        values["quarter_goals"] = [new or old for new, old in zip(goals, before, strict=True)]


def _assignments(
    row: PlanRow, project: Project, units: dict[str, Unit], forces: dict[str, Unit], posts: dict[str, Post]
) -> Iterable[AssignmentRow]:
    """Who answers by a row: the first responsible unit, the others and the supporting ones beside it, and so on."""
    supporting = dict.fromkeys([*row.responsible[1:], *row.supporting])
    by_unit: tuple[tuple[Role, Iterable[Unit]], ...] = (
        (Role.RESPONSIBLE, [units[name] for name in row.responsible[:1]]),
        (Role.SUPPORTING, [units[name] for name in supporting if name not in row.responsible[:1]]),
        (Role.LOCAL, [units[name] for name in row.local]),
        (Role.TASK_FORCE, [forces[name] for name in row.task_force]),
    )
    for role, listed in by_unit:
        for slot, unit in enumerate(dict.fromkeys(listed)):
            yield AssignmentRow(project=project, role=role, unit=unit, slot=slot)
    for role, people in ((Role.LEAD, row.leads), (Role.SECTOR_LEAD, row.sector_leads)):
        for slot, post in enumerate(dict.fromkeys(posts[name] for name, _title in people)):
            yield AssignmentRow(project=project, role=role, post=post, slot=slot)
