"""The days off of a year as the State Council's office prints them (关于部分节假日安排的通知), read and written.

元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from guatu.core.refusals import Refusal
from guatu.domain.workdays import WEEKDAYS

_BRACKETS = re.compile(r"\([^)]*\)")
_NEXT_ITEM = re.compile(r"(?<=[。.;；])\s*(?=[一二三四五六七八九十]+、[^:\d]{1,20}:)")
_HEAD = re.compile(r"^(?:[一二三四五六七八九十]+、|\d+[、.)])?\s*(?:\d{4}年)?([^:\d]{1,20}):")
_DAY = r"(?:(?P<{0}y>\d{{4}})年)?(?:(?P<{0}m>\d{{1,2}})月)?(?P<{0}d>\d{{1,2}})日"
_PIECE = re.compile(
    rf"(?P<span>{_DAY.format('a')}(?:\s*[至到—–~-]+\s*{_DAY.format('b')})?)"
    r"|共(?P<count>\d+)天|(?P<off>放假|休息)|(?P<work>上班)"
)
_SAYS = re.compile(r"日[^日]*(?:放假|休息|上班)")
_ONE_DAY = timedelta(days=1)
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class NoticeDay:
    """A day that is not what its weekday says: off, or worked to make up for one."""

    day: date
    works: bool
    name: str


@dataclass(frozen=True, slots=True)
class Festival:
    """One festival of a year: its days off, weekends among them, and the days worked to make up for them.

    `usual` are days that a notice calls worked though their weekday says so already (the first day back).
    """

    name: str
    off: tuple[date, ...]
    worked: tuple[date, ...]
    usual: tuple[date, ...] = ()


@dataclass(slots=True)
class _Line:
    """A line while it is read."""

    number: int
    year: int
    text: str
    name: str = ""
    off: list[date] = field(default_factory=list)
    worked: list[date] = field(default_factory=list)
    waiting: list[date] = field(default_factory=list)
    month: int | None = None

    def read(self) -> None:
        for piece in _PIECE.finditer(self.text):
            if piece["span"]:
                self.waiting += self._span(piece)
            elif piece["off"]:
                self.off, self.waiting = self.off + self.waiting, []
            elif piece["work"]:
                self.worked, self.waiting = self.worked + self.waiting, []
            elif piece["count"] and self.off and int(piece["count"]) != len(self.off):
                raise Refusal(
                    "people.notice_count", line=self.number, name=self.name, said=piece["count"], read=len(self.off)
                )

    def _span(self, piece: re.Match[str]) -> list[date]:
        start = self._day(piece, "a", int(piece["ay"] or self.year))
        if not piece["bd"]:
            return [start]
        end = self._day(piece, "b", int(piece["by"] or start.year))
        if end < start and piece["by"] is None:  # over the turn of the year: New Year's Day begins in December
            turned = piece["ay"] is not None
            start, end = (start, _moved(end, 1)) if turned else (_moved(start, -1), end)
        if not 0 <= (end - start).days < 40:
            raise Refusal("people.notice_day", line=self.number, text=piece["span"])
        return [start + _ONE_DAY * step for step in range((end - start).days + 1)]

    def _day(self, piece: re.Match[str], which: str, year: int) -> date:
        self.month = int(piece[f"{which}m"]) if piece[f"{which}m"] else self.month
        try:
            found = date(year, self.month or 0, int(piece[f"{which}d"]))
        except ValueError:
            raise Refusal("people.notice_day", line=self.number, text=piece["span"]) from None
        near = {(self.year - 1, 12), (self.year + 1, 1)}
        if found.year != self.year and (found.year, found.month) not in near:
            raise Refusal("people.notice_year", line=self.number, day=found.isoformat(), year=self.year)
        return found


def _moved(day: date, years: int) -> date:
    """The same day of another year; only December and January are moved."""
    return day.replace(year=day.year + years)


def read_notice(text: str, year: int) -> tuple[Festival, ...]:
    """The festivals of a notice for `year`, in its order; a line that names no day (greetings, rules) is passed over.

    Refused with the line: a day that does not exist or is not of the year (the December before and the January after
    may be), a number of days that disagrees, a day said in two ways, no day at all.
    """
    found: list[_Line] = []
    for number, typed in _lines(text):
        head = _HEAD.match(typed)
        line = _Line(number, year, typed[head.end() :] if head else typed, head[1].strip() if head else "")
        if not _SAYS.search(line.text) and not (head and _PIECE.search(line.text)):
            continue  # without a head a date is a signature's
        line.read()
        if line.waiting:  # days that are neither off nor worked
            raise Refusal("people.notice_line", line=number, text=typed[:_SHOWN])
        if not head and not found:
            raise Refusal("people.notice_line", line=number, text=typed[:_SHOWN])
        if head:
            found.append(line)
        else:  # a line that goes on with the festival above it
            found[-1].off += line.off
            found[-1].worked += line.worked
    if not any(line.off or line.worked for line in found):
        raise Refusal("people.notice_empty")
    _require_one_say(found)
    return tuple(_festival(line) for line in found)


def _festival(line: _Line) -> Festival:
    worked = tuple(day for day in line.worked if day.weekday() not in WEEKDAYS)
    return Festival(line.name, tuple(line.off), worked, tuple(day for day in line.worked if day.weekday() in WEEKDAYS))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines by number, without brackets and in one width; a paragraph with several festivals is taken apart."""
    for number, line in enumerate(text.splitlines(), 1):
        plain = _BRACKETS.sub("", unicodedata.normalize("NFKC", line))
        yield from ((number, part.strip()) for part in _NEXT_ITEM.split(plain) if part.strip())


def _require_one_say(lines: Iterable[_Line]) -> None:
    off, worked = set[date](), set[date]()
    for line in lines:
        off.update(line.off)
        worked.update(line.worked)
        for day in sorted(off & worked):
            raise Refusal("people.notice_twice", line=line.number, day=day.isoformat())


def exceptions(festivals: Iterable[Festival]) -> tuple[NoticeDay, ...]:
    """What of the festivals the weekdays do not say by themselves, by day: weekdays off and weekend days worked."""
    days: dict[date, NoticeDay] = {}
    for one in festivals:
        for day in one.off:
            if day.weekday() in WEEKDAYS:
                days.setdefault(day, NoticeDay(day, False, one.name))
        for day in one.worked:
            days.setdefault(day, NoticeDay(day, True, one.name))
    return tuple(days[day] for day in sorted(days))


def festivals_of(days: Iterable[NoticeDay]) -> tuple[Festival, ...]:
    """The festivals that exceptions stand for: days off with the weekends beside them; `exceptions` takes it back."""
    listed = sorted(days, key=lambda one: one.day)
    worked = {one.day for one in listed if one.works}
    named: dict[str, list[NoticeDay]] = {}
    for one in listed:
        named.setdefault(one.name, []).append(one)
    found = [
        Festival(
            name,
            tuple(_with_weekends({one.day for one in ones if not one.works}, worked)),
            tuple(one.day for one in ones if one.works),
        )
        for name, ones in named.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.off or one.worked)[0]))


def _with_weekends(off: set[date], worked: set[date]) -> list[date]:
    days = set(off)
    for day in off:
        for step in (-_ONE_DAY, _ONE_DAY):
            beside = day + step
            while beside.weekday() not in WEEKDAYS and beside not in worked:
                days.add(beside)
                beside += step
    return sorted(days)


def spans(days: Iterable[date]) -> list[tuple[date, date]]:
    """Days as runs of consecutive ones, both ends included."""
    found: list[tuple[date, date]] = []
    for day in sorted(days):
        if found and found[-1][1] + _ONE_DAY == day:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def notice_text(festivals: Iterable[Festival], year: int) -> str:
    """Festivals as a notice prints them, a line each; `read_notice` reads it back."""
    return "\n".join(f"{one.name}：{'，'.join(_said(one, year))}。" for one in festivals)


def _said(one: Festival, year: int) -> Iterator[str]:
    if one.off:
        yield "、".join(span_words(span, year) for span in spans(one.off)) + "放假"
        yield f"共{len(one.off)}天"
    if one.worked:
        yield "、".join(day_words(day, year) for day in one.worked) + "上班"


def span_words(span: tuple[date, date], year: int) -> str:
    """1月1日至3日; a day of another year says its year."""
    start, end = span
    if start == end:
        return day_words(start, year)
    same = (start.year, start.month) == (end.year, end.month)
    return f"{day_words(start, year)}至{f'{end.day}日' if same else day_words(end, start.year)}"


def day_words(day: date, year: int) -> str:
    """1月1日, of another year than the one in question 2018年12月30日."""
    return f"{'' if day.year == year else f'{day.year}年'}{day.month}月{day.day}日"
