"""From rows to the figures' input: every entry of some lists with its facts at a date, as known on a day.

Three hand-written queries whatever the number of projects; a project's latest reading is found through an index,
so the cost does not grow with the years of readings.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from guatu.core.dated import adapted
from guatu.domain.indicators import EntryFacts, merge_levels
from guatu.figures.queries.sql import LATEST, Asked, Row, Sql, as_day, truths
from guatu.library.choices import Role, Stage
from guatu.library.models import Theme

_BEGUN = (Stage.STARTED, Stage.UNDER_CONSTRUCTION, Stage.COMPLETED, Stage.IN_PRODUCTION, Stage.FULL_OUTPUT)
_DONE = (Stage.COMPLETED, Stage.IN_PRODUCTION, Stage.FULL_OUTPUT)


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
    return f"({text} AND {sql.standing(alias)} {LATEST.format(alias)})"


def _holder(sql: Sql, alias: str, role: str, column: str) -> str:
    """The unit or post that stands in the first slot of a role."""
    return (
        f"(SELECT {alias}.{column} FROM library_assignment {alias} WHERE {alias}.project_id = e.project_id"
        f" AND {alias}.role = {sql.value(role)} AND {alias}.slot = 0 AND {sql.standing(alias)} {LATEST.format(alias)})"
    )


def _entries(asked: Asked) -> Iterator[Row]:
    """One row an entry that stands on the lists: its year's plan, profile, money, unit and leader."""
    sql = Sql(asked)
    unit, lead = _holder(sql, "u", Role.RESPONSIBLE, "unit_id"), _holder(sql, "l", Role.LEAD, "post_id")
    lists = [row.pk for row in asked.lists]
    ranked = (
        "SELECT x.*, ROW_NUMBER() OVER (PARTITION BY x.annual_list_id, x.project_id"
        " ORDER BY x.effective_on DESC, x.booked_on DESC, x.id DESC) AS place FROM library_listentry x"
        f" WHERE x.annual_list_id IN ({sql.values(lists)}) AND {sql.standing('x')} AND {sql.within('x.project_id')}"
    )
    profile = (
        "(SELECT q.id FROM library_projectprofile q WHERE q.project_id = e.project_id"
        f" AND {sql.standing('q')} {LATEST.format('q')})"
    )
    now, before = _reading(sql, "n", "="), _reading(sql, "o", "<")
    return sql.rows(
        "SELECT e.project_id, e.annual_list_id, e.kind, e.completes_this_year, b.number, c.name, d.name,"
        " e.planned_start, e.planned_finish, e.planned_resume, e.planned_investment,"
        " p.region_id, p.industry, p.total_investment, p.themes,"
        " r.cumulative, r.ytd, r.preliminary_cost, r.effective_on, r.problem, y.cumulative,"
        f" {unit}, {lead} FROM ({ranked}) e"
        " LEFT JOIN library_listbatch b ON b.id = e.batch_id"
        " LEFT JOIN library_projectclass c ON c.id = e.project_class_id"
        " LEFT JOIN library_projectclass d ON d.id = c.parent_id"
        f" LEFT JOIN library_projectprofile p ON p.id = {profile}"
        f" LEFT JOIN reporting_reading r ON r.id = {now}"
        f" LEFT JOIN reporting_reading y ON y.id = {before}"
        " WHERE e.place = 1 AND e.listed ORDER BY e.number, e.id"
    )


_STAGES = tuple(Stage.values)


class Steps(NamedTuple):
    """The steps of one project: stage → the day it was last reached, and the last return to work with its stage."""

    reached: dict[str, date]
    back_on: date | None = None
    back_to: str = ""


NO_STEPS = Steps({})


def _stages(asked: Asked) -> dict[int, Steps]:
    """project → the days of its steps, as `StageChange.objects.reached` reads them: a step's latest booking decides."""
    sql = Sql(asked)
    days = ", ".join(
        f"MAX(CASE WHEN s.stage = '{stage}' AND NOT s.resumed THEN s.effective_on END)" for stage in _STAGES
    )
    back = "MAX(CASE WHEN s.resumed THEN CAST(s.effective_on AS VARCHAR(10)) || s.stage END)"
    lists = sql.values([row.pk for row in asked.lists])
    ranked = (
        "SELECT t.*, ROW_NUMBER() OVER (PARTITION BY t.project_id, t.stage, t.resumed, t.occurrence"
        " ORDER BY t.booked_on DESC, t.id DESC) AS place FROM library_stagechange t WHERE t.project_id IN"
        f" (SELECT m.project_id FROM library_listentry m WHERE m.annual_list_id IN ({lists})) AND {sql.booked('t')}"
    )
    rows = sql.rows(
        f"SELECT s.project_id, {days}, {back} FROM ({ranked}) s WHERE s.place = 1 AND NOT s.withdrawn"
        f" AND s.effective_on <= {sql.value(adapted(asked.as_of))} GROUP BY s.project_id"
    )
    return {row[0]: _steps(row[1:-1], row[-1]) for row in rows}


def _steps(days: Row, back: str | None) -> Steps:
    reached = {stage: as_day(day) for stage, day in zip(_STAGES, days, strict=True) if day is not None}
    return Steps(reached, date.fromisoformat(back[:10]) if back else None, back[10:] if back else "")


def _first(steps: dict[str, date], stages: Sequence[str]) -> date | None:
    return min((steps[stage] for stage in stages if stage in steps), default=None)


_RANK = {stage: place for place, stage in enumerate(_STAGES)}


def present_stage(steps: Steps) -> str:
    """The stage of the last step; of two steps on one day the further one, a return to work after the stop it ends."""
    last = max(steps.reached, key=lambda stage: (steps.reached[stage], _RANK[stage]), default=Stage.IDEA)
    if steps.back_on is not None and (last not in steps.reached or steps.reached[last] <= steps.back_on):
        return steps.back_to
    return last


def _stage_facts(steps: Steps, year: int) -> dict[str, Any]:
    stage, reached, back = present_stage(steps), steps.reached, steps.back_on
    return {
        "stage": stage,
        "started_on": _first(reached, _BEGUN),
        "resumed_on": back if back is not None and back.year == year else None,
        "suspended": stage == Stage.SUSPENDED,
        "completed_on": _first(reached, _DONE),
        "in_production_on": _first(reached, (Stage.IN_PRODUCTION, Stage.FULL_OUTPUT)),
        "full_output_on": reached.get(Stage.FULL_OUTPUT),
        "exited": stage == Stage.EXITED,
    }


def money_of(cumulative: int | None, ytd: int | None, base: int | None, *, begun_before: bool) -> tuple[Any, Any]:
    """(this year's, cumulative): each from the other by the last reading of the years before.

    Without such a reading, a cumulative amount is this year's only for a project that began this year; for another one
    this year's amount is not known, and no figure is better than a wrong one.
    """
    if ytd is None and cumulative is not None and (base is not None or not begun_before):
        ytd = cumulative - (base or 0)
    if cumulative is None and ytd is not None and (base is not None or not begun_before):
        cumulative = (base or 0) + ytd
    return ytd, cumulative


def _fact(row: Row, steps: Steps, levels: dict[int, str], themes: dict[int, str], year: int) -> EntryFacts:
    stages = _stage_facts(steps, year)
    started = stages["started_on"]
    ytd, cumulative = money_of(row[15], row[16], row[20], begun_before=started is not None and started.year < year)
    marks = row[14] if isinstance(row[14], list) else json.loads(row[14] or "[]")
    return EntryFacts(
        project_id=row[0],
        list_id=row[1],
        level=levels[row[1]],  # type: ignore[arg-type]  # the column holds no other word
        kind=row[2] or "preliminary",
        completes_this_year=bool(row[3]),
        batch=row[4],
        class_name=row[5],
        class_parent=row[6],
        planned_start=as_day(row[7]),
        planned_finish=as_day(row[8]),
        planned_resume=as_day(row[9]),
        planned_investment=row[10] or 0,
        region_id=row[11],
        industry=row[12] or None,
        total_investment=row[13] or 0,
        themes=tuple(themes[mark] for mark in marks if mark in themes),
        investment_to_date=ytd,
        cumulative=cumulative if row[18] is not None else row[20],
        preliminary_cost=row[17] or 0,
        reading_on=as_day(row[18]),
        has_problem=bool(row[19]),
        unit_id=row[21],
        lead_id=row[22],
        **stages,
    )


def gather(asked: Asked) -> list[EntryFacts]:
    """Every entry of the lists with its facts; a union of levels has each project once, by its highest list."""
    if not asked.lists:
        return []
    steps = _stages(asked)
    themes = dict(Theme.objects.values_list("pk", "name"))
    levels = {row.pk: row.level for row in asked.lists}
    facts = [_fact(row, steps.get(row[0], NO_STEPS), levels, themes, asked.year) for row in _entries(asked)]
    return merge_levels(facts) if len(asked.lists) > 1 else facts
