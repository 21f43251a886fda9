"""Two persons: who did one half of a matter does not do the other, from whichever post (the office's invariant 5)."""

from guatu.core.actor import Actor
from guatu.core.refusals import Refusal, Sentence


def is_same_person(actor: Actor, user_id: int | None) -> bool:
    """Whether the actor is the user who did the first half; a built-in post is nobody's."""
    return actor.user_id is not None and actor.user_id == user_id


def require_another(actor: Actor, user_id: int | None, what: Sentence) -> None:
    """Refuse core.two_persons for the user who did the first half; `what` is said as what another has to do."""
    if is_same_person(actor, user_id):
        raise Refusal("core.two_persons", what=str(what))
