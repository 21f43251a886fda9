"""Imports under way: stored with their file, so that they are found again, until they are applied or discarded."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from guatu.core import clock, jobs
from guatu.core.actions import add_attachment
from guatu.core.actor import Actor
from guatu.core.attachments import KeptFile
from guatu.core.models import Job
from guatu.core.refusals import Refusal
from guatu.core.writing import action, current
from guatu.library.choices import DraftState
from guatu.library.models import ImportDecision, ImportDraft, RememberedMapping
from guatu.library.policies import require_region, visible_drafts
from guatu.people.models import Region

OPEN = (DraftState.WAITING, DraftState.CHECKED, DraftState.WRONG)
SAID = frozenset({"mapping", "unit", "reason", "approver"})
ABOUT_DRAFT = "library.importdraft"
"""What a file of a draft is attached to."""


@action("library.keep_draft", _("上传待导入的文件"), right="library.draft_import")
def keep_draft(
    *,
    actor: Actor,
    file: KeptFile,
    kind: str,
    region: Region,
    level: str,
    year: int,
    shape: str,
    rows: int,
    batch: int | None = None,
    period: str = "",
    basis: str = "",
    unit: str = "",
) -> ImportDraft:
    """Store a file that is to be imported. Columns of a file of this shape are read as they were said to be before."""
    require_region(actor, "library.draft_import", region)
    known = RememberedMapping.objects.filter(region=region, kind=kind, shape=shape).first()
    draft = current().add(
        ImportDraft(
            kind=kind,
            region=region,
            level=level,
            year=year,
            batch=batch,
            period=period,
            basis=basis,
            unit=unit,
            mapping=known.mapping if known else {},
            file_name=file.name,
            file_digest=file.digest,
            made_by_id=actor.user_id,
            made_at=clock.now(),
            shape=shape,
            rows=rows,
        )
    )
    add_attachment(actor=actor, file=file, about_kind=ABOUT_DRAFT, about_id=str(draft.public_id))
    current().about(draft, name=file.name)
    _take_decisions_over(draft)
    return draft


def _take_decisions_over(draft: ImportDraft) -> None:
    """What was said of doubtful rows in a file that never went in is not asked again in its mended copy."""
    rows = ImportDecision.objects.filter(
        draft__region=draft.region, draft__kind=draft.kind, draft__year=draft.year, draft__level=draft.level
    ).filter(draft__state__in=(*OPEN, DraftState.DISCARDED))
    last = {row.key: row for row in rows.select_related("project").order_by("decided_at", "pk")}
    current().add_many(
        [
            ImportDecision(
                draft=draft,
                key=row.key,
                name=row.name,
                choice=row.choice,
                project=row.project,
                decided_by_id=row.decided_by_id,
                decided_at=row.decided_at,
            )
            for row in last.values()
        ]
    )


@action("library.change_draft", _("指定列的对应关系"), right="library.draft_import")
def change_draft(*, actor: Actor, draft: ImportDraft, seen: int | None, values: Mapping[str, Any]) -> bool:
    """Say what columns mean (remembered for the next file of this shape), the unit, or why an amount falls.

    Whatever was checked before has to be checked again.
    """
    require_open(actor, draft)
    told = {name: value for name, value in values.items() if name in SAID}
    current().about(draft, name=draft.file_name)
    if "mapping" in told and draft.shape and told["mapping"] != draft.mapping:
        _remember(draft, told["mapping"])
    return current().change(draft, seen=seen, state=DraftState.WAITING, **told)


def _remember(draft: ImportDraft, mapping: Any) -> None:
    known = RememberedMapping.objects.filter(region=draft.region, kind=draft.kind, shape=draft.shape).first()
    if known is None:
        row = RememberedMapping(region=draft.region, kind=draft.kind, shape=draft.shape, mapping=mapping)
        current().add(row)
    else:
        current().change(known, mapping=mapping)


@action("library.forget_mapping", _("忘掉以前指定的列"), right="library.draft_import")
def forget_mapping(*, actor: Actor, draft: ImportDraft, seen: int | None) -> bool:
    """Read a draft's columns by their headings again, and the next file of this shape too; False: nothing was kept."""
    require_open(actor, draft)
    current().about(draft, name=draft.file_name)
    known = RememberedMapping.objects.filter(region=draft.region, kind=draft.kind, shape=draft.shape).first()
    if known is not None:
        current().change(known, mapping={})
    return current().change(draft, seen=seen, state=DraftState.WAITING, mapping={})


@action("library.keep_preview", _("核对待导入的文件"), right="library.draft_import")
def keep_preview(*, actor: Actor, draft: ImportDraft, report: Mapping[str, Any], preview: str, wrong: bool) -> None:
    """Keep what would come of a draft. It follows from file and data, so the trail has only that it was made."""
    require_open(actor, draft)
    draft.report, draft.preview = dict(report), preview
    current().cache([draft], ["report", "preview"])
    current().about(draft, name=draft.file_name)
    current().change(draft, state=DraftState.WRONG if wrong else DraftState.CHECKED, job=None)


@action("library.note_shape", _("读取待导入的文件"), right="library.draft_import")
def note_shape(*, actor: Actor, draft: ImportDraft, shape: str, rows: int) -> None:
    """Keep what a stored file turned out to be once it was read: columns of this shape are read as said before."""
    require_open(actor, draft)
    draft.shape, draft.rows = shape, rows
    act = current()
    act.cache([draft], ["shape", "rows"])
    known = RememberedMapping.objects.filter(region=draft.region, kind=draft.kind, shape=shape).first()
    if known is not None and not draft.mapping:
        act.change(draft, mapping=known.mapping)


@action("library.set_draft_job", _("在后台处理待导入的文件"), right="library.draft_import")
def set_draft_job(*, actor: Actor, draft: ImportDraft, job: UUID) -> None:
    """Say which background job works on a draft; on one that was applied, that is taking it back."""
    if draft.state != DraftState.APPLIED:
        require_open(actor, draft)
    current().change(draft, job=job)


@action("library.discard_draft", _("放弃待导入的文件"), right="library.draft_import")
def discard_draft(*, actor: Actor, draft: ImportDraft, seen: int | None) -> None:
    """Give an import up; file and report stay readable."""
    require_open(actor, draft)
    current().about(draft, name=draft.file_name)
    current().change(draft, seen=seen, state=DraftState.DISCARDED)


def require_idle(draft: ImportDraft) -> None:
    """Refuse while a background job still works on a draft."""
    job = Job.objects.filter(public_id=draft.job, state__in=jobs.OPEN).first() if draft.job else None
    if job is not None and not jobs.is_silent(job):
        raise Refusal("library.draft_busy", name=draft.file_name)


def end_draft(draft: ImportDraft) -> None:
    """Mark a draft as applied, in the import's own action, with what is needed to take that back."""
    act = current()
    draft.former = dict(act.former)
    act.cache([draft], ["former"])
    act.change(draft, state=DraftState.APPLIED, job=None, entry=act.entry_id)


def mark_undone(draft: ImportDraft, answer: Mapping[str, Any]) -> None:
    """Mark a draft as undone, in the undoing action, with what came of it; the former values are in their rows."""
    act = current()
    draft.former, draft.report = {}, {**(draft.report or {}), "undone": dict(answer)}
    act.cache([draft], ["former", "report"])
    act.change(draft, state=DraftState.UNDONE, job=None)


def require_open(actor: Actor, draft: ImportDraft) -> None:
    """Refuse as not found what is not the actor's, and what is finished with a sentence."""
    if not visible_drafts(actor).filter(pk=draft.pk).exists():
        raise Refusal("core.not_found")
    if draft.state not in OPEN:
        state = str(DraftState(draft.state).label)
        raise Refusal("library.draft_done", name=draft.file_name, state=state)
