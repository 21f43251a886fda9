"""What publishing registers: its place in the main menu, drafts that wait, and who may open a bulletin's files."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core import rights
from guatu.core.actor import Actor
from guatu.core.attachments import register_attachment_policy
from guatu.core.registries import PLACES, TODOS, Place, ToDo, ToDoItem
from guatu.core.today_parts import NEWS, News, NewsItem
from guatu.publishing.actions import KIND_OF_FILES
from guatu.publishing.choices import BulletinState
from guatu.publishing.policies import visible_bulletin, visible_bulletins


def _waiting(actor: Actor) -> Sequence[ToDoItem]:
    """Drafts for whoever may issue or check them; issued ones whose signed copy is not archived yet."""
    rows = visible_bulletins(actor).filter(state__in=(BulletinState.DRAFT, BulletinState.ISSUED))
    may_issue = rights.can(actor, "publishing.issue_bulletin").allowed
    may_archive = rights.can(actor, "publishing.archive_bulletin").allowed
    found = []
    for row in rows.order_by("drafted_at")[:MOST]:
        draft = row.state == BulletinState.DRAFT
        if draft or may_archive:
            words = (
                (_("签发“{title}”") if may_issue else _("核对“{title}”草稿")) if draft else _("归档“{title}”的签字件")
            )
            url = reverse("publishing:bulletin", args=[row.public_id])
            found.append(ToDoItem(words.format(title=row.title), url))
    return found


def _issued(actor: Actor, since: datetime) -> Sequence[NewsItem]:
    """Bulletins issued since a moment."""
    rows = visible_bulletins(actor).filter(issued_at__gt=since).order_by("-issued_at")[:MOST]
    return [
        NewsItem(row.title, reverse("publishing:bulletin", args=[row.public_id]), row.issued_at, _("通报已签发"))
        for row in rows
        if row.issued_at is not None
    ]


MOST = 20
PLACES.add("bulletins", Place("bulletins", gettext_lazy("通报"), "publishing:bulletins", "publishing.view", 120))
TODOS.add("bulletins", ToDo("bulletins", gettext_lazy("待办的通报"), "publishing.view_drafts", _waiting))
NEWS.add("bulletins", News("bulletins", gettext_lazy("签发的通报"), "publishing.view", _issued))
register_attachment_policy(KIND_OF_FILES, lambda actor, about_id: visible_bulletin(actor, about_id) is not None)
