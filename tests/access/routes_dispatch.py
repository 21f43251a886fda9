"""Routes of dispatch."""

from datetime import date
from uuid import UUID

from guatu.core.actor import OPERATOR
from guatu.figures.actions import take_snapshot
from guatu.library.models import AnnualList
from tests.access.routes import Route
from tests.support.cast import Cast


def _snapshot(cast: Cast, region: str) -> dict[str, UUID]:
    annual_list = AnnualList.objects.create(level="district", region=cast.region(region), year=2026, name="名单")
    row = take_snapshot(actor=OPERATOR, annual_list=annual_list, name="常委会", as_of=date(2026, 3, 25))
    return {"public_id": row.public_id}


PAGE = Route("office", "authority")
ROUTES = {
    "dispatch:home": Route("office"),
    "dispatch:overview": PAGE,
    "dispatch:rows": PAGE,
    "dispatch:cut": PAGE,
    "dispatch:bases": PAGE,
    "dispatch:outside": PAGE,
    "dispatch:snapshots": PAGE,
    "dispatch:snapshot": Route(
        "office",
        "authority",
        inside=lambda cast: _snapshot(cast, "district"),
        outside=lambda cast: _snapshot(cast, "other_district"),
    ),
}
