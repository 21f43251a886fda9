"""A project's search keys, made from its name when it is saved."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

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


@lru_cache(maxsize=8192)
def _first_letter(character: str) -> str:
    return "".join(lazy_pinyin(character, style=Style.FIRST_LETTER))


def name_keys(name: str) -> NameKeys:
    """Pinyin initials (as the words are read, and where they differ as the single characters are read: 重庆路 → cql
    zql), pinyin for order, and the key for matching. Figures and Latin letters stay as they are.
    """
    plain = match_key(name)
    as_words = "".join(lazy_pinyin(plain, style=Style.FIRST_LETTER))
    as_characters = "".join(map(_first_letter, plain))
    initials = as_words if as_words == as_characters else f"{as_words} {as_characters}"
    return NameKeys(initials[:160], " ".join(lazy_pinyin(plain))[:200], plain)
