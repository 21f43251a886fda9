"""The first rows of an empty installation."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.core.writing import action, current
from guatu.people.actions.posts import add_post, appoint
from guatu.people.actions.regions import ensure_region
from guatu.people.actions.units import add_unit
from guatu.people.actions.users import add_user
from guatu.people.choices import ADMIN_POSTS, PostKind, UnitKind
from guatu.people.models import Post, Region, Unit, User

OFFICE_POSTS = (PostKind.OFFICE_HEAD, PostKind.OFFICE, *ADMIN_POSTS)


@dataclass(frozen=True, slots=True)
class Founder:
    """A person of a new installation and the post that the person takes."""

    username: str
    name: str
    password: str
    post: str = PostKind.SYSTEM_ADMIN


@action("people.found_installation", _("建立安装"))
def found_installation(
    *, actor: Actor, code: str, name: str = "", office: str = "", people: Sequence[Founder] = ()
) -> tuple[Region, Unit, list[Post]]:
    """Make the installation's region, its project office, the office's and the three administrators' posts.

    `people` take their posts at once and change their password at the first sign-in; the other posts stay vacant.
    """
    if User.objects.exists():
        raise Refusal("people.installation_founded")
    region = ensure_region(actor=actor, code=code, name=name, confirmed=bool(name))
    unit = add_unit(actor=actor, name=office or str(_("重点项目建设办公室")), region=region, kind=UnitKind.OFFICE)
    posts = [
        add_post(actor=actor, kind=kind, title=str(PostKind(kind).label), region=region, unit=unit, order=order)
        for order, kind in enumerate(OFFICE_POSTS)
    ]
    by_kind = {post.kind: post for post in posts}
    made: dict[str, User] = {}
    for founder in people:
        user = made.get(founder.username) or add_user(
            actor=actor, username=founder.username, name=founder.name, password=founder.password
        )
        made[founder.username] = user
        appoint(actor=actor, user=user, post=by_kind[founder.post])
    current().about(region, code=region.code)
    return region, unit, posts
