"""Carrying imports out: a stored one as it was looked at, or a file at once with its draft beside it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.core import rights
from guatu.core.actions import start_job
from guatu.core.actor import Actor
from guatu.core.attachments import KeptFile
from guatu.core.jobs import Phases
from guatu.core.refusals import Refusal
from guatu.core.sheets.result import SheetReading
from guatu.core.writing import action, current
from guatu.library.actions import end_draft, keep_draft, require_idle, require_open, set_draft_job
from guatu.library.choices import DraftState
from guatu.library.models import ImportDraft
from guatu.people.models import Region
from guatu.reporting import imports
from guatu.reporting.differing import NAMED, differing


@action("reporting.apply_draft", _("导入已核对的文件"), right="library.draft_import")
def apply_draft(
    *, actor: Actor, draft: ImportDraft, reading: SheetReading, seen: str = "", phases: Phases | None = None
) -> imports.Report:
    """Carry a checked draft out as one action. `seen` is the digest of the preview that was looked at ("": the last).

    Refused with library.preview_changed when it would now do anything else than what was shown (somebody changed a
    row, the file is read otherwise), with library.doubts_open while a row's likely project is undecided: nothing is
    imported then, the items name the rows, and it is checked again.
    """
    draft = held(draft)
    rights.can(actor, imports.RIGHTS[draft.kind]).require()
    require_open(actor, draft)
    if draft.state != DraftState.CHECKED:
        raise Refusal("library.draft_not_ready", name=draft.file_name)
    if seen and seen != draft.preview:
        raise Refusal("library.preview_changed", count=0)
    order = imports.order_of(draft, phases)
    with imports.in_source_language():
        report = imports.told(order, reading, imports.take(actor, order, reading))
    if report.digest != draft.preview:
        rows = differing(draft.report or {}, report.answer, report.lines)
        raise Refusal("library.preview_changed", items=rows[:NAMED], count=len(rows))
    end_draft(draft)
    return report


@action("reporting.hand_over", _("交由后台办理导入"), right="library.draft_import")
def hand_over(*, actor: Actor, draft: ImportDraft, kind: str, words: str, payload: Mapping[str, str]) -> None:
    """Let a background job work on a draft; one at a time. Refused, nothing is queued."""
    draft = held(draft)
    require_idle(draft)
    job = start_job(actor=actor, kind=kind, words=words, payload={"draft": str(draft.public_id), **payload})
    set_draft_job(actor=actor, draft=draft, job=job.public_id)


def held(draft: ImportDraft) -> ImportDraft:
    """The draft as it is now; on PostgreSQL nobody else goes on with it until the action ends."""
    rows = ImportDraft.objects.select_for_update(of=("self",)).select_related("region", "approver")
    return rows.get(pk=draft.pk)


@action("reporting.import_file", _("导入台账文件"), right="library.draft_import")
def import_file(
    *, actor: Actor, order: imports.Order, reading: SheetReading, file: KeptFile
) -> tuple[imports.Report, ImportDraft | None]:
    """Import a file at once and keep it as an applied draft, as the page does; what changes nothing keeps none."""
    rights.can(actor, imports.RIGHTS[order.kind]).require()
    report = imports.told(order, reading, imports.take(actor, order, reading))
    if not current().changes:
        return report, None
    draft = keep_draft(
        actor=actor,
        file=file,
        kind=order.kind,
        region=Region.objects.get(code=order.region),
        shape=reading.shape,
        rows=reading.rows_read,
        **imports.said_of(order),
    )
    _keep_report(draft, order, report)
    end_draft(draft)
    return report, draft


def _keep_report(draft: ImportDraft, order: imports.Order, report: imports.Report) -> None:
    kept: Mapping[str, Any] = {"answer": report.answer, "lines": report.lines}
    draft.report, draft.preview = dict(kept), report.digest
    current().cache([draft], ["report", "preview"])
