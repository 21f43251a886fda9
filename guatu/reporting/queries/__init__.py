"""Reading of progress: readings at dates, reports, and who is asked for which by when."""

from guatu.reporting.queries.asked import RuleInForce, Wanted, rules_in_force, wanted
from guatu.reporting.queries.held import Held, held_values
from guatu.reporting.queries.readings import (
    months_of,
    readings_as_of,
    series_of,
    standing_readings,
    truths_from,
    unadopted_of,
    year_ends,
)

__all__ = [
    "Held",
    "RuleInForce",
    "Wanted",
    "held_values",
    "months_of",
    "readings_as_of",
    "rules_in_force",
    "series_of",
    "standing_readings",
    "truths_from",
    "unadopted_of",
    "wanted",
    "year_ends",
]
