"""A unit's workbook as it goes out: its projects of a period, what is known of them, what their reports say so far."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final

from django.db.models import QuerySet

from guatu.core.actor import Actor
from guatu.core.prepared import prepared
from guatu.core.roundtrip.layout import SentRow, UnitWorkbook, Value
from guatu.domain.periods import Period
from guatu.domain.rhythm import FIELDS, Expected
from guatu.library.choices import EntryKind
from guatu.library.models import Project
from guatu.library.policies import visible_projects
from guatu.people.models import Unit
from guatu.reporting.choices import ReportKind
from guatu.reporting.content import ReportContent, from_json
from guatu.reporting.desk.known import Due, Known, known_of
from guatu.reporting.imports import in_source_language
from guatu.reporting.queries.asked import Wanted, by_period, wanted
from guatu.reporting.sent.columns import cells_of, layout_of

RIGHT: Final = "reporting.claim"
_LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""What nobody mistakes for another sign on paper."""
DUE_MOST: Final = 5


@dataclass(frozen=True, slots=True)
class Offer:
    """The reports of one kind and period that a unit is asked for now."""

    kind: str
    expected: Expected
    asked: tuple[Wanted, ...]

    @property
    def period(self) -> Period:
        """The period of the reports."""
        return self.expected.period

    @property
    def kind_words(self) -> str:
        """Monthly report, weekly report."""
        return str(ReportKind(self.kind).label)

    @property
    def missing(self) -> int:
        """How many have still to be handed in."""
        return sum(one.missing for one in self.asked)


def projects_of(actor: Actor, unit: Unit) -> list[Project]:
    """The unit's projects of which the actor may report."""
    return _claimed(actor=actor, unit_id=unit.pk)


@prepared
def _claimed(actor: Actor, unit_id: int) -> QuerySet[Project]:
    rows = visible_projects(actor, RIGHT).filter(unit_id=unit_id)
    return rows.select_related("region", "unit").order_by("name", "pk")


def offers(actor: Actor, unit: Unit, day: date) -> list[Offer]:
    """What a unit is asked for on a day, by kind and period; the earliest due first."""
    found = by_period(wanted(projects_of(actor, unit), day))
    listed = [Offer(kind, rows[0].expected, tuple(rows)) for (kind, _code), rows in found.items()]
    return sorted(listed, key=lambda offer: (offer.expected.due, offer.kind))


@in_source_language()
def workbook_of(unit: Unit, offer: Offer) -> tuple[UnitWorkbook, dict[str, str]]:
    """The workbook of an offer, with the project (public id) behind each row's key."""
    period = offer.period
    asked = {field for one in offer.asked for field in one.rule.rhythm.fields}
    layout = layout_of(offer.kind, period.start.year, [field for field in FIELDS if field in asked])
    keys = _keys([one.project for one in offer.asked])
    known = known_of([one.project for one in offer.asked], period)
    rows = []
    for number, one in enumerate(offer.asked, start=1):
        told = from_json(one.report.content) if one.report is not None else ReportContent()
        beside = known[one.project.pk]
        held = {code: value for code, value in cells_of(beside.held_content).items() if code in beside.locked}
        values = {"serial": number, "name": one.project.name, **_known(beside), **cells_of(told), **held}
        shown = {code: value for code, value in values.items() if code in layout.by_code}
        rows.append(SentRow(keys[one.project.pk], shown, frozenset(held)))
    book = UnitWorkbook(
        id=sheet_number(period),
        layout=layout,
        title=f"{unit.name}{period.label_zh}重点项目{offer.kind_words}",
        unit=unit.name,
        period=period.label_zh,
        rows=rows,
        notes=[
            f"只填浅黄色各格，{_due_words(offer.expected)}前传回。",
            "要排序的，先取消工作表保护（没有密码），再选中全部项目所在的行。",
        ],
    )
    return book, {keys[one.project.pk]: str(one.project.public_id) for one in offer.asked}


def _due_words(expected: Expected) -> str:
    return f"{expected.due.month}月{expected.due.day}日{expected.at:%H:%M}"


def sheet_number(period: Period) -> str:
    """A number that can be read out on the telephone: 202603-7KQ2MX."""
    return f"{period.code.replace('-', '').upper()}-{''.join(secrets.choice(_LETTERS) for _ in range(6))}"


def _keys(projects: Sequence[Project]) -> dict[int, str]:
    """A short key for each project, told apart from all others of the sheet: of the part of its public id that chance
    made (the first is the time). The letter keeps programs from taking 12E345 for a number.
    """
    found: dict[int, str] = {}
    taken: set[str] = set()
    for project in projects:
        whole = project.public_id.hex.upper()
        key = next(key for size in range(6, 33) if (key := f"K{whole[-size:]}") not in taken)
        taken.add(key)
        found[project.pk] = key
    return found


def _known(known: Known) -> dict[str, Value]:
    """What the office knows of a project, so that nobody is asked for it."""
    return {
        "kind": str(EntryKind(known.kind).label) if known.kind else None,
        "total": known.before.total,
        "planned": known.before.planned,
        "before": known.before.ytd,
        "due": "；".join(_due(known.due)) or None,
    }


def _due(nodes: Sequence[Due]) -> list[str]:
    """Unfinished nodes up to the period's end, the earliest first; what is beyond a few is counted."""
    told = [f"{node.name}（{node.finish.month}月{node.finish.day}日）" for node in nodes[:DUE_MOST]]
    return told + ([f"另{len(nodes) - DUE_MOST}个"] if len(nodes) > DUE_MOST else [])


# -- what is kept of it ------------------------------------------------------------------------------------------------
def expected_as_json(one: Expected) -> dict[str, str]:
    """When its reports were due, as it is kept with the workbook."""
    return {"on": one.on.isoformat(), "due": one.due.isoformat(), "at": one.at.isoformat()}


def expected_from_json(period: str, kept: dict[str, Any]) -> Expected:
    """The same again."""
    return Expected(
        Period.parse(period),
        date.fromisoformat(kept["on"]),
        date.fromisoformat(kept["due"]),
        time.fromisoformat(kept["at"]),
    )
