"""Every refusal is a code with parameters; page, command line, API and tests take the sentence from this catalogue.

A package declares its codes in its `messages.py`. A sentence says what happened, where, and what to do.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise

Sentence = str | Promise
_SENTENCES: dict[str, tuple[Sentence, int]] = {}


class Refusal(Exception):
    """Something that will not be done, for a reason the person can act on. Nothing has been changed.

    `items` carries a list where there is more than one reason (rows of a sheet, conditions of a gate), each a dict.
    """

    def __init__(self, code: str, /, *, items: list[dict[str, Any]] | None = None, **params: Any) -> None:
        if code not in _SENTENCES:
            raise KeyError(f"refusal {code!r} has no sentence; declare it in the package's messages.py")
        self.code = code
        self.params = params
        self.items = items or []
        super().__init__(code)

    @property
    def status(self) -> int:
        """The HTTP status that fits: 422 unless the code was declared with another."""
        return _SENTENCES[self.code][1]

    def __str__(self) -> str:
        return sentence(self.code, self.params)


class Conflict(Refusal):
    """Somebody else changed the row after the person opened it; `theirs` holds the present values, `row` is the row."""

    def __init__(self, *, name: str, seen: int, theirs: Mapping[str, Any], row: Any = None) -> None:
        super().__init__("core.changed_meanwhile", name=name)
        self.seen = seen
        self.theirs = dict(theirs)
        self.row = row


def declare(sentences: Mapping[str, Sentence | tuple[Sentence, int]]) -> None:
    """Register sentences (with an HTTP status where it is not 422). A code is declared once."""
    for code, value in sentences.items():
        pair = value if isinstance(value, tuple) else (value, 422)
        if _SENTENCES.get(code, pair) != pair:
            raise ValueError(f"refusal {code!r} is declared twice")
        _SENTENCES[code] = pair


def sentence(code: str, params: Mapping[str, Any]) -> str:
    """The sentence of a code in the reader's language."""
    return str(_SENTENCES[code][0]).format(**params)


def outline(code: str) -> str:
    """A refusal's sentence with "…" for what it would name; of an unknown code the code."""
    found = _SENTENCES.get(code)
    return str(found[0]).format_map(defaultdict(lambda: "…")) if found is not None else code


def declared_codes() -> list[str]:
    """All codes, for the generated page and the test that every one has its translation."""
    return sorted(_SENTENCES)
