"""The unified social credit code of organisations, GB 32100-2015."""

from typing import Final

from guatu.domain.codes.check import CodeCheck, checked, squeeze
from guatu.domain.errors import DomainError

ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Digits and letters without I, O, S, V, Z; a sign's place is its value."""

LENGTH: Final = 18


def check_character(body: str) -> str:
    """The check character of the first seventeen signs: 31 less the weighted sum modulo 31, weights 3^i modulo 31."""
    total = sum(ALPHABET.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return ALPHABET[-total % 31]


def _read(text: str) -> str:
    code = squeeze(text).replace("-", "")
    if len(code) != LENGTH:
        raise DomainError("credit_code.length", text=text, length=len(code))
    strange = sorted({sign for sign in code if sign not in ALPHABET})
    if strange:
        raise DomainError("credit_code.alphabet", text=text, signs="".join(strange))
    expected = check_character(code[:-1])
    if code[-1] != expected:
        raise DomainError("credit_code.check", text=text, expected=expected)
    return code


def check_credit_code(text: str) -> CodeCheck:
    """Checks length, signs and check character; the kinds of holder (N…, Y…) and their division are not restricted.

    Reasons: credit_code.length, credit_code.alphabet (I, O, S, V, Z are never used), credit_code.check (with the
    expected sign).
    """
    return checked(text, _read)
