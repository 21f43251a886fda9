"""What the address of a dispatch page asks for: which lists, at which date, as known when, by which basis."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from guatu.core import clock, rights
from guatu.core.actor import Actor
from guatu.core.form_words import Form
from guatu.core.inputs import DayField
from guatu.core.refusals import Refusal, Sentence
from guatu.core.truth import Truth, read_truth
from guatu.core.typed import day_typed
from guatu.domain.errors import DomainError
from guatu.figures.choices import OUTSIDE_INDICATORS, OUTSIDE_UNITS
from guatu.figures.queries import Asked, ask
from guatu.library.models import AnnualList
from guatu.library.policies import projects_within, visible_lists
from guatu.library.queries.lists import in_office_order, main_list
from guatu.reporting.choices import Basis


@dataclass(frozen=True, slots=True)
class Choice:
    """A checked question with the address that asks it again."""

    asked: Asked
    available: tuple[AnnualList, ...]
    explicit_day: bool
    mine: bool = False
    """Only the projects that the actor answers for, of those that the post may see."""

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
            "planned": "1" if self.asked.planned else None,
            "mine": "1" if self.mine else None,
            **changes,
        }
        return [(name, value) for name, value in values.items() if value]

    def query(self, **changes: str | None) -> str:
        """The same question as an address's query."""
        return urlencode(self.pairs(**changes))


def read_choice(actor: Actor, query: Mapping[str, str]) -> Choice | None:
    """The question of an address; None where the actor sees no list at all. A wrong value is refused by name."""
    available = tuple(in_office_order(visible_lists(actor, "figures.view").select_related("region")))
    main = main_list(available, clock.today())
    if main is None:
        return None
    lists = _lists(query["lists"], available) if query.get("lists") else [main]
    today = clock.today()
    as_of = _day(query, "as_of", lists[0].year) or _default_day(lists[0].year, today)
    asked = ask(
        actor,
        lists,
        as_of,
        known=_day(query, "known_on"),
        basis=_one_of(query, "basis", _("口径"), Basis.values, Basis.DISPATCH),
        truth=read_truth(actor, query),
        restated=query.get("restated") == "1",
        planned=query.get("planned") == "1",
    )
    mine = query.get("mine") == "1" and "installation" not in rights.scopes_of(actor, "library.view_mine")
    if mine:
        own = projects_within(actor, "library.view_mine")
        asked = replace(asked, within=own if asked.within is None else own.filter(pk__in=asked.within.values("pk")))
    return Choice(asked, available, bool(query.get("as_of")), mine)


def _lists(text: str, available: Sequence[AnnualList]) -> list[AnnualList]:
    """The lists named, of one year."""
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


def _day(query: Mapping[str, str], name: str, year: int | None = None) -> date | None:
    """A day as offices write it; one without a year is of `year`, else of this one."""
    text = query.get(name, "").strip()
    if not text:
        return None
    try:
        return day_typed(text, year).day
    except DomainError:
        raise Refusal("dispatch.bad_date", value=text[:40]) from None


def _one_of(query: Mapping[str, str], name: str, words: Sentence, known: Sequence[Any], default: str) -> str:
    value = query.get(name, default)
    if value not in known:
        raise Refusal("dispatch.bad_choice", name=str(words), value=value[:40])
    return value


class SnapshotForm(Form):
    """A name and a date for a snapshot that papers of a meeting draw on."""

    name = forms.CharField(label=_("快照名称"), max_length=120, help_text=_("例如：常委会 3月26日 22:00"))
    as_of = DayField(label=_("截至日期"))


class OutsideForm(Form):
    """A figure that somebody else published."""

    indicator = forms.ChoiceField(label=_("指标"), choices=OUTSIDE_INDICATORS)
    period = forms.RegexField(
        r"^\d{4}-(0[1-9]|1[0-2])(\.\.(0[1-9]|1[0-2]))?$",
        label=_("时期"),
        help_text=_("2026-03；1—2月合并写 2026-01..02"),
        error_messages={"invalid": _("时期写成 2026-03，或 2026-01..02。")},
    )
    value = forms.DecimalField(label=_("数值"), max_digits=12, decimal_places=2)
    source = forms.CharField(label=_("来源"), max_length=160, help_text=_("谁、哪一天公布"))
    on = DayField(label=_("公布日期"))

    def recorded(self) -> dict[str, Any]:
        """What is recorded: the value as text, in the indicator's unit."""
        values = dict(self.cleaned_data)
        return {**values, "value": str(values["value"]), "unit": OUTSIDE_UNITS[values["indicator"]]}
