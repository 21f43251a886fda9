"""Rules of lights in the words of their form: facts, operators, units, choices, and sentences with named figures."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from guatu.domain.lights import FACTS, RuleSet
from guatu.domain.lights.facts import NUMBERS, PRINTED
from guatu.domain.lights.history import RUNNING
from guatu.domain.lights.parse import PLACEHOLDER
from guatu.domain.lights.rules import CHOOSING, COMPARISONS
from guatu.figures.choices import CHAIN_LEVELS, LIGHT_FACTS, OPERATORS
from guatu.figures.queries.light_facts import CHAIN_LOST, OF_ENTRY, OF_NODES
from guatu.figures.queries.light_rules import RuleWords, in_words
from guatu.library.choices import EntryKind, Stage

WITHOUT_DATA: Final = frozenset(FACTS) - OF_ENTRY.keys() - OF_NODES - {CHAIN_LOST} - RUNNING.keys()
"""Facts that nothing can supply yet: a rule that asks for one is never met."""
UNITS: Final[Mapping[str, Any]] = {
    "days": _("天"),
    "money": _("万元"),
    "points": _("个百分点"),
    "percent": "%",
    "months": _("个月"),
}
YES, NO = "yes", "no"
FLAGS: Final = {YES: _("是"), NO: _("否")}
SIZE: Final = _("不带正负号")
_NAMED: Final = re.compile(r"\{([^{}|]*)(\|[^{}]*)?\}")


def kind_of(fact: str) -> str:
    """How a value is typed: number, flag or choice; a text is only printed."""
    kind = FACTS[fact].kind if fact in FACTS else "count"
    return "number" if kind in NUMBERS else kind


def testable() -> list[tuple[str, str]]:
    """The facts that a test may ask for, with the remark where nothing supplies them."""
    remark = str(_("{fact}（目前无数据）"))
    return [
        (code, remark.format(fact=words) if code in WITHOUT_DATA else str(words))
        for code, words in LIGHT_FACTS.items()
        if FACTS[code].kind != "text"
    ]


def operators_of(fact: str) -> list[tuple[str, str]]:
    """The operators of a fact in words."""
    known = {"number": COMPARISONS, "flag": ("is",)}.get(kind_of(fact), CHOOSING)
    return [(op, str(OPERATORS[op])) for op in known]


def choices_of(fact: str) -> list[tuple[str, str]]:
    """What a choice or a mark can be."""
    if kind_of(fact) == "flag":
        return [(code, str(words)) for code, words in FLAGS.items()]
    words: Mapping[str, Any] = {"stage": dict(Stage.choices), "kind": dict(EntryKind.choices)}.get(fact, CHAIN_LEVELS)
    return [(code, str(words.get(code, code))) for code in FACTS[fact].choices]


def unit_of(fact: str) -> str:
    """The unit of what is typed."""
    if fact in ("reds_before", "warnings_before"):
        return str(_("次"))
    return str(UNITS.get(FACTS[fact].kind, "")) if fact in FACTS else ""


# -- sentences --------------------------------------------------------------------------------------------------------
def name_of(fact: str) -> str:
    """A fact's name in a sentence: its words without the unit."""
    return str(LIGHT_FACTS[fact]).partition("（")[0].partition(" (")[0]


def names(facts: Collection[str] = tuple(FACTS)) -> str:
    """The names that a sentence may hold, as they are typed."""
    return "、".join("{" + name_of(code) + "}" for code in FACTS if code in facts and FACTS[code].kind in PRINTED)


def readable(sentence: str) -> str:
    """A sentence as its author reads it: 低{比序时进度|不带正负号}个百分点."""

    def put(found: re.Match[str]) -> str:
        size = f"|{SIZE}" if found[2] else ""
        return "{" + name_of(found[1]) + size + "}" if found[1] in FACTS else found[0]

    return PLACEHOLDER.sub(put, sentence)


def stored(sentence: str) -> str:
    """A typed sentence as it is kept; a name that is no fact's stays as it was typed. A code counts as a name."""
    codes = {name_of(code): code for code in FACTS} | {code: code for code in FACTS}

    def put(found: re.Match[str]) -> str:
        code = codes.get(found[1].strip())
        if code is None:
            return found[0]
        return "{" + code + ("|size" if found[2] and found[2][1:].strip() in (str(SIZE), "size") else "") + "}"

    return _NAMED.sub(put, sentence)


def unknown_names(sentence: str, allowed: Collection[str] = tuple(FACTS)) -> list[str]:
    """What stands in braces of a kept sentence and cannot be printed there."""
    found = [
        match[1]
        for match in _NAMED.finditer(sentence)
        if match[1] not in allowed or FACTS[match[1]].kind not in PRINTED or match[2] not in (None, "|size")
    ]
    rest = _NAMED.sub("", sentence)
    return [*found, *("{", "}")] if "{" in rest or "}" in rest else found


def told(rules: RuleSet) -> list[RuleWords]:
    """A rule set in words, its sentences as their author reads them."""
    return [replace(one, say=readable(one.say)) for one in in_words(rules)]
