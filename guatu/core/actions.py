"""Core's office verbs: change a setting, start, cancel and finish a job, take in a file, keep a table's view."""

import json
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from guatu.core import clock, job_runner, jobs, rights, settings, undoable
from guatu.core.actor import Actor
from guatu.core.attachments import KeptFile
from guatu.core.models import Attachment, Job, SavedView, SettingRow, TrailEntry
from guatu.core.policies import can_change_setting, can_change_view, require_job, visible_views
from guatu.core.refusals import Refusal, Sentence
from guatu.core.tables.saved import NAME_MOST, STATE_MOST, VIEWS_MOST, state_of
from guatu.core.tables.state import echo
from guatu.core.undoing import UNDOES, Footprint, Undone, lock, take_back
from guatu.core.writing import ACTIONS, action, current, words_of


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


def _named(post_id: int, table: str, name: str, but: int = 0) -> str:
    """A view's name as it is kept; refused when it is empty, too long, or taken on this table by the post."""
    found = " ".join(name.split())
    if not 0 < len(found) <= NAME_MOST or not found.isprintable():
        raise Refusal("core.view_name", name=echo(found), most=NAME_MOST)
    own = SavedView.objects.filter(table=table, post_id=post_id, withdrawn=False).exclude(pk=but)
    if own.filter(name=found).exists():
        raise Refusal("core.view_twice", name=found)
    if not but and own.count() >= VIEWS_MOST:
        raise Refusal("core.view_many", most=VIEWS_MOST)
    return found


def _state(query: str) -> str:
    """The table's part of a query string, as it is kept."""
    found = state_of(QueryDict(query))
    if len(found) > STATE_MOST:
        raise Refusal("core.view_long")
    return found


def _view(actor: Actor, public_id: UUID, right: str) -> SavedView:
    """A view to be written, which the actor sees and may write; what is not seen is not there."""
    row = visible_views(actor).select_for_update().filter(public_id=public_id).first()
    if row is None:
        raise Refusal("core.view_gone")
    can_change_view(actor, row, right).require()
    return row


@action("core.save_view", _("存为视图"))
def save_view(*, actor: Actor, table: str, name: str, state: str) -> SavedView:
    """Keep a table's state (a query string) under a name, for the actor's post."""
    if actor.post_id is None:
        raise Refusal("core.not_allowed", what=str(_("存为视图")))
    act = current()
    row = act.add(
        SavedView(
            table=table[:80],
            name=_named(actor.post_id, table[:80], name),
            state=_state(state),
            post_id=actor.post_id,
            made_by=actor.label[:120],
            region_path=actor.region_path,
            made_at=clock.now(),
        )
    )
    act.about(row, name=row.name)
    return row


@action("core.rename_view", _("给视图改名"))
def rename_view(*, actor: Actor, public_id: UUID, name: str) -> SavedView:
    """Give a view another name."""
    row = _view(actor, public_id, "core.rename_view")
    act = current()
    act.about(row, name=row.name)
    act.change(row, name=_named(row.post_id, row.table, name, row.pk))
    return row


@action("core.change_view", _("更新视图"))
def change_view(*, actor: Actor, public_id: UUID, state: str) -> SavedView:
    """Put another state under a view's name."""
    row = _view(actor, public_id, "core.change_view")
    act = current()
    act.about(row, name=row.name)
    act.change(row, state=_state(state))
    return row


@action("core.share_view", _("共享视图"))
def share_view(*, actor: Actor, public_id: UUID, shared: bool) -> SavedView:
    """Show a view to every post of the region, or no longer."""
    row = _view(actor, public_id, "core.share_view")
    act = current()
    act.about(row, name=row.name)
    act.change(row, shared=shared)
    return row


@action("core.delete_view", _("删除视图"))
def delete_view(*, actor: Actor, public_id: UUID) -> SavedView:
    """Take a view away; its row stays."""
    row = _view(actor, public_id, "core.delete_view")
    act = current()
    act.about(row, name=row.name)
    act.change(row, withdrawn=True)
    return row


@action("core.undo", _("撤销"))
def undo(*, actor: Actor, entry: TrailEntry) -> Undone:
    """Take back what the actor did in one entry, all or nothing, under the right of that action.

    Refused with core.undo_not_own, core.undo_unknown (no such kind), core.undo_done, and core.undo_blocked, which
    names what stands in the way. Facts are withdrawn or stand again, rows get their former values: nothing is deleted.
    """
    kind = undoable.UNDOABLE.get(entry.action)
    if kind is None:
        raise Refusal("core.undo_unknown", what=words_of(entry))
    if actor.user_id is None or entry.user_id != actor.user_id:
        raise Refusal("core.undo_not_own", what=words_of(entry), who=entry.actor_label)
    rights.can(actor, ACTIONS[entry.action].right).require()
    done = Footprint(entry)
    kind.require(actor, entry, done)
    lock(done)
    if undoable.undone([entry]) or done.empty:
        raise Refusal("core.undo_done", what=words_of(entry))
    stopped = undoable.in_the_way(kind, done)
    if stopped:
        raise Refusal("core.undo_blocked", what=words_of(entry), items=[{"message": one} for one in stopped])
    undone = take_back(done, former={})
    kind.after(done)
    act = current()
    act.subject = (entry.subject_kind, entry.subject_id)
    act.about(None, what=words_of(entry), **_names(entry))
    return undone


def _names(entry: TrailEntry) -> dict[str, Any]:
    """What the entry's sentence names, for the sentence of its undo."""
    return {name: value for name, value in json.loads(entry.params).items() if name != UNDOES}
