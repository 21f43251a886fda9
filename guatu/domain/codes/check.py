"""What a check of a typed code says; it never raises."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from guatu.domain.errors import DomainError


@dataclass(frozen=True, slots=True)
class CodeCheck:
    """``value`` is the normal form when ok, else the text as typed; ``code`` and ``params`` say what is wrong."""

    value: str
    ok: bool
    code: str | None = None
    params: dict[str, Any] = field(default_factory=dict)


def checked(text: str, read: Callable[[str], object]) -> CodeCheck:
    """Runs a parser; its refusal becomes the check's reason. The parser's result prints as the normal form."""
    try:
        return CodeCheck(str(read(text)), True)
    except DomainError as refusal:
        return CodeCheck(text, False, refusal.code, refusal.params)


_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))


def squeeze(text: str) -> str:
    """Full-width signs made half-width, spaces dropped, dashes made hyphens, letters upper case."""
    if text.isascii():
        return "".join(text.split()).upper()
    return "".join(unicodedata.normalize("NFKC", text).split()).upper().translate(_DASHES)
