"""Texts of cells and headings brought to one form for comparing; what is stored stays as typed."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from guatu.core.sheets.model import Cell
from guatu.domain.errors import DomainError
from guatu.domain.money import MoneyUnit, find_unit

BLANKS = frozenset(
    {"", "-", "--", "---", "—", "——", "－", "/", "\\", "无", "暂无", "待定", "未定", "n/a", "na", "…", "……"}
)
LONGEST_BLANK = 8  # a sign for nothing with spaces around it is no longer
MARKS = "★☆▲△●○◆◇■□※＊*#✦✩✪"
LONGEST_LABEL = 200
"""Characters. No heading, category or sum is longer; patterns are never run on more of a cell than this."""
_SPACE = re.compile(r"\s+")
_LETTERED = re.compile(r"^\s*([A-ZⅠ-Ⅻ])[ \u3000]+(?=[\u4e00-\u9fff])")
_COMPARED = str.maketrans("〔〕【】[]", "()()()", "“”\"'‘’《》·•・")
_UNIT_BRACKET = re.compile(r"[(\[【](?:金额)?(?:单位:?)?[^()\[\]【】]*?(?:元|亿|万)(?:人民币)?[)\]】]")
_UNIT_TAIL = re.compile(r"[,:/、]?(?:亿元|万元|千元)$")
_BRACKETED = re.compile(r"\([^()]*\)")
_YEAR_END = re.compile(
    r"(?:截至|截止到?|至|到)?((?:19|20)\d\d)年(?:度)?(?:年?底前?|年?末|12月底|12月末|12月31日"
    r"|(?:\(含\))?及?[以之]前年?度?)"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年度|年|(?!\d))")
_SHORT_YEAR = re.compile(r"(?<!\d)([0-4]\d)年度?")
_FROM_JANUARY = re.compile(
    r"(?:截至|截止到?|至|到)?(本年|上年|前年|后年)?1(?:月份?)?[-—–~至到](\d{1,2})月(?:份|底|末)?"
)
_UNTIL_MONTH = re.compile(r"(?:截至|截止到?|至|到)(本年)?(\d{1,2})月份?(?:底|末|\d{1,2}日)?")
_MONTH = re.compile(r"(?<!\d)(\d{1,2})月份?")
_QUARTER = re.compile(r"(前|第?)([一二三四1-4])季度?")
OTHER_YEARS = re.compile("上年|(?<!以)前年|后年")


@dataclass(frozen=True, slots=True)
class Heading:
    """One piece of a heading: ``key`` with years and months as words (本年, 上年, M月) and without its unit, ``bare``
    also without what stands in brackets; ``months`` are the first and last month that it names."""

    text: str
    key: str
    bare: str
    unit: MoneyUnit | None = None
    unit_fault: str = ""
    months: tuple[int, int] | None = None


def flat(value: Cell) -> str:
    """NFKC, without any white space: for comparing."""
    text = cell_text(value)
    if text.isascii():
        return text if text.isalnum() else "".join(text.split())
    return "".join(unicodedata.normalize("NFKC", text).split())


def label_of(value: Cell) -> str:
    """``flat``, for what may be a label: of a longer text only its beginning. A letter that stands apart before words
    numbers them (A 产业发展): it keeps a sign for it."""
    if isinstance(value, str):
        value = _LETTERED.sub(r"\1、", value[:LONGEST_LABEL], count=1)
    return flat(value)


def cell_text(value: Cell) -> str:
    """What the cell shows: a whole float without its point, a date as ISO."""
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    return str(value)


def is_blank(value: Cell) -> bool:
    """Nothing, or one of the signs that offices print for nothing."""
    if isinstance(value, str):
        return value.isspace() if len(value) > LONGEST_BLANK else value.strip().lower() in BLANKS
    return value is None


def split_mark(name: str) -> tuple[str, str]:
    """("★洛浦金苑") → ("洛浦金苑", "★"): marks at either end, kept apart."""
    plain = name.strip()
    if plain and plain[0] not in MARKS and plain[-1] not in MARKS:
        return plain, ""
    core = plain.strip(MARKS + " \u3000")
    if not core:
        return plain, ""
    start = plain.index(core)
    marks = plain[:start] + plain[start + len(core) :]
    return core, "".join(char for char in marks if char in MARKS)


def match_key(name: str) -> str:
    """A name for comparing only: one width, one kind of bracket, no marks, no spaces, no quotation marks."""
    core, _ = split_mark(name)
    return flat(core).lower().translate(_COMPARED)


def heading_of(text: str, year: int | None) -> Heading:
    """A heading's piece for the ledger of ``year``; of a longer text only its beginning."""
    return _heading_of(text[:LONGEST_LABEL], year)


@lru_cache(maxsize=8192)
def _heading_of(text: str, year: int | None) -> Heading:
    plain = flat(text).lower().strip(MARKS + ":：").replace("m月", "M月")
    unit, fault = None, ""
    try:
        unit = find_unit(text)
    except DomainError as error:
        fault = error.code
    key = _UNIT_TAIL.sub("", _UNIT_BRACKET.sub("", plain)) or plain
    key, months = _months(_years(key, year))
    bare = _BRACKETED.sub("", key) or key
    return Heading(_SPACE.sub("", text.strip()), key, bare, unit, fault, months)


def _year_word(found: int, year: int | None) -> str:
    if year is None or found == year:
        return "本年"
    if found == year - 1:
        return "上年"
    return "前年" if found < year else "后年"


def _years(key: str, year: int | None) -> str:
    key = re.sub("截止到?", "截至", key)
    key = _YEAR_END.sub(lambda match: f"至{_year_word(int(match[1]), year)}底", key)
    key = _YEAR.sub(lambda match: _year_word(int(match[1]), year), key)
    if year is not None:
        key = _SHORT_YEAR.sub(lambda match: _year_word(year // 100 * 100 + int(match[1]), year), key)
    key = re.sub(r"(?:今年|当年|本年度)度?", "本年", key)
    key = re.sub(r"(?:去年|上一?年度?)", "上年", key)
    key = re.sub(r"(?:截至|截止到?|至|到)?(本年|上年)(?:年?底|末|12月底|12月末)", r"至\1底", key)
    return key.replace("本年年度", "本年").replace("本年年", "本年").replace("上年年", "上年")


def _months(key: str) -> tuple[str, tuple[int, int] | None]:
    found: list[tuple[int, int]] = []

    def since(match: re.Match[str]) -> str:
        found.append((1, int(match[2])))
        return f"{match[1] or ''}1至M月"

    def until(match: re.Match[str]) -> str:
        found.append((1, int(match[2])))
        return "截至M月底"

    def one(match: re.Match[str]) -> str:
        found.append((int(match[1]), int(match[1])))
        return "M月"

    for pattern, replace in ((_FROM_JANUARY, since), (_UNTIL_MONTH, until), (_MONTH, one)):
        key = pattern.sub(replace, key)
    return key, found[0] if found else _quarter(key)


def _quarter(key: str) -> tuple[int, int] | None:
    """The months of 一季度 or 前三季度; the words stay as they are."""
    match = _QUARTER.search(key)
    if match is None:
        return (1, 6) if "上半年" in key else None
    number = "一二三四1234".index(match[2]) % 4 + 1
    return (1 if match[1] == "前" else 3 * number - 2), 3 * number
