"""The figures that stand in a Chinese text: numbers with their units, ranks; and what is no figure."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal, TypeAlias

from guatu.domain.numerals import read_counting
from guatu.domain.rounding import half_up

TokenKind: TypeAlias = Literal["count", "money", "percent", "points", "rank", "quantity"]


@dataclass(frozen=True, slots=True)
class Token:
    """A printed figure: text[start:end] == printed. ``number`` is as printed (never negative), ``factor`` its unit's.

    ``sign`` is −1 after a minus or a word of lag or fall (慢于, 下降). ``quantity`` is any other number (亩, 公里).
    """

    start: int
    end: int
    printed: str
    kind: TokenKind
    number: Decimal
    factor: int
    sign: int

    @property
    def places(self) -> int:
        exponent = self.number.as_tuple().exponent
        return -exponent if isinstance(exponent, int) and exponent < 0 else 0

    def as_printed(self, value: int | Decimal | Fraction) -> Decimal:
        """The size of a value as this token would print it: in its unit and places, half up."""
        return half_up(abs(Fraction(value)) / self.factor, self.places)


_FULL_WIDTH: Final = str.maketrans("０１２３４５６７８９．％－", "0123456789.%-")
_NUMERAL: Final = "零〇一二两三四五六七八九十百千"
_NO_FIGURES: Final = re.compile(
    "|".join(
        (
            r"\d{4}-\d{6}-\d{2}-\d{2}-\d{6}",  # project code
            r"(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{17}[0-9A-HJ-NPQRTUWXY](?![0-9A-Z])",  # credit code
            r"[〔\[［（(]\d{4}[〕\]］）)]\s*第?\s*\d*\s*号?",  # document number
            r"\d{4}\s*年?\s*[-—–~～至到]{1,2}\s*\d{4}\s*年",
            r"\d{1,2}\s*[-—–~～至到]{1,2}\s*\d{1,2}\s*(?:月份?|日|时|季度)",
            r"(?:\d{4}|\d{2}(?=年\d{1,2}月))年(?:第?[1-4一二三四]季度|\d{1,2}月份?)?(?:\d{1,2}[日号])?",
            r"\d{1,2}月(?:份|\d{1,2}[日号])?",
            r"(?<![\d.])\d{4}([-./])\d{1,2}(?:\1\d{1,2})?(?![\d.%])(?!\s*[亿万元个项])",
            r"(?<![\d.])\d{1,2}[日时](?![均常产])",
            r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?",
            r"第\s*[\d" + _NUMERAL + r"]+\s*(?![\d" + _NUMERAL + r"位名])",  # ordinals, ranks apart
            r"[居列]?[前后]\s*[\d" + _NUMERAL + r"]+\s*[位名个]",
            r"[A-Za-z]+[-]?\d+(?:\.\d+)?",  # G30, S243
            r"\d+\s*号(?:楼|线|地块|井|厂房|路|门|车间|桥|院)?",
            r"附[件表]\s*\d+|[表图]\s*\d+",
            r"(?m:^)\s*[（(]?[\d" + _NUMERAL + r"]+[）)]|(?m:^)\s*\d+[.．、](?!\d)|(?m:^)\s*[" + _NUMERAL + r"]+、",
            r"(?<![\d.])1[3-9]\d{9}(?!\d|\.\d|\s*[%亿万元个项])|0\d{2,3}-\d{7,8}",  # telephone
            r"[三四五六七八九]个一",
            r"[四五六]大班子",
        )
    )
)
_UNIT: Final = (
    r"(?P<points>个?百分点)|(?P<percent>%|％)"
    r"|(?P<money>万亿元?|亿元?|万元|元|万(?![亩平立方米千公户人吨家台套辆个项头只株件]))"
    r"|(?P<count>个(?!月|工作日)|项)"
)
_ARABIC = re.compile(r"(?P<minus>[-−])?(?P<number>(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?)\s*(?:" + _UNIT + ")?")
_CHINESE = re.compile(
    r"(?<![第每某这那前后几数亿万" + _NUMERAL + r"])"
    r"(?P<number>(?!一(?:个|项))[" + _NUMERAL + r"]+(?:亿[" + _NUMERAL + r"]+万?(?=元))?)"
    r"(?:(?P<points>个百分点)|(?P<money>亿元|万元|(?<=[亿万千百])元)"
    r"|(?P<count>个(?=项目|重点|问题|单位|乡镇|街道)|项(?=重点|工程|问题)))"
)
_RANK = re.compile(r"第\s*(?P<number>\d+|[" + _NUMERAL + r"]+)\s*(?:位|名)")
_FACTORS: Final = {"万亿": 10**12, "亿": 10**8, "万": 10**4, "": 1}
_DOWN = re.compile(r"慢于|低于|落后|滞后|下降|减少|回落|下滑|负增长")
_UP = re.compile(r"快于|高于|领先|超过|超前|增长|增加|提高|上升|提升")
_CLAUSE_END = re.compile(r"[，。；：、！？,;\n（(]")


def find_figures(text: str, names: Collection[str] = ()) -> list[Token]:
    """Every figure of a text, in order.

    No figures: dates and years, document numbers, ordinals (第3期), numbering at a line's head (一、 （一） 1.), codes,
    road and building numbers, telephone numbers, and whatever stands inside one of ``names`` (project names).
    """
    plain = text.translate(_FULL_WIDTH)
    masked = plain
    for name in sorted(names, key=len, reverse=True):
        if name:
            masked = masked.replace(name.translate(_FULL_WIDTH), "\ue000" * len(name))
    ranks = list(_RANK.finditer(masked))
    masked = _NO_FIGURES.sub(lambda match: "\ue000" * len(match[0]), masked)
    for match in ranks:
        masked = masked[: match.start()] + "\ue000" * len(match[0]) + masked[match.end() :]
    tokens = [*_ranks(ranks, text), *_numbers(masked, text)]
    return sorted(tokens, key=lambda token: token.start)


def _ranks(matches: list[re.Match[str]], text: str) -> Iterator[Token]:
    for match in matches:
        number = _value(match["number"])
        if number is not None:
            yield Token(match.start(), match.end(), text[match.start() : match.end()], "rank", number, 1, 1)


def _numbers(masked: str, text: str) -> Iterator[Token]:
    for pattern in (_ARABIC, _CHINESE):
        for match in pattern.finditer(masked):
            number = _value(match["number"].replace(",", ""))
            if number is None:
                continue
            kind, factor = _kind(match)
            end = match.start() + len(match[0].rstrip())
            minus = match.groupdict().get("minus") and not masked[: match.start()][-1:].isalnum()
            sign = -1 if minus or _falls(masked[: match.start()]) else 1
            yield Token(match.start(), end, text[match.start() : end], kind, number, factor, sign)


def _kind(match: re.Match[str]) -> tuple[TokenKind, int]:
    found = {name: unit for name, unit in match.groupdict().items() if unit and name not in {"number", "minus"}}
    if "money" in found:
        return "money", _FACTORS[found["money"].removesuffix("元")]
    kinds: tuple[TokenKind, ...] = ("points", "percent", "count")
    return next((kind for kind in kinds if kind in found), "quantity"), 1


def _value(text: str) -> Decimal | None:
    if text[0].isdigit():
        return Decimal(text)
    reading = read_counting(list(text))
    return None if reading is None else Decimal(int(reading[0]))


def _falls(before: str) -> bool:
    """Whether the last word of direction in the figure's own clause points down."""
    clause = _CLAUSE_END.split(before)[-1]
    down = max((match.end() for match in _DOWN.finditer(clause)), default=0)
    up = max((match.end() for match in _UP.finditer(clause)), default=0)
    return down > up and not clause[down:].startswith(("到", "至", "为"))
