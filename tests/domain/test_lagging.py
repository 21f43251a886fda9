"""Projects that lag: shortfall in yuan, points, and reasons that are facts (docs/algorithms/lagging.md)."""

from datetime import date
from decimal import Decimal

import pytest

from guatu.domain.indicators import EntryFacts, ListRules
from guatu.domain.lagging import CODES, lagging
from tests.domain.worked import row_name, worked

DAY = date(2019, 3, 31)


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize("row", worked("lagging", "lag"), ids=row_name)
def test_worked_examples(row):
    entry = EntryFacts(
        project_id=1,
        list_id=1,
        planned_investment=int(row["planned"]),
        investment_to_date=int(row["done"]),
        planned_start=day(row["planned start"]),
        started_on=day(row["started"]),
        reading_on=day(row["last reading"]),
    )
    found = lagging([entry], DAY, ListRules())
    if not row["reasons"]:
        assert found == []
        return
    assert found[0].gap == int(row["gap"])
    assert found[0].points == Decimal(row["points"])
    assert [reason.code for reason in found[0].reasons] == row["reasons"].split()


def test_the_biggest_shortfall_in_yuan_comes_first_and_completed_projects_do_not_lag():
    entries = [
        EntryFacts(1, 1, planned_investment=100, investment_to_date=0, reading_on=DAY),
        EntryFacts(2, 1, planned_investment=10_000, investment_to_date=0, reading_on=DAY),
        EntryFacts(3, 1, planned_investment=90_000, investment_to_date=0, completed_on=DAY, started_on=DAY),
        EntryFacts(4, 1, planned_investment=90_000, exited=True),
    ]
    assert [lag.entry.project_id for lag in lagging(entries, DAY, ListRules())] == [2, 1]


def test_a_project_that_gives_every_reason_gives_them_in_the_order_of_the_codes():
    """A suspended one that neither began nor finished in time, of which nobody has heard."""
    early = date(2019, 1, 31)
    entry = EntryFacts(1, 1, planned_investment=100, planned_start=early, planned_finish=early, suspended=True)
    [lag] = lagging([entry], DAY, ListRules())
    assert tuple(reason.code for reason in lag.reasons) == CODES
