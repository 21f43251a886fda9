"""Dates, durations and numbers as foreign plans write them, into whole days."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from math import ceil
from typing import Final

from guatu.core.refusals import Refusal
from guatu.domain.dates import EARLIEST, LATEST
from guatu.plans.imports.unread import Tally

MOST_DAYS: Final = 55_000  # 1949 … 2100
LARGEST: Final = Decimal(10) ** 12
_SPAN: Final = re.compile(
    r"P(?:(?P<days>\d{1,9})D)?(?:T(?:(?P<hours>\d{1,9}(?:\.\d{1,9})?)H)?(?:(?P<minutes>\d{1,9}(?:\.\d{1,9})?)M)?"
    r"(?:(?P<seconds>\d{1,9}(?:\.\d{1,9})?)S)?)?"
)


class Values:
    """One file's values: `name` is the file's, for its refusals; what is bent goes to the tally."""

    def __init__(self, name: str, tally: Tally) -> None:
        self.name, self.tally = name, tally

    def day(self, text: str, node: str, field: str) -> date | None:
        """2019-03-01T08:00:00 or 2019-03-01 08:00 → the day. NA and blanks are none; a day outside 1949–2100 (1899,
        the zero of spreadsheets) is none and is told. Raises Refusal("plans.file_value")."""
        if not text or text == "NA":
            return None
        try:
            found = date.fromisoformat(text[:10])
        except ValueError as error:
            raise self.wrong(text, node, field) from error
        if not EARLIEST <= found.year <= LATEST:
            self.tally.add("date_absurd", node)
            return None
        return found

    def last_day(self, text: str, start: date | None, node: str, field: str) -> date | None:
        """As `day`, for an end: midnight belongs to the day before, unless that is before the start."""
        found = self.day(text, node, field)
        if found and len(text) > 10 and text[11:16] == "00:00" and start is not None and found > start:
            return found - timedelta(1)
        return found

    def days(self, amount: Fraction, of_a_day: Fraction, node: str, field: str, rounded: str) -> int:
        """Whole days, a part of one counted as one; a lag's part moves it later. Raises Refusal("plans.file_value")."""
        days, whole = _whole_days(amount, of_a_day)
        if abs(days) > MOST_DAYS:
            raise self.wrong(str(days), node, field)
        if not whole:
            self.tally.add(rounded, node)
        return days

    def percent(self, amount: Fraction, node: str) -> int:
        """Whole per cent, half up, between 0 and 100."""
        if amount.denominator != 1:
            self.tally.add("percent_rounded", node)
        return max(0, min(100, int(amount + Fraction(1, 2))))

    def wrong(self, text: str, node: str, field: str) -> Refusal:
        """The refusal of a value that cannot be read."""
        return Refusal("plans.file_value", name=self.name, where=node[:80], field=field, value=text[:80])


@lru_cache(maxsize=4096)  # a plan repeats a handful of durations
def _whole_days(amount: Fraction, of_a_day: Fraction) -> tuple[int, bool]:
    exact = amount / of_a_day
    return ceil(exact), exact.denominator == 1


@lru_cache(maxsize=4096)
def minutes(text: str) -> Fraction | None:
    """PT7H30M0S → 450; None when it is no duration."""
    found = _SPAN.fullmatch(text)
    if not found:
        return None
    part = {unit: Fraction(value or 0) for unit, value in found.groupdict().items()}
    return part["days"] * 1440 + part["hours"] * 60 + part["minutes"] + part["seconds"] / 60


def number(text: str) -> Decimal | None:
    """A plain decimal number, None for anything else."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) < LARGEST else None
