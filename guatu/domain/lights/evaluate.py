"""The light of one project: its facts held against a rule set; the worst colour wins and says why."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from operator import eq, ge, gt, le, lt, ne
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from guatu.domain.errors import DomainError
from guatu.domain.lights.facts import FACTS, Facts, Value, printed
from guatu.domain.lights.parse import PLACEHOLDER, placeholders
from guatu.domain.lights.rules import Colour, LightRule, Operator, RuleSet, Test

State: TypeAlias = Literal["lit", "unmet", "unknown", "outside"]
_COMPARE: Final[dict[Operator, Callable[[Any, Any], bool]]] = {
    "at_least": ge,
    "at_most": le,
    "more_than": gt,
    "less_than": lt,
    "is": eq,
    "is_not": ne,
    "one_of": lambda value, limit: value in limit,
}
_RANK: Final[dict[Colour, int]] = {"blue": 0, "red": 1, "yellow": 2, "green": 3}
"""Which reason comes first: blue ends the judgement, then the worst."""
_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")


class Lit(NamedTuple):
    """A reason for a light: the rule that is met, its colour and sentence code with the facts that it names.

    ``rule`` is "unmet", "unknown" or "scope" where the set itself speaks.
    """

    rule: str
    colour: Colour | None
    say: str
    facts: tuple[tuple[str, Value], ...] = ()
    follow_up: str = ""

    @property
    def sentence(self) -> str:
        """The sentence with its figures in their units."""
        return fill(self.say, dict(self.facts))


class NotKnown(NamedTuple):
    """A rule that could not be judged, and the facts that are not known yet."""

    rule: str
    facts: tuple[str, ...]


class Light(NamedTuple):
    """The light of a project by one version of a rule set.

    ``reason`` explains it: the first rule of the winning colour, or what the set says when none is met (``state``: lit,
    unmet, unknown, outside). ``met`` has every rule that is met, worst first, in the set's order within
    a colour. ``colour`` is None while it is not known or not judged.
    """

    colour: Colour | None
    state: State
    reason: Lit
    rule_set: str
    version: int
    met: tuple[Lit, ...] = ()
    unknown: tuple[NotKnown, ...] = ()

    @property
    def sentence(self) -> str:
        """The sentence that lit it."""
        return self.reason.sentence


def _holds(test: Test, value: int | Fraction | Decimal | str) -> bool:
    limit, compare = test.limit, _COMPARE[test.op]
    if isinstance(limit, (str, tuple)):
        return compare(value, limit)
    if isinstance(value, int) and isinstance(limit, int):
        return compare(value, limit)
    number = value if isinstance(value, (int, Fraction)) else _exact(test, value)
    # whole numbers on both sides: thousands of projects are judged at every look at a list
    return compare(number.numerator * limit.denominator, limit.numerator * number.denominator)


def _exact(test: Test, value: Decimal | str) -> Fraction:
    if isinstance(value, Decimal) and value.is_finite():
        return Fraction(value)
    raise DomainError("lights.fact_wrong", fact=test.fact, value=str(value)[:60])


def _missing(tests: Sequence[Test], facts: Facts) -> tuple[str, ...] | None:
    """() when all tests hold, None when a known one does not, else the facts that are not known."""
    missing: tuple[str, ...] = ()
    for test in tests:
        value = facts.get(test.fact)
        if value is None:
            if test.fact not in missing:
                missing = (*missing, test.fact)
        elif not _holds(test, value):
            return None
    return missing


def fill(sentence: str, facts: Facts) -> str:
    """A sentence with its facts printed in their units, so that none contradicts a number beside it."""
    beside = {Fraction(number) for number in _NUMBER.findall(PLACEHOLDER.sub("", sentence))}
    return PLACEHOLDER.sub(
        lambda match: printed(FACTS[match[1]].kind, facts.get(match[1]), size=match[2] is not None, beside=beside),
        sentence,
    )


def _lit(rule: str, colour: Colour | None, say: str, facts: Facts, follow_up: str = "") -> Lit:
    return Lit(rule, colour, say, tuple((code, facts.get(code)) for code in placeholders(say)), follow_up)


def _judge(rules: Sequence[LightRule], facts: Facts) -> tuple[list[Lit], list[NotKnown]]:
    met: list[Lit] = []
    unknown: list[NotKnown] = []
    for rule in rules:
        missing = _missing(rule.when, facts)
        if missing is None:
            continue
        if missing:
            unknown.append(NotKnown(rule.code, missing))
        else:
            met.append(_lit(rule.code, rule.colour, rule.say, facts, rule.follow_up))
    return met, unknown


def evaluate(rules: RuleSet, facts: Facts) -> Light:
    """The light of one project.

    Blue, where a rule gives it, ends the judgement; else the worst colour of the rules that are met. A rule of which
    a test fails is not met, even when another of its facts is unknown; one that waits for an unknown fact is never
    met, and is listed. Raises DomainError("lights.fact_wrong") for a text where a number is compared.
    """
    if rules.scope is not None:
        outside = _missing(rules.scope.when, facts)
        if outside is None:
            return _without(rules, None, "outside", _lit("scope", None, rules.scope.say, facts))
        if outside:
            return _unknown(rules, (NotKnown("scope", outside),))
    met, unknown = _judge(rules.rules, facts)
    if not met:
        return _unmet(rules, facts, unknown)
    if len(met) > 1:
        met.sort(key=_rank)
    return Light(met[0].colour, "lit", met[0], rules.code, rules.version, tuple(met), tuple(unknown))


def _rank(lit: Lit) -> int:
    return _RANK[lit.colour] if lit.colour is not None else len(_RANK)


def _unmet(rules: RuleSet, facts: Facts, unknown: list[NotKnown]) -> Light:
    unmet = rules.unmet
    missing = tuple(code for code in unmet.essential if facts.get(code) is None)
    if missing:
        return _unknown(rules, (*unknown, NotKnown("unmet", missing)))
    return _without(rules, unmet.colour, "unmet", _lit("unmet", unmet.colour, unmet.say, facts), tuple(unknown))


def _unknown(rules: RuleSet, waiting: tuple[NotKnown, ...]) -> Light:
    return _without(rules, None, "unknown", Lit("unknown", None, rules.unmet.say_unknown), waiting)


def _without(
    rules: RuleSet, colour: Colour | None, state: State, reason: Lit, unknown: tuple[NotKnown, ...] = ()
) -> Light:
    return Light(colour, state, reason, rules.code, rules.version, unknown=unknown)
