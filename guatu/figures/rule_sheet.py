"""The form of a rule set as rows: read from kept rules or from what was sent, changed row by row, and made rules again.

Every cell stays the text that was typed, with what is wrong beside it; nothing is lost by adding or moving a row.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from guatu.core.typed import why_not
from guatu.domain.errors import DomainError
from guatu.domain.lights import FACTS
from guatu.domain.lights.facts import WHOLE
from guatu.domain.money import MoneyUnit, format_amount, parse_amount
from guatu.domain.plain import LONGEST
from guatu.domain.plain import MOST as MOST_RULES
from guatu.figures import rule_words as words
from guatu.figures.choices import COLOURS

MOST_TESTS: Final = 20
_WHOLE: Final = re.compile(r"-?\d{1,15}")
_EXACT: Final = re.compile(r"-?\d{1,12}(\.\d{1,6})?")
_ROW: Final = re.compile(r"r(\d{1,3})\.code")
_TEST: Final = re.compile(r"t(\d{1,2})\.fact")
Errors = dict[str, str]


@dataclass
class TestRow:
    """One test as it is typed: a number, or the codes of what is ticked."""

    name: str = ""
    fact: str = "lead"
    op: str = ""
    value: str = ""
    chosen: tuple[str, ...] = ()
    error: str = ""

    @property
    def kind(self) -> str:
        """number, flag or choice."""
        return words.kind_of(self.fact)

    @property
    def operators(self) -> list[tuple[str, str]]:
        """What its fact can be compared by."""
        return words.operators_of(self.fact)

    @property
    def options(self) -> list[tuple[str, str]]:
        """What its fact can be."""
        return words.choices_of(self.fact)

    @property
    def unit(self) -> str:
        """The unit of its number."""
        return words.unit_of(self.fact)

    @property
    def told(self) -> str:
        """The test in one line, as far as it is typed: 比序时进度小于-30个百分点."""
        chosen = "、".join(words for code, words in self.options if code in self.chosen) if self.chosen else ""
        operator = dict(self.operators).get(self.op, self.operators[0][1])
        if self.kind == "flag":
            return f"{words.name_of(self.fact)}：{chosen}"
        return f"{words.name_of(self.fact)}{operator}{chosen or f'{self.value}{self.unit}'}"

    @property
    def without_data(self) -> bool:
        """Whether nothing supplies its fact yet."""
        return self.fact in words.WITHOUT_DATA

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "TestRow":
        """A kept test."""
        fact, value = str(kept.get("fact", "")), kept.get("value")
        row = cls(fact=fact, op=str(kept.get("op", "")))
        if row.kind == "flag":
            row.chosen = (words.YES if value else words.NO,)
        elif row.kind == "choice":
            row.chosen = tuple(value) if isinstance(value, list | tuple) else (str(value),)
        elif fact in FACTS and FACTS[fact].kind == "money" and isinstance(value, int):
            row.value = format_amount(value, MoneyUnit.WAN, 4, trim=True)
        else:
            row.value = str(value)
        return row

    def kept(self) -> dict[str, Any]:
        """The test as it is kept; what is wrong stands in `error`."""
        if self.fact not in FACTS:
            self.error = _("请选一项数据。")
        elif self.op not in dict(self.operators):
            self.op = self.operators[0][0]
        found = {"fact": self.fact, "op": self.op}
        if self.error:
            return found
        read = {"number": self._number, "flag": self._flag}.get(self.kind, self._choice)
        return {**found, "value": read()}

    def _number(self) -> Any:
        text = self.value.strip().replace("−", "-").replace("－", "-").removesuffix("%")
        if FACTS[self.fact].kind == "money":
            try:
                return parse_amount(text, MoneyUnit.WAN)
            except DomainError as fault:
                self.error = why_not(fault)
                return None
        if _WHOLE.fullmatch(text):
            return int(text)
        if FACTS[self.fact].kind in WHOLE:
            self.error = _("请填整数，例如 15。")
        elif not _EXACT.fullmatch(text):
            self.error = _("请填数字，例如 -10.5。")
        return format(Decimal(text), "f") if not self.error else None

    def _flag(self) -> Any:
        if self.chosen not in ((words.YES,), (words.NO,)):
            self.error = _("请选“是”或“否”。")
        return self.chosen == (words.YES,)

    def _choice(self) -> Any:
        if not self.chosen:
            self.error = _("请至少选一项。")
        elif self.op != "one_of" and len(self.chosen) > 1:
            self.error = _("只能选一项；要选几项，请用“属于”。")
        return list(self.chosen) if self.op == "one_of" else (self.chosen or ("",))[0]


@dataclass
class RuleRow:
    """One rule as it is typed; `name` is its place in the form ("r0")."""

    name: str = ""
    code: str = ""
    colour: str = "yellow"
    say: str = ""
    follow_up: str = ""
    tests: list[TestRow] = field(default_factory=list)
    errors: Errors = field(default_factory=dict)
    touched: bool = False

    @property
    def told(self) -> str:
        """Its tests in one line."""
        return _("，且").join(test.told for test in self.tests)

    @property
    def opened(self) -> bool:
        """Whether it stands open: where a button was pressed in it, or something is wrong."""
        return self.touched or self.wrong

    def unlike(self, standing: "RuleRow | None") -> bool:
        """Whether it is typed otherwise than it stands in the draft."""
        return standing is None or self.typed != standing.typed

    @property
    def typed(self) -> tuple[Any, ...]:
        """What is typed, without its place in the form."""
        tests = tuple((test.fact, test.op, test.value.strip(), test.chosen) for test in self.tests)
        return (self.colour, self.say.strip(), self.follow_up.strip(), tests)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "RuleRow":
        """A kept rule or scope."""
        texts: dict[str, Any] = {key: str(kept[key]) for key in ("code", "colour", "follow_up") if key in kept}
        tests = [TestRow.of(test) for test in kept.get("when", ())]
        return cls(**texts, say=words.readable(str(kept.get("say", ""))), tests=tests)

    def when(self) -> list[dict[str, Any]]:
        """Its tests as they are kept."""
        if not self.tests:
            self.errors["tests"] = _("至少要有一个条件。")
        return [test.kept() for test in self.tests]

    def kept(self) -> dict[str, Any]:
        """The rule as it is kept."""
        found: dict[str, Any] = {"code": self.code, "colour": self.colour, "when": self.when()}
        found["say"] = sentence(self.say, self.errors, "say")
        if len(self.follow_up) > LONGEST:
            self.errors["follow_up"] = too_long()
        return {**found, "follow_up": self.follow_up.strip()} if self.follow_up.strip() else found

    @property
    def wrong(self) -> bool:
        """Whether anything of it cannot be kept."""
        return bool(self.errors) or any(test.error for test in self.tests)


@dataclass
class UnmetRow:
    """What it means that no rule is met, as it is typed."""

    colour: str = "green"
    say: str = ""
    say_unknown: str = ""
    essential: tuple[str, ...] = ()
    errors: Errors = field(default_factory=dict)
    touched: bool = False

    @property
    def opened(self) -> bool:
        """Whether it stands open: where it is typed otherwise than in the draft, or something is wrong."""
        return self.touched or bool(self.errors)

    def kept(self) -> dict[str, Any]:
        """As it is kept."""
        if not self.essential:
            self.errors["essential"] = _("请至少选一项：这些数据不知道时不亮灯。")
        say = sentence(self.say, self.errors, "say", self.essential)
        unknown = sentence(self.say_unknown, self.errors, "say_unknown", ())
        return {"colour": self.colour, "say": say, "essential": list(self.essential), "say_unknown": unknown}


def too_long() -> str:
    """The refusal of a long text."""
    return _("不能超过 {most} 字。").format(most=LONGEST)


def sentence(typed: str, errors: Errors, name: str, allowed: Any = tuple(FACTS)) -> str:
    """A typed sentence as it is kept; what cannot be printed in it is said by name."""
    kept = words.stored(typed.strip())
    wrong = words.unknown_names(kept, allowed)
    if not kept:
        errors[name] = _("请写一句说明。")
    elif len(kept) > LONGEST:
        errors[name] = too_long()
    elif wrong:
        known = words.names(allowed) or _("（无）")
        errors[name] = _("“{name}”不能填入这句说明。可填：{known}。").format(name="、".join(wrong), known=known)
    return kept


@dataclass
class Sheet:
    """All rows of a rule set."""

    rules: list[RuleRow]
    unmet: UnmetRow
    scope: RuleRow | None = None
    error: str = ""

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Sheet":
        """The rows of kept rules."""
        unmet = kept.get("unmet", {})
        return cls(
            rules=[RuleRow.of(rule) for rule in kept.get("rules", ())],
            unmet=UnmetRow(
                unmet.get("colour", "green"),
                words.readable(unmet.get("say", "")),
                unmet.get("say_unknown", ""),
                tuple(unmet.get("essential", ())),
            ),
            scope=RuleRow.of({"code": "scope", **kept["scope"]}) if kept.get("scope") else None,
        ).named()

    @classmethod
    def sent(cls, data: QueryDict) -> "Sheet":
        """The rows of a form as it was sent."""
        numbers = sorted({int(match[1]) for name in data if (match := _ROW.fullmatch(name))})[:MOST_RULES]
        unmet = UnmetRow(
            _one(data, "u.colour", COLOURS, "green"),
            data.get("u.say", ""),
            data.get("u.say_unknown", ""),
            tuple(code for code in FACTS if code in data.getlist("u.essential")),
        )
        scope = _row(data, "s") if "s.code" in data else None
        return cls([_row(data, f"r{number}") for number in numbers], unmet, scope).named()

    def named(self) -> "Sheet":
        """The same with its rows numbered as they stand."""
        for place, rule in enumerate(self.rules):
            rule.name = f"r{place}"
        if self.scope is not None:
            self.scope.name = "s"
        for rule in self.all:
            for place, test in enumerate(rule.tests):
                test.name = f"{rule.name}.t{place}"
        return self

    @property
    def all(self) -> list[RuleRow]:
        """Every row with tests."""
        return [*self.rules, *([self.scope] if self.scope is not None else [])]

    @property
    def wrong(self) -> bool:
        """Whether anything cannot be kept."""
        return bool(self.error or self.unmet.errors) or any(row.wrong for row in self.all)

    def kept(self, rhythm: str, source: str) -> dict[str, Any]:
        """The rules as they are kept; whether they can be says `wrong`."""
        if not self.rules:
            self.error = _("至少要有一条规则。")
        found: dict[str, Any] = {"rhythm": rhythm, "rules": [row.kept() for row in self.rules]}
        found["unmet"] = self.unmet.kept()
        if self.scope is not None:
            when = self.scope.when()
            allowed = tuple(test.fact for test in self.scope.tests)
            found["scope"] = {"when": when, "say": sentence(self.scope.say, self.scope.errors, "say", allowed)}
        return {**found, "source": source} if source else found

    def beside(self, standing: "Sheet") -> "Sheet":
        """The same with the rows open that are typed otherwise than they stand in the draft."""
        rows = {row.code: row for row in standing.all}
        for row in self.all:
            row.touched = row.touched or row.unlike(rows.get(row.code))
        unmet, other = self.unmet, standing.unmet
        unmet.touched = (unmet.colour, unmet.say.strip(), unmet.say_unknown.strip(), unmet.essential) != (
            other.colour,
            other.say.strip(),
            other.say_unknown.strip(),
            other.essential,
        )
        return self

    # -- one step ---------------------------------------------------------------------------------------------------
    def step(self, do: str) -> None:
        """Add, drop or move one row as a button says ("add.r0", "drop.r0.t1", "up.r2"); what it does not know, not."""
        verb, _dot, name = do.partition(".")
        if name in ("rule", "s") and verb == "add":
            self._add(name)
        elif name == "s" and verb == "drop":
            self.scope = None
        else:
            self._step_of(verb, name)
        self.named()

    def _add(self, name: str) -> None:
        if name == "s":
            self.scope = self.scope or RuleRow(code="scope", tests=[TestRow(fact="planned_investment")])
        elif len(self.rules) < MOST_RULES:
            self.rules.append(RuleRow(code=self._free_code(), tests=[TestRow()]))

    def _step_of(self, verb: str, name: str) -> None:
        of, _dot, test = name.partition(".t")
        row = next((row for row in self.all if row.name == of), None)
        if row is None:
            return
        row.touched = True
        if test:
            row.tests = [one for one in row.tests if verb != "drop" or one.name != name]
        elif verb == "test" and len(row.tests) < MOST_TESTS:
            row.tests.append(TestRow())
        elif row in self.rules:
            self._move(verb, self.rules.index(row))

    def _move(self, verb: str, at: int) -> None:
        row = self.rules.pop(at)
        if verb != "drop":
            self.rules.insert(max(0, at + {"up": -1, "down": 1}.get(verb, 0)), row)

    def _free_code(self) -> str:
        taken = {row.code for row in self.rules}
        return next(code for number in range(1, 2 * MOST_RULES) if (code := f"rule_{number}") not in taken)


def _one(data: QueryDict, name: str, known: Any, default: str) -> str:
    value = data.get(name, "")
    return value if value in known else default


def _row(data: QueryDict, name: str) -> RuleRow:
    start = f"{name}."
    inside = (key[len(start) :] for key in data if key.startswith(start))
    numbers = sorted({int(match[1]) for key in inside if (match := _TEST.fullmatch(key))})[:MOST_TESTS]
    return RuleRow(
        code=data.get(f"{name}.code", ""),
        colour=_one(data, f"{name}.colour", COLOURS, "yellow"),
        say=data.get(f"{name}.say", ""),
        follow_up=data.get(f"{name}.follow_up", ""),
        tests=[_test(data, f"{name}.t{number}") for number in numbers],
    )


def _test(data: QueryDict, name: str) -> TestRow:
    fact = _one(data, f"{name}.fact", FACTS, "lead")
    test = TestRow(fact=fact, op=data.get(f"{name}.op", ""), value=data.get(f"{name}.value", ""))
    if test.kind != "number":
        known = dict(test.options)
        test.chosen = tuple(code for code in known if code in data.getlist(f"{name}.value"))
        test.value = ""
    return test
