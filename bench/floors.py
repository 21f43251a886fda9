"""The least that has to be done for the same answers: hand-written SQL, a bare template, a bare reader."""

import csv
import io
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from django.db import connection, models, transaction
from django.db.models import Max
from django.template import Context, Template

from bench.district import AS_OF, YEAR
from guatu.core.actor import OPERATOR
from guatu.core.models import TrailChange
from guatu.core.writing import writing
from guatu.library.models import AnnualList, Assignment, ListEntry, Project, ProjectProfile, StageChange
from guatu.people.models import Post, Region, Unit
from guatu.reporting import imports
from guatu.reporting.models import Reading

_STANDS = "superseded_at IS NULL AND effective_on <= %(day)s AND booked_on <= %(day)s"
_NEWEST = "ORDER BY effective_on DESC, booked_on DESC, id DESC LIMIT 1"
ROLL_UP = f"""
SELECT COUNT(*), SUM(profile.total_investment), SUM(entry.planned_investment),
       SUM(CASE WHEN reading.effective_on >= %(year)s THEN reading.ytd ELSE 0 END), SUM(reading.cumulative),
       SUM(CASE WHEN entry.kind = 'new_start' THEN 1 ELSE 0 END),
       SUM(CASE WHEN entry.kind = 'new_start' AND step.started IS NOT NULL THEN 1 ELSE 0 END),
       SUM(CASE WHEN step.started IS NOT NULL AND step.completed IS NULL THEN 1 ELSE 0 END),
       SUM(CASE WHEN step.completed IS NOT NULL THEN 1 ELSE 0 END)
FROM library_listentry entry
LEFT JOIN library_projectprofile profile ON profile.id = (
    SELECT id FROM library_projectprofile WHERE project_id = entry.project_id AND {_STANDS} {_NEWEST})
LEFT JOIN reporting_reading reading ON reading.id = (
    SELECT id FROM reporting_reading
    WHERE project_id = entry.project_id AND basis = 'dispatch' AND truth = 'confirmed' AND {_STANDS} {_NEWEST})
LEFT JOIN (
    SELECT project_id,
           MIN(CASE WHEN stage = 'started' THEN effective_on END) AS started,
           MIN(CASE WHEN stage = 'completed' THEN effective_on END) AS completed
    FROM library_stagechange WHERE {_STANDS}
    AND project_id IN (SELECT project_id FROM library_listentry WHERE annual_list_id = %(list)s)
    GROUP BY project_id) step ON step.project_id = entry.project_id
WHERE entry.annual_list_id = %(list)s AND entry.listed AND entry.id = (
    SELECT id FROM library_listentry
    WHERE annual_list_id = %(list)s AND project_id = entry.project_id AND {_STANDS} {_NEWEST})
"""

_HELD = f"project_id = entry.project_id AND slot = 0 AND {_STANDS} {_NEWEST}"
KEEP_FACTS = f"""
INSERT INTO bench_floor (amount, said)
SELECT entry.project_id, {{object}}(
    'kind', entry.kind, 'completes', entry.completes_this_year, 'batch', batch.number, 'class', class.name,
    'class_parent', parent.name, 'planned_start', entry.planned_start, 'planned_finish', entry.planned_finish,
    'planned_resume', entry.planned_resume, 'planned_investment', entry.planned_investment,
    'region', profile.region_id, 'industry', profile.industry, 'total', profile.total_investment,
    'themes', profile.themes, 'cumulative', reading.cumulative, 'ytd', reading.ytd, 'cost', reading.preliminary_cost,
    'reading_on', reading.effective_on, 'problem', reading.problem,
    'unit', (SELECT unit_id FROM library_assignment WHERE role = 'responsible' AND {_HELD}),
    'lead', (SELECT post_id FROM library_assignment WHERE role = 'lead' AND {_HELD}),
    'stage', (SELECT stage FROM library_stagechange WHERE project_id = entry.project_id AND {_STANDS} {_NEWEST}),
    'started', step.started, 'completed', step.completed, 'in_production', step.in_production)
FROM library_listentry entry
LEFT JOIN library_listbatch batch ON batch.id = entry.batch_id
LEFT JOIN library_projectclass class ON class.id = entry.project_class_id
LEFT JOIN library_projectclass parent ON parent.id = class.parent_id
LEFT JOIN library_projectprofile profile ON profile.id = (
    SELECT id FROM library_projectprofile WHERE project_id = entry.project_id AND {_STANDS} {_NEWEST})
LEFT JOIN reporting_reading reading ON reading.id = (
    SELECT id FROM reporting_reading
    WHERE project_id = entry.project_id AND basis = 'dispatch' AND truth = 'confirmed' AND {_STANDS} {_NEWEST})
LEFT JOIN (
    SELECT project_id,
           MIN(CASE WHEN stage = 'started' THEN effective_on END) AS started,
           MIN(CASE WHEN stage = 'completed' THEN effective_on END) AS completed,
           MIN(CASE WHEN stage = 'in_production' THEN effective_on END) AS in_production
    FROM library_stagechange WHERE {_STANDS}
    AND project_id IN (SELECT project_id FROM library_listentry WHERE annual_list_id = %(list)s)
    GROUP BY project_id) step ON step.project_id = entry.project_id
WHERE entry.annual_list_id = %(list)s AND entry.listed AND entry.id = (
    SELECT id FROM library_listentry
    WHERE annual_list_id = %(list)s AND project_id = entry.project_id AND {_STANDS} {_NEWEST})
"""

PAGE_OF_PROJECTS = """
SELECT project.name, project.stage, profile.total_investment, region.name
FROM library_project project
JOIN people_region region ON region.id = project.region_id
JOIN library_projectprofile profile ON profile.project_id = project.id AND profile.superseded_at IS NULL
WHERE project.region_id = %(region)s AND project.stage = 'under_construction'
ORDER BY project.sort_key LIMIT 50
"""

SUMS = """
SELECT COUNT(*), SUM(project.total_investment), SUM(project.last_cumulative) FROM library_project project
JOIN people_region region ON region.id = project.region_id WHERE NOT project.withdrawn
"""
FIRST_OF_ALL = """
SELECT project.name, project.stage, project.total_investment, region.name FROM library_project project
JOIN people_region region ON region.id = project.region_id
WHERE NOT project.withdrawn ORDER BY project.sort_key LIMIT 50
"""
FILE = """
SELECT project.name, project.code_doubts, project.stage, project.stage_on, region.name, post.title, unit.name,
       project.total_investment, project.last_cumulative, project.last_reading_on
FROM library_project project JOIN people_region region ON region.id = project.region_id
LEFT JOIN people_post post ON post.id = project.lead_id LEFT JOIN people_unit unit ON unit.id = project.unit_id
WHERE NOT project.withdrawn {0} ORDER BY project.sort_key
"""

_BARE = """<!doctype html><html lang="zh-Hans"><title>x</title><table>
{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table></html>"""


def _asked(sql: str, **params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def roll_up(list_id: int) -> tuple[Any, ...]:
    """The overview's figures of one list, by one statement.

    Projects, total, planned, done this year, done since the start, new starts planned, started, under construction,
    completed.
    """
    return _asked(ROLL_UP, list=list_id, day=AS_OF.isoformat(), year=f"{YEAR}-01-01")[0]


def keep_facts(list_id: int, day: date) -> int:
    """Every project's facts of a day put into another table, one row a project, by one statement; how many."""
    written = "json_object" if connection.vendor == "sqlite" else "jsonb_build_object"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(KEEP_FACTS.replace("{object}", written), {"day": day.isoformat(), "list": list_id})
        return int(cursor.rowcount)


def bare_page(region_id: int) -> Callable[[], str]:
    """The first 50 of a region's projects under construction, in a template without a frame."""
    template = Template(_BARE)
    return lambda: template.render(Context({"rows": _asked(PAGE_OF_PROJECTS, region=region_id)}))


def bare_page_of_all() -> Callable[[], str]:
    """The first 50 of all projects with the count and the sums of all, in a template without a frame."""
    template = Template(_BARE)
    return lambda: template.render(Context({"rows": [*_asked(SUMS), *_asked(FIRST_OF_ALL)]}))


def bare_file(region_id: int | None, ending: str) -> Callable[[], int]:
    """The table's values of a region's projects, or of all, as a CSV or a workbook, cell by cell as they are."""
    where = "" if region_id is None else "AND project.region_id = %(region)s"

    def run() -> int:
        rows = _asked(FILE.format(where), region=region_id)
        if ending == "csv":
            text = io.StringIO()
            csv.writer(text).writerows(rows)
            return text.tell()
        out = io.BytesIO()
        with xlsxwriter.Workbook(out, {"constant_memory": True}) as file:
            sheet = file.add_worksheet()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, [value if isinstance(value, int) else str(value) for value in row])
        return out.tell()

    return run


def same_rows(path: Path, order: imports.Order) -> Callable[[], int]:
    """A ledger read by calamine, and the rows that its import makes put into the same tables by executemany.

    The rows are taken from a rehearsal beforehand, with their trail; the transaction is undone. Both the dry run and
    the import are held against this floor.
    """
    from python_calamine import CalamineWorkbook

    statements = _rows_made(order)

    def run() -> int:
        read = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
        with transaction.atomic(), connection.cursor() as cursor:
            for statement, rows in statements:
                cursor.executemany(statement, rows)
            transaction.set_rollback(True)
        return len(read)

    return run


_MADE = (Region, Unit, Post, AnnualList, Project, ProjectProfile, StageChange, ListEntry, Assignment, Reading)
_APART = 10**9  # added to the ids, so that they are free whatever is written between the floor's runs


class _Taken(Exception):
    """Ends the transaction in which the rows were made."""


def _rows_made(order: imports.Order) -> list[tuple[str, list[tuple[Any, ...]]]]:
    """(INSERT statement, rows) for each table that an import of a new ledger fills, those it refers to first."""
    tables = (*_MADE, TrailChange)
    last = {model: model._default_manager.aggregate(last=Max("id"))["last"] or 0 for model in tables}
    found: list[tuple[str, list[tuple[Any, ...]]]] = []
    reading = imports.read(order)
    try:
        with writing(OPERATOR) as act:
            imports.take(OPERATOR, order, reading)
            act.seal()
            found = [_rows_after(model, last) for model in tables]
            raise _Taken
    except _Taken:
        return found


def _rows_after(model: type[models.Model], last: Mapping[Any, int]) -> tuple[str, list[tuple[Any, ...]]]:
    fields = model._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    table = f'"{model._meta.db_table}"'
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table} WHERE id > {last[model]} ORDER BY id")
        rows = cursor.fetchall()
    limits = [_limit(field, model, last) for field in fields]
    made = [
        tuple(_driver(cell) if limit is None or not cell else cell + _APART * (cell > limit) for cell, limit in pairs)
        for pairs in (zip(row, limits, strict=True) for row in rows)
    ]
    return f"INSERT INTO {table} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})", made


def _limit(field: Any, model: type[models.Model], last: Mapping[Any, int]) -> int | None:
    """From which id on a key's column names a row that is made here; None where the column is no such key."""
    if field.primary_key:
        return last[model]
    return last.get(field.remote_field.model) if field.remote_field else None


def _driver(cell: Any) -> Any:
    """A value as the driver takes it without work of ours."""
    return str(cell) if isinstance(cell, date) and connection.vendor == "sqlite" else cell


NODES = """
SELECT plan.project_id, node.name, span.start, span.finish, fact.sort, fact.start, fact.finish
FROM plans_plan plan
JOIN plans_node node ON node.plan_id = plan.id
JOIN plans_versionnode span ON span.node_id = node.id
LEFT JOIN plans_nodedates fact ON fact.node_id = node.id AND fact.superseded_at IS NULL
WHERE plan.project_id IN (SELECT project_id FROM library_listentry WHERE annual_list_id = %(list)s)
ORDER BY plan.project_id, node."order"
"""


def nodes_of(list_id: int) -> int:
    """The nodes of a list's plans with their dates, by one statement; how many rows it gives."""
    return len(_asked(NODES, list=list_id))


RAW_NODES = """
SELECT plan.project_id, span.node_id, span.finish, fact.sort, fact.finish
FROM plans_plan plan
JOIN plans_planversion version ON version.plan_id = plan.id
JOIN plans_versionnode span ON span.plan_version_id = version.id
LEFT JOIN plans_nodedates fact ON fact.node_id = span.node_id AND fact.sort <> 'planned' AND fact.superseded_at IS NULL
WHERE span.finish < %(day)s
AND plan.project_id IN (SELECT project_id FROM library_listentry WHERE annual_list_id = %(list)s)
"""


def light_rows(list_id: int) -> int:
    """What lights hang on, read as rows by two statements and not judged: the entries' sums, and the nodes that are due
    with what was told of them.
    """
    roll_up(list_id)
    return len(_asked(RAW_NODES, list=list_id, day=AS_OF.isoformat()))


YEAR_OF_LIST = f"""
SELECT entry.project_id, entry.planned_investment, entry.planned_start, entry.planned_finish,
       reading.effective_on, reading.ytd
FROM library_listentry entry
LEFT JOIN reporting_reading reading ON reading.project_id = entry.project_id AND reading.superseded_at IS NULL
    AND reading.basis = 'dispatch' AND reading.truth = 'confirmed' AND reading.booked_on <= %(day)s
    AND reading.effective_on BETWEEN %(year)s AND %(day)s
WHERE entry.annual_list_id = %(list)s AND entry.listed AND entry.id = (
    SELECT id FROM library_listentry
    WHERE annual_list_id = %(list)s AND project_id = entry.project_id AND {_STANDS} {_NEWEST})
ORDER BY entry.project_id, reading.effective_on
"""


def year_of(list_id: int) -> int:
    """What a list plans of each project with the readings of its year, by one statement; how many rows it gives."""
    return len(_asked(YEAR_OF_LIST, list=list_id, day=AS_OF.isoformat(), year=f"{YEAR}-01-01"))
