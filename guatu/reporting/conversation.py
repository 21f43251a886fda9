"""What pages, API and command line show of imports: what is under way, what was imported, what may be undone."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core import rights
from guatu.core.actor import Actor
from guatu.core.job_page import job_context
from guatu.core.models import Attachment, Job, TrailEntry
from guatu.core.policies import can_see_job
from guatu.library.actions import ABOUT_DRAFT
from guatu.library.choices import DraftState
from guatu.library.models import ImportDecision, ImportDraft
from guatu.library.policies import visible_drafts
from guatu.reporting import drafts, imports
from guatu.reporting.doubt_page import known_decisions
from guatu.reporting.forms import UndoForm
from guatu.reporting.undoing import NAMED, footprint_of, in_the_way

SHOWN = 50
LATELY = 10  # imports that are listed with what became of them


def start_context(actor: Actor) -> dict[str, Any]:
    """What is under way, and what was imported lately."""
    rows = visible_drafts(actor).select_related("region", "made_by").order_by("-made_at", "-pk")
    done = list(rows.filter(state__in=(DraftState.APPLIED, DraftState.UNDONE))[:LATELY])
    entries = TrailEntry.objects.in_bulk([row.entry for row in done if row.entry])
    return {
        "kept": list(rows.filter(state__in=drafts.OPEN)[:SHOWN]),
        "lately": [_lately(actor, row, entries.get(row.entry)) for row in done],
    }


def _lately(actor: Actor, row: ImportDraft, entry: TrailEntry | None) -> dict[str, Any]:
    answer = (row.report or {}).get("answer", {})
    return {
        "row": row,
        "counts": {name: answer.get(name, 0) for name in ("created", "updated", "unchanged")},
        "who": entry.actor_label if entry else "",
        "at": entry.at if entry else None,
        "may_undo": _offered(actor, row, entry),
    }


def _offered(actor: Actor, row: ImportDraft, entry: TrailEntry | None) -> bool:
    """Whether the list offers the undo. What stands in the way of a long one is only looked for on its own page."""
    if entry is None or row.state != DraftState.APPLIED or not rights.can(actor, imports.RIGHTS[row.kind]).allowed:
        return False
    if entry.changes_count > drafts.UNDO_AT_ONCE:
        return True
    done = footprint_of(row)
    return done is not None and not done.empty and not in_the_way(done)


def undo_context(row: ImportDraft, *, whole: bool = False) -> dict[str, Any]:
    """Of an applied import: who applied it and when, its file, and whether it may be undone or what is in the way.

    A long one is looked through only on its own page (`whole`).
    """
    context: dict[str, Any] = {"applied": None, "file": _file(row), "undone": (row.report or {}).get("undone")}
    if row.entry is None:
        return context
    context["applied"] = TrailEntry.objects.filter(pk=row.entry).first()
    if row.state != DraftState.APPLIED:
        return context
    if drafts.is_long(row) and not whole:
        return context | {"undo_url": reverse("reporting:import_undo", args=[row.public_id])}
    done = footprint_of(row)
    if done is None or done.empty:
        return context
    obstacles = in_the_way(done)
    return context | {
        "may_undo": not obstacles,
        "obstacles": obstacles[:NAMED],
        "obstacle_count": len(obstacles),
        "undo_form": UndoForm(),
    }


def _file(row: ImportDraft) -> Attachment | None:
    return Attachment.objects.filter(about_kind=ABOUT_DRAFT, about_id=str(row.public_id)).first()


def job_part(actor: Actor, row: ImportDraft, job: Job) -> dict[str, Any]:
    """The bar of an import's job, for everybody who may go on with the import; who started it may cancel it."""
    context = job_context(job)
    if context["poll_url"]:
        context["poll_url"] = reverse("reporting:import_progress", args=[row.public_id])
    if not can_see_job(actor, job):
        context["cancel_url"] = ""
    return context


def as_json(row: ImportDraft, *, whole: bool = False) -> dict[str, Any]:
    """A draft as the command line and the API say it; `whole` with its report and what stands in the way of an undo."""
    answer = (row.report or {}).get("answer", {})
    job = drafts.job_of(row)
    told = {
        "id": str(row.public_id),
        "kind": row.kind,
        "file": row.file_name,
        "year": row.year,
        "level": row.level,
        "region": row.region.code,
        "period": row.period,
        "state": row.state,
        "version": row.version,
        "made_at": row.made_at.isoformat(),
        "made_by": row.made_by.name if row.made_by else "",
        "entry": str(row.entry) if row.entry else None,
        "job": str(row.job) if drafts.is_working(job) else None,
        **{name: answer.get(name, 0) for name in ("projects", "created", "updated", "unchanged")},
        "errors": len(answer.get("errors", [])),
    }
    if not whole:
        return told
    done = footprint_of(row)
    obstacles = in_the_way(done) if done is not None else []
    return told | {
        "answer": answer,
        "lines": (row.report or {}).get("lines", []),
        "decisions": [_decision(each) for each in known_decisions(row).values()],
        "may_undo": done is not None and not done.empty and not obstacles,
        "in_the_way": [item["message"] for item in obstacles[:NAMED]],
        "undone": (row.report or {}).get("undone"),
    }


def _decision(row: ImportDecision) -> dict[str, Any]:
    project = str(row.project.public_id) if row.project else None
    return {"key": row.key, "choice": row.choice, "project": project, "version": row.version}


def said(answer: dict[str, Any]) -> str:
    """What an undo did, in one sentence."""
    words = _(
        "已撤销：收回 {withdrawn} 条记录，恢复 {standing_again} 条，改回 {changed_back} 处，停用项目 {projects} 个。"
    )
    return words.format(**answer, projects=answer["out_of_use"]["projects"])
