"""Filters offer what occurs: units and divisions of the projects of the list, not every one that there is."""

from datetime import date

from guatu.core.actor import OPERATOR
from guatu.library.queries.occurring import regions_of, units_of
from guatu.people.models import Unit
from tests.dispatch.conftest import district, spring
from tests.figures.conftest import march

__all__ = ["district", "march", "spring"]
DAY = date(2019, 3, 31)


def test_a_list_offers_the_units_that_answer_for_its_projects_on_the_day(spring, cast):
    asked = (cast.actor("office"), spring.annual_list, DAY)
    assert Unit.objects.count() > 1
    assert list(units_of(*asked)) == [cast.unit("housing")]
    assert list(regions_of(*asked)) == [spring.region]
    assert list(units_of(cast.actor("office"), spring.annual_list, date(2018, 12, 31))) == []
    assert list(units_of(OPERATOR, None, DAY)) == [cast.unit("housing")]
