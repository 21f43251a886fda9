"""The least that has to be done for the same answers: hand-written SQL, a bare template, a bare reader."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.template import Context, Template

from bench.district import AS_OF, YEAR

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

PAGE_OF_PROJECTS = """
SELECT project.name, project.stage, profile.total_investment, region.name
FROM library_project project
JOIN people_region region ON region.id = project.region_id
JOIN library_projectprofile profile ON profile.project_id = project.id AND profile.superseded_at IS NULL
WHERE project.region_id = %(region)s AND project.stage = 'under_construction'
ORDER BY project.sort_key LIMIT 50
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


def bare_page(region_id: int) -> Callable[[], str]:
    """The first 50 of a region's projects under construction, in a template without a frame."""
    template = Template(_BARE)
    return lambda: template.render(Context({"rows": _asked(PAGE_OF_PROJECTS, region=region_id)}))


def read_and_insert(path: Path) -> Callable[[], int]:
    """A workbook read by calamine and put into a table of its own by executemany, in a transaction that is undone."""
    from python_calamine import CalamineWorkbook

    def run() -> int:
        rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
        width = max(map(len, rows))
        names = ", ".join(f"c{n} TEXT" for n in range(width))
        marks = ", ".join(["%s"] * width)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMPORARY TABLE bench_floor ({names})")
            cursor.executemany(
                f"INSERT INTO bench_floor VALUES ({marks})", [[str(cell) for cell in row] for row in rows]
            )
            transaction.set_rollback(True)
        return len(rows)

    return run
