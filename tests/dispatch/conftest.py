"""The library's shelf, and March 2019 with known figures, for the pages that dispatch from them."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest

from guatu.core import clock
from guatu.library.models import AnnualList
from tests.figures.conftest import YI, District, march
from tests.library.conftest import shelf
from tests.support.cast import Cast, cast

__all__ = ["cast", "march", "shelf"]
END = datetime(2019, 4, 2, 9, tzinfo=clock.ZONE)


@pytest.fixture
def district(cast: Cast) -> District:
    """An empty list of the cast's district."""
    region = cast.region("district")
    annual = AnnualList.objects.create(level="district", region=region, year=2019, name="2019 年区重点项目")
    return District(region, annual, datetime(2019, 1, 5, 9, tzinfo=clock.ZONE))


@pytest.fixture
def spring(march: District, cast: Cast) -> Iterator[District]:
    """Five projects on 2 April 2019: one started late under a named leader and unit."""
    late = march.project("戊 2 号路", total=4 * YI, planned=2 * YI, planned_start=date(2019, 3, 10))
    march.assign(late, "responsible", unit=cast.unit("housing"))
    march.assign(late, "lead", post=cast.post("lead"))
    march.reading(late, date(2019, 3, 31), ytd=0)
    with clock.at(END):
        yield march
