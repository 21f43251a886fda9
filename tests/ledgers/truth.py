"""What a colleague reads from a ledger by eye: the truth that a reading is held against."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

YUAN, WAN, YI = 1, 10_000, 100_000_000
UNITS = {"元": YUAN, "万元": WAN, "亿元": YI}

MONEY = frozenset(
    (
        *("total_investment", "planned_investment", "cumulative_to_last_year", "investment_of_period"),
        *("investment_to_date", "cumulative_investment", "planned_q1", "planned_q2", "planned_q3", "planned_q4"),
        *("funding_central", "funding_province", "funding_city", "funding_district", "funding_bond", "funding_loan"),
        *("funding_self", "funding_other", "preliminary_cost", "mix_construction", "mix_installation"),
        *("mix_equipment", "mix_other"),
    )
)
DATES = frozenset(
    ("planned_start", "planned_finish", "planned_resume", "actual_start", "actual_finish", "actual_resume")
)
UNITS_OF = frozenset(["owner", "responsible_unit", "supporting_units", "local_unit", "task_force"])
KINDS = {"新开工": "new_start", "新建": "new_start", "续建": "continuing", "预备": "preliminary", "前期": "preliminary"}
BLANK = frozenset(("", "/", "—", "-", "——", "无", "／"))

ANY = object()  # a cell that reasonable people read in two ways, or that nobody asks about


@dataclass(frozen=True)
class OneOf:
    """Either of these is right."""

    values: tuple[Any, ...]


@dataclass(frozen=True)
class OrTold:
    """Read as this value, or not read and told at its cell."""

    value: Any


@dataclass(frozen=True)
class Told:
    """Must be told at its cell. Where a value is kept, it can only be this one."""

    what: str
    value: Any = None


Span = tuple[date, date]


def month(year: int, number: int) -> Span:
    return date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1])


def quarter(year: int, number: int) -> Span:
    return month(year, number * 3 - 2)[0], month(year, number * 3)[1]


def year_of(year: int) -> Span:
    return date(year, 1, 1), date(year, 12, 31)


def day(year: int, number: int, of_month: int) -> Span:
    return date(year, number, of_month), date(year, number, of_month)


def end(year: int, number: int = 12) -> Span:
    """年底, 3月底: a stated end is that last day; who takes it for the whole month is not wrong either (see judge)."""
    last = month(year, number)[1]
    return last, last


def span(first: Span, last: Span) -> Span:
    """建设起止年限: from the first day of the first to the last day of the last."""
    return first[0], last[1]


def wan(amount: float | str) -> int:
    from decimal import Decimal

    return int(Decimal(str(amount)) * WAN)


def yi(amount: float | str) -> int:
    from decimal import Decimal

    return int(Decimal(str(amount)) * YI)


@dataclass
class TrueRow:
    """One project. ``sheet`` "" and ``row`` 0 where the kind of file has no such thing (docx)."""

    sheet: str
    row: int
    name: str
    mark: str = ""
    classes: tuple[str, ...] | None = ()
    values: dict[str, Any] = field(default_factory=dict)


@dataclass
class TrueTotal:
    """``label``: its words, by which it is found where rows have no numbers."""

    sheet: str
    row: int
    field: str
    agrees: bool
    label: str


@dataclass
class TrueFinding:
    """Something wrong that must be told: ``column`` is a word of its heading, "" when any column will do."""

    sheet: str
    row: int
    column: str
    what: str


@dataclass
class Expected:
    """``stops``: why nothing of the file may be read as it is (a sentence for people), "" for a file that is readable.
    ``headings``: the filled columns, none of which may vanish without a word. ``never``: words of rows that are no
    projects (they also cannot be part of any project's name)."""

    file: Path
    kind: str
    year: int
    period: tuple[int, int] | None = None
    rows: list[TrueRow] = field(default_factory=list)
    totals: list[TrueTotal] = field(default_factory=list)
    findings: list[TrueFinding] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    never: list[str] = field(default_factory=list)
    stops: str = ""
