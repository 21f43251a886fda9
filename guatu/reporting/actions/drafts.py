"""Applying a stored import: what was looked at is what is done, or nothing."""

from django.utils.translation import gettext_lazy as _

from guatu.core import rights
from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.core.sheets.result import SheetReading
from guatu.core.writing import action
from guatu.library.actions import end_draft, require_open
from guatu.library.choices import DraftState
from guatu.library.models import ImportDraft
from guatu.reporting import imports


@action("reporting.apply_draft", _("导入已核对的文件"), right="library.draft_import")
def apply_draft(*, actor: Actor, draft: ImportDraft, reading: SheetReading) -> imports.Report:
    """Carry a checked draft out as one action.

    Refused with library.preview_changed when it would now do anything else than what was shown (somebody changed a
    row, the file is read otherwise): nothing is imported then, and it has to be checked again.
    """
    rights.can(actor, imports.RIGHTS[draft.kind]).require()
    require_open(actor, draft)
    if draft.state != DraftState.CHECKED:
        raise Refusal("library.draft_not_ready", name=draft.file_name)
    order = imports.order_of(draft)
    with imports.in_source_language():
        report = imports.told(order, reading, imports.take(actor, order, reading))
    if report.digest != draft.preview:
        raise Refusal("library.preview_changed")
    end_draft(draft)
    return report
