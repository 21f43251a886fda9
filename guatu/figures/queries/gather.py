"""From rows to the figures' input: every entry of some lists with its facts at a date, as known on a day.

Three hand-written queries whatever the number of projects; a project's latest reading is found through an index,
so the cost does not grow with the years of readings.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from guatu.core.dated import adapted
from guatu.domain.indicators import EntryFacts, merge_levels
from guatu.domain.readings import complete
from guatu.domain.stages import BEGUN, DONE, IN_OUTPUT
from guatu.figures.queries.sql import LATEST, Asked, Row, Sql, as_day, latest_reading, plain, truths
from guatu.library.choices import Role, Stage
from guatu.library.models import Theme
from guatu.library.queries.projects import parts


def _reading(sql: Sql, alias: str, years: str) -> str:
    """The id of the project's last reading of this year ("=") or of the years before ("<")."""
    asked = sql.asked
    first, last = date(asked.year, 1, 1), date(asked.year, 12, 31)
    span = f"{alias}.effective_on BETWEEN {{}} AND {{}}" if years == "=" else f"{alias}.effective_on < {{}}"
    text = f"SELECT {alias}.id FROM reporting_reading {alias} WHERE {alias}.project_id = e.project_id"
    text += f" AND {alias}.basis = {sql.value(asked.basis)}"
    text += f" AND {alias}.truth IN ({sql.values(list(truths(asked)))})"
    days = [sql.value(adapted(day)) for day in ((first, last) if years == "=" else (first,))]
    text += " AND " + span.format(*days)
    return f"({text} AND {sql.standing(alias)} {latest_reading(asked, alias)})"


def _holder(sql: Sql, alias: str, role: str, column: str) -> str:
    """The unit or post that stands in the first slot of a role."""
    return (
        f"(SELECT {alias}.{column} FROM library_assignment {alias} WHERE {alias}.project_id = e.project_id"
        f" AND {alias}.role = {sql.value(role)} AND {alias}.slot = 0 AND {sql.standing(alias)} {LATEST.format(alias)})"
    )


def _ranked(sql: Sql, projects: Collection[int] | None) -> str:
    """The entries of the lists as they stand; of each project on each list the one with place 1 says what holds."""
    lists = [row.pk for row in sql.asked.lists]
    return (
        "SELECT x.*, ROW_NUMBER() OVER (PARTITION BY x.annual_list_id, x.project_id"
        " ORDER BY x.effective_on DESC, x.booked_on DESC, x.id DESC) AS place FROM library_listentry x"
        f" WHERE x.annual_list_id IN ({sql.values(lists)}) AND {sql.standing('x')} AND {sql.within('x.project_id')}"
        f" AND {sql.among('x.project_id', projects)}"
    )


def _entries(asked: Asked, projects: Collection[int] | None) -> Sequence[Row]:
    """One row an entry that stands on the lists: its year's plan, profile, money, unit and leader."""
    sql = Sql(asked)
    unit, lead = _holder(sql, "u", Role.RESPONSIBLE, "unit_id"), _holder(sql, "l", Role.LEAD, "post_id")
    ranked = _ranked(sql, projects)
    profile = (
        "(SELECT q.id FROM library_projectprofile q WHERE q.project_id = e.project_id"
        f" AND {sql.standing('q')} {LATEST.format('q')})"
    )
    now, before = _reading(sql, "n", "="), _reading(sql, "o", "<")
    return sql.rows(
        "SELECT e.project_id, e.annual_list_id, e.kind, e.completes_this_year, b.number, c.name, d.name,"
        f" {plain('e.planned_start')}, {plain('e.planned_finish')}, {plain('e.planned_resume')}, e.planned_investment,"
        " p.region_id, p.industry, p.total_investment, p.themes,"
        f" r.cumulative, r.ytd, r.preliminary_cost, {plain('r.effective_on')}, r.problem, y.cumulative,"
        f" {unit}, {lead}, e.number, e.id FROM ({ranked}) e"
        " LEFT JOIN library_listbatch b ON b.id = e.batch_id"
        " LEFT JOIN library_projectclass c ON c.id = e.project_class_id"
        " LEFT JOIN library_projectclass d ON d.id = c.parent_id"
        f" LEFT JOIN library_projectprofile p ON p.id = {profile}"
        f" LEFT JOIN reporting_reading r ON r.id = {now}"
        " LEFT JOIN reporting_reading y ON y.id = CASE WHEN r.ytd IS NULL OR r.cumulative IS NULL"
        f" THEN {before} END"
        " WHERE e.place = 1 AND e.listed ORDER BY e.number, e.id"
    )


_STAGES = tuple(Stage.values)


class Steps(NamedTuple):
    """The steps of one project: stage → the day it was last reached, and the returns to work with their stages.

    Days are as the driver hands them out: dates, or ISO text on SQLite.
    """

    reached: dict[str, Any]
    back: list[tuple[Any, str]]


NO_STEPS = Steps({}, [])


_LISTED = "SELECT m.project_id FROM library_listentry m WHERE m.annual_list_id IN ({})"


def _of(sql: Sql, alias: str, lists: list[int], projects: Collection[int] | None) -> str:
    """Rows of the projects of the lists, or of those that are named."""
    if projects is not None:
        return sql.among(f"{alias}.project_id", projects)
    return f"{alias}.project_id IN ({_LISTED.format(sql.values(lists))})"


def _stages(asked: Asked, projects: Collection[int] | None) -> dict[int, Steps]:
    """project → the days of its steps, as `StageChange.objects.reached` reads them: a step's latest booking decides.

    Only a correction of a locked period leaves two bookings of one step; the few projects with one are read apart.
    """
    sql = Sql(asked)
    lists = [row.pk for row in asked.lists]
    rows = sql.rows(
        f"SELECT s.project_id, s.stage, s.resumed, {plain('s.effective_on')} FROM library_stagechange s"
        f" WHERE {_of(sql, 's', lists, projects)} AND {sql.standing('s')}"
    )
    found = _steps(rows)
    corrected = _corrected(asked, lists, projects)
    if corrected:
        for project in corrected:
            found.pop(project, None)
        found.update(_booked_steps(asked, corrected))
    return found


def _corrected(asked: Asked, lists: list[int], projects: Collection[int] | None) -> list[int]:
    """The projects of the lists that have a step corrected or withdrawn after a period was locked."""
    sql = Sql(asked)
    rows = sql.rows(
        "SELECT DISTINCT c.project_id FROM library_stagechange c WHERE (c.booked_on <> c.effective_on OR c.withdrawn)"
        f" AND {_of(sql, 'c', lists, projects)}"
    )
    return [row[0] for row in rows]


def _booked_steps(asked: Asked, projects: list[int]) -> dict[int, Steps]:
    sql = Sql(asked)
    ranked = (
        "SELECT t.*, ROW_NUMBER() OVER (PARTITION BY t.project_id, t.stage, t.resumed, t.occurrence"
        " ORDER BY t.booked_on DESC, t.id DESC) AS place FROM library_stagechange t WHERE t.project_id IN"
        f" ({sql.values(projects)}) AND {sql.booked('t')}"
    )
    rows = sql.rows(
        f"SELECT s.project_id, s.stage, s.resumed, {plain('s.effective_on')} FROM ({ranked}) s WHERE s.place = 1"
        f" AND NOT s.withdrawn AND s.effective_on <= {sql.value(adapted(asked.as_of))}"
    )
    return _steps(rows)


def _steps(rows: Iterable[Row]) -> dict[int, Steps]:
    """The last day of each step. Days compare alike as dates and as SQLite's text, so few have to be made dates."""
    found: dict[int, Steps] = {}
    for project, stage, resumed, day in rows:
        steps = found.get(project)
        if steps is None:
            steps = found[project] = Steps({}, [])
        if resumed:
            steps.back.append((day, stage))
        elif stage not in steps.reached or day > steps.reached[stage]:
            steps.reached[stage] = day
    return found


def _first(reached: dict[str, Any], stages: Sequence[str]) -> Any:
    days = [reached[stage] for stage in stages if stage in reached]
    return min(days) if days else None


_RANK = {stage: place for place, stage in enumerate(_STAGES)}


def present_stage(steps: Steps) -> str:
    """The stage of the last step; of two steps on one day the further one, a return to work after the stop it ends."""
    reached = steps.reached
    last = max(reached, key=lambda stage: (reached[stage], _RANK[stage]), default=Stage.IDEA)
    if steps.back:
        on, to = max(steps.back)
        if last not in reached or reached[last] <= on:
            return to
    return last


def _stage_facts(steps: Steps, year: int) -> tuple[Any, ...]:
    """Stage, start, resumption of the year, suspended, completion, production, full output, exited."""
    reached = steps.reached
    stage = present_stage(steps)
    back = as_day(max(steps.back)[0]) if steps.back else None
    return (
        stage,
        as_day(_first(reached, BEGUN)),
        back if back is not None and back.year == year else None,
        stage == Stage.SUSPENDED,
        as_day(_first(reached, DONE)),
        as_day(_first(reached, IN_OUTPUT)),
        as_day(reached.get(Stage.FULL_OUTPUT)),
        stage == Stage.EXITED,
    )


def _opening(base: int | None, started: date | None, year: int) -> int | None:
    """至上年底累计: the last amount of the years before; without one nothing, unless works began in a former year, of
    which nobody knows: no figure is better than a wrong one.
    """
    return 0 if base is None and (started is None or started.year >= year) else base


def _marks(marks: Any, themes: dict[int, str]) -> tuple[str, ...]:
    """The names of a profile's themes: a list, or its JSON as SQLite hands it out."""
    if not marks or marks == "[]":
        return ()
    listed = marks if isinstance(marks, list) else json.loads(marks)
    return tuple(themes[mark] for mark in listed if mark in themes)


def _fact(row: Row, steps: Steps, levels: dict[int, str], themes: dict[int, str], year: int) -> EntryFacts:
    """One entry. Its columns are taken by their places: a list has thousands of them."""
    project, annual_list, kind, completing, batch, class_name, class_parent = row[:7]
    cumulative, ytd, preliminary_cost, read_on, problem, base = row[15:21]
    stage, started, resumed, suspended, completed, producing, full, exited = _stage_facts(steps, year)
    if ytd is None or cumulative is None:
        cumulative, ytd = complete(cumulative, ytd, _opening(base, started, year))
    return EntryFacts(
        project_id=project,
        list_id=annual_list,
        level=levels[annual_list],  # type: ignore[arg-type]  # the column holds no other word
        region_id=row[11],
        kind=kind or "preliminary",
        completes_this_year=bool(completing),
        batch=batch,
        class_name=class_name,
        class_parent=class_parent,
        themes=_marks(row[14], themes),
        industry=row[12] or None,
        unit_id=row[21],
        lead_id=row[22],
        stage=stage,
        started_on=started,
        resumed_on=resumed,
        suspended=suspended,
        completed_on=completed,
        in_production_on=producing,
        full_output_on=full,
        exited=exited,
        planned_start=as_day(row[7]),
        planned_finish=as_day(row[8]),
        planned_resume=as_day(row[9]),
        total_investment=row[13] or 0,
        planned_investment=row[10] or 0,
        investment_to_date=ytd,
        cumulative=cumulative if read_on is not None else base,
        preliminary_cost=preliminary_cost or 0,
        reading_on=as_day(read_on),
        has_problem=bool(problem),
    )


class Placed(NamedTuple):
    """An entry with its place on the printed list; the places of a list's entries are all different."""

    number: int
    entry: int
    facts: EntryFacts


def placed(asked: Asked, projects: Collection[int] | None = None) -> list[Placed]:
    """Every entry of the lists with its facts, in the lists' order; of all projects, or only of these."""
    if not asked.lists or (projects is not None and not projects):
        return []
    steps = _stages(asked, projects)
    themes = dict(Theme.objects.values_list("pk", "name"))
    levels = {row.pk: row.level for row in asked.lists}
    year = asked.year
    return [
        Placed(row[23], row[24], _fact(row, steps.get(row[0], NO_STEPS), levels, themes, year))
        for row in _entries(asked, projects)
    ]


def on_lists(asked: Asked, projects: Collection[int] | None = None) -> dict[int, int]:
    """project → its region, of those that stand on the lists at the date and have not left: no facts are gathered."""
    if not asked.lists or (projects is not None and not projects):
        return {}
    sql = Sql(asked)
    found: dict[int, int] = dict(
        sql.rows(
            f"SELECT e.project_id, j.region_id FROM ({_ranked(sql, projects)}) e"
            " JOIN library_project j ON j.id = e.project_id WHERE e.place = 1 AND e.listed ORDER BY e.number, e.id"
        )
    )
    for project in _left(asked, projects):
        found.pop(project, None)
    return found


def _left(asked: Asked, projects: Collection[int] | None) -> list[int]:
    """The few projects that have left for good at the date: those that ever took the step are looked at."""
    sql = Sql(asked)
    of = _of(sql, "s", [row.pk for row in asked.lists], projects)
    ever = sql.rows(
        f"SELECT DISTINCT s.project_id FROM library_stagechange s WHERE {of} AND s.stage = {sql.value(Stage.EXITED)}"
    )
    steps = [item for part in parts(row[0] for row in ever) for item in _stages(asked, part).items()]
    return [project for project, taken in steps if present_stage(taken) == Stage.EXITED]


def mended(asked: Asked, known: list[Placed], projects: Collection[int]) -> list[Placed]:
    """What `placed` gives, from what it gave before these projects were written to; the same list where it is."""
    again = placed(asked, projects)
    wanted = set(projects)
    if [row for row in known if row.facts.project_id in wanted] == again:
        return known
    return sorted([*(row for row in known if row.facts.project_id not in wanted), *again])


def merged(asked: Asked, rows: list[Placed]) -> list[EntryFacts]:
    """The entries; a union of levels has each project once, by its highest list."""
    facts = [row.facts for row in rows]
    return merge_levels(facts) if len(asked.lists) > 1 else facts
