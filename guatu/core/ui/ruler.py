"""The date ruler over a year: where months, named check points, the weeks' amounts and the chosen day lie."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from guatu.core.ui.numbers import day, weekday


@dataclass(frozen=True)
class Mark:
    """Something at a place of the ruler: ``at`` in per cent of its width, ``height`` of a column in units of 18."""

    at: str
    label: str = ""
    height: int = 0
    far: bool = False

    @property
    def late(self) -> bool:
        """Near the right edge, where a label stands left of its mark so that it is never cut."""
        return Decimal(self.at) > 90

    @property
    def top(self) -> int:
        """Upper edge of the column that stands on the ruler's line."""
        return 34 - self.height


@dataclass(frozen=True)
class Ruler:
    """One year's ruler. ``today`` bounds the replay; ``weeks`` are (first day, yuan)."""

    chosen: date
    today: date
    check_points: Sequence[tuple[date, str]] = ()
    weeks: Sequence[tuple[date, int]] = ()
    target: str = ""

    @property
    def first(self) -> date:
        """1 January of the chosen day's year."""
        return date(self.chosen.year, 1, 1)

    @property
    def last(self) -> date:
        """31 December."""
        return date(self.chosen.year, 12, 31)

    @property
    def length(self) -> int:
        """Steps of the range: the year's days less one."""
        return (self.last - self.first).days

    @property
    def value(self) -> int:
        """The chosen day as a step."""
        return (self.chosen - self.first).days

    @property
    def limit(self) -> int:
        """The step at which the replay ends: today, or the year's last day."""
        return min(max((self.today - self.first).days, 0), self.length)

    @property
    def at(self) -> str:
        """The chosen day's place."""
        return self._at(self.chosen)

    @property
    def label(self) -> str:
        """3月26日 星期五."""
        return f"{day(self.chosen)} {weekday(self.chosen)}"

    @property
    def label_anchor(self) -> str:
        """The label stands right of its line, but left of it in the year's last weeks, so that it is never cut."""
        return "end" if self.value * 8 > self.length * 7 else "start"

    @property
    def before(self) -> date:
        """The day before, kept in the year."""
        return max(self.chosen - timedelta(days=1), self.first)

    @property
    def after(self) -> date:
        """The day after, kept in the year."""
        return min(self.chosen + timedelta(days=1), self.last)

    def months(self) -> list[Mark]:
        """The first day of every month; a narrow page shows every third."""
        starts = [date(self.chosen.year, number, 1) for number in range(1, 13)]
        return [Mark(self._at(start), str(start.month), far=start.month % 3 != 1) for start in starts]

    def points(self) -> list[Mark]:
        """The named check points."""
        return [Mark(self._at(when), name) for when, name in self.check_points]

    def columns(self) -> list[Mark]:
        """The weeks' amounts as columns of at most 18 units."""
        top = max((amount for _start, amount in self.weeks), default=0)
        return [Mark(self._at(start), height=18 * max(amount, 0) // top) for start, amount in self.weeks if top > 0]

    def _at(self, when: date) -> str:
        return str((Decimal((when - self.first).days) * 100 / self.length).quantize(Decimal("0.01")))
