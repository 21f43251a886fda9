"""A small list with known figures, and the people who draft and issue its bulletin."""

from datetime import date, datetime

import pytest

from guatu.core import clock
from guatu.library.models import AnnualList, CheckPoint
from tests.figures.conftest import YI, District, _empty_memory, march  # noqa: F401  fixtures, used by name
from tests.support.cast import Cast, cast  # noqa: F401  a fixture, used by name


@pytest.fixture
def district(cast: Cast) -> District:  # noqa: F811  a fixture's name as an argument
    """An empty list of the cast's district."""
    region = cast.region("district")
    annual = AnnualList.objects.create(level="district", region=region, year=2019, name="2019 年区重点项目")
    return District(region, annual, datetime(2019, 1, 5, 9, tzinfo=clock.ZONE))


@pytest.fixture
def office(march: District, cast: Cast) -> District:  # noqa: F811  fixtures' names as arguments
    """Five projects of March 2019 with responsible units, a late start and a next check point."""
    housing, commerce, street = (cast.unit(name) for name in ("housing", "commerce", "street_office"))
    for project, unit in (("甲", housing), ("乙", commerce), ("丙", street), ("丁", housing)):
        march.assign(march.projects[project], "responsible", unit=unit)
    late = march.project("戊 2 号路", total=4 * YI, planned=2 * YI, planned_start=date(2019, 3, 10))
    march.assign(late, "responsible", unit=street)
    march.reading(late, date(2019, 3, 31), ytd=0, problem="12 户未签约，管线迁改差 1.5 公里")
    CheckPoint.objects.create(annual_list=march.annual_list, name="双过半", on=date(2019, 6, 30))
    return march


@pytest.fixture(autouse=True)
def _clock_stands():
    """The office writes the bulletin on 2 April 2019."""
    with clock.at(datetime(2019, 4, 2, 9, tzinfo=clock.ZONE)):
        yield
