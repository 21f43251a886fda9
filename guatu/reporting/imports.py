"""A ledger's file from outside: read, carried out or rehearsed, and reported in one form to command line and pages."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, TypeVar

from django.conf import settings
from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import override

from guatu.core.actor import Actor
from guatu.core.attachments import path_of
from guatu.core.bulk import no_collection
from guatu.core.canonical import canonical, digest, digest_with_rows
from guatu.core.changes import Changes
from guatu.core.jobs import Phases
from guatu.core.refusals import Conflict, Refusal
from guatu.core.sheets.errors import SheetError
from guatu.core.sheets.mapping import Mapping as ColumnMap
from guatu.core.sheets.result import Column, SheetReading
from guatu.core.undoing import NEVER
from guatu.core.writing import open_act, rehearse
from guatu.domain.money import MoneyUnit
from guatu.domain.periods import Period
from guatu.library.actions import PlanLedger, PlanTaken, Progress, import_plan, silent
from guatu.library.models import ImportDraft
from guatu.library.queries.changes import differences
from guatu.library.queries.doubts import ASK, TENTATIVE, Decisions, Doubt, Said
from guatu.library.queries.ledgers import ledger_map_from, read_ledger
from guatu.library.queries.projects import parts
from guatu.people.models import Post, Unit
from guatu.reporting.actions.imports import ProgressSheet, ProgressTaken, falls_at_rows, import_progress
from guatu.reporting.choices import MIX, Basis

PLAN, PROGRESS = "plan", "progress"
RIGHTS: Final = {PLAN: "library.import_plan", PROGRESS: "reporting.import_progress"}
NEW, CHANGED, SAME = "created", "updated", "unchanged"
OF_PERIOD = ("investment_of_period", "investment_to_date")
KEY_AMOUNTS: Final = {PLAN: ("total_investment", "planned_investment"), PROGRESS: OF_PERIOD}
Taken = PlanTaken | ProgressTaken
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be imported: the file, which list, and what was said about its columns."""

    kind: str
    path: Path
    name: str
    year: int
    level: str
    region: str  # its code
    batch: int | None = None
    unit: MoneyUnit | None = None
    mapping: ColumnMap | None = None
    period: Period | None = None
    basis: str = Basis.DISPATCH
    reason: str = ""
    approver: Post | None = None
    progress: Progress = field(default=silent, compare=False)
    written: Callable[[int], None] | None = field(default=None, compare=False)
    decisions: Decisions = field(default_factory=dict)  # what was said of rows that are likely known, by row_key
    undecided: str = ASK
    doubts: list[Doubt] = field(default_factory=list)  # filled: the rows that are likely known, decided or not


def order_of(draft: ImportDraft, phases: Phases | None = None) -> Order:
    """The order that a stored draft holds; `phases` is told how far it is."""
    return Order(
        kind=draft.kind,
        path=path_of(draft.file_digest),
        name=draft.file_name,
        year=draft.year,
        level=draft.level,
        region=draft.region.code,
        batch=draft.batch,
        unit=MoneyUnit(draft.unit) if draft.unit else None,
        mapping=ledger_map_from(draft.kind, draft.mapping) if draft.mapping else None,
        period=Period.parse(draft.period) if draft.period else None,
        basis=draft.basis or Basis.DISPATCH,
        reason=draft.reason,
        approver=draft.approver,
        decisions=decided_in(draft),
        progress=phases or silent,
        written=phases.written if phases else None,
    )


def decided_in(draft: ImportDraft) -> dict[str, Said]:
    """What was said of a draft's doubtful rows."""
    rows = draft.decisions.select_related("project__region", "project__package")
    return {row.key: Said(row.choice, row.project) for row in rows}


def said_of(order: Order) -> dict[str, Any]:
    """What a stored draft keeps of an order, beside its file, kind and region."""
    progress = order.kind == PROGRESS
    return {
        "year": order.year,
        "level": order.level,
        "batch": None if progress else order.batch,
        "period": order.period.code if order.period else "",
        "basis": order.basis if progress else "",
        "unit": order.unit.value if order.unit else "",
    }


@dataclass(slots=True)
class Report:
    """What came of an order. `answer` is the stable face (command line, page, API); `lines` one row a project with
    what changes; `digest` covers what was shown, so that a later change is noticed.
    """

    answer: dict[str, Any]
    lines: list[dict[str, Any]] = field(default_factory=list)
    digest: str = ""

    @property
    def wrong(self) -> bool:
        """Whether anything in the file forbids applying it."""
        return bool(self.answer["errors"])

    @property
    def undecided(self) -> int:
        """How many rows are likely known projects of which nobody has said whether they are."""
        return undecided_in(self.answer)


def undecided_in(answer: Mapping[str, Any]) -> int:
    """The same of an answer."""
    return sum(not doubt["decision"] for doubt in answer.get("doubts", []))


def read(order: Order) -> SheetReading:
    """Open and understand the file, in a child process. Raises Refusal("reporting.file") when that cannot be done."""
    order.progress(0, 1, str(_("读取文件")))
    months = (order.period.start.month, order.period.end.month) if order.period else None
    try:
        return read_ledger(
            order.kind,
            order.path,
            order.name,
            year=order.year,
            unit=order.unit,
            mapping=order.mapping,
            months=months,
        )
    except SheetError as error:
        raise refusal_of(error) from error


def unreadable(refusal: Refusal) -> Report:
    """The report of a file that could not be read: its sentence as the one error, and no data."""
    issue = {"sheet": "", "row": 0, "column": "", "value": "", "message": str(refusal), "code": refusal.code}
    answer = {**nothing(), "errors": [issue]}
    return Report(answer, [], digest(canonical(answer)))


def nothing() -> dict[str, Any]:
    """The answer about a file of which nothing is known."""
    counts = ("rows_read", "projects", NEW, CHANGED, SAME, "skipped")
    lists = ("columns", "printed_totals", "warnings", "errors", "doubts", "new_units", "new_leaders")
    return {**dict.fromkeys(counts, 0), "totals": {}, **{name: [] for name in lists}}


def refusal_of(error: SheetError) -> Refusal:
    """A file that cannot be read, as a refusal that names why."""
    return Refusal("reporting.file", why=error.message, items=[{"code": error.code}])


def take(actor: Actor, order: Order, reading: SheetReading) -> Taken:
    """Carry the import out through its action."""
    act = open_act()
    if act is not None:
        act.watch = order.written
    if order.kind == PLAN:
        ledger = PlanLedger(
            reading=reading,
            year=order.year,
            level=order.level,
            region_code=order.region,
            batch=order.batch,
            source=order.name,
            progress=order.progress,
            decisions=order.decisions,
            undecided=order.undecided,
            doubts=order.doubts,
        )
        with falls_at_rows(ledger.rows_of):
            return import_plan(actor=actor, ledger=ledger)
    assert order.period is not None  # a progress sheet has one
    sheet = ProgressSheet(
        reading=reading,
        year=order.year,
        level=order.level,
        region_code=order.region,
        period=order.period,
        basis=order.basis,
        reason=order.reason,
        approver=order.approver,
        source=order.name,
        progress=order.progress,
        decisions=order.decisions,
        undecided=order.undecided,
        doubts=order.doubts,
    )
    return import_progress(actor=actor, sheet=sheet)


def twice(work: Callable[[], Result]) -> Result:
    """Two imports at once that make one region or list, or record one reading: the second was rolled back whole, and
    finds the first's.
    """
    try:
        return work()
    except (IntegrityError, Conflict):
        return work()


def preview(actor: Actor, order: Order, reading: SheetReading) -> Report:
    """The same, taken back: what would be new, changed, unchanged and wrong.

    A row of which nobody has said whether it is a known project counts as new in a plan, and is left out of progress.
    """
    order = replace(order, undecided=TENTATIVE) if order.undecided == ASK else order

    def carry_out() -> Report:
        return told(order, reading, take(actor, order, reading))

    return reported(order, reading, lambda: rehearse(actor, RIGHTS[order.kind], carry_out)[0])


def reported(order: Order, reading: SheetReading, work: Callable[[], Report]) -> Report:
    """The report of some work; what is wrong with the ledger becomes its errors."""
    try:
        with in_source_language(), no_collection():
            return work()
    except Refusal as refusal:
        if refusal.code not in ("library.import_wrong", "library.doubts_open"):
            raise
        with in_source_language():
            answer = _answer(order, reading)
        if refusal.code == "library.import_wrong":
            answer["errors"] = list(refusal.items)
        return Report(answer, [], digest(canonical(answer)))


def in_source_language() -> override:
    """A report is kept and compared in one language, whoever reads it."""
    return override(settings.LANGUAGE_CODE)


# -- the report -------------------------------------------------------------------------------------------------------
def _answer(order: Order, reading: SheetReading) -> dict[str, Any]:
    """What the file says, before anything is done with it."""
    codes = KEY_AMOUNTS[order.kind]
    return {
        "rows_read": reading.rows_read,
        "projects": reading.rows_read,
        NEW: 0,
        CHANGED: 0,
        SAME: 0,
        "skipped": reading.skipped,
        "columns": [_column(column) for column in reading.columns],
        "totals": {"projects": reading.rows_read, **{code: reading.total(code) for code in codes}},
        "printed_totals": [total.as_dict() for total in reading.printed_totals],
        "warnings": [issue.as_dict() for issue in reading.warnings],
        "errors": [],
        "doubts": [doubt.as_dict() for doubt in order.doubts],
        "new_units": [],
        "new_leaders": [],
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "heading": column.heading,
        "field": column.code or None,
        "sheet": column.sheet,
        "column": column.letter,
        "reason": column.reason,
    }


def told(order: Order, reading: SheetReading, taken: Taken) -> Report:
    """What an import that was just carried out has changed; its change rows are the truth.

    Read in its transaction, or after it: what it superseded is still there.
    """
    states = _states(taken)
    answer = _answer(order, reading)
    counted = list(states.values())
    answer |= {"projects": len(taken.projects), **{state: counted.count(state) for state in (NEW, CHANGED, SAME)}}
    if isinstance(taken, ProgressTaken):
        answer["totals"] |= {OF_PERIOD[0]: taken.of_period, OF_PERIOD[1]: taken.to_date}
        mixed = [f"mix_{part}" for part in MIX if reading.column(f"mix_{part}") is not None]
        answer["totals"] |= {code: reading.total(code) for code in mixed}
    made = (Unit.objects.filter(pk__in=part) for part in parts(_made(taken.changes, "people.unit")))
    answer["new_units"] = sorted(name for units in made for name in units.values_list("name", flat=True))
    answer["new_leaders"] = _new_leaders(taken.changes)
    answer["warnings"] += [issue.as_dict() for issue in taken.warnings]
    lines = _lines(order.kind, reading, taken, states)
    return Report(answer, lines, digest_with_rows(answer, lines))


def _states(taken: Taken) -> dict[int, str]:
    """By project: new, changed or as it was. A reading of a new day is new, one that takes another's place a change."""
    changed = taken.changes.subjects()
    replaced = taken.changes.subjects(kinds=("change", "supersede"))
    added = taken.changes.subjects(model="reporting.reading")
    states = {}
    for project in taken.projects:
        if isinstance(taken, PlanTaken) and project.pk in taken.created:
            states[project.pk] = NEW
            continue
        subject = project.trail_subject()
        fresh = isinstance(taken, ProgressTaken) and subject in added and subject not in replaced
        states[project.pk] = NEW if fresh else CHANGED if subject in changed else SAME
    return states


def _made(changes: Changes, model: str) -> list[int]:
    """Ids of the rows that were made, or that an undone import had made and that are taken in again."""
    again = [str(NEVER), None]
    back = [one.row_id for one in changes.of("change", model) if json.loads(one.values).get("valid_to") == again]
    return [int(key) for key in (*changes.ids("add", model), *back)]


def _new_leaders(changes: Changes) -> list[str]:
    """Names of the posts that were made. The trail keeps a holder only as a digest, so the rows are asked."""
    made = parts(_made(changes, "people.post"))
    posts = (post for part in made for post in Post.objects.filter(pk__in=part).order_by("pk"))
    return [f"{post.holder} {post.title}".strip() for post in posts]


def _lines(kind: str, reading: SheetReading, taken: Taken, states: dict[int, str]) -> list[dict[str, Any]]:
    """One line a project, in the ledger's order, with what changes of it where it was known before."""
    known = {str(project.public_id): project for project in taken.projects if states[project.pk] == CHANGED}
    if isinstance(taken, ProgressTaken):
        known = {str(project.public_id): project for project in taken.projects if states[project.pk] != SAME}
    found = differences(taken.changes, known) if known else {}
    rows = [row for row in reading.rows if "name" in row.values] if isinstance(taken, PlanTaken) else taken.reads
    return [
        {
            "sheet": row.sheet,
            "row": row.row,
            "name": row.values["name"],
            "state": states[project.pk],
            "amounts": {code: row.values[code] for code in KEY_AMOUNTS[kind] if code in row.values},
            "changes": [[each.label, each.before, each.after] for each in found.get(str(project.public_id), [])]
            if found
            else [],
        }
        for row, project in zip(rows, taken.projects, strict=True)
    ]
