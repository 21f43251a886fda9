"""The question that figures answer, and the pieces of hand-written queries that answer it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from guatu.core.dated import booked_sql, standing_sql
from guatu.domain.indicators import ListRules
from guatu.library.choices import Level
from guatu.library.models import AnnualList
from guatu.reporting.choices import TRUTH_ORDER, Basis, Truth
from guatu.reporting.queries import truths_from

_LEVELS = {level: place for place, level in enumerate(Level.values)}


def in_order(lists: Iterable[AnnualList]) -> tuple[AnnualList, ...]:
    """Lists by level, the highest first."""
    return tuple(sorted(lists, key=lambda row: (_LEVELS[row.level], row.pk)))


@dataclass(frozen=True, slots=True)
class Asked:
    """Which lists, at which date, as known when, by which basis and truth. One question has one answer everywhere.

    `within` limits the projects to those that the asker may see; None: all of the lists.
    """

    lists: tuple[AnnualList, ...]
    as_of: date
    known: date | None = None
    basis: str = Basis.DISPATCH
    truth: str = Truth.CONFIRMED
    restated: bool = False
    planned: bool = False
    within: QuerySet[Any] | None = field(default=None, compare=False)

    @property
    def year(self) -> int:
        """The year of the lists."""
        return self.lists[0].year if self.lists else self.as_of.year

    def on(self, day: date) -> "Asked":
        """The same question at another date."""
        return replace(self, as_of=day)

    def rules(self) -> ListRules:
        """How the figures are counted: the settings of the highest list asked for."""
        if not self.lists:
            return ListRules()
        first = self.lists[0]
        return ListRules(
            start_rate_base="all" if first.start_base == "all" else "new_starts",
            time_basis="days" if first.time_basis == "days" else "months",
            kinds_exclusive=first.kinds_exclusive,
            places=first.decimals,
            counts_preliminary_cost=first.counts_preliminary_cost,
            year=first.year,
        )


Row = tuple[Any, ...]
LATEST = "ORDER BY {0}.effective_on DESC, {0}.booked_on DESC, {0}.id DESC LIMIT 1"
RANKED = "ORDER BY {0}.effective_on DESC, {0}.booked_on DESC, {1} DESC, {0}.id DESC LIMIT 1"


class Sql:
    """Pieces of a hand-written query with their parameters, in the order in which they stand in the text."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.params: list[Any] = []

    def standing(self, alias: str) -> str:
        """The condition of a dated fact, for the question's date and known-on date."""
        asked = self.asked
        text, params = standing_sql(alias, asked.as_of, asked.known, restated=asked.restated)
        self.params += params
        return text

    def booked(self, alias: str) -> str:
        """The same for facts whose date is what they say (steps to a stage)."""
        asked = self.asked
        text, params = booked_sql(alias, asked.as_of, asked.known, restated=asked.restated)
        self.params += params
        return text

    def value(self, value: Any) -> str:
        """One parameter."""
        self.params.append(value)
        return "%s"

    def values(self, values: Sequence[Any]) -> str:
        """A list of parameters."""
        self.params += values
        return ", ".join(["%s"] * len(values))

    def among(self, column: str, projects: Collection[int] | None) -> str:
        """Some projects, or all of them."""
        return "1 = 1" if projects is None else f"{column} IN ({self.values(list(projects)) or 'NULL'})"

    def within(self, column: str) -> str:
        """The projects that the asker may see."""
        if self.asked.within is None:
            return "1 = 1"
        text, params = self.asked.within.order_by().values("pk").query.sql_with_params()
        self.params += params
        return f"{column} IN ({text})"

    def rows(self, text: str) -> Sequence[Row]:
        """Run the query."""
        with connection.cursor() as cursor:
            cursor.execute(text, self.params)
            found: Sequence[Row] = cursor.fetchall()
        return found


def truths(asked: Asked) -> Sequence[str]:
    """The steps of truth that count: the one asked for and the ones beyond it."""
    return truths_from(asked.truth)


def rank_of(asked: Asked, alias: str) -> str:
    """Of one day's readings that were booked together the better truth comes last, as SQL; empty where only confirmed
    ones are read. A locked day's correction is booked later than what it corrects and so comes after it.
    """
    if asked.truth == Truth.CONFIRMED:
        return ""
    steps = " ".join(f"WHEN '{step}' THEN {place}" for place, step in enumerate(TRUTH_ORDER))
    return f"CASE {alias}.truth {steps} END"


def latest_reading(asked: Asked, alias: str) -> str:
    """The last reading of each: of one day the one booked last, of those booked together the better truth."""
    rank = rank_of(asked, alias)
    return RANKED.format(alias, rank) if rank else LATEST.format(alias)


def in_days(asked: Asked, alias: str) -> str:
    """Readings in the order of their days, that which holds of a day last."""
    rank = rank_of(asked, alias)
    return ", ".join(filter(None, (f"{alias}.effective_on", f"{alias}.booked_on", rank, f"{alias}.id")))


def plain(column: str) -> str:
    """A date column as the database keeps it: SQLite's driver would make a date of each cell by itself, slowly."""
    return f"COALESCE({column}, NULL)"


_from_text = lru_cache(maxsize=8192)(date.fromisoformat)  # the same few thousand days, over and over


def as_day(value: Any) -> Any:
    """A date column of a hand-written query: SQLite hands it out as text."""
    return _from_text(value) if isinstance(value, str) else value
