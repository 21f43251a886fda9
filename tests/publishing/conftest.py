"""A small list with known figures, and the people who draft and issue its bulletin."""

from datetime import date

import pytest

from guatu.core import clock
from guatu.library.models import CheckPoint
from guatu.people.models import Unit
from tests.figures.conftest import YI, District, _empty_memory, district, march  # noqa: F401  fixtures used by name


@pytest.fixture
def office(march: District) -> District:  # noqa: F811  a fixture's name as an argument
    """The four projects of March 2019 with responsible units, a late start and a next check point."""
    names = ("区住房和城乡建设局", "区商务局", "王城路街道办事处")
    housing, commerce, street = (Unit.objects.create(name=name, region=march.region) for name in names)
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
    from datetime import datetime

    with clock.at(datetime(2019, 4, 2, 9, tzinfo=clock.ZONE)):
        yield
