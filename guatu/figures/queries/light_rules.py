"""The rules of lights of regions: read from their rows, in force on a day, and told in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.editions import RuleState, standing_words
from guatu.core.prepared import prepared
from guatu.core.refusals import Refusal
from guatu.domain.errors import DomainError
from guatu.domain.lights import FACTS, RuleSet, Test, layered, limit_printed, read_rules
from guatu.figures.choices import CHAIN_LEVELS, COLOURS, LIGHT_FACTS, OPERATORS
from guatu.figures.models import LightRuleSet
from guatu.figures.policies import visible_light_rules
from guatu.library.choices import EntryKind, Stage
from guatu.people.models import Region

KEPT: Final = ("rhythm", "rules", "unmet", "scope", "source")
"""What a row keeps as JSON; code, name, edition and days of validity are columns."""


def rule_set(row: LightRuleSet) -> RuleSet:
    """The rules of a row."""
    return _read(row, row.name, row.rules)


def _read(row: LightRuleSet, name: str, kept: object) -> RuleSet:
    """A draft, which has no days yet, is read as valid from today. Raises DomainError lights.…"""
    if not isinstance(kept, Mapping):
        return read_rules(kept)
    for field in kept:
        if field not in KEPT:
            raise DomainError("lights.field_unknown", rule="*", field=field, known=", ".join(KEPT))
    return read_rules(
        {
            **kept,
            "code": row.code,
            "name": name,
            "version": row.edition,
            "valid_from": (row.valid_from or clock.today()).isoformat(),
            "valid_to": row.valid_to.isoformat() if row.valid_to else None,
        }
    )


def checked(row: LightRuleSet, name: str, kept: object) -> RuleSet:
    """What a change would make of a row, refused in the reader's words by rule and field."""
    try:
        return _read(row, name, kept)
    except DomainError as error:
        raise Refusal(error.code, **error.params) from None


def rows_in_force(known: date | None = None) -> list[LightRuleSet]:
    """Every edition put in force, with its region; as known on a day."""
    if known is None:
        return _in_force(state=RuleState.IN_FORCE)
    rows = LightRuleSet.objects.filter(state=RuleState.IN_FORCE, approved_at__lt=clock.end_of(known))
    return list(rows.select_related("region").order_by("pk"))


@prepared
def _in_force(state: str) -> QuerySet[LightRuleSet]:
    return LightRuleSet.objects.filter(state=state).select_related("region").order_by("pk")


def over(rows: Iterable[LightRuleSet], region: Region) -> list[LightRuleSet]:
    """Of rows, those of a region and of the regions above it, the nearest first."""
    found = [row for row in rows if region.path.startswith(row.region.path)]
    return sorted(found, key=lambda row: -len(row.region.path))


def rules_over(rows: Iterable[LightRuleSet], region: Region) -> tuple[RuleSet, ...]:
    """The rules that a region goes by day for day: its own while they hold, before and after them those of the nearest
    region above it that has any then."""
    layers = [
        [rule_set(row) for row in layer]
        for _path, layer in groupby(over(rows, region), key=lambda row: row.region.path)
    ]
    return layered(layers)


def edition_over(rows: Iterable[LightRuleSet], region: Region, day: date) -> LightRuleSet | None:
    """The edition that a region goes by on a day; None where none holds."""
    holding = [row for row in over(rows, region) if row.valid_from and row.valid_from <= day <= (row.valid_to or day)]
    return max(holding, key=lambda row: (len(row.region.path), row.edition, row.valid_from), default=None)


# -- in words ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class RuleWords:
    """One rule as a page tells it: the colour's name and word, the condition, the sentence, what is done then."""

    code: str
    colour: str
    word: str
    condition: str
    say: str
    follow_up: str = ""


def _value(test: Test) -> str:
    words: Mapping[str, Any] = {"stage": dict(Stage.choices), "kind": dict(EntryKind.choices)}.get(
        test.fact, CHAIN_LEVELS
    )
    if isinstance(test.limit, tuple):
        return "、".join(str(words.get(one, one)) for one in test.limit)
    if isinstance(test.limit, str):
        return str(words.get(test.limit, test.limit))
    return limit_printed(FACTS[test.fact].kind, test.limit)


def test_words(test: Test) -> str:
    """A test as a person says it: 比序时进度（百分点）小于−30；已竣工；未停缓建."""
    name = str(LIGHT_FACTS[test.fact])
    if FACTS[test.fact].kind == "flag":
        return name if test.limit else str(_("未{what}")).format(what=name)
    operator = str(OPERATORS[test.op]).strip()
    return str(_("{what}{operator}{value}")).format(what=name, operator=operator, value=_value(test))


def _condition(tests: tuple[Test, ...]) -> str:
    return str(_("，且")).join(test_words(test) for test in tests)


def in_words(rules: RuleSet) -> list[RuleWords]:
    """Every rule of a set in its order, the scope before, and what it means that no rule is met after."""
    found = []
    if rules.scope is not None:
        condition = str(_("只评：{what}")).format(what=_condition(rules.scope.when))
        found.append(RuleWords("scope", "", str(_("不亮灯")), condition, rules.scope.say))
    found += [
        RuleWords(rule.code, rule.colour, str(COLOURS[rule.colour]), _condition(rule.when), rule.say, rule.follow_up)
        for rule in rules.rules
    ]
    unmet = rules.unmet
    found.append(RuleWords("unmet", unmet.colour, str(COLOURS[unmet.colour]), str(_("以上都不符合")), unmet.say))
    missing = "、".join(str(LIGHT_FACTS[fact]) for fact in unmet.essential)
    condition = str(_("以上都不符合，且不知道：{what}")).format(what=missing)
    return [*found, RuleWords("unknown", "", str(_("不亮灯")), condition, unmet.say_unknown)]


@dataclass(frozen=True, slots=True)
class RulesRow:
    """A rule set in a list: the row, and whether it is the one that holds today, is to come, or has ended."""

    row: LightRuleSet
    standing: str


def rules_listed(actor: Actor, day: date) -> list[RulesRow]:
    """The rules that the post may see: by region, the latest first."""
    rows = visible_light_rules(actor).select_related("region").order_by("region__path", "-valid_from", "-pk")
    return [RulesRow(row, standing_words(row, day)) for row in rows]


def editions_of(actor: Actor, row: LightRuleSet) -> QuerySet[LightRuleSet]:
    """The history: every edition of the same rules that the post may see, the latest first."""
    same = visible_light_rules(actor).filter(region=row.region, code=row.code)
    return same.select_related("region").order_by("-edition")
