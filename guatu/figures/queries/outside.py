"""The figures from outside that stand of a region."""

from datetime import date

from guatu.figures.models import OutsideSeries
from guatu.people.models import Region


def outside_series(region: Region, *, known: date | None = None) -> list[OutsideSeries]:
    """What stands of a region's outside figures, latest period first."""
    rows = OutsideSeries.objects.standing(known).filter(region=region)
    return list(rows.order_by("-period", "indicator", "-effective_on"))
