"""Long imports in the background: reading and checking one, applying one, taking one back."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core.jobs import JobRun, Phases, job
from guatu.core.refusals import Refusal
from guatu.library.models import ImportDraft
from guatu.library.policies import visible_drafts
from guatu.reporting import drafts, imports
from guatu.reporting.actions import apply_draft, undo_import

PHASES = {imports.PLAN: 6, imports.PROGRESS: 5}
"""How many steps reading and importing a ledger names (`Order.progress`)."""


def _draft(run: JobRun) -> ImportDraft:
    rows = visible_drafts(run.actor).select_related("region", "approver")
    draft = rows.filter(public_id=run.payload["draft"]).first()
    if draft is None:
        raise Refusal("core.not_found")
    return draft


def _address(draft: ImportDraft) -> str:
    return reverse("reporting:import_draft", args=[draft.public_id])


@job(drafts.CHECK, right="library.draft_import", once=False)
def check_draft(run: JobRun) -> dict[str, Any]:
    """Read the file and work out what would come of it. Killed and run again it does the same again."""
    draft = _draft(run)
    report = drafts.check_now(run.actor, draft, phases=Phases(run, PHASES[draft.kind]))
    words = _("核对完毕：有 {count} 处需要改正。") if report.wrong else _("核对完毕，可以导入。")
    return {"words": words.format(count=len(report.answer["errors"])), "url": _address(draft)}


@job(drafts.APPLY, right="library.draft_import")
def apply(run: JobRun) -> dict[str, Any]:
    """Read the file again and import it, all or nothing."""
    draft = _draft(run)
    phases = Phases(run, PHASES[draft.kind])
    reading = imports.read(imports.order_of(draft, phases))
    seen = run.payload.get("preview", "")
    report = apply_draft(actor=run.actor, draft=draft, reading=reading, seen=seen, phases=phases)
    words = _("已导入 {projects} 项：新增 {created}，变更 {updated}，未变 {unchanged}。")
    counts = {name: report.answer[name] for name in ("projects", "created", "updated", "unchanged")}
    return {"words": words.format(**counts), "url": _address(draft)}


@job(drafts.UNDO, right="library.draft_import")
def undo(run: JobRun) -> dict[str, Any]:
    """Take a long import back, all or nothing."""
    draft = _draft(run)
    undo_import(actor=run.actor, draft=draft, reason=run.payload["reason"], progress=Phases(run, 1))
    return {"words": _("已撤销“{name}”的导入。").format(name=draft.file_name), "url": _address(draft)}
