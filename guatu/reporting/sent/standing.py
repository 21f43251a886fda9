"""What stands here of the reports that a workbook went out with, and the merge of one that came back."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from guatu.core.actor import Actor
from guatu.core.attachments import path_of
from guatu.core.refusals import Refusal
from guatu.core.roundtrip.back import Returned, read_back
from guatu.core.roundtrip.kept import earlier_from_json, sent_from_json
from guatu.core.roundtrip.layout import Layout, Value
from guatu.core.roundtrip.merging import merge_returned
from guatu.core.roundtrip.tables import identity_of
from guatu.core.sheets.child import read_in_child
from guatu.core.sheets.errors import SheetError
from guatu.domain.merge import Merge
from guatu.domain.periods import Period
from guatu.library.models import Project
from guatu.library.policies import visible_projects
from guatu.reporting.choices import WRITABLE, ReturnState
from guatu.reporting.content import ReportContent, from_json
from guatu.reporting.imports import refusal_of
from guatu.reporting.models import Report, SentWorkbook
from guatu.reporting.policies import visible_workbooks
from guatu.reporting.queries import Held, held_values
from guatu.reporting.queries.asked import reports_of
from guatu.reporting.sent.columns import cells_of, layout_again
from guatu.reporting.sent.making import RIGHT


@dataclass(frozen=True, slots=True)
class Standing:
    """The projects of a workbook by row key, their reports, and the values that stand here of those that may still be
    written. A project that is no longer the actor's, or whose report was handed in, has no values: what came back of
    it is told and never written. `held` are the cells of each row that another system holds: what came back in them
    is told and never read.
    """

    layout: Layout
    projects: dict[str, Project]
    reports: dict[str, Report]
    values: dict[str, dict[str, Value]]
    held: dict[str, dict[str, Held]]


def layout_sent(sent: SentWorkbook) -> Layout:
    """The layout that a workbook went out with."""
    return layout_again(sent.content["sent"]["layout"], Period.parse(sent.period).start.year)


def standing_of(actor: Actor, sent: SentWorkbook) -> Standing:
    """What stands here now."""
    ids = {UUID(public_id): key for key, public_id in sent.content["projects"].items()}
    rows = visible_projects(actor, RIGHT).filter(public_id__in=ids).select_related("region", "unit")
    projects = {ids[row.public_id]: row for row in rows}
    by_project = reports_of([row.pk for row in projects.values()], sent.kind, sent.period)
    reports = {key: by_project[row.pk] for key, row in projects.items() if row.pk in by_project}
    values = {
        key: cells_of(from_json(reports[key].content) if key in reports else ReportContent())
        for key in projects
        if key not in reports or reports[key].state in WRITABLE
    }
    found = held_values(projects.values(), Period.parse(sent.period))
    held = {
        key: {name.replace(".", "_"): one for name, one in found[row.pk].items()}
        for key, row in projects.items()
        if row.pk in found
    }
    return Standing(layout_sent(sent), projects, reports, values, held)


def merge_of(sent: SentWorkbook, standing: Standing, returned: Returned) -> Merge:
    """A return held against what was sent and what stands here; cells that earlier returns settled stay settled."""
    brought = [
        row.content["brought"]
        for row in sent.returns.filter(state=ReturnState.MERGED).order_by("merged_at")
        if "brought" in row.content
    ]
    known, returned = standing.layout.identifying, _typed_here(returned, standing)
    now = {
        key: {**_of(returned, key, (column.code for column in known)), **values}
        for key, values in standing.values.items()
    }
    return merge_returned(standing.layout, returned, now, earlier_from_json(standing.layout, brought))


def _typed_here(returned: Returned, standing: Standing) -> Returned:
    """A return without the cells that another system holds."""
    rows = [
        replace(row, values={code: value for code, value in row.values.items() if code not in held})
        if (held := standing.held.get(row.key or ""))
        else row
        for row in returned.rows
    ]
    return replace(returned, rows=rows)


def _of(returned: Returned, key: str, codes: Iterable[str]) -> dict[str, Value]:
    """What was sent of a row in the columns that nobody edits."""
    row = returned.sent.rows.get(key, {})
    return {code: row.get(code) for code in codes}


def read_return(actor: Actor, digest: str, name: str) -> tuple[SentWorkbook, Returned]:
    """A file that came back and the workbook that it was sent as, read in a child process.

    Raises Refusal: reporting.file where it cannot be read or was not sent out from here, reporting.workbook_unknown
    for one that was not sent to a unit of the actor's.
    """
    try:
        book = read_in_child(path_of(digest), name=name, extras=True)
        number = identity_of(book)
        sent = visible_workbooks(actor).filter(check_code=number).first()
        if sent is None:
            raise Refusal("reporting.workbook_unknown", number=number)
        layout = layout_sent(sent)
        return sent, read_back(book, layout, sent_from_json(layout, sent.content["sent"]))
    except SheetError as error:
        raise refusal_of(error) from error
