"""An import under way, from upload to end: at once while it is short, by a background job when it is long."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from guatu.core import job_signs, jobs
from guatu.core.actor import Actor
from guatu.core.attachments import KeptFile
from guatu.core.jobs import Phases
from guatu.core.models import Job, TrailEntry
from guatu.core.refusals import Refusal
from guatu.core.sheets.result import SheetReading
from guatu.core.writing import require_reason
from guatu.library.actions import (
    RowChoice,
    decide_doubts,
    discard_draft,
    keep_draft,
    keep_preview,
    note_shape,
)
from guatu.library.choices import DraftState
from guatu.library.models import ImportDraft
from guatu.reporting import imports
from guatu.reporting.actions import apply_draft, hand_over, import_file, undo_import
from guatu.reporting.column_facts import column_facts
from guatu.reporting.doubt_page import open_doubts

AT_ONCE = 500  # rows; what is longer is checked and applied in the background
READ_AT_ONCE = 300_000  # bytes; a larger file is stored first and read in the background
UNDO_AT_ONCE = 5_000  # rows of the trail; an import of more is taken back in the background
CHECK, APPLY, UNDO = "reporting.check_draft", "reporting.apply_draft", "reporting.undo_import"
OPEN = (DraftState.WAITING, DraftState.CHECKED, DraftState.WRONG)


def further(actor: Actor) -> Actor:
    """The actor of a request's second act: the request's id was claimed by the first."""
    return replace(actor, request_id=None, request_digest="")


def begin(actor: Actor, file: KeptFile, order: imports.Order, values: dict[str, Any]) -> ImportDraft:
    """Store a file as a draft and check it. A short one is read first: when it cannot be, it is refused and nothing is
    stored. A long one is read in the background, and a draft that could not be read says why.
    """
    if file.size > READ_AT_ONCE:
        draft = keep_draft(actor=actor, file=file, kind=order.kind, shape="", rows=0, **values)
        _in_background(further(actor), draft, CHECK, _("读取并核对 {name}"))
        return draft
    reading = imports.read(order)
    draft = keep_draft(actor=actor, file=file, kind=order.kind, shape=reading.shape, rows=reading.rows_read, **values)
    check(further(actor), draft, None if draft.mapping else reading)
    return draft


def check(actor: Actor, draft: ImportDraft, reading: SheetReading | None = None) -> None:
    """Work out what would come of a draft, now or in the background."""
    if draft.rows > AT_ONCE or not draft.shape:
        _in_background(actor, draft, CHECK, _("核对 {name}"))
    else:
        check_now(actor, draft, reading)


def check_now(
    actor: Actor, draft: ImportDraft, reading: SheetReading | None = None, phases: Phases | None = None
) -> imports.Report:
    """Rehearse a draft and keep the report."""
    reading = reading or read(actor, draft, phases)
    report = imports.preview(actor, imports.order_of(draft, phases), reading)
    secret = any(issue["code"] == "row_secret" for issue in report.answer["errors"])
    facts = [] if secret else column_facts(reading)  # values of a classified row are not to be kept
    kept = {"answer": report.answer, "lines": report.lines, "columns": facts}
    keep_preview(actor=actor, draft=draft, report=kept, preview=report.digest, wrong=report.wrong)
    return report


def read(actor: Actor, draft: ImportDraft, phases: Phases | None = None) -> SheetReading:
    """Read a draft's file. One read for the first time tells its shape, and with it what its columns were said to be;
    one that cannot be read leaves its sentence in the draft, and is refused.
    """
    try:
        reading = imports.read(imports.order_of(draft, phases))
    except Refusal as refusal:
        report = imports.unreadable(refusal)
        kept = {"answer": report.answer, "lines": []}
        keep_preview(actor=actor, draft=draft, report=kept, preview=report.digest, wrong=True)
        raise
    if not draft.shape:
        note_shape(actor=actor, draft=draft, shape=reading.shape, rows=reading.rows_read)
        if draft.mapping:
            reading = imports.read(imports.order_of(draft, phases))
    return reading


def decide(actor: Actor, draft: ImportDraft, seen: Mapping[str, int], choices: Sequence[RowChoice]) -> None:
    """Keep what was said of doubtful rows; with the last one the file is checked again."""
    kept = decide_doubts(actor=actor, draft=draft, seen=seen, choices=choices)
    if kept and not open_doubts(draft):
        check(further(actor), draft)


def finish(actor: Actor, draft: ImportDraft, seen: str = "") -> bool:
    """Apply a checked draft as it was looked at (`seen`: the digest of the preview); False when that goes on in the
    background.
    """
    seen = seen or draft.preview
    if draft.rows > AT_ONCE:
        _in_background(actor, draft, APPLY, _("导入 {name}"), preview=seen)
        return False
    apply_draft(actor=actor, draft=draft, reading=imports.read(imports.order_of(draft)), seen=seen)
    return True


def _in_background(actor: Actor, draft: ImportDraft, kind: str, words: str, **more: str) -> None:
    hand_over(actor=actor, draft=draft, kind=kind, words=words.format(name=draft.file_name), payload=more)


def undo(actor: Actor, draft: ImportDraft, reason: str) -> dict[str, Any] | None:
    """Undo an applied draft; None when that goes on in the background."""
    if is_long(draft):
        text = require_reason(reason, _("撤销导入"))
        _in_background(actor, draft, UNDO, _("撤销 {name}"), reason=text)
        return None
    return undo_import(actor=actor, draft=draft, reason=reason)


def is_long(draft: ImportDraft) -> bool:
    """Whether taking the draft's import back, or finding what stands in the way, takes long."""
    entry = TrailEntry.objects.filter(pk=draft.entry).only("changes_count").first() if draft.entry else None
    return entry is not None and entry.changes_count > UNDO_AT_ONCE


def discard(actor: Actor, draft: ImportDraft) -> None:
    """Give an import up, and stop the job that still works on it."""
    job = job_of(draft)
    if job is not None and job.state in jobs.OPEN:
        job_signs.wish(job.public_id)
    discard_draft(actor=actor, draft=draft, seen=None)


def import_now(
    actor: Actor, order: imports.Order, reading: SheetReading, file: KeptFile
) -> tuple[imports.Report, ImportDraft | None]:
    """Import a file at once, all or nothing, with an applied draft for its history (none where nothing changes).

    What is wrong comes back as the report's errors, and nothing has changed.
    """
    kept: list[ImportDraft | None] = [None]

    def work() -> imports.Report:
        report, kept[0] = imports.twice(lambda: import_file(actor=actor, order=order, reading=reading, file=file))
        return report

    return imports.reported(order, reading, work), kept[0]


def job_of(draft: ImportDraft) -> Job | None:
    """The background job that worked on the draft last."""
    return Job.objects.filter(public_id=draft.job).first() if draft.job else None


def is_working(job: Job | None) -> bool:
    """Whether a job is still at it, as far as one can tell."""
    return job is not None and job.state in jobs.OPEN and not jobs.is_silent(job)
