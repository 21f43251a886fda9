"""A rule set read from plain data (JSON): every refusal names the rule and the field (docs/algorithms/lights.md)."""

import re
from collections.abc import Collection, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final, cast

from guatu.domain.errors import DomainError
from guatu.domain.lights.facts import EXACT, FACTS, NUMBERS, PRINTED, Fact
from guatu.domain.lights.rules import (
    CHOOSING,
    COLOURS,
    COMPARISONS,
    RHYTHMS,
    Colour,
    LightRule,
    Limit,
    Operator,
    Rhythm,
    RuleSet,
    Scope,
    Test,
    Unmet,
)
from guatu.domain.plain import Reader

PLACEHOLDER: Final = re.compile(r"\{([a-z_]+)(\|size)?\}")
_DECIMAL: Final = re.compile(r"-?\d{1,12}(\.\d{1,6})?")
WHOLE_SET: Final = "*"
"""What a refusal names as the rule where the fault lies in the set itself."""


class _Reader(Reader):
    CODES = "lights"


def _fact(reader: _Reader, field: str, code: object) -> Fact:
    fact = FACTS.get(code) if isinstance(code, str) else None
    if fact is None:
        raise DomainError(
            "lights.fact_unknown", rule=reader.rule, field=field, fact=str(code)[:60], known=", ".join(FACTS)
        )
    return fact


def _number(reader: _Reader, fact: Fact, value: object) -> Limit:
    exact = fact.kind in EXACT
    if type(value) is int:
        return value
    if not exact or not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        raise reader.wrong("value", value, '-10, "-10.5"' if exact else "1, 2, 3 …")
    number = Fraction(Decimal(value))
    return int(number) if number.denominator == 1 else number


def _choice(reader: _Reader, fact: Fact, op: str, value: object) -> Limit:
    listed = value if op == "one_of" else [value]
    known = ", ".join(fact.choices) if fact.choices else '"…"'
    if not isinstance(listed, list | tuple) or not listed:
        raise reader.wrong("value", value, f"[{known}]")
    for item in listed:
        if not isinstance(item, str) or (fact.choices and item not in fact.choices):
            raise reader.wrong("value", item, known)
    return tuple(listed) if op == "one_of" else cast(str, value)


def _operators(fact: Fact) -> tuple[Operator, ...]:
    if fact.kind in NUMBERS:
        return COMPARISONS
    return ("is",) if fact.kind == "flag" else CHOOSING


def _test(data: object, rule: str, path: str) -> Test:
    reader = _Reader(data, rule, path)
    reader.only(("fact", "op", "value"))
    fact = _fact(reader, reader.name("fact"), reader.get("fact"))
    op = reader.get("op")
    if op not in _operators(fact):
        known = ", ".join(_operators(fact))
        raise DomainError(
            "lights.operator_wrong", rule=rule, field=reader.name("op"), op=str(op)[:60], fact=fact.code, known=known
        )
    value = reader.get("value")
    if fact.kind in NUMBERS:
        return Test(fact.code, op, _number(reader, fact, value))
    if fact.kind == "flag":
        if not isinstance(value, bool):
            raise reader.wrong("value", value, "true, false")
        return Test(fact.code, op, value)
    return Test(fact.code, op, _choice(reader, fact, op, value))


def _tests(reader: _Reader) -> tuple[Test, ...]:
    return reader.rows("when", lambda item, place: _test(item, reader.rule, reader.name(f"when[{place + 1}]")), 20)


@lru_cache(maxsize=4096)
def placeholders(sentence: str) -> tuple[str, ...]:
    """The facts that a sentence names, in order."""
    return tuple(match[1] for match in PLACEHOLDER.finditer(sentence))


def _sentence(reader: _Reader, field: str, allowed: Collection[str]) -> str:
    """A sentence whose placeholders are facts that print, among those ``allowed``; no other brace."""
    text = reader.text(field)
    where = reader.name(field)
    for code in placeholders(text):
        if _fact(reader, where, code).kind not in PRINTED or code not in allowed:
            raise _placeholder(reader.rule, where, code, allowed)
    rest = PLACEHOLDER.sub("", text)
    if "{" in rest or "}" in rest:
        raise _placeholder(reader.rule, where, rest, allowed)
    return text


def _placeholder(rule: str, field: str, name: str, allowed: Collection[str]) -> DomainError:
    known = ", ".join(code for code in FACTS if code in allowed and FACTS[code].kind in PRINTED)
    return DomainError("lights.placeholder", rule=rule, field=field, name=name[:60], known=known or "—")


def _rule(data: object, place: int) -> LightRule:
    reader = _Reader(data, f"#{place + 1}")
    reader.rule = reader.code("code")
    reader.only(("code", "colour", "when", "say", "follow_up"))
    return LightRule(
        code=reader.rule,
        colour=cast(Colour, reader.one_of("colour", COLOURS)),
        when=_tests(reader),
        say=_sentence(reader, "say", FACTS),
        follow_up=reader.text("follow_up", default=""),
    )


def _scope(data: object) -> Scope | None:
    if data is None:
        return None
    reader = _Reader(data, WHOLE_SET, "scope")
    reader.only(("when", "say"))
    when = _tests(reader)
    return Scope(when, _sentence(reader, "say", {test.fact for test in when}))


def _unmet(data: object) -> Unmet:
    """A sentence may only name essential facts here: the others may be unknown when it is said."""
    reader = _Reader(data, WHOLE_SET, "unmet")
    reader.only(("colour", "say", "essential", "say_unknown"))
    essential = reader.rows("essential", lambda item, place: _fact(reader, reader.name("essential"), item).code)
    return Unmet(
        colour=cast(Colour, reader.one_of("colour", COLOURS)),
        say=_sentence(reader, "say", essential),
        essential=essential,
        say_unknown=_sentence(reader, "say_unknown", ()),
    )


_FIELDS: Final = (
    "code",
    "name",
    "version",
    "valid_from",
    "valid_to",
    "rhythm",
    "rules",
    "unmet",
    "scope",
    "source",
)


def read_rules(data: object) -> RuleSet:
    """A rule set from plain data, as JSON has it.

    Raises DomainError lights.field_missing, .field_unknown, .field_wrong, .fact_unknown, .operator_wrong,
    .placeholder, each with ``rule`` (its code, "#n" while it has none, "*" for the set itself) and ``field``;
    lights.rule_twice; lights.dates_reversed. Decimals are text ("-10.5"): a float is refused.
    """
    reader = _Reader(data, WHOLE_SET)
    reader.only(_FIELDS)
    first = reader.day("valid_from")
    last = reader.day("valid_to") if reader.data.get("valid_to") is not None else None
    if last is not None and last < first:
        raise DomainError("lights.dates_reversed", start=first.isoformat(), end=last.isoformat())
    rules = reader.rows("rules", _rule)
    _once(rules)
    return RuleSet(
        code=reader.code("code"),
        name=reader.text("name", longest=80),
        version=reader.whole("version"),
        valid_from=first,
        valid_to=last,
        rhythm=cast(Rhythm, reader.one_of("rhythm", RHYTHMS)),
        rules=rules,
        unmet=_unmet(reader.get("unmet")),
        scope=_scope(reader.data.get("scope")),
        source=reader.text("source", default=""),
    )


def _once(rules: Sequence[LightRule]) -> None:
    seen: set[str] = set()
    for rule in rules:
        if rule.code in seen:
            raise DomainError("lights.rule_twice", rule=rule.code)
        seen.add(rule.code)
