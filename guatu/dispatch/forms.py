"""What the address of a dispatch page asks for: which lists, at which date, as known when, by which basis."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.domain.dates import parse_date
from guatu.domain.errors import DomainError
from guatu.figures.queries import ask
from guatu.figures.sql import Asked
from guatu.library.models import AnnualList
from guatu.library.policies import visible_lists
from guatu.reporting.choices import Basis, Truth


@dataclass(frozen=True, slots=True)
class Choice:
    """A checked question with the address that asks it again."""

    asked: Asked
    available: tuple[AnnualList, ...]
    explicit_day: bool

    @property
    def lists(self) -> tuple[AnnualList, ...]:
        """The lists asked for, highest level first."""
        return self.asked.lists

    def pairs(self, **changes: str | None) -> list[tuple[str, str]]:
        """The address's parameters, changed; None takes one out. The ruler and the menus keep them."""
        values: dict[str, str | None] = {
            "lists": ",".join(str(row.public_id) for row in self.lists),
            "as_of": self.asked.as_of.isoformat() if self.explicit_day else None,
            "known_on": self.asked.known.isoformat() if self.asked.known else None,
            "basis": self.asked.basis if self.asked.basis != Basis.DISPATCH else None,
            "truth": self.asked.truth if self.asked.truth != Truth.CONFIRMED else None,
            "restated": "1" if self.asked.restated else None,
            **changes,
        }
        return [(name, value) for name, value in values.items() if value]

    def query(self, **changes: str | None) -> str:
        """The same question as an address's query."""
        return urlencode(self.pairs(**changes))


def read_choice(actor: Actor, query: Mapping[str, str]) -> Choice | None:
    """The question of an address; None where the actor sees no list at all. A wrong value is refused by name."""
    available = tuple(visible_lists(actor, "figures.view").select_related("region").order_by("-year", "region__path"))
    if not available:
        return None
    lists = _lists(query.get("lists", ""), available)
    today = clock.today()
    as_of = _day(query, "as_of") or _default_day(lists[0].year, today)
    asked = ask(
        actor,
        lists,
        as_of,
        known=_day(query, "known_on"),
        basis=_one_of(query, "basis", Basis.values, Basis.DISPATCH),
        truth=_one_of(query, "truth", Truth.values, Truth.CONFIRMED),
        restated=query.get("restated") == "1",
    )
    return Choice(asked, available, bool(query.get("as_of")))


def _lists(text: str, available: Sequence[AnnualList]) -> list[AnnualList]:
    """The lists named; without a name those of the district's own level in the latest year that has begun."""
    if not text:
        begun = [row for row in available if row.year <= clock.today().year] or list(available)
        order = {"district": 0, "city": 1, "province": 2}
        return [min(begun, key=lambda row: (-row.year, order[row.level], row.pk))]
    wanted = {_uuid(part) for part in text.split(",")}
    found = [row for row in available if row.public_id in wanted]
    if len(found) != len(wanted) or len({row.year for row in found}) != 1:
        raise Refusal("core.not_found")
    return found


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refusal("core.not_found") from None


def _default_day(year: int, today: date) -> date:
    """Today within the list's year; a past year at its end."""
    return min(today, date(year, 12, 31)) if today.year >= year else date(year, 1, 1)


def _day(query: Mapping[str, str], name: str) -> date | None:
    text = query.get(name, "").strip()
    if not text:
        return None
    try:
        return parse_date(text, today=clock.today()).end
    except DomainError:
        raise Refusal("dispatch.bad_date", value=text[:40]) from None


def _one_of(query: Mapping[str, str], name: str, known: Sequence[Any], default: str) -> str:
    value = query.get(name, default)
    if value not in known:
        raise Refusal("dispatch.bad_choice", name=name, value=value[:40])
    return value
