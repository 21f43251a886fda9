"""How likely two names mean one project, from 0 to 100, with the reasons.

What two names of one project have in common was looked at in published lists: the same words with other brackets,
another tail (项目, 工程), a place more or less, a wrong character of the same sound, another order, words left out.
What never is one project: another phase, section, number, letter, voltage, year, place, or the extension of a road.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from pypinyin import Style, pinyin

from guatu.domain.names.parts import EXTENSION, PHASE, QUANTITY, SECTION, SEGMENT, YEAR, NameParts

DOUBT: Final = 65
"""From here on two names are shown side by side."""
_BANDS: Final = ((90, "nearly_certain"), (80, "very_likely"), (DOUBT, "possible"))
WEAK: Final = 50
PROPER: Final = 4  # characters in front that are proper to a name
_MISSING: Final = 79  # a phase beside none is a doubt and never more
_ORDERED: Final = frozenset(
    "东西南北中上下左右前后内外新老旧大小高初甲乙丙丁戊己庚辛0123456789abcdefghijklmnopqrstuvwxyz"
)
_PARTS_OF: Final = (
    *(
        "配套",
        "安置",
        "连接",
        "支线",
        "辅道",
        "匝道",
        "附属",
        "外部",
        "送出",
        "接入",
        "扩建",
        "二次",
        "续建",
        "迁建",
        "管网",
    ),
    *(
        "停车",
        "人行",
        "天桥",
        "下穿",
        "立交",
        "宿舍",
        "门诊",
        "病房",
        "食堂",
        "绿化",
        "照明",
        "景观",
        "装修",
        "设备",
        "征迁",
    ),
    *(
        "拆迁",
        "前期",
        "勘察",
        "设计",
        "监理",
        "中学",
        "小学",
        "幼儿园",
        "分院",
        "分校",
        "分公司",
        "综合楼",
        "教学楼",
        "实验",
    ),
)
_KINDS: Final = (
    *(
        "学校",
        "小学",
        "中学",
        "幼儿园",
        "医院",
        "卫生院",
        "停车场",
        "公园",
        "广场",
        "变电",
        "污水厂",
        "图书馆",
        "博物馆",
    ),
    *("体育馆", "供水", "污水", "道路", "绿化", "亮化", "隧道", "天桥", "大桥", "管廊", "征收", "厂房", "住宅"),
)
_FILLING: Final = (
    "提升",
    "综合",
    "整治",
    "升级",
    "基地",
    "产业",
    "中心",
    "标准化",
    "及",
    "等",
    "新建",
    "年产",
    "道路",
    "市政",
)
_FIRM: Final = ("有限责任公司", "股份有限公司", "集团有限公司", "有限公司", "股份公司", "公司", "集团")


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a project beside its name: owner and site as typed ("" unknown), total investment in yuan."""

    parts: NameParts
    owner: str = ""
    site: str = ""
    total: int | None = None


def band(score: int) -> str:
    """A score as one of three words: nearly_certain, very_likely, possible; "" below a doubt."""
    return next((word for least, word in _BANDS if score >= least), "")


def alike(one: Told, other: Told) -> tuple[int, tuple[str, ...]]:
    """(score from 0 to 100, reasons as codes, the weightiest first). The order of the two does not matter."""
    a, b = one.parts, other.parts
    reasons: list[str] = []
    most = _sisters(a, b, reasons)
    if not most:
        return 0, ()
    score, reason = _text(a, b)
    if score < WEAK and not (_shared(a.core, b.core) >= 30 and _same_firm(one, other) and _same_total(one, other)):
        return score, (reason,)
    score += _evidence(one, other, reasons) - 6 * sum(reason.endswith("_missing") for reason in reasons)
    if _same_firm(one, other) and _same_total(one, other) and score >= 40:
        score = max(score, DOUBT + 1)
    return max(0, min(score, most)), (reason, *reasons)


# -- sisters ----------------------------------------------------------------------------------------------------------
def _sisters(a: NameParts, b: NameParts, reasons: list[str]) -> int:
    """The most that two names can reach by what tells sisters apart: 0 where they are two projects for certain."""
    if a.marks.get(EXTENSION) != b.marks.get(EXTENSION):
        return 0
    if any(b.places.get(level, place) != place for level, place in a.places.items()):
        return 0
    most = 100
    for kind in sorted({*a.marks, *b.marks}):
        mine, theirs = a.marks.get(kind), b.marks.get(kind)
        if mine == theirs:
            continue
        if kind == QUANTITY:
            reasons.append("quantity_differs" if mine and theirs else "quantity_missing")
            most = min(most, _MISSING if mine and theirs else 85)
        elif mine and theirs:
            return 0
        else:
            reasons.append(f"{kind if kind in (PHASE, SECTION, SEGMENT, YEAR) else 'number'}_missing")
            most = min(most, _MISSING)
    if a.notes and b.notes and a.notes != b.notes:
        most = min(most, DOUBT - 1)
    return most


# -- words ------------------------------------------------------------------------------------------------------------
def _text(a: NameParts, b: NameParts) -> tuple[int, str]:
    one, other = sorted((_beside(a, b), _beside(b, a)), key=lambda text: (len(text), text))
    if one == other:
        return (97, "wording") if a.notes == b.notes else (88, "brackets")
    if one[:1] and len(one) == len(other):
        found = _letters(one, other, *sorted((a.head, b.head)))
        if found is not None:
            return found
    if len(one) >= 2 and one in other:
        return _contained(one, other)
    if _in_order(one, other):
        return _shortened(one, other)
    score = 85 * (_shared(one, other) + 2 * _shared(a.head, b.head)) // 300
    return (min(score, 55) if _kinds(one) != _kinds(other) else score), "similar"


def _kinds(core: str) -> set[str]:
    """What a name says is built."""
    return {word for word in _KINDS if word in core}


def _beside(a: NameParts, b: NameParts) -> str:
    """The core without the place that the other name has with its level: 洛阳瑞翔铝业 beside 洛阳市瑞翔铝业."""
    for place in b.places.values():
        if a.core.startswith(place) and len(a.core) >= len(place) + 2 and place not in a.places.values():
            return a.core[len(place) :]
    return a.core


def _letters(one: str, other: str, head: str, head_other: str) -> tuple[int, str] | None:
    """Names of one length: another order, or one or two characters written otherwise."""
    places = [place for place, (x, y) in enumerate(zip(one, other, strict=True)) if x != y]
    differing = [(one[place], other[place]) for place in places]
    if len(differing) <= 2 and all(_sounds_alike(x, y) for x, y in differing):
        return 90, "homophone"
    if sorted(one) == sorted(other):
        return 86, "order"
    if len(differing) > 1:
        return None
    x, y = differing[0]
    if x in _ORDERED or y in _ORDERED:
        return (20 if x in _ORDERED and y in _ORDERED else 48), "one_character"
    if head == head_other:
        return 78, "one_character"
    # What is proper to a name stands in front: 洛钼总部 and 洛轴总部 are two.
    return (74 if places[0] >= PROPER and len(head) > PROPER else 54), "one_character"


def _contained(one: str, other: str) -> tuple[int, str]:
    rest = other.replace(one, "", 1)
    if len(rest) <= 2 and any(character in _ORDERED for character in rest):
        return 40, "part_of"
    if any(word in rest for word in _PARTS_OF):
        return 48, "part_of"
    for word in _FILLING:
        rest = rest.replace(word, "")
    if not rest:
        return 85, "contains"
    return min(85, 40 + 50 * len(one) // len(other)), "contains"


def _shortened(one: str, other: str) -> tuple[int, str]:
    """A name whose characters all stand in the other, in their order."""
    said = [word for word in (*_FILLING, "地下") if word in other and word not in one]
    rest = list(other)
    for character in "".join((one, *said)):
        if character in rest:
            rest.remove(character)
    if any(character in _ORDERED for character in rest):
        return 42, "shortened"
    if any(word in other and word not in one for word in _PARTS_OF):
        return WEAK, "shortened"
    return 44 + 36 * len(one) // len(other), "shortened"


def _in_order(one: str, other: str) -> bool:
    left: Iterator[str] = iter(other)
    return len(one) >= 4 and 2 * len(one) >= len(other) and all(character in left for character in one)


def _shared(one: str, other: str) -> int:
    """Share of pairs of neighbouring characters that both have, in hundredths (Dice)."""
    mine, theirs = pairs_of(one), pairs_of(other)
    if not mine or not theirs:
        return 100 if one == other and one else 0
    return 200 * len(mine & theirs) // (len(mine) + len(theirs))


def pairs_of(text: str) -> frozenset[str]:
    """Neighbouring characters; a single one is its own pair."""
    return frozenset(map("".join, pairwise(text))) if len(text) > 1 else frozenset([text] if text else [])


@lru_cache(maxsize=16384)
def _sounds(character: str) -> frozenset[str]:
    return frozenset(pinyin(character, style=Style.NORMAL, heteronym=True)[0])


def _sounds_alike(x: str, y: str) -> bool:
    return not (x in _ORDERED and y in _ORDERED) and not _sounds(x).isdisjoint(_sounds(y))


# -- what stands beside the name --------------------------------------------------------------------------------------
def _evidence(one: Told, other: Told, reasons: list[str]) -> int:
    points = 0
    if one.owner and other.owner:
        if _same_firm(one, other):
            points += 6
            reasons.append("same_owner")
        elif _shared(_firm(one.owner), _firm(other.owner)) < 50:
            points -= 6
    if one.site and other.site and _shared(one.site, other.site) >= 80:
        points += 4
        reasons.append("same_site")
    if one.total and other.total:
        if one.total == other.total:
            points += 10
            reasons.append("same_total")
        elif max(one.total, other.total) > 2 * min(one.total, other.total):
            points -= 8
    return points


def _firm(owner: str) -> str:
    for word in _FIRM:
        owner = owner.replace(word, "")
    return owner


def _same_firm(one: Told, other: Told) -> bool:
    return bool(one.owner and other.owner) and _firm(one.owner) == _firm(other.owner)


def _same_total(one: Told, other: Told) -> bool:
    return bool(one.total) and one.total == other.total
