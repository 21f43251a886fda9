"""What a kind of ledger can hold: its fields, how offices word them, and what their values look like."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from guatu.core.sheets.text import LONGEST_LABEL, flat, heading_of

_ENDING = re.compile(r"(?:类|项目|工程)+$")
_NO_REST = re.compile(r"项目|工程|类型?|性质|[()、,;:/]")

if TYPE_CHECKING:
    from guatu.core.sheets.errors import Issue
    from guatu.core.sheets.result import Column, ReadRow, SheetReading


class FieldKind(Enum):
    """How a cell becomes a value.

    text → str · money → int, whole yuan · date → DateSpan · years → YearSpan · percent → Decimal, 100 is all ·
    integer → int · code → str, as typed without spaces · choice → the choice's code · person, unit → tuple of names.
    """

    TEXT = "text"
    MONEY = "money"
    DATE = "date"
    YEARS = "years"
    PERCENT = "percent"
    INTEGER = "integer"
    CODE = "code"
    CHOICE = "choice"
    PERSON = "person"
    UNIT = "unit"


@dataclass(frozen=True)
class Choice:
    """A value of a closed field and the words that offices print for it."""

    code: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Field:
    """``wordings`` are whole headings ("总投资"), or a group heading and one under it ("投资/累计"), with years
    and months as words (本年计划投资, M月完成投资, see ``text.heading_of``); ``patterns`` are searched in the whole
    heading when no wording fits; ``weak`` wordings fit only when nothing better does, and are mentioned. ``monthly``
    fields may stand in twelve columns, of which the period chooses one. ``allow_negative`` is for money, ``check`` for
    a code (whether it keeps its rule). ``carries``: a value may be written on the first row of its group only."""

    code: str
    label: Any
    kind: FieldKind
    wordings: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    required: bool = False
    unit_sensitive: bool = False
    group: str = ""
    choices: tuple[Choice, ...] = ()
    monthly: bool = False
    allow_negative: bool = False
    check: Callable[[str], bool] | None = None
    carries: bool = False

    @cached_property
    def keys(self) -> frozenset[str]:
        """The wordings in the form in which headings are compared."""
        return _keys(self.wordings)

    @cached_property
    def weak_keys(self) -> frozenset[str]:
        return _keys(self.weak)

    @cached_property
    def regexes(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(pattern) for pattern in self.patterns)

    @cached_property
    def words(self) -> dict[str, str]:
        """Choice word → code."""
        return {heading_of(word, None).key: choice.code for choice in self.choices for word in choice.words}

    def choose(self, text: str) -> str | None:
        """The code of a cell's word, or None: the whole word, that without what stands in brackets, or the only
        known word inside it."""
        if len(text) > LONGEST_LABEL:
            return None
        heading = heading_of(text, None)
        for key in (heading.key, heading.bare):
            if key in self.words:
                return self.words[key]
        inside = {code for word, code in self.words.items() if word in heading.key}
        return inside.pop() if len(inside) == 1 else None

    def rest(self, text: str) -> str:
        """What a cell's text says beside the word that ``choose`` took."""
        heading = heading_of(text, None)
        key = heading.key
        if key in self.words:
            return ""
        word = heading.bare
        if word not in self.words:
            word = max((word for word in self.words if word in key), key=len, default="")
        shown = flat(text).lower()  # as typed: in the key years are words
        return _NO_REST.sub("", (shown if word in shown else key).replace(word, "", 1)) if word else ""


def choice_key(label: str) -> str:
    """续建项目, 续建类 → 续建, in the form in which a closed field's words are compared."""
    key = heading_of(label, None).key
    return _ENDING.sub("", key) or key


def _keys(wordings: tuple[str, ...]) -> frozenset[str]:
    return frozenset("/".join(heading_of(part, None).key for part in text.split("/")) for text in wordings)


@dataclass(frozen=True)
class Chooser:
    """A heading whose field is told by its values: ``choose(values)`` gets the column's distinct texts and answers with
    a field's code and a reason code, or None when it cannot tell."""

    wordings: tuple[str, ...]
    choose: Callable[[Sequence[str]], tuple[str, str] | None]


@dataclass(frozen=True)
class FieldSet:
    """The fields of one kind of ledger. ``settle`` looks at a table's columns once they are chosen and may change
    a weak choice; ``checks`` look at one row, ``after`` at the whole reading; all add issues. ``needs`` are fields of
    which at least one must have a column, or the sheet is not this kind of ledger; ``count_code`` names a printed
    number of rows; ``label_amounts`` are (pattern of number and unit, field) for amounts in a category row's words;
    a sheet whose name or title fits ``foreign`` is another kind of paper with the same columns and is not read."""

    code: str
    fields: tuple[Field, ...]
    choosers: tuple[Chooser, ...] = ()
    checks: tuple[Callable[[ReadRow, SheetReading], None], ...] = ()
    after: tuple[Callable[[SheetReading], None], ...] = ()
    settle: tuple[Callable[[Sequence[Column]], list[Issue]], ...] = ()
    needs: tuple[str, ...] = field(default=())
    count_code: str = "rows"
    label_amounts: tuple[tuple[str, str], ...] = ()
    foreign: str = ""

    @cached_property
    def by_code(self) -> dict[str, Field]:
        return {item.code: item for item in self.fields}

    def are_choices(self, labels: Sequence[str]) -> bool:
        """Whether all of these are words of one closed field (新开工, 续建, 预备)."""
        keys = [choice_key(label) for label in labels]
        return any(item.choices and all(key in item.words for key in keys) for item in self.fields)

    @property
    def name_field(self) -> Field:
        """The required field that tells a data row from any other."""
        return next(item for item in self.fields if item.required)

    @cached_property
    def name_words(self) -> frozenset[str]:
        """The name's headings as they are usually typed, for a quick look at a row."""
        plain = frozenset(self.name_field.wordings) | self.name_field.keys
        return plain | {word.replace("(", "（").replace(")", "）") for word in plain}
