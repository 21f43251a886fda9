"""How dated facts of projects enter: booked in an open period, and left out where they say what holds already."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final, TypeVar

from django.db import connection

from guatu.core.dated import DatedFact
from guatu.core.writing import Recorded, current
from guatu.library.actions.held import refresh_held
from guatu.library.models import Assignment, ListEntry, ProjectProfile
from guatu.library.queries.closing import closed_until, first_open, locked_days

Fact = TypeVar("Fact", bound=DatedFact)
PART = 800
CLOSING: Final = 4_120_719
"""The number of PostgreSQL's advisory lock that a closing holds alone and whoever books holds together with others."""


def keep_open() -> None:
    """Within an act that books: until it ends nobody closes a period, so that what it books is in the closing's figures
    or booked after it. SQLite writes one act after the other.
    """
    _lock("pg_advisory_xact_lock_shared")


def keep_still() -> None:
    """Within a closing: whoever books ends first, and nobody begins until the closing ends."""
    _lock("pg_advisory_xact_lock")


def _lock(function: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [CLOSING])


def book(facts: Sequence[Fact]) -> None:
    """Set `booked_on`: a fact of a locked day is booked on the first open one (2-model.md, Time).

    A list's entry is locked by its own list, every other fact by any list that holds its project.
    """
    if not facts:
        return
    keep_open()
    earliest = min(fact.effective_on for fact in facts)
    if isinstance(facts[0], ListEntry):
        lists = {fact.annual_list_id: fact.annual_list for fact in facts if isinstance(fact, ListEntry)}
        locked = {key: closed_until(annual_list) for key, annual_list in lists.items()}
        for fact in facts:
            fact.booked_on = first_open(fact.effective_on, locked[fact.annual_list_id])  # type: ignore[attr-defined]  # an entry, see above
        return
    days = locked_days({_project(fact) for fact in facts}, earliest)
    for fact in facts:
        fact.booked_on = first_open(fact.effective_on, days.get(_project(fact)))


def _project(fact: DatedFact) -> int:
    return int(fact.project_id)  # type: ignore[attr-defined]  # every fact of this and the higher packages is a project's


def record_dated(facts: Sequence[Fact]) -> Recorded:
    """Record facts that hold from their date on; one that says what already holds then is left out."""
    if not facts:
        return Recorded()
    book(facts)
    held = _holding(current().with_past(facts))
    news = [fact for fact in facts if held.get((fact.key(), fact.effective_on)) != fact.tells()] if held else facts
    done = current().record_many(news)
    if isinstance(facts[0], ProjectProfile | Assignment) and news:
        refresh_held(list({_project(fact): fact.project for fact in news}.values()))  # type: ignore[attr-defined]  # as `_project`
    return Recorded(done.added, done.superseded, done.unchanged + len(facts) - len(news))


def _rows_of(fact: DatedFact) -> Any:
    """The facts' own model, which has a project; DatedFact itself does not say so."""
    return type(fact).objects


def _holding(facts: Sequence[Fact]) -> dict[tuple[tuple[Any, ...], date], tuple[Any, ...]]:
    """What each key tells at a fact's date, restated, by key and date."""
    by_day: dict[date, set[int]] = {}
    for fact in facts:
        by_day.setdefault(fact.effective_on, set()).add(_project(fact))
    found: dict[tuple[tuple[Any, ...], date], tuple[Any, ...]] = {}
    for day, ids in by_day.items():
        listed = sorted(ids)
        for start in range(0, len(listed), PART):
            rows = _rows_of(facts[0]).filter(project_id__in=listed[start : start + PART]).as_of(day, restated=True)
            keys = len(facts[0].KEY)
            for row in rows.values_list(*facts[0].KEY, *facts[0].value_columns()):
                found[(row[:keys], day)] = row[keys:]
    return found


def replace_event(facts: Sequence[Fact]) -> Recorded:
    """Record facts whose date is what they say (a step to a stage): the former date of the same key is withdrawn.

    A former row of a locked period stays, for the figures as booked; the correction is booked on the first open day
    and is right from then on.
    """
    if not facts:
        return Recorded()
    keep_open()
    days = locked_days({_project(fact) for fact in facts}, date.min)
    news = {fact.key(): fact for fact in facts}
    former: list[Fact] = []
    for fact in news.values():
        fact.booked_on = first_open(fact.effective_on, days.get(_project(fact)))
    for row in _standing_events(facts):
        new, locked = news.get(row.key()), days.get(_project(row))
        if new is None or row.effective_on == new.effective_on:
            continue
        if locked is None or row.booked_on > locked:
            former.append(row)
        else:
            new.booked_on = locked + timedelta(days=1)
    current().withdraw(former)
    return current().record_many(list(news.values()))


def _standing_events(facts: Sequence[Fact]) -> Iterator[Fact]:
    ids = sorted({_project(fact) for fact in facts})
    for start in range(0, len(ids), PART):
        rows = _rows_of(facts[0]).filter(project_id__in=ids[start : start + PART], superseded_at__isnull=True)
        yield from rows.select_related("project")
