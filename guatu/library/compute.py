"""A project's search keys, made from its name when it is saved."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from pypinyin import Style, lazy_pinyin
from pypinyin.seg.simpleseg import seg as cut

_MARKS = re.compile(r"[^\w]|_")


@dataclass(frozen=True, slots=True)
class NameKeys:
    """What a name is found, ordered and matched by."""

    initials: str
    sort_key: str
    match_key: str

    def as_columns(self) -> dict[str, str]:
        """By column name."""
        return {"initials": self.initials, "sort_key": self.sort_key, "match_key": self.match_key}


def match_key(name: str) -> str:
    """A name in one form: half width, lower case, without brackets, spaces, punctuation and marks (★ ☆ ▲ *).

    What stands in brackets is kept, because （一期） and （二期） are two projects.
    """
    return _MARKS.sub("", unicodedata.normalize("NFKC", name)).lower()[:160]


@lru_cache(maxsize=65_536)
def _read(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """How a word (as pypinyin cuts names into words) is read: its syllables, and their first letters."""
    return tuple(lazy_pinyin(word)), tuple(lazy_pinyin(word, style=Style.FIRST_LETTER))


def name_keys(name: str) -> NameKeys:
    """Pinyin initials (as the words are read, and where they differ as the single characters are read: 重庆路 → cql
    zql), pinyin for order, and the key for matching. Figures and Latin letters stay as they are.

    Names of one ledger are made of the same words: each word is looked up once.
    """
    plain = match_key(name)
    words = [_read(word) for word in cut(plain)]
    as_words = "".join([letter for _syllables, letters in words for letter in letters])
    as_characters = "".join([letter for character in plain for letter in _read(character)[1]])
    initials = as_words if as_words == as_characters else f"{as_words} {as_characters}"
    return NameKeys(initials[:160], " ".join([each for syllables, _ in words for each in syllables])[:200], plain)
