"""Undoing an import: a new action that supersedes what the import recorded; nothing is deleted."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.core import rights
from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.core.undoing import Footprint, Undone, lock, take_back
from guatu.core.writing import action, current, require_reason
from guatu.library.actions import mark_undone, refresh_undone
from guatu.library.choices import DraftState
from guatu.library.models import ImportDraft
from guatu.library.policies import visible_drafts
from guatu.people.models import Region
from guatu.reporting import imports
from guatu.reporting.actions.drafts import held
from guatu.reporting.undoing import NAMED, footprint_of, in_the_way

OUT_OF_USE = {
    "library.project": "projects",
    "library.annuallist": "lists",
    "library.listbatch": "batches",
    "library.projectclass": "classes",
    "people.unit": "units",
    "people.post": "leaders",
}
"""Names in the answer of the rows that an import makes."""


@action("reporting.undo_import", _("撤销导入"), right="library.draft_import")
def undo_import(*, actor: Actor, draft: ImportDraft, reason: str, progress: Any = None) -> dict[str, Any]:
    """Take back what an import has done, all or nothing, with the reason; the answer counts what came of it.

    Facts it added are withdrawn, facts it superseded stand again, rows it changed get their former values, rows it
    made go out of use: the same file imported again takes them back in. Refused with reporting.undo_blocked, naming
    each, when something later touches the same rows or a period was locked over them.
    """
    if not visible_drafts(actor).filter(pk=draft.pk).exists():
        raise Refusal("core.not_found")
    rights.can(actor, imports.RIGHTS[draft.kind]).require()
    text = require_reason(reason, _("撤销导入"))
    list(Region.objects.select_for_update().filter(pk=draft.region_id))  # as an import of the region does
    draft = held(draft)
    done = _footprint(draft)
    lock(done)
    obstacles = in_the_way(done)
    if obstacles:
        raise Refusal("reporting.undo_blocked", items=obstacles[:NAMED], name=draft.file_name, count=len(obstacles))
    say = progress or (lambda at, of, words: None)
    undone = take_back(done, former=draft.former, progress=lambda at, of: say(at, of, str(_("撤销导入"))))
    refresh_undone(done)
    answer = _answer(undone)
    mark_undone(draft, answer)
    current().about(draft, reason=text, name=draft.file_name)
    return answer


def _footprint(draft: ImportDraft) -> Footprint:
    done = footprint_of(draft)
    if done is None:
        state = str(DraftState(draft.state).label)
        raise Refusal("reporting.not_applied", name=draft.file_name, state=state)
    if done.empty:
        raise Refusal("reporting.nothing_to_undo", name=draft.file_name)
    return done


def _answer(undone: Undone) -> dict[str, Any]:
    return {
        "withdrawn": undone.withdrawn,
        "standing_again": undone.standing_again,
        "changed_back": undone.changed,
        "out_of_use": {name: undone.out_of_use.get(label, 0) for label, name in OUT_OF_USE.items()},
        "left": [name for _label, name in undone.left],
        "not_restored": undone.not_restored,
    }
