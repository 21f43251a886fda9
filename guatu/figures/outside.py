"""Figures from outside: which are kept, in what unit, and the series of a region."""

from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from guatu.figures.models import OutsideSeries
from guatu.people.models import Region

INDICATORS: Final = (
    ("growth_percent", _("固定资产投资增速")),
    ("rank", _("在上级辖区的位次")),
    ("points_above_parent", _("高于上级平均")),
    ("amount", _("固定资产投资额")),
)
UNITS: Final = {
    "growth_percent": "%",
    "rank": "位",
    "points_above_parent": "个百分点",
    "amount": "万元",
}


def series(region: Region, *, known: date | None = None) -> list[OutsideSeries]:
    """What stands of a region's outside figures, latest period first."""
    rows = OutsideSeries.objects.standing(known).filter(region=region)
    return list(rows.order_by("-period", "indicator", "-effective_on"))
