"""What the commands of files read from the command line: a year, a period."""

import argparse

from guatu.core.signs import whole_number
from guatu.domain.errors import DomainError
from guatu.domain.periods import Period
from guatu.reporting.choices import YEARS


def a_year(text: str) -> int:
    """The year of a list."""
    number = whole_number(text, 4)
    if number is None or number not in YEARS:
        raise argparse.ArgumentTypeError(f"year must be from {YEARS[0]} to {YEARS[-1]}")
    return number


def a_period(text: str) -> Period:
    """A period by its code."""
    try:
        return Period.parse(text)
    except DomainError as error:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no period; say 2019-03, 2019-W12, 2019-03-09, 2019-Q1"
        ) from error
