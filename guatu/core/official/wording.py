"""The printed words: fixed words in both scripts, what may be printed at all, numerals, and widths.

The fixed words belong to the document, not to the screen: a document is written in Chinese whatever the reader's
language is, so they do not go through the catalogues.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final

from opencc import OpenCC

from guatu.core.official.model import Document, Script, map_text
from guatu.core.signs import DIRECTION


@dataclass(frozen=True, slots=True)
class Words:
    """The fixed words of one script."""

    copies: str = "抄送："
    printed: str = "印发"
    attachment: str = "附件"
    draft: str = "未签发"
    nothing: str = "无"


WORDS: Final[dict[Script, Words]] = {
    "hans": Words(),
    "hant": Words(printed="印發", draft="未簽發", nothing="無"),
}

_NOT_PRINTED: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    f"{DIRECTION}]"  # they could show digits in an order in which they are not stored
)
_LINE_ENDS: Final = re.compile("\r\n|[\r\x85\u2028\u2029]")


def clean(text: str) -> str:
    """The text without what XML 1.0 or a page cannot hold; line ends become "\\n", tabs a space."""
    return _NOT_PRINTED.sub("", _LINE_ENDS.sub("\n", text).replace("\t", " "))


def to_traditional(document: Document) -> Document:
    """The same document in traditional characters (OpenCC s2t: characters, not regional vocabulary)."""
    return replace(map_text(document, _converter().convert), script="hant")


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("s2t")


def day_words(day: date) -> str:
    """A date as documents write it: 2019年3月9日 (Arabic, no leading zero)."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_number(number: int) -> str:
    """1 to 99 as headings count: 一, 十, 十一, 二十, 二十一; past 99 in digits (no document fails for it)."""
    if number > 99:
        return str(number)
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十") + (digits[ones] if ones else "")


def width_of(text: str) -> float:
    """A text's width in full-width characters; what is not full-width counts half."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.5 for sign in text)
