"""The facts of a progress bulletin: the lists' figures whole and cut, and the projects that lag with their reasons.

Leaders are never read: a bulletin names the responsible unit and the engineering reason (8-practice, Whose eyes).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from guatu.core.actor import Actor
from guatu.dispatch.queries import group_word
from guatu.domain.indicators import EntryFacts, ListRules, known_values, tally
from guatu.domain.indicators.registry import INDICATORS, Lead, Rate, Sum, Value
from guatu.domain.indicators.tally import Change
from guatu.domain.lagging import Lag, Reason, lagging
from guatu.domain.words import Figure
from guatu.domain.words.sentences import exact_per_cent
from guatu.figures.queries import Asked, facts, group_names, year_on_year
from guatu.library.choices import Secrecy
from guatu.library.models import CheckPoint, Project
from guatu.people.models import Region, Unit
from guatu.reporting.choices import Basis
from guatu.reporting.queries import readings_as_of

NOT_STATED = {"class": "未分类", "unit": "未明确责任单位", "level": "未注明级别"}
_LEVEL_WORDS = {"province": "省", "city": "市", "district": "区"}


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a cut: its name and its figures."""

    name: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Laggard:
    """A lagging project: responsible unit, reasons, the problem stated. A sensitive one is counted only."""

    lag: Lag
    name: str
    unit: str
    problem: str = ""
    sensitive: bool = False

    @property
    def key(self) -> str:
        """The group of its figures."""
        return f"project.{self.lag.entry.project_id}"

    def reason(self, code: str) -> Reason | None:
        """The reason of a code, if it is one of the project's."""
        return next((reason for reason in self.lag.reasons if reason.code == code), None)


@dataclass(frozen=True, slots=True)
class ProgressFacts:
    """All that a progress bulletin says. `levels` is empty unless several lists are united; `names` are the names of
    all projects; `seed` chooses among equal wordings."""

    region: str
    scope: str
    noun: str
    as_of: date
    basis: str
    rules: ListRules
    provisional: bool
    whole: Mapping[str, Value]
    levels: tuple[Group, ...]
    sectors: tuple[Group, ...]
    units: tuple[Group, ...]
    changes: Mapping[str, Change] | None
    lags: tuple[Laggard, ...]
    next_point: tuple[str, date] | None = None
    names: frozenset[str] = frozenset()
    seed: int = 0

    def figures(self) -> dict[str, Figure]:
        """Every figure of the lists by key, exact."""
        found = _figures("whole", self.whole, self)
        for cut, groups in (("level", self.levels), ("class", self.sectors), ("unit", self.units)):
            for group in groups:
                found |= _figures(f"{cut}.{group.name}", group.values, self)
        return found

    def rate(self, group: Group, code: str = "investment_rate") -> Fraction | None:
        """A group's rate or lead in per cent, exact."""
        return exact_per_cent(group.values, code, self.as_of, self.rules)


def _figures(prefix: str, values: Mapping[str, Value], of: ProgressFacts) -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    for code, indicator in INDICATORS.items():
        value = values.get(code)
        if value is None:
            continue
        if isinstance(indicator, Rate | Lead):
            exact = exact_per_cent(values, code, of.as_of, of.rules)
            if exact is not None:
                found[f"{prefix}.{code}"] = Figure("percent" if isinstance(indicator, Rate) else "points", exact)
        else:
            found[f"{prefix}.{code}"] = Figure("money" if isinstance(indicator, Sum) else "count", value)
    return found


# -- from the database ------------------------------------------------------------------------------------------------
def gather(actor: Actor, asked: Asked) -> ProgressFacts:
    """The facts of some lists at a date, as the actor may see them."""
    entries = facts(asked)
    first = asked.lists[0]
    rules = asked.rules()
    projects = Project.objects.filter(pk__in=[entry.project_id for entry in entries])
    points = CheckPoint.objects.filter(annual_list__in=[row.pk for row in asked.lists], on__gt=asked.as_of)
    point = points.order_by("on").first()
    return ProgressFacts(
        region=first.region.name,
        scope=scope_of(first.region),
        noun=noun_of([row.level for row in asked.lists], first.region),
        as_of=asked.as_of,
        basis=str(Basis(asked.basis).label),
        rules=rules,
        provisional=any(row.state == "provisional" for row in asked.lists),
        whole=known_values(tally(entries, asked.as_of, rules)[0]),
        levels=_groups(entries, asked, "level") if len(asked.lists) > 1 else (),
        sectors=_groups(entries, asked, "class"),
        units=_groups(entries, asked, "unit"),
        changes=year_on_year(actor, asked),
        lags=_laggards(entries, asked),
        next_point=(point.name, point.on) if point else None,
        names=frozenset(projects.values_list("name", flat=True)),
        seed=int(first.region.code) + asked.as_of.toordinal(),
    )


def _groups(entries: Sequence[EntryFacts], asked: Asked, cut: str) -> tuple[Group, ...]:
    rows = tally(entries, asked.as_of, asked.rules(), (cut,))
    names = group_names((cut,), rows)
    return tuple(Group(_group_name(cut, row.group[0], names), known_values(row)) for row in rows)


def _group_name(cut: str, value: object, names: Mapping[tuple[str, object], str]) -> str:
    return NOT_STATED[cut] if value is None else group_word(cut, value, dict(names))


def _laggards(entries: Sequence[EntryFacts], asked: Asked) -> tuple[Laggard, ...]:
    lags = lagging(entries, asked.as_of, asked.rules())
    ids = [lag.entry.project_id for lag in lags]
    projects = {row.pk: row for row in Project.objects.filter(pk__in=ids)}
    units = {row.pk: str(row) for row in Unit.objects.filter(pk__in={lag.entry.unit_id for lag in lags})}
    readings = readings_as_of(
        ids, asked.as_of, basis=asked.basis, truth=asked.truth, known=asked.known, restated=asked.restated
    )
    return tuple(
        Laggard(
            lag,
            projects[lag.entry.project_id].name,
            units.get(lag.entry.unit_id or 0, NOT_STATED["unit"]),
            readings[lag.entry.project_id].problem if lag.entry.project_id in readings else "",
            projects[lag.entry.project_id].secrecy == Secrecy.SENSITIVE,
        )
        for lag in lags
    )


def scope_of(region: Region) -> str:
    """全省, 全市, 全区, 全县: what a paper calls its whole."""
    ending = region.name[-1:]
    if ending in "省市区县镇乡":
        return f"全{ending}"
    return {"province": "全省", "city": "全市", "town": "全街道"}.get(region.level, "全区")


def noun_of(levels: Sequence[str], region: Region) -> str:
    """省重点项目, 省市重点项目; of the region's own list, or of all levels together, simply 重点项目."""
    words = dict(_LEVEL_WORDS)
    if region.level == "district" and region.name[-1:] in "县市":
        words["district"] = region.name[-1:]
    if len(levels) == len(words) or list(levels) == [region.level]:
        return "重点项目"
    return "".join(words[level] for level in words if level in levels) + "重点项目"
