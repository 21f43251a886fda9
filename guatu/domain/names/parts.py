"""A project's name taken apart: its core, and what tells it from its sisters (phase, section, number, letter, year).

青桐数据中心（二期）建设项目 has the core 青桐数据中心 and the phase 2. Two names are compared by their cores; names
whose phases differ are two projects, however alike the rest is.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from guatu.domain.numerals import to_arabic

PHASE, SECTION, SEGMENT, EXTENSION, BATCH = "phase", "section", "segment", "extension", "batch"
NUMBER, LETTER, YEAR, VOLTAGE, QUANTITY = "number", "letter", "year", "voltage", "quantity"

_OPEN, _CLOSE = "【〔[{〈<", "】〕]}〉>"
_BRACKETS: Final = str.maketrans(_OPEN + _CLOSE, "(" * len(_OPEN) + ")" * len(_CLOSE))
_SIGNS = re.compile(r"[\s“”\"'‘’「」『』《》★☆▲△※*·,，。;；:：_]+")
_ROMAN = re.compile(r"(?<![a-z])([ivx]{1,5})(?=期|标|段|批|回|线|号|级|类|区|地块|组团|$|[)(\-、])")
_ROMANS: Final = {"i": 1, "v": 5, "x": 10}
_BRACKETED = re.compile(r"\(([^()]*)\)")
_FORMER = re.compile(r"^(?:原名?|曾用名?|暂定名?|暂名|又名|即|简称)")
_SAME_WORDS: Final = (
    ("千伏", "kv"),
    ("输变电站", "变电"),
    ("输变电", "变电"),
    ("变电站", "变电"),
    ("变电所", "变电"),
    ("污水处理厂", "污水厂"),
    ("棚户区", "棚户"),
    ("棚改", "棚户改造"),
    ("老旧小区", "旧小区"),
    ("产业园区", "产业园"),
    ("工业园区", "工业园"),
    ("物流园区", "物流园"),
    ("科技园区", "科技园"),
    ("建设基地", "基地"),
)
_TAIL = re.compile(r"(?:新建工程|新建项目|工程|项目|建设|施工|总承包|ppp|epc)+$")
_NO_DISTRICT, _NO_CITY, _NO_TOWN = (
    "片园小社新校院库山景厂街地业开发高示范聚林矿湖港牧税验能宅活旧户灾城",
    "超城夜菜门集都",
    "小城古乡名重",
)
_PLACE = re.compile(
    rf"^([\u4e00-\u9fff]{{1,3}}?)(?:(?<![{_NO_DISTRICT}])(区)|(?<![{_NO_CITY}])(市)|(?<![{_NO_TOWN}])(镇|乡)|(省|县|旗|街道))(?=..)"
)
_ROAD = re.compile(r"(?<![a-z])([gs])(\d{3})(?!\d)(?:国道|省道)?")
_UNITS = (
    "万吨|亿吨|吨|万台|台|万套|套|万辆|辆|公里|千米|平方公里|万平方米|平方米|平米|立方米|万立方|米|万亩|亩|公顷|兆瓦|千瓦|"
    "mw|gw|kw|mwp|张床位?|床|座|户|个|万只|只|万件|件|万支|支|万头|头|万片|片|架|条|人|吨级|亿元|万元|%"
)
_RANGE = r"\d{1,3}(?:(?:[、和及与至~\-—/]|期)+第?\d{1,3})*"


def _numbers(text: str) -> frozenset[str]:
    """1、2 and 1至3 as the numbers that they name."""
    span = re.fullmatch(r"(\d{1,3})(?:期)?(?:至|~|-|—)第?(\d{1,3})", text)
    if span and int(span[1]) < int(span[2]) <= int(span[1]) + 20:
        return frozenset(str(number) for number in range(int(span[1]), int(span[2]) + 1))
    return frozenset(str(int(number)) for number in re.findall(r"\d+", text))


def _section(text: str) -> frozenset[str]:
    return _numbers(text) or frozenset([text])


def _whole(text: str) -> frozenset[str]:
    return frozenset([text])


@dataclass(frozen=True, slots=True)
class _Rule:
    """One way in which a name tells itself from its sisters; its first group that holds something is the value."""

    kind: str
    pattern: re.Pattern[str]
    read: Callable[[str], frozenset[str]] = _whole


_TELLING = re.compile(r"[0-9a-z期段延]")
"""What every rule needs: most names have nothing of it."""
_RULES: Final = (
    _Rule(YEAR, re.compile(r"((?:19|20)\d\d(?:[-—~至](?:19|20)?\d\d)?)年?度?(?!\d)(?!万|亿|吨|米|亩|台|套|户|个|kv)")),
    _Rule(VOLTAGE, re.compile(r"(\d{2,4})kv"), _numbers),
    _Rule(QUANTITY, re.compile(rf"(?:年产|日产|日处理|年处理)?(\d+(?:\.\d+)?(?:{_UNITS}))(?:/[年日天])?")),
    _Rule(PHASE, re.compile(rf"第?({_RANGE})期(?:工程|项目)?"), _numbers),
    _Rule(PHASE, re.compile(r"(首)期"), lambda _text: frozenset("1")),
    _Rule(PHASE, re.compile(r"([近远])期")),
    _Rule(BATCH, re.compile(rf"第?({_RANGE})批次?"), _numbers),
    _Rule(SECTION, re.compile(rf"第?({_RANGE}|(?<![a-z])[a-z])(?:合同段|标段|标(?!准|志|识|杆)|工区)"), _section),
    _Rule(SECTION, re.compile(r"标段?(\d{1,2}|[a-z])(?![\da-z])"), _section),
    _Rule(EXTENSION, re.compile(r"([东西南北]{1,2})延(?:伸段?|长线?|线|段)?|(延伸段?|延长线|延长段)")),
    _Rule(SEGMENT, re.compile(r"([东西南北中上下]{1,2})段")),
    _Rule(SEGMENT, re.compile(r"第?(\d{1,2})段")),
    _Rule(LETTER, re.compile(r"(?<![a-z\d])([a-z]\d{0,3}(?:-\d{1,3})?)(?![a-z\d])(?:[#号]|座|栋)?")),
    _Rule(NUMBER, re.compile(r"第?(\d{1,5}(?:-\d{1,3})?)(?:#|号)?")),
)


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name's pieces. `marks` is by kind what tells it from its sisters, `notes` what stands in brackets beside it,
    `places` by level (市, 区 …) the places in front; `head` is the core without the words that any project may have.
    """

    core: str
    head: str
    marks: dict[str, frozenset[str]] = field(default_factory=dict)
    notes: frozenset[str] = frozenset()
    places: dict[str, str] = field(default_factory=dict)


def _roman(match: re.Match[str]) -> str:
    values = [_ROMANS[letter] for letter in match[1]]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return str(sum(-value if value < after else value for value, after in pairs))


def plain_name(name: str) -> str:
    """Half width, lower case, one kind of brackets, numbers in Arabic digits, one word for words that mean the same.

    Doing it again changes nothing.
    """
    text = unicodedata.normalize("NFKC", name).translate(_BRACKETS).lower()
    text = to_arabic(_ROMAN.sub(_roman, _SIGNS.sub("", text)))
    for said, same in _SAME_WORDS:
        text = text.replace(said, same)
    return _ROAD.sub(lambda match: match[2] + ("国道" if match[1] == "g" else "省道"), text)


GENERIC = re.compile(
    r"综合|改造|提升|整治|升级|建设|工程|项目|道路|公路|雨污|分流|排水|管网|路面|棚户|城中村|片区|小区|旧|基础设施|配套|"
    r"生产线|生产|智能|产业园|工业园|科技园|物流园|产业|基地|中心|变电|污水厂|安置房?|住宅|厂房|标准化?|示范|生态|修复|治理|绿化|景观|"
    r"扩建|新建|改建|迁建|技术|研发|加工|制造|学校|小学|中学|幼儿园|医院|卫生院|养老|停车场|公园|广场|年产|及|等|和|与|的"
)


@lru_cache(maxsize=65536)
def name_parts(name: str) -> NameParts:
    """Take a name apart."""
    text = plain_name(name)
    marks: dict[str, frozenset[str]] = {}
    if _TELLING.search(text):
        for rule in _RULES:
            text = _taken(rule, text, marks)
    notes = frozenset(note for piece in _BRACKETED.findall(text) if (note := _bare(piece)) and not _FORMER.match(note))
    text = _bare(_BRACKETED.sub("", text))
    text, places = _without_places(text)
    core = _TAIL.sub("", text)
    core = core if len(core) >= 2 else text or _bare(plain_name(name))
    return NameParts(core, GENERIC.sub("", core), marks, notes, places)


def _taken(rule: _Rule, text: str, marks: dict[str, frozenset[str]]) -> str:
    def take(match: re.Match[str]) -> str:
        value = next((group for group in match.groups() if group), "")
        marks[rule.kind] = marks.get(rule.kind, frozenset()) | rule.read(value)
        return ""

    return rule.pattern.sub(take, text)


def _bare(text: str) -> str:
    return re.sub(r"[^\w]", "", text)


def _without_places(text: str) -> tuple[str, dict[str, str]]:
    places: dict[str, str] = {}
    while (match := _PLACE.match(text)) and len(match[1]) > 1:
        level = match[0][len(match[1]) :]
        if level in places:
            break
        places[level] = match[1]
        text = text[match.end() :]
    return text, places
