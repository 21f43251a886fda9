"""The access log: refusals, sign-ins, exports and looks at personal data. Kept apart from the trail."""

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.models import AccessLog
from guatu.core.signs import typed


def note(event: str, actor: Actor | None, *, subject: str = "", detail: str = "") -> None:
    """Keep one event. `subject` is a kind and public id, `detail` a code; neither holds a personal value."""
    AccessLog.objects.create(
        at=clock.now(),
        event=event,
        user_id=actor.user_id if actor else None,
        post_id=actor.post_id if actor else None,
        way=str(actor.way) if actor else "",
        address=actor.address if actor else "",
        subject=typed(subject)[:160],
        detail=detail[:300],
    )
