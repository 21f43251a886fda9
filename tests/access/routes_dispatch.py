"""Routes of dispatch."""

from datetime import date
from uuid import UUID

from guatu.core.actor import OPERATOR
from guatu.figures.actions import record_published, take_snapshot
from guatu.figures.published import read_text
from guatu.figures.queries import papers
from guatu.library.models import AnnualList
from tests.access.routes import Route
from tests.figures.bulletins import qinshui
from tests.support.cast import Cast


def _snapshot(cast: Cast, region: str) -> dict[str, UUID]:
    annual_list = AnnualList.objects.create(level="district", region=cast.region(region), year=2026, name="名单")
    row = take_snapshot(actor=OPERATOR, annual_list=annual_list, name="常委会", as_of=date(2026, 3, 25))
    return {"public_id": row.public_id}


def _paper(cast: Cast) -> dict[str, str]:
    record_published(actor=OPERATOR, rows=read_text(qinshui()))
    return {"key": papers()[0].key}


PAGE = Route("office", "authority")
ROUTES = {
    "dispatch:home": Route("office"),
    "dispatch:overview": PAGE,
    "dispatch:rows": PAGE,
    "dispatch:cut": PAGE,
    "dispatch:chain": PAGE,
    "dispatch:chain_rows": PAGE,
    "dispatch:bases": PAGE,
    "dispatch:outside": PAGE,
    "dispatch:published": PAGE,
    "dispatch:published_load": Route("office", "supervision"),
    "dispatch:published_paper": Route("office", "authority", inside=_paper),
    "dispatch:snapshots": PAGE,
    "dispatch:snapshot": Route(
        "office",
        "authority",
        inside=lambda cast: _snapshot(cast, "district"),
        outside=lambda cast: _snapshot(cast, "other_district"),
    ),
}
