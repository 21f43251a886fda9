"""Who acts for whom: leave with its delegation, and leaders' liaisons."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from guatu.core import clock, rights
from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.core.writing import action, current, require_reason
from guatu.people import policies
from guatu.people.choices import ADMIN_POSTS, PostKind
from guatu.people.models import Delegation, Liaison, Post

LEADERS = (PostKind.HEAD, PostKind.LEADER)


@action("people.delegate", _("请假委托"))
def delegate(
    *,
    actor: Actor,
    giver: Post,
    taker: Post,
    starts_on: date,
    ends_on: date,
    reason: str,
    actions: Sequence[str] = (),
) -> Delegation:
    """A colleague acts in the giver's post from a day to a day (both included); what is done is marked 代办.

    `actions` (rights) limits what is handed over, checking of reports for one; none: all that the post may do.
    Administrators' duties are not delegated: they are held apart on purpose.
    """
    policies.can_on_post(actor, "people.delegate", giver).require()
    if giver.kind in ADMIN_POSTS:
        raise Refusal("people.delegation_admin")
    if giver.pk == taker.pk or (giver.user_id is not None and giver.user_id == taker.user_id):
        raise Refusal("people.delegation_self")
    if ends_on < starts_on:
        raise Refusal("people.end_before_start", start=starts_on, end=ends_on)
    for name in actions:
        if not rights.known(name):
            raise Refusal("people.action_unknown", name=name)
    other = Delegation.objects.filter(
        giver=giver, ended_at__isnull=True, starts_on__lte=ends_on, ends_on__gte=starts_on
    ).first()
    if other is not None:
        raise Refusal("people.delegation_overlap", name=giver.title, start=other.starts_on, end=other.ends_on)
    act = current()
    row = act.add(
        Delegation(
            giver=giver,
            taker=taker,
            actions=sorted(actions),
            starts_on=starts_on,
            ends_on=ends_on,
            reason=require_reason(reason, _("请假委托")),
        )
    )
    act.about(row, reason=reason, title=giver.title)
    return row


@action("people.end_delegation", _("结束委托"), right="people.delegate")
def end_delegation(*, actor: Actor, delegation: Delegation) -> None:
    """The giver is back early."""
    policies.can_on_post(actor, "people.delegate", delegation.giver).require()
    act = current()
    act.about(delegation, title=delegation.giver.title)
    act.change(delegation, ended_at=delegation.ended_at or clock.now())


@action("people.add_liaison", _("设置联络员"))
def add_liaison(
    *,
    actor: Actor,
    leader: Post,
    liaison: Post,
    actions: Sequence[str] = (),
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Liaison:
    """Name a post that reads for a leader and does in the leader's name what `actions` (rights) lists: 代办."""
    policies.can_on_post(actor, "people.add_liaison", leader).require()
    policies.can_on_post(actor, "people.add_liaison", liaison).require()
    if leader.kind not in LEADERS:
        raise Refusal("people.liaison_kind")
    for name in actions:
        if not rights.known(name):
            raise Refusal("people.action_unknown", name=name)
    if actor.user_id is not None and actor.user_id == liaison.user_id:
        raise Refusal("core.two_persons", what=_("设置联络员"))
    act = current()
    row = act.add(
        Liaison(leader=leader, liaison=liaison, actions=sorted(actions), valid_from=valid_from, valid_to=valid_to)
    )
    act.about(row, title=leader.title)
    return row


@action("people.end_liaison", _("撤销联络员"), right="people.add_liaison")
def end_liaison(*, actor: Actor, liaison: Liaison, on: date) -> None:
    """End a liaison; from `on` the post acts for the leader no more."""
    policies.can_on_post(actor, "people.add_liaison", liaison.leader).require()
    act = current()
    act.about(liaison, title=liaison.leader.title)
    act.change(liaison, valid_to=on - timedelta(days=1))
