"""Routes of dispatch."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from guatu.core.actor import OPERATOR
from guatu.figures.actions import take_snapshot
from guatu.library import actions
from guatu.library.models import AnnualList
from tests.access.routes import Parts, Route
from tests.dispatch.plans import give_plan
from tests.support.cast import Cast


def _snapshot(cast: Cast, region: str) -> dict[str, UUID]:
    annual_list = AnnualList.objects.create(level="district", region=cast.region(region), year=2026, name="名单")
    row = take_snapshot(actor=OPERATOR, annual_list=annual_list, name="常委会", as_of=date(2026, 3, 25))
    return {"public_id": row.public_id}


def _planned(region: str) -> Parts:
    def make(cast: Cast) -> dict[str, object]:
        row = actions.NewProject(name="示范项目", region=cast.region(region))
        project = actions.register_project(actor=OPERATOR, row=row, on=date(2026, 1, 1))
        give_plan(project, [("主体封顶", "2026-01-10", "2026-09-30")], deadline="2026-12-30", approved="2026-01-05")
        return {"public_id": project.public_id, "paper": "a3"}

    return make


def _moved(cast: Cast) -> dict[str, str]:
    parts = _planned("district")(cast)
    return {"project": str(parts["public_id"]), "node": "主体封顶", "day": "2026-10-30"}


MOVE = Route("office", "authority", method="post", data=_moved)
PAGE = Route("office", "authority")
ROUTES = {
    "dispatch:home": Route("office"),
    "dispatch:overview": PAGE,
    "dispatch:rows": PAGE,
    "dispatch:lagging": PAGE,
    "dispatch:cut": PAGE,
    "dispatch:lists": PAGE,
    "dispatch:chain": PAGE,
    "dispatch:chain_rows": PAGE,
    "dispatch:bases": PAGE,
    "dispatch:outside": PAGE,
    "dispatch:wallchart": Route("office", "system_admin"),
    "dispatch:wallchart_print": Route("office", "authority", inside=lambda cast: {"paper": "a3"}),
    "dispatch:wallchart_move": MOVE,
    "dispatch:wallchart_keep": replace(MOVE, status=(409,)),  # without the version that was seen it is shown anew
    "dispatch:wallchart_project": Route(
        "office", "system_admin", inside=_planned("district"), outside=_planned("other_district")
    ),
    "dispatch:snapshots": PAGE,
    "dispatch:snapshot": Route(
        "office",
        "authority",
        inside=lambda cast: _snapshot(cast, "district"),
        outside=lambda cast: _snapshot(cast, "other_district"),
    ),
}
