"""Holds the figures of a text against the data: by their place where the text came from us, else by their value."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from fractions import Fraction
from typing import Final, Literal, TypeAlias

from guatu.domain.checker.tokens import Token, find_figures
from guatu.domain.money import format_number
from guatu.domain.words.sentence import Bound, Figure, Sentence

FindingKind: TypeAlias = Literal["differs", "direction", "unknown", "parts_over", "parts_short"]
_MARK: Final = "\ue001"


@dataclass(frozen=True, slots=True)
class Finding:
    """A printed figure to rebind, correct, or mark as from outside.

    differs: printed from ``nearest_key`` and now another number; direction: the size agrees, the word (快于, 下降) does
    not; unknown: agrees with no figure of its kind; parts_over and parts_short: the parts named after 其中 are more, or
    less, than the whole. ``expected`` is what the text should print, in its own unit and places.
    """

    kind: FindingKind
    start: int
    end: int
    printed: str
    expected: str | None
    nearest_key: str | None


def check_text(
    text: str, figures: Mapping[str, Figure], source: Sentence | None = None, names: Collection[str] = ()
) -> list[Finding]:
    """Every figure of ``text`` that does not agree, in order.

    ``figures``: what the paper may print, by key. ``source``: the text as it was made, with its bound figures; a figure
    at a bound place must be that figure and no other. A figure without such a place may be any of its kind. ``names``:
    project names, whose digits are no figures. Rounding is half up to the places that the text prints.
    """
    tokens = find_figures(text, names)
    bounds = _aligned(text, tokens, source, names) if source is not None else {}
    findings: list[Finding] = []
    for token in tokens:
        bound = bounds.get(token.start)
        finding = _against_bound(token, bound) if bound is not None else _against_all(token, figures)
        if finding is not None:
            findings.append(finding)
    findings += _parts(text, tokens)
    return sorted(findings, key=lambda finding: (finding.start, finding.end))


def agrees(token: Token, figure: Figure) -> bool:
    """Whether a figure prints as the token's number (its direction apart)."""
    return _same_kind(token, figure) and token.as_printed(figure.value) == token.number


def _same_kind(token: Token, figure: Figure) -> bool:
    if token.kind == "quantity":
        return figure.kind in {"count", "rank"}
    return token.kind == figure.kind


def _direction_agrees(token: Token, figure: Figure) -> bool:
    return figure.value == 0 or token.number == 0 or (figure.value < 0) == (token.sign < 0)


def _expected(token: Token, figure: Figure) -> str:
    """The figure as the token should have printed it: its unit and places, its minus only if the text used one."""
    number = format_number(token.as_printed(figure.value)).replace(",", "")
    digits = [place for place, sign in enumerate(token.printed) if sign.isdigit()]
    return number + (token.printed[digits[-1] + 1 :] if digits else "")


def _against_bound(token: Token, bound: Bound) -> Finding | None:
    expected = _expected(token, bound.figure)
    if not agrees(token, bound.figure):
        return Finding("differs", token.start, token.end, token.printed, expected, bound.key)
    signed = bound.figure.kind in {"points", "percent"}
    if signed and not _direction_agrees(token, bound.figure):
        return Finding("direction", token.start, token.end, token.printed, expected, bound.key)
    return None


def _against_all(token: Token, figures: Mapping[str, Figure]) -> Finding | None:
    candidates = {key: figure for key, figure in figures.items() if _same_kind(token, figure)}
    agreeing = [key for key, figure in candidates.items() if agrees(token, figure)]
    if any(token.kind not in {"points", "percent"} or _direction_agrees(token, candidates[key]) for key in agreeing):
        return None
    if agreeing:
        return Finding("direction", token.start, token.end, token.printed, None, agreeing[0])
    size = Fraction(token.number) * token.factor
    nearest = min(candidates, key=lambda key: abs(abs(Fraction(candidates[key].value)) - size), default=None)
    expected = None if nearest is None else _expected(token, candidates[nearest])
    return Finding("unknown", token.start, token.end, token.printed, expected, nearest)


def _aligned(text: str, tokens: list[Token], source: Sentence, names: Collection[str]) -> dict[int, Bound]:
    """Start of a token → the bound figure that stood there when the text was made.

    Both texts are compared with every figure replaced by one mark, so a changed figure keeps its place and an
    inserted or deleted passage shifts nothing.
    """
    was = find_figures(source.text, names)
    bound_of = {
        number: bound
        for number, token in enumerate(was)
        for bound in source.figures
        if bound.start < token.end and token.start < bound.end
    }
    marked_was, marked_now = _marked(source.text, was), _marked(text, tokens)
    if marked_was == marked_now:
        return {tokens[number].start: bound for number, bound in bound_of.items()}
    aligned: dict[int, Bound] = {}
    for block in SequenceMatcher(None, marked_was, marked_now, autojunk=False).get_matching_blocks():
        number_was = marked_was.count(_MARK, 0, block.a)
        number_now = marked_now.count(_MARK, 0, block.b)
        for offset in range(marked_was.count(_MARK, block.a, block.a + block.size)):
            bound = bound_of.get(number_was + offset)
            if bound is not None:
                aligned[tokens[number_now + offset].start] = bound
    return aligned


def _marked(text: str, tokens: list[Token]) -> str:
    """The text with the number of each token as one mark; its unit stays, so that places are told apart."""
    marked, place = "", 0
    for token in tokens:
        marked += text[place : token.start] + _MARK
        place = token.end
    return marked + text[place:]


def _parts(text: str, tokens: list[Token]) -> list[Finding]:
    """Where a sentence names a whole, then 其中 and at least two parts of the same kind: do they add up?"""
    findings: list[Finding] = []
    place = text.find("其中")
    while place >= 0:
        start = max(text.rfind(sign, 0, place) for sign in "。；\n") + 1
        end = min((found for sign in "。；\n" if (found := text.find(sign, place)) >= 0), default=len(text))
        whole = next((token for token in reversed(tokens) if start <= token.start < place), None)
        if whole is not None and whole.kind in {"count", "money"}:
            parts = [token for token in tokens if place < token.start < end and token.kind == whole.kind]
            finding = _sum_finding(whole, parts)
            findings += [finding] if finding else []
        place = text.find("其中", place + 2)
    return findings


def _sum_finding(whole: Token, parts: list[Token]) -> Finding | None:
    if len(parts) < 2:
        return None
    total = sum((Fraction(part.number) * part.factor for part in parts), Fraction(0))
    slack = sum((_half_step(token) for token in (*parts, whole)), Fraction(0))
    off = total - Fraction(whole.number) * whole.factor
    if abs(off) <= slack:
        return None
    expected = format_number(whole.as_printed(total)).replace(",", "")
    return Finding("parts_over" if off > 0 else "parts_short", whole.start, whole.end, whole.printed, expected, None)


def _half_step(token: Token) -> Fraction:
    """How far rounding may have moved a printed amount; counts are exact."""
    return Fraction(0) if token.kind == "count" else Fraction(token.factor, 2 * 10**token.places)
