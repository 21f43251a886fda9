"""An import under way, from upload to end: checked and applied at once, or by a background job when it is long."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from guatu.core.actions import start_job
from guatu.core.actor import Actor
from guatu.core.attachments import KeptFile
from guatu.core.sheets.result import SheetReading
from guatu.library.actions import keep_draft, keep_preview, set_draft_job
from guatu.library.models import ImportDraft
from guatu.reporting import imports
from guatu.reporting.actions import apply_draft

AT_ONCE = 500  # rows; what is longer goes on in the background
CHECK, APPLY = "reporting.check_draft", "reporting.apply_draft"


def further(actor: Actor) -> Actor:
    """The actor of a request's second act: the request's id was claimed by the first."""
    return replace(actor, request_id=None, request_digest="")


def begin(actor: Actor, file: KeptFile, order: imports.Order, values: dict[str, Any]) -> ImportDraft:
    """Read the file, store it as a draft and check it. A file that cannot be read is refused, and nothing is stored."""
    reading = imports.read(order)
    draft = keep_draft(actor=actor, file=file, kind=order.kind, shape=reading.shape, rows=reading.rows_read, **values)
    check(further(actor), draft, None if draft.mapping else reading)
    return draft


def check(actor: Actor, draft: ImportDraft, reading: SheetReading | None = None) -> None:
    """Work out what would come of a draft, now or in the background."""
    if draft.rows > AT_ONCE:
        hand_over(actor, draft, CHECK, _("核对 {name}"))
    else:
        check_now(actor, draft, reading)


def check_now(actor: Actor, draft: ImportDraft, reading: SheetReading | None = None) -> imports.Report:
    """Rehearse a draft and keep the report."""
    order = imports.order_of(draft)
    report = imports.preview(actor, order, reading or imports.read(order))
    kept = {"answer": report.answer, "lines": report.lines}
    keep_preview(actor=actor, draft=draft, report=kept, preview=report.digest, wrong=report.wrong)
    return report


def finish(actor: Actor, draft: ImportDraft) -> bool:
    """Apply a checked draft; False when that goes on in the background."""
    if draft.rows > AT_ONCE:
        hand_over(actor, draft, APPLY, _("导入 {name}"))
        return False
    apply_draft(actor=actor, draft=draft, reading=imports.read(imports.order_of(draft)))
    return True


def hand_over(actor: Actor, draft: ImportDraft, kind: str, words: str) -> None:
    """Let a background job work on a draft."""
    payload = {"draft": str(draft.public_id)}
    job = start_job(actor=actor, kind=kind, words=words.format(name=draft.file_name), payload=payload)
    set_draft_job(actor=further(actor), draft=draft, job=job.public_id)
