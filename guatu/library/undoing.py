"""What of the library a person may take back: plain changes of projects, lists and assignments."""

from typing import Final

from django.utils.translation import gettext as _

from guatu.core.actor import Actor
from guatu.core.models import TrailEntry
from guatu.core.refusals import Refusal
from guatu.core.undoable import Undoable, register
from guatu.core.undoing import Footprint
from guatu.core.writing import ACTIONS
from guatu.library.actions import refresh_undone
from guatu.library.models import AnnualList, Project
from guatu.library.policies import require_list, require_projects
from guatu.library.queries.closing import closings_over

PROJECT: Final = "library.project"
LIST: Final = "library.annuallist"


def _require(actor: Actor, entry: TrailEntry, done: Footprint) -> None:
    """The actor still reaches every project and list that the entry wrote about, under the right of its action."""
    right = ACTIONS[entry.action].right
    projects = Project.objects.filter(public_id__in=done.subjects.get(PROJECT, ()))
    require_projects(actor, right, list(projects.select_related("region")))
    for row in AnnualList.objects.filter(public_id__in=done.subjects.get(LIST, ())):
        require_list(actor, right, row)
    if not done.subjects:
        raise Refusal("core.not_found")


def _locked(done: Footprint) -> list[str]:
    words = _("“%(name)s”的数据已锁定到 %(until)s")
    return [words % {"name": row.annual_list.name, "until": row.until} for row in closings_over(done.facts())]


def _undoable(action: str, essential: frozenset[str] = frozenset()) -> Undoable:
    return Undoable(f"library.{action}", _require, _locked, refresh_undone, essential)


register(
    _undoable("register_project", frozenset({PROJECT})),
    _undoable("change_project"),
    _undoable("set_profile"),
    _undoable("change_stage"),
    _undoable("resume"),
    _undoable("assign"),
    _undoable("end_assignment"),
    _undoable("move_assignments"),
    _undoable("make_list", frozenset({LIST})),
    _undoable("change_list"),
    _undoable("put_entry"),
    _undoable("issue_batch"),
    _undoable("set_check_point"),
)
