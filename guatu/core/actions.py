"""Core's office verbs: change a setting, start, cancel and finish a job, take in a file."""

import json
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from guatu.core import clock, job_runner, jobs, rights, settings, undoable
from guatu.core.actor import Actor
from guatu.core.attachments import KeptFile
from guatu.core.models import Attachment, Job, SettingRow, TrailEntry
from guatu.core.policies import can_change_setting, require_job
from guatu.core.refusals import Refusal, Sentence
from guatu.core.undoing import UNDOES, Footprint, Undone, lock, take_back
from guatu.core.writing import ACTIONS, action, current


@action("core.change_setting", _("修改设置"))
def change_setting(
    *, actor: Actor, name: str, value: Any, region_id: int = 0, on: date | None = None, reason: str = ""
) -> bool:
    """Set a value from a day on (today by default) for the installation or a region; False when it stands already."""
    wanted = settings.declared(name)
    can_change_setting(actor, wanted, region_id).require()
    settings.checked(name, value)
    act = current()
    act.subject = ("core.setting", name)
    act.about(None, reason=reason, name=str(wanted.words), value=wanted.show(value))
    row = SettingRow(name=name, region_id=region_id, value=value, effective_on=on or clock.today())
    changed = act.record(row)
    settings.forget()
    transaction.on_commit(settings.forget)
    return changed


@action("core.start_job", _("启动后台任务"))
def start_job(*, actor: Actor, kind: str, words: Sentence, payload: dict[str, Any] | None = None) -> Job:
    """Put a job into the queue; refused when the post lacks the kind's right. `payload` is plain JSON."""
    rights.can(actor, jobs.kind_of(kind).right).require()
    act = current()
    row = act.add(
        Job(
            kind=kind,
            words=str(words)[:200],
            started_by_id=actor.user_id,
            post_id=actor.post_id,
            payload=jobs.packed(actor, payload or {}),
            created_at=clock.now(),
        )
    )
    act.about(row, words=row.words)
    job_runner.enqueue(row.pk)
    return row


@action("core.cancel_job", _("取消后台任务"))
def cancel_job(*, actor: Actor, public_id: UUID) -> Job:
    """Cancel a waiting job at once; ask a running one to stop. A finished one stays as it is."""
    row = Job.objects.select_for_update().filter(public_id=public_id).first()
    if row is None:
        raise Refusal("core.job_gone")
    require_job(actor, row)
    act = current()
    act.about(row, words=row.words)
    if row.state == jobs.WAITING:
        act.change(row, cancel_wished=True, state=jobs.CANCELLED, finished_at=clock.now())
    elif row.state == jobs.RUNNING:
        act.change(row, cancel_wished=True)
    return row


@action("core.finish_job", _("后台任务结束"))
def finish_job(*, actor: Actor, row_id: int, state: str, result: dict[str, Any]) -> Job:
    """Record how a job ended."""
    row = Job.objects.get(pk=row_id)
    act = current()
    act.about(row, words=row.words, state=state)
    now = clock.now()
    act.change(row, state=state, result=result, finished_at=now, heartbeat_at=now)
    return row


@action("core.add_attachment", _("存入附件"))
def add_attachment(*, actor: Actor, file: KeptFile, about_kind: str, about_id: str) -> Attachment:
    """Attach a file whose bytes are already on the disk to an object; part of the object's own action."""
    act = current()
    row = act.add(
        Attachment(
            digest=file.digest,
            name=file.name,
            media_type=file.media_type,
            size=file.size,
            about_kind=about_kind,
            about_id=about_id,
            added_at=clock.now(),
            added_by_id=actor.user_id,
        )
    )
    act.about(row, name=file.name)
    return row


@action("core.undo", _("撤销"))
def undo(*, actor: Actor, entry: TrailEntry) -> Undone:
    """Take back what the actor did in one entry, all or nothing, under the right of that action.

    Refused with core.undo_not_own, core.undo_unknown (no such kind), core.undo_done, and core.undo_blocked, which
    names what stands in the way. Facts are withdrawn or stand again, rows get their former values: nothing is deleted.
    """
    kind = undoable.UNDOABLE.get(entry.action)
    if kind is None:
        raise Refusal("core.undo_unknown", what=undoable.words_of(entry))
    if actor.user_id is None or entry.user_id != actor.user_id:
        raise Refusal("core.undo_not_own", what=undoable.words_of(entry), who=entry.actor_label)
    rights.can(actor, ACTIONS[entry.action].right).require()
    done = Footprint(entry)
    kind.require(actor, entry, done)
    lock(done)
    if undoable.undone([entry]) or done.empty:
        raise Refusal("core.undo_done", what=undoable.words_of(entry))
    stopped = undoable.in_the_way(kind, done)
    if stopped:
        raise Refusal("core.undo_blocked", what=undoable.words_of(entry), items=[{"message": one} for one in stopped])
    undone = take_back(done, former={})
    kind.after(done)
    act = current()
    act.subject = (entry.subject_kind, entry.subject_id)
    act.about(None, what=undoable.words_of(entry), **_names(entry))
    return undone


def _names(entry: TrailEntry) -> dict[str, Any]:
    """What the entry's sentence names, for the sentence of its undo."""
    return {name: value for name, value in json.loads(entry.params).items() if name != UNDOES}
