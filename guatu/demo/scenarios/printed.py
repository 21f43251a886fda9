"""Each printed figure of a scenario beside what the product's own functions give: the golden table, CLI and page."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from functools import singledispatchmethod
from typing import Any, Literal, TypeAlias
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.core.ui.numbers import count, with_sign
from guatu.demo.scenarios import SCENARIO_OF_LIST, SCENARIOS, model
from guatu.demo.scenarios.model import Measure, Printed, Scenario
from guatu.domain import watch
from guatu.domain.checker import find_figures
from guatu.domain.indicators import INDICATORS, Lead, Rate, Row, Value
from guatu.domain.indicators.registry import exact_share
from guatu.domain.money import format_number
from guatu.domain.progress import year_passed
from guatu.domain.trajectory import FLOWS, MONEY, hold_against
from guatu.figures.policies import can_cut_by
from guatu.figures.queries import Asked, ask, figures, outside_series, planned_trajectory, year_on_year
from guatu.library.models import AnnualList
from guatu.people import policies as people
from guatu.reporting.policies import visible_watches
from guatu.reporting.queries.watches import standing

Verdict: TypeAlias = Literal["agrees", "differs", "waits"]
Found: TypeAlias = tuple[Fraction | None, str]
"""A figure of ours, exact and in its base unit (yuan, per cent, count), and the address that opens it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One printed figure. `ours` and `difference` (printed − ours) are written as the article writes its own."""

    words: str
    printed: str
    ours: str
    verdict: Verdict
    difference: str
    why: str
    url: str

    def said(self) -> str:
        """The verdict in words, with the difference and its reason."""
        if self.verdict == "waits":
            return _("待“{part}”上线").format(part=self.why)
        if self.verdict == "agrees":
            return _("一致")
        return _("相差 {difference}：{why}").format(difference=self.difference, why=self.why)


@dataclass(frozen=True, slots=True)
class OwnSum:
    """A sum that the article's figures should make: what they make, what it prints, printed − made."""

    words: str
    made: int
    printed: int
    difference: int

    def shown(self) -> str:
        """The difference with its sign; a sum that closes as 0."""
        return with_sign(count(self.difference))


@dataclass(frozen=True, slots=True)
class Held:
    """A whole scenario held against its installation."""

    scenario: Scenario
    lines: list[Line]
    sums: list[OwnSum]

    def counts(self) -> dict[str, int]:
        """How many figures agree, differ and wait."""
        return {name: sum(line.verdict == name for line in self.lines) for name in ("agrees", "differs", "waits")}

    def as_json(self) -> dict[str, Any]:
        """The stable face of the comparison."""
        scenario = self.scenario
        return {
            "scenario": scenario.code,
            "paper": scenario.paper,
            "printed_on": scenario.printed_on,
            "as_of": scenario.as_of,
            "counts": self.counts(),
            "figures": [asdict(line) for line in self.lines],
            "sums": [asdict(row) for row in self.sums],
            "notes": list(scenario.notes),
        }


def hold(actor: Actor, scenario: Scenario, lists: Sequence[AnnualList]) -> Held:
    """Every printed figure of a scenario beside ours; `lists` are those of the scenario that the actor sees."""
    judge = _Judge(actor, scenario, lists)
    sums = [OwnSum(row.words, sum(row.terms), row.printed, row.printed - sum(row.terms)) for row in scenario.closings]
    return Held(scenario, [judge.line(row) for row in scenario.figures if judge.may(row)], sums)


def lists_of(scenario: Scenario) -> list[AnnualList]:
    """The lists of the scenario in this installation; refuses a scenario that isn't there."""
    found = list(AnnualList.objects.filter(name__in=[row.name for row in scenario.lists]).select_related("region"))
    if len(found) != len(scenario.lists):
        raise Refusal("demo.not_loaded", name=scenario.code)
    return found


def visible(actor: Actor) -> dict[str, list[AnnualList]]:
    """Scenario → its lists, of those in this installation whose whole lists the actor sees, in the scenarios' order."""
    reach = people.within(actor, "figures.view", unit_field="")
    rows = AnnualList.objects.filter(reach, name__in=list(SCENARIO_OF_LIST)).select_related("region")
    found: dict[str, list[AnnualList]] = {}
    for row in rows:
        found.setdefault(SCENARIO_OF_LIST[row.name], []).append(row)
    return {code: found[code] for code in SCENARIOS if len(found.get(code, ())) == len(SCENARIOS[code].lists)}


class _Judge:
    """Finds our figure of each measure and compares it in the printed unit and places."""

    def __init__(self, actor: Actor, scenario: Scenario, lists: Sequence[AnnualList]) -> None:
        self.actor = actor
        self.scenario = scenario
        self.lists = [row for row in lists if row.year == scenario.year]

    def may(self, row: Printed) -> bool:
        """Cuts by leader are not everybody's."""
        return not isinstance(row.by, model.Groups) or can_cut_by(self.actor, row.by.dimension).allowed

    def line(self, row: Printed) -> Line:
        """One printed figure beside ours."""
        if isinstance(row.by, model.Waits):
            return Line(row.words, row.printed, "", "waits", "", row.by.part, "")
        value, url = self.found(row.by, self._asked(row))
        if value is None:
            return Line(row.words, row.printed, "—", "differs", row.printed, row.why or _("没有数"), url)
        [token] = find_figures(row.printed)
        ours, printed = token.as_printed(value), token.number * token.sign
        ours = -ours if value < 0 else ours
        if ours == printed:
            return Line(row.words, row.printed, _written(row.printed, ours), "agrees", "", row.why, url)
        apart = printed - ours
        difference = f"{'+' if apart > 0 else '−'}{_written(row.printed, abs(apart))}"
        return Line(row.words, row.printed, _written(row.printed, ours), "differs", difference, row.why, url)

    def _asked(self, row: Printed) -> Asked:
        levels = row.levels or self.scenario.levels
        return ask(self.actor, [listed for listed in self.lists if listed.level in levels], self.scenario.as_of)

    @singledispatchmethod
    def found(self, by: Measure, asked: Asked) -> Found:
        """Our figure and where it opens."""
        raise TypeError(f"no way to measure {type(by).__name__}")

    @found.register
    def _figure(self, by: model.Figure, asked: Asked) -> Found:
        asked = replace(asked, as_of=by.on or asked.as_of, planned=by.planned)
        rows = figures(self.actor, asked, tuple(by.group)).rows
        row = next((row for row in rows if row.named_group() == dict(by.group)), None)
        return None if row is None else _exact(by.code, row, asked), _rows_url(asked, by.code, by.group)

    @found.register
    def _groups(self, by: model.Groups, asked: Asked) -> Found:
        rows = figures(self.actor, asked, (by.dimension,)).rows
        url = f"{reverse('dispatch:cut')}?{_query(asked)}&{urlencode({'by': by.dimension})}"
        return Fraction(sum(row.group[0] is not None for row in rows)), url

    @found.register
    def _change(self, by: model.Change, asked: Asked) -> Found:
        changes = year_on_year(self.actor, asked)
        change = changes[by.code].difference if changes else None
        return None if change is None else Fraction(change), _rows_url(asked, by.code)

    @found.register
    def _at_point(self, by: model.AtPoint, asked: Asked) -> Found:
        rows = planned_trajectory(asked)
        point = next(row.point for row in rows if row.point.name == by.point)
        [gap] = hold_against(rows, {by.point: {by.code: 0}})
        code = FLOWS.get(by.code, by.code)
        if code == MONEY:  # of targets: the sheet shows each project's, and the list's named dates
            url = reverse("figures:target_sheet", args=[asked.lists[0].public_id])
        else:
            url = _rows_url(replace(asked, as_of=point.on, planned=True), code)
        return None if gap.planned is None else Fraction(gap.planned), url

    @found.register
    def _from_outside(self, by: model.FromOutside, asked: Asked) -> Found:
        rows = outside_series(asked.lists[0].region)
        value = next((row.value for row in rows if (row.indicator, row.period) == (by.indicator, by.period)), None)
        return None if value is None else Fraction(value), f"{reverse('dispatch:outside')}?{_query(asked)}"

    @found.register
    def _watched(self, by: model.Watched, asked: Asked) -> Found:
        name = self.scenario.watch.name if self.scenario.watch is not None else ""
        row = visible_watches(self.actor).filter(region=asked.lists[0].region, name=name).first()
        if row is None:
            return None, ""
        stands = standing(self.actor, row, asked.as_of)
        made = watch.table(stands.fields, stands.members, stands.said, row.starts_on, asked.as_of)
        value = made.values[by.field]
        url = f"{reverse('reporting:watch', args=[row.public_id])}?{urlencode({'day': asked.as_of.isoformat()})}"
        return None if value is None else Fraction(value), url


def _exact(code: str, row: Row, asked: Asked) -> Fraction | None:
    """A figure before any rounding: a rate is taken from its two figures, so that it is rounded once only."""
    indicator = INDICATORS[code]
    value: Value = row.values[code]
    if isinstance(indicator, Rate | Lead):
        above, below = row.values[indicator.numerator], row.values[indicator.denominator]
        share = exact_share(indicator, above, below, year_passed(asked.as_of, asked.rules().time_basis, asked.year))
        return None if share is None else Fraction(100 * share[0], share[1])
    return None if value is None else Fraction(value)


def _written(printed: str, number: Any) -> str:
    """A number in the place of the printed one: "第2位", "93.57%"."""
    text = format_number(number).replace(",", "")
    return re.sub(r"\d[\d,.]*", text, printed, count=1)


def _query(asked: Asked) -> str:
    pairs = {"lists": ",".join(str(row.public_id) for row in asked.lists), "as_of": asked.as_of.isoformat()}
    return urlencode(pairs | ({"planned": "1"} if asked.planned else {}))


def _rows_url(asked: Asked, code: str, group: Mapping[str, Any] | None = None) -> str:
    named = {"indicator": code} | {f"g.{name}": value for name, value in (group or {}).items()}
    return f"{reverse('dispatch:rows')}?{_query(asked)}&{urlencode(named)}"


def as_table(held: Held) -> str:
    """The comparison as text for people and for the golden file: one figure a line, then the article's own sums."""
    scenario = held.scenario
    lines = [f"{scenario.title}  {scenario.paper} {scenario.printed_on.isoformat()}"]
    lines.append(_("报道数字 | 原文 | 本系统 | 对照"))
    lines += [f"{line.words} | {line.printed} | {line.ours or '—'} | {line.said()}" for line in held.lines]
    if held.sums:
        lines += ["", _("文中数字互核 | 应为 | 原文 | 相差")]
        lines += [f"{row.words} | {row.made} | {row.printed} | {row.shown()}" for row in held.sums]
    lines += ["", *(_("说明：{text}").format(text=text) for text in scenario.notes)]
    counts = held.counts()
    total = _("一致 {agrees}，不一致 {differs}，待后续功能 {waits}").format(**counts)
    return "\n".join([*lines, total])
