"""What publishing registers: its place in the main menu, drafts that wait, and who may open a bulletin's files."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core import rights
from guatu.core.actor import Actor
from guatu.core.attachments import register_attachment_policy
from guatu.core.registries import PLACES, TODOS, Place, ToDo, ToDoItem
from guatu.publishing.actions import KIND_OF_FILES
from guatu.publishing.choices import BulletinState
from guatu.publishing.policies import visible_bulletin, visible_bulletins


def _waiting(actor: Actor) -> Sequence[ToDoItem]:
    """Drafts for those who may issue them."""
    if not rights.can(actor, "publishing.issue_bulletin").allowed:
        return []
    rows = visible_bulletins(actor).filter(state=BulletinState.DRAFT).order_by("drafted_at")
    return [
        ToDoItem(_("签发“{title}”").format(title=row.title), reverse("publishing:bulletin", args=[row.public_id]))
        for row in rows
    ]


PLACES.add("bulletins", Place("bulletins", gettext_lazy("通报"), "publishing:bulletins", "publishing.view", 120))
TODOS.add("bulletins", ToDo("bulletins", gettext_lazy("待签发的通报"), "publishing.issue_bulletin", _waiting))
register_attachment_policy(KIND_OF_FILES, lambda actor, about_id: visible_bulletin(actor, about_id) is not None)
