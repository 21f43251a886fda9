"""Reading plain data (JSON) into rules: every refusal names the rule, the field and what is expected there."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Final, TypeVar, cast

from guatu.domain.errors import DomainError

MOST: Final = 100
"""Rows of a list."""
LONGEST: Final = 300
"""Characters of a sentence."""
_CODE: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
T = TypeVar("T")


class Reader:
    """The fields of one mapping; ``rule`` and ``path`` say where it stands.

    Raises DomainError ``CODES``.field_missing, .field_unknown, .field_wrong, with ``rule`` and ``field``.
    """

    CODES: ClassVar[str]

    def __init__(self, data: object, rule: str, path: str = "") -> None:
        self.rule = rule
        self.path = path
        if not isinstance(data, Mapping):
            raise self._wrong(path or "*", data, "{…}")
        self.data = data

    def name(self, field: str) -> str:
        """The field with its path, as a refusal names it."""
        return f"{self.path}.{field}" if self.path else field

    def wrong(self, field: str, value: object, expected: str) -> DomainError:
        """The refusal of a field's value."""
        return self._wrong(self.name(field), value, expected)

    def _wrong(self, where: str, value: object, expected: str) -> DomainError:
        params = {"rule": self.rule, "field": where, "value": str(value)[:60], "expected": expected}
        return DomainError(f"{self.CODES}.field_wrong", **params)

    def only(self, known: Collection[str]) -> None:
        """Refuse a field that nobody knows."""
        for field in self.data:
            if field not in known:
                params = {"rule": self.rule, "field": self.name(str(field)), "known": ", ".join(known)}
                raise DomainError(f"{self.CODES}.field_unknown", **params)

    def get(self, field: str) -> Any:
        """A field that must be there."""
        if field not in self.data:
            raise DomainError(f"{self.CODES}.field_missing", rule=self.rule, field=self.name(field))
        return self.data[field]

    def text(self, field: str, *, default: str | None = None, longest: int = LONGEST) -> str:
        """A text of 1 to ``longest`` characters; may be missing where there is a default."""
        value = self.get(field) if default is None else self.data.get(field, default)
        if not isinstance(value, str) or (default is None and not value.strip()) or len(value) > longest:
            raise self.wrong(field, value, f'"…" (1–{longest})')
        return value

    def code(self, field: str) -> str:
        """A short name of small letters, digits and underscores."""
        value = self.text(field)
        if not _CODE.fullmatch(value):
            raise self.wrong(field, value, "a-z 0-9 _")
        return value

    def one_of(self, field: str, known: Sequence[str]) -> str:
        """One of some words."""
        value = self.get(field)
        if value not in known:
            raise self.wrong(field, value, ", ".join(known))
        return cast(str, value)

    def whole(self, field: str, least: int = 1, most: int | None = None) -> int:
        """A whole number from ``least`` on, up to ``most``."""
        value = self.get(field)
        if type(value) is not int or value < least or (most is not None and value > most):
            ellipsis = f"{least}, {least + 1}, {least + 2} …" if most is None else f"{least}–{most}"
            raise self.wrong(field, value, ellipsis)
        return value

    def flag(self, field: str) -> bool:
        """True or false; false where it is missing."""
        value = self.data.get(field, False)
        if not isinstance(value, bool):
            raise self.wrong(field, value, "true, false")
        return value

    def words(self, field: str, known: Collection[str] = (), *, most: int = 20, longest: int = 40) -> tuple[str, ...]:
        """A list of up to ``most`` short texts, each once, of the known ones where they are named; may be missing."""
        value = self.data.get(field, [])
        if not isinstance(value, list | tuple) or len(value) > most:
            raise self.wrong(field, value, f"[…] (0–{most})")
        for place, one in enumerate(value, start=1):
            if not isinstance(one, str) or not one.strip() or len(one) > longest:
                raise self.wrong(f"{field}[{place}]", one, f'"…" (1–{longest})')
            if known and one not in known:
                raise self.wrong(f"{field}[{place}]", one, ", ".join(known))
        return tuple(dict.fromkeys(one.strip() for one in value))

    def day(self, field: str) -> date:
        """A date as ISO text."""
        value = self.get(field)
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise self.wrong(field, value, "YYYY-MM-DD") from None

    def rows(self, field: str, read: Callable[[object, int], T], most: int = MOST) -> tuple[T, ...]:
        """A list of 1 to ``most`` rows, each read with its place from 0 on."""
        value = self.get(field)
        if not isinstance(value, list | tuple) or not 1 <= len(value) <= most:
            raise self.wrong(field, value, f"[…] (1–{most})")
        return tuple(read(item, place) for place, item in enumerate(value))
