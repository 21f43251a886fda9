"""Users: accounts, passwords, and the erasure of a person."""

from axes.utils import reset
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.core.writing import action, current, require_reason
from guatu.people.actions.posts import appoint
from guatu.people.models import Post, User


@action("people.add_user", _("开立账号"))
def add_user(
    *,
    actor: Actor,
    username: str,
    name: str,
    password: str = "",
    phone: str = "",
    must_change: bool = True,
    into: Post | None = None,
) -> User:
    """Open an account. Without a password nobody can sign in until one is set. The first sign-in asks for a new one.

    `into` is a vacant post that the person takes at once; the actor then needs people.appoint as well.
    """
    wanted = username.strip()
    if User.objects.filter(username__iexact=wanted).exists():
        raise Refusal("people.username_taken", name=wanted)
    user = User(username=wanted, name=name.strip(), phone=phone.strip(), must_change_password=must_change)
    _put_password(user, password)
    act = current()
    act.add(user)
    act.about(user)
    if into is not None:
        appoint(actor=actor, user=user, post=into)
    return user


@action("people.change_user", _("更改账号资料"))
def change_user(*, actor: Actor, user: User, name: str, phone: str, seen: int | None = None) -> bool:
    """Correct a person's name or phone."""
    act = current()
    act.about(user)
    return act.change(user, seen=seen, name=name.strip(), phone=phone.strip())


@action("people.set_password", _("重置密码"))
def set_password(*, actor: Actor, user: User, password: str) -> None:
    """Give a person a new password for one sign-in; every session of that person ends."""
    if actor.user_id == user.pk:
        raise Refusal("core.two_persons", what=_("重置密码"))
    _write_password(user, password, must_change=True)
    reset(username=user.username)


@action("people.change_password", _("修改本人密码"))
def change_password(*, actor: Actor, user: User, old: str, new: str) -> None:
    """Change one's own password; other sessions of the person end."""
    if actor.user_id != user.pk:
        raise Refusal("core.not_allowed", what=_("修改他人密码"))
    if not user.check_password(old):
        raise Refusal("people.password_wrong")
    if old == new:
        raise Refusal("people.password_weak", why=_("新密码不能与原密码相同"))
    _write_password(user, new, must_change=False)


@action("people.deactivate_user", _("停用账号"))
def deactivate_user(*, actor: Actor, user: User, reason: str) -> None:
    """Stop an account at once: sessions and tokens of the person stop answering."""
    if actor.user_id == user.pk:
        raise Refusal("core.two_persons", what=_("停用账号"))
    act = current()
    act.about(user, reason=require_reason(reason, _("停用账号")))
    act.change(user, is_active=False)


@action("people.reactivate_user", _("恢复账号"), right="people.deactivate_user")
def reactivate_user(*, actor: Actor, user: User, reason: str) -> None:
    """Let a person sign in again."""
    act = current()
    act.about(user, reason=require_reason(reason, _("恢复账号")))
    act.change(user, is_active=True)


@action("people.erase_person", _("删除个人信息"))
def erase_person(*, actor: Actor, user: User, reason: str) -> None:
    """Take a person's name, sign-in name, phone and password out, with the salt under which the trail knows them.

    What the person did stays, under the number of the account; the trail's chain stays valid.
    """
    if actor.user_id == user.pk:
        raise Refusal("core.two_persons", what=_("删除个人信息"))
    act = current()
    act.about(user, reason=require_reason(reason, _("删除个人信息")))
    reset(username=user.username)
    for post in user.posts.all():
        act.change(post, holder="", trail_salt="")
    user.set_unusable_password()
    act.change(
        user,
        username=f"erased-{user.public_id.hex}",
        name=str(_("已删除")),
        phone="",
        password=user.password,
        is_active=False,
        trail_salt="",
    )


def _write_password(user: User, password: str, *, must_change: bool) -> None:
    act = current()
    act.about(user)
    checked = User(username=user.username, name=user.name)
    _put_password(checked, password)
    act.change(user, password=checked.password, must_change_password=must_change)


def _put_password(user: User, password: str) -> None:
    if not password:
        user.set_unusable_password()
        return
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refusal("people.password_weak", why="".join(error.messages)) from None
    user.set_password(password)
