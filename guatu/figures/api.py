"""Figures and snapshots over the API: the same answers as on the pages and on the command line."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from guatu.core.api import ERRORS, Limit, api_actor, fast, paged, with_etag
from guatu.core.refusals import Refusal
from guatu.figures.models import Snapshot
from guatu.figures.policies import visible_snapshots
from guatu.figures.queries import as_json, ask, behind, figures, find_lists
from guatu.library.choices import Level
from guatu.library.policies import findable_projects, visible_lists

router = Router(tags=["figures"])


class FiguresQuery(Schema):
    """Which lists, at which date, as known when; several levels are a union, comma separated."""

    year: int
    level: str
    region: str
    as_of: date
    known_on: date | None = None
    basis: Literal["dispatch", "statistics", "payment"] = "dispatch"
    truth: Literal["claimed", "checked", "confirmed"] = "confirmed"
    restated: bool = False
    planned: bool = False

    def levels(self) -> list[str]:
        """The levels asked for."""
        found = [part.strip() for part in self.level.split(",") if part.strip()]
        if not found or any(part not in Level.values for part in found):
            raise Refusal("figures.unknown_level", level=self.level[:40], known="、".join(Level.values))
        return found


def _asked(request: HttpRequest, query: FiguresQuery) -> Any:
    actor = api_actor(request, "figures.view")
    lists = find_lists(query.year, query.levels(), query.region)
    seen = set(visible_lists(actor, "figures.view").values_list("pk", flat=True))
    if any(row.pk not in seen for row in lists):
        raise Refusal("core.not_found")
    return ask(
        actor,
        lists,
        query.as_of,
        known=query.known_on,
        basis=query.basis,
        truth=query.truth,
        restated=query.restated,
        planned=query.planned,
    )


@router.get("/figures", response={200: dict[str, Any], **ERRORS}, url_name="figures")
def read_figures(request: HttpRequest, query: Query[FiguresQuery], by: str = "") -> HttpResponse:
    """All indicators of the lists, whole or cut by one or two dimensions."""
    cuts = tuple(part.strip() for part in by.split(",") if part.strip())
    return fast(as_json(figures(api_actor(request, "figures.view"), _asked(request, query), cuts)))


@router.get("/figures/rows", response={200: dict[str, Any], **ERRORS}, url_name="figure_rows")
def read_rows(request: HttpRequest, query: Query[FiguresQuery], indicator: str) -> HttpResponse:
    """The projects behind one indicator of the whole; with those withheld (sensitive ones) they add up to it."""
    actor = api_actor(request, "figures.view")
    entries = behind(actor, _asked(request, query), indicator)
    projects = findable_projects(actor).in_bulk([entry.project_id for entry in entries])
    rows = [
        {
            "project": projects[entry.project_id].public_id,
            "name": projects[entry.project_id].name,
            "kind": entry.kind,
            "stage": entry.stage,
            "total_investment": entry.total_investment,
            "planned_investment": entry.planned_investment,
            "investment_to_date": entry.investment_to_date,
            "reading_on": entry.reading_on,
        }
        for entry in entries
        if entry.project_id in projects
    ]
    return fast({"indicator": indicator, "rows": rows, "withheld": len(entries) - len(rows)})


def _snapshot(row: Snapshot) -> dict[str, Any]:
    names = ("public_id", "kind", "name", "as_of", "known_at", "basis", "settings")
    return {name: getattr(row, name) for name in names}


def _visible(request: HttpRequest) -> Any:
    return visible_snapshots(api_actor(request, "figures.view"))


@router.get("/snapshots", response={200: dict[str, Any], **ERRORS}, url_name="snapshots")
def read_snapshots(request: HttpRequest, cursor: str = "", limit: Limit = 50) -> HttpResponse:
    """The snapshots of the lists that the post sees as a whole."""
    return fast(paged(_visible(request), cursor, limit, _snapshot))


@router.get("/snapshots/{uuid:public_id}", response={200: dict[str, Any], **ERRORS}, url_name="snapshot")
def read_snapshot(request: HttpRequest, public_id: str) -> HttpResponse:
    """One snapshot with its printed figures."""
    row = _visible(request).filter(public_id=public_id).first()
    if row is None:
        raise Refusal("core.not_found")
    kept = row.figures.order_by("pk").values("cut", "group", "indicator", "value", "printed")
    return with_etag(fast({**_snapshot(row), "figures": list(kept)}), row.version)
