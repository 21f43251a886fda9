"""Dates as offices write them: a day, a month's end, a quarter, a year, 下周五 (docs/algorithms/dates.md).

Pure: what needs to know the day gets it as ``today``.
"""

import calendar
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal, TypeAlias

from guatu.domain.errors import DomainError
from guatu.domain.numerals import to_arabic

Precision: TypeAlias = Literal["day", "end", "week", "ten_days", "month", "quarter", "half", "year"]

EARLIEST, LATEST = 1949, 2100
LONGEST: Final = 60  # characters; no date or span of years is longer, and longer texts are not even tried
_SERIAL_ZERO: Final = date(1899, 12, 30)
_SERIALS: Final = range(20000, 73051)  # 1954-10-03 … 2099-12-31; smaller whole numbers are years, larger ones YYYYMMDD


@dataclass(frozen=True, slots=True)
class DateSpan:
    """From ``start`` to ``end`` (both included), as precise as the text was.

    ``precision`` is "end" for a stated end (3月底, 年底, 一季度末): then both are that last day.
    """

    start: date
    end: date
    precision: Precision

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise DomainError("date.span_reversed", start=self.start.isoformat(), end=self.end.isoformat())


@dataclass(frozen=True, slots=True)
class YearSpan:
    """The years of building (建设起止年限): from the start of ``start`` to the end of ``end``."""

    start: DateSpan
    end: DateSpan

    @property
    def start_year(self) -> int:
        return self.start.start.year

    @property
    def end_year(self) -> int:
        return self.end.end.year

    def __contains__(self, year: int) -> bool:
        return self.start_year <= year <= self.end_year


@dataclass(frozen=True, slots=True)
class _Context:
    text: str
    today: date | None
    year: int | None

    def known_today(self) -> date:
        if self.today is None:
            raise DomainError("date.no_today", text=self.text)
        return self.today

    def year_of(self, written: str | None) -> int:
        """The written year (four digits, two digits before 年, or 今年 and the like), else the list's, else today's."""
        if written in _YEAR_WORDS:
            return (self.year or self.known_today().year) + _YEAR_WORDS[written]
        if written:
            year = int(written) + (2000 if len(written) == 2 else 0)
            if not EARLIEST <= year <= LATEST:
                raise DomainError("date.absurd_year", text=self.text, year=year)
            return year
        if self.year is None and self.today is None:
            raise DomainError("date.no_year", text=self.text)
        return self.year if self.year is not None else self.known_today().year


_YEAR_WORDS: Final = {"今年": 0, "本年": 0, "当年": 0, "明年": 1, "次年": 1, "去年": -1, "上年": -1}


def parse_date(
    text_or_serial: str | int | float | date, today: date | None = None, year: int | None = None
) -> DateSpan:
    """The days that a text or a spreadsheet's cell means.

    ``year`` is the list's year for dates without one (3.31, 3月底), before ``today``'s; ``today`` is needed by words
    like 下周五. A whole number is a year (2019), a month (201903), a day (20190331) or a spreadsheet's serial (45597).
    A float with a fraction like 2019.1 is refused: the cell may have been 2019.10. 前 and 之前 at the end are dropped:
    6月底前 is planned for the end of June.

    Raises DomainError: date.blank, .no_such_day, .not_leap (2.29 of a year without one), .no_such_month,
    .no_such_quarter, .absurd_year, .no_year, .no_today, .ambiguous_month, .festival (节前: its day differs from year
    to year and is announced), .unreadable.
    """
    if isinstance(text_or_serial, datetime):
        text_or_serial = text_or_serial.date()
    if isinstance(text_or_serial, date):
        if not EARLIEST <= text_or_serial.year <= LATEST:
            raise DomainError("date.absurd_year", text=text_or_serial.isoformat(), year=text_or_serial.year)
        return DateSpan(text_or_serial, text_or_serial, "day")
    if isinstance(text_or_serial, float):
        if not text_or_serial.is_integer():
            return _from_float(text_or_serial)
        text_or_serial = int(text_or_serial)
    text = str(text_or_serial)
    if len(text) > LONGEST:
        raise DomainError("date.unreadable", text=text)
    plain = _plain(text)
    if plain in {"", "-", "/", "—", "——", "无"}:
        raise DomainError("date.blank", text=text)
    context = _Context(text, today, year)
    for pattern, read in _FORMS:
        match = pattern.fullmatch(plain)
        if match is not None:
            return read(match, context)
    raise DomainError("date.unreadable", text=text)


def parse_year_span(text: str | int) -> YearSpan:
    """2019-2021, 2019.3-2021年底, 2019年3月至12月, 2019: the years of building. Raises as ``parse_date``.

    A whole that reads as one date is one: 2019-03 is March 2019. Otherwise it is cut at the separator at which both
    sides read; a right side without a year takes the left side's.
    """
    whole = str(text)
    if len(whole) > LONGEST:
        raise DomainError("date.unreadable", text=whole)
    plain = re.sub(r"(?<=[\d年月])起$", "", _plain(whole))
    first_error: DomainError | None = None
    try:
        span = parse_date(plain)
        return YearSpan(span, span)
    except DomainError as error:
        if error.code == "date.blank":
            raise
        first_error = error
    for left, right in _cuts(plain):
        try:
            start = parse_date(left)
            end = parse_date(f"{right}月" if re.fullmatch(r"1[0-2]|0?[1-9]", right) else right, year=start.start.year)
        except DomainError:
            continue
        if start.start > end.end:
            raise DomainError("date.span_reversed", text=whole)
        return YearSpan(start, end)
    code = "date.unreadable" if first_error.code == "date.no_year" else first_error.code
    raise DomainError(code, **{**first_error.params, "text": whole})


def last_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def same_day(day: date, year: int) -> date:
    """The same day of another year; 29 February becomes the 28th where there is none."""
    return date(year, day.month, min(day.day, last_of_month(year, day.month).day))


def months_before(day: date, months: int) -> date:
    """The same day some months earlier, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return min(last_of_month(year, month + 1), date(year, month + 1, 1) + timedelta(days=day.day - 1))


def _plain(text: str) -> str:
    text = text.translate(_TRADITIONAL)
    plain = re.sub(r"\s+(?=\d{1,2}:)", "T", unicodedata.normalize("NFKC", text).strip())
    plain = re.sub(r"T\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$", "", plain)
    plain = to_arabic(re.sub(r"\s+", "", plain))
    plain = re.sub(r"[—–―−]+", "-", plain)
    return re.sub(r"(?<=.)(?:[之以]?前|左右)$", "", plain) if not plain.endswith(("目前", "当前")) else plain


def _cuts(plain: str) -> Iterator[tuple[str, str]]:
    for match in re.finditer(r"[-~至到]+", plain):
        left, right = plain[: match.start()], plain[match.end() :]
        if left and right and not re.fullmatch(r"\d{5}", right):  # a serial is no year of building
            yield left, right


def _from_float(value: float) -> DateSpan:
    """2019.3 typed into a number cell; 2019.1 may have been 2019.10, and a serial may carry a time of day."""
    match = re.fullmatch(r"(\d{4})\.(\d{1,2})", repr(value))
    if match is None:
        if int(value) in _SERIALS:
            return _serial(int(value))
        raise DomainError("date.unreadable", text=repr(value))
    if match[2] == "1":
        raise DomainError("date.ambiguous_month", text=repr(value))
    return _month_span(_Context(repr(value), None, None), match[1], match[2])


def _day(context: _Context, year: int, month: str | int, day: str | int) -> DateSpan:
    try:
        found = date(year, int(month), int(day))
    except ValueError:
        if (int(month), int(day)) == (2, 29):
            raise DomainError("date.not_leap", text=context.text, year=year) from None
        code = "date.no_such_day" if 1 <= int(month) <= 12 else "date.no_such_month"
        raise DomainError(code, text=context.text) from None
    return DateSpan(found, found, "day")


def _serial(number: int) -> DateSpan:
    found = _SERIAL_ZERO + timedelta(days=number)
    return DateSpan(found, found, "day")


def _month_span(context: _Context, year: str | int | None, month: str | int, part: str | None = None) -> DateSpan:
    number = int(month)
    if not 1 <= number <= 12:
        raise DomainError("date.no_such_month", text=context.text)
    in_year = year if isinstance(year, int) else context.year_of(year)
    first, last = date(in_year, number, 1), last_of_month(in_year, number)
    if part in {"初", "上旬"}:
        return DateSpan(first, first.replace(day=10), "ten_days")
    if part in {"中", "中旬"}:
        return DateSpan(first.replace(day=11), first.replace(day=20), "ten_days")
    if part == "下旬":
        return DateSpan(first.replace(day=21), last, "ten_days")
    if part in {"底", "末"}:
        return DateSpan(last, last, "end")
    return DateSpan(first, last, "month")


def _part_of_year(year: int, first_month: int, months: int, precision: Precision, part: str | None) -> DateSpan:
    last = last_of_month(year, first_month + months - 1)
    if part in {"底", "末"}:
        return DateSpan(last, last, "end")
    if part == "初":
        return DateSpan(date(year, first_month, 1), last_of_month(year, first_month), "month")
    return DateSpan(date(year, first_month, 1), last, precision)


def _compact(match: re.Match[str], context: _Context) -> DateSpan:
    return _day(context, context.year_of(match[1]), match[2], match[3])


def _parts(match: re.Match[str], context: _Context) -> DateSpan:
    return _day(context, context.year_of(match["year"]), match["month"], match["day"])


def _month(match: re.Match[str], context: _Context) -> DateSpan:
    return _month_span(context, match["year"], match["month"], match.groupdict().get("part"))


def _year(match: re.Match[str], context: _Context) -> DateSpan:
    year, part = context.year_of(match["year"]), match.groupdict().get("part")
    if part == "中":
        return DateSpan(date(year, 6, 30), date(year, 6, 30), "end")
    return _part_of_year(year, 1, 12, "year", part)


def _quarter(match: re.Match[str], context: _Context) -> DateSpan:
    quarter = int(match["quarter"])
    if not 1 <= quarter <= 4:
        raise DomainError("date.no_such_quarter", text=context.text)
    part = match.groupdict().get("part")
    return _part_of_year(context.year_of(match["year"]), 3 * quarter - 2, 3, "quarter", part)


def _quarter_word(match: re.Match[str], context: _Context) -> DateSpan:
    """本季度末, 下季度, 季末; the quarter of today, never of the list's year."""
    today = context.known_today()
    index = today.year * 4 + (today.month - 1) // 3 + {"上": -1, "下": 1}.get(match["which"][:1], 0)
    return _part_of_year(index // 4, index % 4 * 3 + 1, 3, "quarter", match["part"])


def _day_of_month(match: re.Match[str], context: _Context) -> DateSpan:
    """15日, 15号; of the month of today."""
    today = context.known_today()
    return _day(context, today.year, today.month, match["day"])


def _half(match: re.Match[str], context: _Context) -> DateSpan:
    first_month = 1 if match["half"] in {"上", "1"} else 7
    return _part_of_year(context.year_of(match["year"]), first_month, 6, "half", match.groupdict().get("part"))


def _day_word(match: re.Match[str], context: _Context) -> DateSpan:
    found = context.known_today() + timedelta(days=_DAY_WORDS[match[0]])
    return DateSpan(found, found, "day")


def _weekday(match: re.Match[str], context: _Context) -> DateSpan:
    """本周五, 下周五, 上周五; a bare 周五 is the next one, today included."""
    today = context.known_today()
    monday = today - timedelta(days=today.weekday())
    weekday = "1234567".index(match["weekday"].replace("日", "7").replace("天", "7"))
    found = monday + timedelta(days=weekday, weeks=_WEEK_WORDS[match["which"] or ""])
    if not match["which"] and found < today:
        found += timedelta(weeks=1)
    return DateSpan(found, found, "day")


def _week(match: re.Match[str], context: _Context) -> DateSpan:
    today = context.known_today()
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=_WEEK_WORDS[match["which"]])
    sunday = monday + timedelta(days=6)
    return DateSpan(sunday, sunday, "end") if match["part"] else DateSpan(monday, sunday, "week")


def _month_word(match: re.Match[str], context: _Context) -> DateSpan:
    """本月底, 下月中旬, 月底; the month of today, never of the list's year."""
    today = context.known_today()
    index = today.year * 12 + today.month - 1 + {"上": -1, "下": 1}.get(match["which"][:1], 0)
    return _month_span(context, index // 12, index % 12 + 1, match["part"])


def _festival(match: re.Match[str], context: _Context) -> DateSpan:
    raise DomainError("date.festival", text=context.text)


_TRADITIONAL: Final = str.maketrans("號週後禮個無", "号周后礼个无")
_FESTIVAL: Final = re.compile(
    r"(?:\d{4}年?|[今明]年)?(?:元旦|春节|元宵节?|清明节?|5[1一]节|劳动节|端午节?|中秋节?|国庆节?|[双两]节|假期|节)"
    r"(?:[之以]?[前后]|前后|期间|假期)?"
)  # what _plain leaves of 节前, 国庆前, 春节后
_DAY_WORDS: Final = {
    "今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3, "昨天": -1, "昨日": -1, "前天": -2,
}  # fmt: skip
_WEEK_WORDS: Final = {"": 0, "本": 0, "这": 0, "下": 1, "下下": 2, "上": -1, "上上": -2}
_Y = r"(?P<year>\d{4}|\d{2}(?=年)|[今本当明次去上]年(?=.)|)年?"
_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str], _Context], DateSpan]], ...]] = (
    (re.compile(r"(\d{4})(\d{2})(\d{2})"), _compact),
    (re.compile(r"(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})[日号]?"), _parts),
    (re.compile(_Y + r"(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]?"), _parts),
    (re.compile(r"[2-7]\d{4}"), lambda match, context: _serial_checked(match, context)),
    (re.compile(r"(?P<year>\d{4})(?P<month>\d{2})"), _month),
    (re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})月?(?P<part>[底末初]|[上中下]旬)?"), _month),
    (re.compile(_Y + r"(?P<month>\d{1,2})月份?(?P<part>[底末初中]|[上中下]旬)?"), _month),
    (re.compile(r"(?P<year>)(?P<month>\d{1,2})(?P<sep>[-/.])(?P<day>\d{1,2})"), _parts),
    (re.compile(r"(?P<year>\d{4})年?(?P<part>[底末初中])?"), _year),
    (re.compile(r"(?P<year>\d{2})年(?P<part>[底末初中])?"), _year),
    (re.compile(r"(?P<year>[今本当明次去上]年)(?P<part>[底末初中])?"), _year),
    (re.compile(r"(?P<year>)(?:全年|年(?P<part>[底末初中]))"), _year),
    (re.compile(_Y + r"第?(?P<quarter>\d)季度?(?P<part>[底末初])?"), _quarter),
    (re.compile(r"(?P<year>\d{4}|)[-.]?[Qq](?P<quarter>\d)"), _quarter),
    (re.compile(_Y + r"(?P<half>[上下])半年(?P<part>[底末初])?"), _half),
    (re.compile(r"(?P<year>\d{4}|)[-.]?[Hh](?P<half>[12])"), _half),
    (re.compile("|".join(_DAY_WORDS)), _day_word),
    (re.compile(r"(?P<which>[本这]|下{0,2}|上{0,2})个?(?:周|星期|礼拜)(?P<weekday>[1-7日天])"), _weekday),
    (re.compile(r"(?P<which>[本这]|下{1,2}|上{1,2})个?(?:周|星期)(?P<part>[底末])?"), _week),
    (re.compile(r"(?P<which>[本这下上当]个?|)月(?P<part>[底末初中]|[上中下]旬)"), _month_word),
    (re.compile(r"(?P<which>)(?P<part>[上中下]旬)"), _month_word),
    (re.compile(r"(?P<which>[本这下上当]个?|)季度?(?P<part>[底末初])"), _quarter_word),
    (re.compile(r"(?P<which>[本这下上当]个?)季度(?P<part>)"), _quarter_word),
    (re.compile(r"(?P<day>\d{1,2})[日号]"), _day_of_month),
    (_FESTIVAL, _festival),
    (re.compile(r"(?P<which>[本这下上当]个?)月(?P<part>)"), _month_word),
)


def _serial_checked(match: re.Match[str], context: _Context) -> DateSpan:
    if int(match[0]) not in _SERIALS:
        raise DomainError("date.unreadable", text=context.text)
    return _serial(int(match[0]))
