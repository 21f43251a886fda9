"""Posts: set up, found by the leader's name that a ledger prints, given to users, handed over, ended."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guatu.core import clock, rights
from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.core.registries import run_duties
from guatu.core.undoing import NEVER
from guatu.core.writing import action, current, require_reason
from guatu.people import modes, policies
from guatu.people.choices import ADMIN_POSTS, BUILT_IN_POSTS, PostKind
from guatu.people.models import Post, Region, Unit, User
from guatu.people.naming import clean_name
from guatu.people.queries import posts_in_force

LEADERS = (PostKind.HEAD, PostKind.LEADER)


@action("people.add_post", _("设置岗位"))
def add_post(
    *,
    actor: Actor,
    kind: str,
    title: str,
    region: Region,
    unit: Unit | None = None,
    holder: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
    order: int = 0,
) -> Post:
    """Set up a post, vacant or with the name of a holder who doesn't sign in. `appoint` puts a user into it."""
    policies.can_on_region(actor, "people.add_post", region).require()
    if kind in BUILT_IN_POSTS:
        raise Refusal("people.post_built_in", kind=PostKind(kind).label)
    _require_order(valid_from, valid_to)
    act = current()
    post = act.add(
        Post(
            kind=kind,
            title=title.strip(),
            region=region,
            unit=unit,
            holder=clean_name(holder),
            valid_from=valid_from,
            valid_to=valid_to,
            order=order,
        )
    )
    act.about(post, title=post.title)
    return post


@action("people.ensure_leader_posts", _("登记待确认领导岗位"), right="people.add_post")
def ensure_leader_posts(*, actor: Actor, leaders: Iterable[tuple[str, str]], region: Region) -> dict[str, Post]:
    """Leaders' posts in force by cleaned name, for (name, title) pairs; unknown ones are made."""
    wanted: dict[str, str] = {}
    for name, title in leaders:
        cleaned = clean_name(name)
        if cleaned:
            wanted[cleaned] = wanted.get(cleaned) or title.strip()
    rows = posts_in_force().filter(region=region, kind__in=LEADERS, holder__in=wanted).order_by("-order", "-pk")
    found = {post.holder: post for post in rows}
    for post in rows:  # of two of one name, the one with the ledger's title
        if post.title == wanted[post.holder]:
            found[post.holder] = post
    act = current()
    undone = Post.objects.filter(region=region, kind=PostKind.LEADER, valid_to=NEVER)
    for post in undone.filter(holder__in=set(wanted) - set(found)).order_by("-pk"):
        if post.holder not in found:  # an undone import had made it, and it is named again
            act.change(post, valid_to=None, title=wanted[post.holder] or str(_("区领导")))
            found[post.holder] = post
    made = [
        Post(kind=PostKind.LEADER, title=wanted[name] or str(_("区领导")), holder=name, region=region, confirmed=False)
        for name in sorted(set(wanted) - set(found))
    ]
    for post in act.add_many(made):
        found[post.holder] = post
    if made:
        act.about(made[0], count=len(made))
    return found


@action("people.confirm_post", _("确认岗位"))
def confirm_post(*, actor: Actor, post: Post, title: str = "", kind: str = "", seen: int | None = None) -> bool:
    """Say that a post made from a ledger is right."""
    policies.can_on_post(actor, "people.confirm_post", post).require()
    act = current()
    act.about(post, title=post.title)
    if kind and kind not in LEADERS:
        raise Refusal("people.post_built_in", kind=kind)
    return act.change(post, seen=seen, title=title.strip() or post.title, kind=kind or post.kind, confirmed=True)


@action("people.appoint", _("任命"))
def appoint(*, actor: Actor, user: User, post: Post, on: date | None = None) -> None:
    """Put a user into a vacant post, and so give the post's rights.

    Nobody appoints himself. No one person holds two of the three administrators' posts, except system and audit duty
    in a small installation.
    """
    policies.can_on_post(actor, "people.appoint", post).require()
    _require_standing(post)
    if post.user_id is not None:
        raise Refusal("people.post_held", name=post.title)
    _require_fit(actor, user, post.kind)
    act = current()
    act.about(post, title=post.title)
    act.change(post, user=user, valid_from=post.valid_from or on)


@action("people.hand_over_post", _("办理岗位交接"))
def hand_over_post(
    *,
    actor: Actor,
    post: Post,
    on: date,
    document: str,
    holder: str = "",
    user: User | None = None,
    seen: int | None = None,
) -> Post:
    """Another person takes the post from `on`, or it falls vacant. The old row ends the day before and stays readable.

    Where a user comes or goes, rights move, so the actor needs people.appoint. Moment "people.post_handed_over"
    (actor, old, new, on, document) moves the work with its history.
    """
    policies.can_on_post(actor, "people.hand_over_post" if post.user_id is None else "people.appoint", post).require()
    _require_standing(post)
    _require_order(post.valid_from, on - timedelta(days=1))
    if user is not None:
        rights.can(actor, "people.appoint").require()
        _require_fit(actor, user, post.kind, leaving=post)
    act = current()
    new = act.add(
        Post(
            kind=post.kind,
            title=post.title,
            holder=clean_name(holder),
            unit=post.unit,
            region=post.region,
            user=user,
            valid_from=on,
            order=post.order,
        )
    )
    act.about(new, reason=require_reason(document, _("岗位交接的依据")), title=post.title)
    act.change(post, seen=seen, valid_to=on - timedelta(days=1), successor=new)
    for liaison in post.liaisons.filter(valid_to__isnull=True):
        act.change(liaison, valid_to=on - timedelta(days=1))
    run_duties("people.post_handed_over", actor=actor, old=post, new=new, on=on, document=document)
    return new


@action("people.end_post", _("撤销岗位"))
def end_post(*, actor: Actor, post: Post, on: date, reason: str, seen: int | None = None) -> None:
    """End a post; `on` is its last day. Moment "people.post_ended" (actor, post, on) may refuse while work is left."""
    policies.can_on_post(actor, "people.end_post" if post.user_id is None else "people.appoint", post).require()
    _require_order(post.valid_from, on)
    act = current()
    act.about(post, reason=require_reason(reason, _("撤销岗位")), title=post.title)
    run_duties("people.post_ended", actor=actor, post=post, on=on)
    act.change(post, seen=seen, valid_to=on)


def _require_fit(actor: Actor, user: User, kind: str, leaving: Post | None = None) -> None:
    """Whether a user may hold a post of a kind: active, not by his own hand, administrators' duties apart."""
    if not user.is_active:
        raise Refusal("people.user_inactive", name=user.name)
    if actor.user_id == user.pk:
        raise Refusal("core.two_persons", what=_("任命"))
    if kind not in ADMIN_POSTS:
        return
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=clock.today())  # also a post that begins later
    held = Post.objects.filter(lasting, user=user, kind__in=ADMIN_POSTS).exclude(kind=kind)
    if leaving is not None:
        held = held.exclude(pk=leaving.pk)
    allowed = {PostKind.SYSTEM_ADMIN, PostKind.AUDIT_ADMIN} if modes.small_installation() else {kind}
    for post in held:
        if not {post.kind, kind} <= allowed:
            raise Refusal(
                "people.posts_not_separate",
                name=user.name,
                held=PostKind(post.kind).label,
                wanted=PostKind(kind).label,
            )


def _require_standing(post: Post) -> None:
    if post.valid_to is not None and post.valid_to < clock.today():
        raise Refusal("people.post_ended", name=post.title, on=post.valid_to)


def _require_order(start: date | None, end: date | None) -> None:
    if start is not None and end is not None and end < start:
        raise Refusal("people.end_before_start", start=start, end=end)
