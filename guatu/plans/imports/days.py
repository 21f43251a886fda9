"""Exceptions of a calendar, day by day: what was said of a day first is kept, runs of days become spans again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from guatu.plans.plan_file import FileException


class FirstWins:
    """Days with what is said of them. A calendar's own exceptions are put before those that it inherits."""

    def __init__(self) -> None:
        self._said: dict[date, tuple[int, bool, str]] = {}
        self._number = 0

    def put(self, days: Iterable[date], works: bool, name: str) -> None:
        """One exception, which never takes a day from those before it."""
        self._number += 1
        said = (self._number, works, name)
        for day in days:
            self._said.setdefault(day, said)

    def exceptions(self) -> tuple[FileException, ...]:
        """In order of time, neighbours of the same exception joined."""
        spans: list[list[date]] = []
        last: tuple[int, bool, str] | None = None
        found: list[tuple[int, bool, str]] = []
        for day in sorted(self._said):
            said = self._said[day]
            if said == last and spans[-1][1] + timedelta(1) == day:
                spans[-1][1] = day
            else:
                spans.append([day, day])
                found.append(said)
            last = said
        return tuple(
            FileException(start, end, works, name) for (start, end), (_, works, name) in zip(spans, found, strict=True)
        )
