"""What waits of watches: today's day sheet for who reports, watches that end soon for who ordered them."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core import clock, rights
from guatu.core.actor import Actor
from guatu.core.registries import ToDoItem
from guatu.people.choices import PostKind
from guatu.people.policies import can_on_region
from guatu.reporting.queries.watches import CLAIM, running, standing

SOON: Final = 7
"""Days before its end from which a watch is shown to the office, so that a longer one can be ordered in time."""
_OFFICE: Final = (PostKind.OFFICE, PostKind.OFFICE_HEAD)


def day_sheets(actor: Actor) -> Sequence[ToDoItem]:
    """Today's sheet of every running watch that asks projects of the actor's unit; nothing once all are handed in.

    The office has the table of who is missing; it is not asked to fill in sheets.
    """
    if actor.post_kind in _OFFICE or not rights.can(actor, CLAIM).allowed:
        return []
    today = clock.today()
    found = []
    for row in running(actor, today):
        stands = standing(actor, row, today, CLAIM)
        left = sum(today not in stands.said.get(one.project, {}) for one in stands.due(today))
        if left:
            url = reverse("reporting:watch_day", args=[row.public_id, today.isoformat()])
            note = _("{n} 个项目今天没有填").format(n=left)
            found.append(ToDoItem(_("{name}日表").format(name=row.name), url, today, note))
    return found


def ending(actor: Actor) -> Sequence[ToDoItem]:
    """The watches that end within a week."""
    today = clock.today()
    return [
        ToDoItem(
            row.name,
            reverse("reporting:watch", args=[row.public_id]),
            row.ends_on,
            _("到期自动停止，不再要求填报；还要继续的请另行部署"),
        )
        for row in running(actor, today)
        if row.ends_on <= today + timedelta(days=SOON)
        and can_on_region(actor, "reporting.order_watch", row.region).allowed
    ]
