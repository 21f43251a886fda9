"""Search keys are what pypinyin makes of the whole name, however many words of it were seen before."""

import random

from pypinyin import Style, lazy_pinyin

from bench.workbooks import rows
from guatu.library.compute import match_key, name_keys

ODD = [
    "重庆路改造",
    "长安街（二期）",
    "银行大厦",
    "乐山大佛",
    "会计学院",
    "行走的力量3号楼",
    "ABC智慧城",
    "",
    "Ａ1区",
    "々々",
    "女儿河治理",
]
COUNT = 3000


def _slow(name: str) -> tuple[str, str, str]:
    plain = match_key(name)
    as_words = "".join(lazy_pinyin(plain, style=Style.FIRST_LETTER))
    as_characters = "".join("".join(lazy_pinyin(sign, style=Style.FIRST_LETTER)) for sign in plain)
    initials = as_words if as_words == as_characters else f"{as_words} {as_characters}"
    return initials[:160], " ".join(lazy_pinyin(plain))[:200], plain


def test_keys_of_thousands_of_names_are_pypinyins_own():
    chance = random.Random(3)
    names = [row[1] for row in rows(COUNT)]
    signs = sorted(set("".join(names) + "".join(ODD)))
    names += ODD + ["".join(chance.choices(signs, k=chance.randint(1, 14))) for _ in range(COUNT)]
    names += ["".join(chr(chance.randint(0x4E00, 0x9FA5)) for _ in range(8)) for _ in range(COUNT)]
    for name in names:
        keys = name_keys(name)
        assert (keys.initials, keys.sort_key, keys.match_key) == _slow(name), name
