"""How late the open nodes of many plans are, by three queries that read only the nodes which are or will be late.

The same as each plan's page says of them (`plan_of`), for thousands of projects at every look at their lights.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from guatu.core.dated import adapted, standing_sql
from guatu.plans.choices import Dates


class Late(NamedTuple):
    """The open nodes of a project's plan at the end of a day.

    `overdue` of them should be finished, and weigh `weight_overdue` of `weight`. `days` is the most calendar days by
    which one is late or expected late, `node` its name ("" where none is).
    """

    weight: int
    overdue: int = 0
    weight_overdue: int = 0
    days: int = 0
    node: str = ""


class _Open(NamedTuple):
    """One open node that is overdue or expected late, in the order in which ties are decided."""

    project: int
    order: int
    node: int
    name: str
    weight: int
    finish: date
    forecast: date | None


_HELD = """WITH held AS (
SELECT v.id, l.project_id FROM plans_planversion v JOIN plans_plan l ON l.id = v.plan_id
WHERE v.approved_on <= %s AND {among} AND NOT EXISTS (SELECT 1 FROM plans_planversion w
WHERE w.plan_id = v.plan_id AND w.number > v.number AND w.approved_on <= %s)) """
_LATEST = (
    "(SELECT a.{what} FROM plans_nodedates a WHERE a.node_id = s.node_id AND a.sort = %s AND {standing}"
    " ORDER BY a.effective_on DESC, a.booked_on DESC, a.id DESC LIMIT 1)"
)


class _Query:
    """Pieces of a query in the order in which they stand, with their parameters."""

    def __init__(
        self, as_of: date, known: date | None, lists: Collection[int] | None, projects: Collection[int] | None
    ) -> None:
        self.as_of, self.known = as_of, known
        among, ids = _among(lists, projects)
        self.text = _HELD.format(among=among)
        self.params: list[Any] = [adapted(as_of), *ids, adapted(as_of)]

    def standing(self, alias: str) -> str:
        """As `plan_of` reads them: what is known now counts where it belongs, what was known as it was booked."""
        text, params = standing_sql(alias, self.as_of, self.known, restated=self.known is None)
        self.params += params
        return text

    def latest(self, what: str, sort: Dates) -> str:
        """A column of the node's dates of a sort, as they hold."""
        self.params.append(str(sort))
        return _LATEST.format(what=what, standing=self.standing("a"))

    def value(self, value: Any) -> str:
        self.params.append(value)
        return "%s"

    def rows(self, text: str) -> Sequence[Any]:
        with connection.cursor() as cursor:
            cursor.execute(self.text + text, self.params)
            found: Sequence[Any] = cursor.fetchall()
        return found


def late_nodes(
    as_of: date,
    known: date | None = None,
    *,
    lists: Collection[int] | None = None,
    projects: Collection[int] | None = None,
) -> dict[int, Late]:
    """By project, of those on some lists or of some projects; without a plan approved by the day it is left out."""
    at = (as_of, known, lists, projects)
    weights = _weights(_Query(*at))
    if not weights:
        return {}
    by_project: dict[int, list[_Open]] = {}
    for one in [*_overdue(_Query(*at)), *_expected_late(_Query(*at))]:
        by_project.setdefault(one.project, []).append(one)
    return {
        project: _late(weight, by_project[project], as_of) if project in by_project else Late(weight)
        for project, weight in weights.items()
    }


def _among(lists: Collection[int] | None, projects: Collection[int] | None) -> tuple[str, list[int]]:
    """Which projects' plans, as a condition with its parameters."""
    if projects is not None:
        return f"l.project_id IN ({', '.join(['%s'] * len(projects)) or 'NULL'})", list(projects)
    ids = list(lists or ())
    marks = ", ".join(["%s"] * len(ids)) or "NULL"
    return f"l.project_id IN (SELECT x.project_id FROM library_listentry x WHERE x.annual_list_id IN ({marks}))", ids


def _weights(query: _Query) -> dict[int, int]:
    rows = query.rows(
        "SELECT h.project_id, SUM(n.weight) FROM held h JOIN plans_versionnode s ON s.plan_version_id = h.id"
        " JOIN plans_node n ON n.id = s.node_id GROUP BY h.project_id"
    )
    return {project: int(weight) for project, weight in rows}


_NODE = 'SELECT h.project_id, n."order", n.id, n.name, n.weight, s.finish, '
_OF_HELD = " FROM held h JOIN plans_versionnode s ON s.plan_version_id = h.id JOIN plans_node n ON n.id = s.node_id"


def _overdue(query: _Query) -> list[_Open]:
    forecast = query.latest("finish", Dates.FORECAST)
    due = query.value(adapted(query.as_of))
    done = query.latest("finish", Dates.ACTUAL)
    rows = query.rows(f"{_NODE}{forecast}{_OF_HELD} WHERE s.finish < {due} AND {done} IS NULL")
    return [_Open(*(*row[:6], _day(row[6]))) for row in rows]


def _expected_late(query: _Query) -> list[_Open]:
    """Nodes not due yet whose unit expects them later than planned."""
    sort = query.value(str(Dates.FORECAST))
    standing = query.standing("f")
    due = query.value(adapted(query.as_of))
    last = query.latest("id", Dates.FORECAST)
    done = query.latest("finish", Dates.ACTUAL)
    # few nodes have a forecast at all: SQLite takes cross joins in their order and so begins with those
    rows = query.rows(
        f"{_NODE}f.finish FROM plans_nodedates f CROSS JOIN plans_versionnode s CROSS JOIN held h"
        " CROSS JOIN plans_node n WHERE s.node_id = f.node_id AND h.id = s.plan_version_id AND n.id = s.node_id"
        f" AND f.sort = {sort} AND {standing} AND f.finish > s.finish AND s.finish >= {due}"
        f" AND f.id = {last} AND {done} IS NULL"
    )
    return [_Open(*row) for row in rows]


def _day(value: Any) -> date | None:
    """A date of a subquery: SQLite hands it out as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _slip(one: _Open, day: date) -> int:
    expected = one.forecast or one.finish
    return ((max(expected, day) if one.finish < day else expected) - one.finish).days


def _late(weight: int, nodes: list[_Open], day: date) -> Late:
    nodes.sort()
    overdue = [one for one in nodes if one.finish < day]
    worst = max(nodes, key=lambda one: _slip(one, day))
    return Late(weight, len(overdue), sum(one.weight for one in overdue), _slip(worst, day), worst.name)
