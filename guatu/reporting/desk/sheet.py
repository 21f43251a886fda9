"""The sheet of a unit's projects: rows, columns with letters, what stands in the cells, and what is said of a row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from guatu.core import signs
from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.domain.periods import Period
from guatu.domain.rhythm import FIELDS, OFTEN
from guatu.library.models import Project
from guatu.people.models import Unit
from guatu.reporting.choices import WRITABLE
from guatu.reporting.content import ReportContent, from_json
from guatu.reporting.desk import typed
from guatu.reporting.desk.known import Known, checks_of, known_of
from guatu.reporting.desk.typed import MONEY, PARTS, codes_of, text_of
from guatu.reporting.desk.words import HEADINGS, said
from guatu.reporting.models import Report
from guatu.reporting.queries.asked import Wanted, wanted
from guatu.reporting.sent.making import Offer, offers, projects_of

LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
BESIDE: Final = frozenset({"amount", "ytd", "cumulative", "percent", "words"})
"""The fields beside which the last value stands in a column of its own."""


@dataclass(frozen=True)
class Column:
    """A column: of a field's last value or target (tinted), or the field itself."""

    letter: str
    code: str
    sort: str  # last, target, own

    @cached_property
    def heading(self) -> str:
        """The field's name."""
        return str(HEADINGS[self.code])

    @cached_property
    def money(self) -> bool:
        """Whether its cells are money in 万元."""
        return self.code in (*MONEY, *PARTS)

    @cached_property
    def number(self) -> bool:
        """Whether its cells stand to the right."""
        return self.money or self.code == "percent"


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a column of a row; `system` holds it where that is not typed here."""

    column: Column
    ref: str
    text: str
    last: str
    system: str = ""

    @property
    def shown(self) -> str:
        """The text where it is only read: money with thousands commas."""
        return typed.grouped(self.text) if self.column.money else self.text


_TYPED: Final = (
    '<td class="own"><input class="{}" data-code="{}" data-ref="{}" data-heading="{}" data-last="{}" data-was="{}"'
    ' value="{}" autocomplete="off" aria-label="{} {}"></td>'
)
_READ, _HELD = '<td class="tint{}">{}</td>', '<td class="tint{}">{}<span class="sheet-due">{}</span></td>'


@dataclass(frozen=True, slots=True)
class Row:
    """A project's row."""

    number: int
    one: Wanted
    known: Known
    cells: Sequence[Cell]

    @property
    def printed(self) -> SafeString:
        """Its cells: a field to type into, or what is only read. Hundreds a sheet, so not by the template."""
        return format_html_join("", "{}", ((self._printed(cell),) for cell in self.cells))

    def _printed(self, cell: Cell) -> SafeString:
        column = cell.column
        if column.sort != "own" or cell.system or not self.writable:
            style = " num" if column.number else ""
            words = (style, cell.shown, cell.system)
            return format_html(_HELD, *words) if cell.system else format_html(_READ, *words[:2])
        style = "num" if column.number else "words"
        told = (cell.ref, column.heading, cell.last, cell.text, cell.text, self.one.project.name, column.heading)
        return format_html(_TYPED, style, column.code, *told)

    @property
    def report(self) -> Report | None:
        """What came of it so far."""
        return self.one.report

    @property
    def writable(self) -> bool:
        """Whether it may still be typed into."""
        return self.report is None or self.report.state in WRITABLE

    @property
    def filled(self) -> bool:
        """Whether there is anything to hand in."""
        return self.writable and content_of(self.one).says_anything


def content_of(one: Wanted) -> ReportContent:
    """What a wanted report says so far."""
    return from_json(one.report.content) if one.report is not None else ReportContent()


def offer_of(actor: Actor, unit: Unit, day: date, kind: str, period: str) -> tuple[list[Offer], Offer | None]:
    """What a unit is asked for now by kind, and the one to show: of a kind, of another period where it is named.

    Raises Refusal reporting.period_wrong.
    """
    listed = offers(actor, unit, day)
    chosen = next((one for one in listed if one.kind == kind), listed[0] if listed else None)
    return listed, offer_in(actor, unit, day, period_of(period)) if period else chosen


def offer_in(actor: Actor, unit: Unit, day: date, period: Period) -> Offer | None:
    """What a unit is asked for in a period."""
    asked_for = wanted(projects_of(actor, unit), day, period)
    return Offer(asked_for[0].rule.row.kind, asked_for[0].expected, tuple(asked_for)) if asked_for else None


def period_of(code: str) -> Period:
    """A period by its code. Raises Refusal reporting.period_wrong."""
    try:
        return Period.parse(code)
    except ValueError:
        raise Refusal("reporting.period_wrong", period=signs.typed(code)[:20]) from None


def wanted_one(project: Project, period: Period, day: date) -> Wanted | None:
    """The report of a project and period, when it is asked for."""
    return next(iter(wanted([project], day, period)), None)


def columns_of(asked: Sequence[Wanted]) -> list[Column]:
    """The columns of all fields that are asked of any of them, column A being the project."""
    fields = {field for one in asked for field in one.rule.rhythm.fields}
    often = bool(asked) and asked[0].rule.rhythm.kind in OFTEN
    pairs: list[tuple[str, str]] = []
    for code in codes_of(tuple(one for one in FIELDS if one in fields), often=often):
        pairs += [(code, "last")] if code in BESIDE else []
        pairs += [(code, "target")] if code == "amount" else []
        pairs.append((code, "own"))
    return [Column(LETTERS[place], code, sort) for place, (code, sort) in enumerate(pairs, start=1)]


def rows_of(offer: Offer, columns: Sequence[Column]) -> list[Row]:
    """The rows of a sheet."""
    known = known_of([one.project for one in offer.asked], offer.period)
    return [
        Row(number, one, known[one.project.pk], _cells(number, one, known[one.project.pk], columns))
        for number, one in enumerate(offer.asked, start=1)
    ]


def _cells(number: int, one: Wanted, known: Known, columns: Sequence[Column]) -> list[Cell]:
    content, found, locked = content_of(one), [], known.locked if one.missing else {}
    for column in columns:
        last = known.last.get(column.code, "")
        held = locked.get(column.code) if column.sort == "own" else None
        own = text_of(content if held is None else known.held_content, column.code)
        text = {"own": own, "last": last, "target": _target(known)}[column.sort]
        found.append(Cell(column, f"{column.letter}{number}", text, last, held.system if held is not None else ""))
    return found


def _target(known: Known) -> str:
    return "" if not known.target else text_of(ReportContent(amount=round(known.target, -4)), "amount")


def said_of_row(content: ReportContent, known: Known, faults: Mapping[str, str]) -> list[dict[str, Any]]:
    """What is said of a row's fields: what cannot be read, then errors, then questions."""
    told = [{"field": code, "stops": True, "words": words} for code, words in faults.items()]
    told += [{"field": one.field, "stops": one.stops, "words": said(one)} for one in checks_of(content, known)]
    return told


def echoes(told: Mapping[str, str]) -> dict[str, str]:
    """How the money that was typed is read."""
    return {code: shown for code, text in told.items() if (shown := typed.echo(code, text).said)}
