"""Rights over regions, units, posts and people, and the one way in which scopes become querysets.

Three administrators share what nobody may hold alone: the system administrator keeps accounts, the security
administrator says who holds which post, the audit administrator reads what both did.
"""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from guatu.core import reach, rights
from guatu.core.actor import Actor, Way
from guatu.core.editions import RuleState
from guatu.core.regions import paths_above
from guatu.core.rights import Decision
from guatu.people.choices import ADMIN_POSTS, BUILT_IN_POSTS, PostKind
from guatu.people.models import Delegation, Liaison, Post, Region, SittingRule, Unit, User, WorkClosure

K = PostKind
ALL, REGION, OWN_UNIT, SELF = "installation", "region", "own_unit", "self"
PERSONAL = tuple(kind for kind in PostKind if kind not in BUILT_IN_POSTS)
OFFICES: dict[str, str] = {K.OFFICE_HEAD: REGION, K.OFFICE: REGION}
ADMINS: dict[str, str] = dict.fromkeys(ADMIN_POSTS, ALL)
GOVERNMENT: dict[str, str] = {
    kind: REGION for kind in PERSONAL if kind not in (K.OWNER, K.CONTRACTOR) and kind not in ADMIN_POSTS
}
EVERY_UNIT: dict[str, str] = {**GOVERNMENT, K.OWNER: OWN_UNIT, K.CONTRACTOR: OWN_UNIT, **ADMINS}
EVERYBODY: dict[str, str] = dict.fromkeys(PERSONAL, ALL)
HIMSELF: dict[str, str] = dict.fromkeys(PERSONAL, SELF)
CONTRACTED: dict[str, str] = dict.fromkeys((K.OWNER, K.CONTRACTOR), REGION)
KEEPERS: dict[str, str] = {**OFFICES, K.SYSTEM_ADMIN: ALL}

rights.declare_scope(SELF, _("本人"))
rights.declare(
    "people",
    {
        "people.view_regions": (_("查看行政区划"), EVERYBODY),
        "people.view_units": (_("查看单位"), EVERY_UNIT),
        "people.view_posts": (_("查看岗位与任职"), EVERY_UNIT),
        "people.view_users": (_("查看用户"), {**OFFICES, **ADMINS}),
        "people.view_phone": (_("查看完整电话"), {**OFFICES, K.REVIEWER: OWN_UNIT, K.SYSTEM_ADMIN: ALL}),
        "people.view_rights": (_("查看权限表"), EVERYBODY),
        "people.view_double_duty": (_("查看一人兼任时的操作清单"), {K.OFFICE_HEAD: ALL, **ADMINS}),
        "people.add_region": (_("登记行政区划"), KEEPERS),
        "people.confirm_region": (_("确认行政区划"), KEEPERS),
        "people.rename_region": (_("更改行政区划名称"), KEEPERS),
        "people.add_unit": (_("登记单位"), KEEPERS),
        "people.confirm_unit": (_("确认单位"), KEEPERS),
        "people.rename_unit": (_("更改单位名称"), KEEPERS),
        "people.end_unit": (_("撤销单位"), KEEPERS),
        "people.succeed_unit": (_("撤并单位"), KEEPERS),
        "people.merge_unit": (_("合并待确认单位"), KEEPERS),
        "people.add_post": (_("设置岗位"), KEEPERS),
        "people.confirm_post": (_("确认岗位"), KEEPERS),
        "people.hand_over_post": (_("办理岗位交接"), KEEPERS),
        "people.end_post": (_("撤销岗位"), KEEPERS),
        "people.appoint": (_("任命（授予岗位）"), {K.SECURITY_ADMIN: ALL}),
        "people.add_user": (_("开立账号"), {K.SYSTEM_ADMIN: ALL}),
        "people.change_user": (_("更改账号资料"), {K.SYSTEM_ADMIN: ALL}),
        "people.set_password": (_("重置密码"), {K.SYSTEM_ADMIN: ALL}),
        "people.deactivate_user": (_("停用、恢复账号"), {K.SYSTEM_ADMIN: ALL}),
        "people.erase_person": (_("删除个人信息"), {K.SYSTEM_ADMIN: ALL}),
        "people.change_password": (_("修改本人密码"), {**HIMSELF, K.GUEST: SELF}),
        "people.delegate": (
            _("请假委托"),
            {**HIMSELF, K.OFFICE_HEAD: f"{SELF} {REGION}", K.SECURITY_ADMIN: f"{SELF} {ALL}"},
        ),
        "people.add_liaison": (_("设置联络员"), {K.OFFICE_HEAD: REGION, K.SECURITY_ADMIN: ALL}),
        "people.issue_token": (_("发放接口令牌"), {**HIMSELF, K.SECURITY_ADMIN: f"{SELF} {ALL}"}),
        "people.issue_feed": (_("开通本人的日历订阅"), HIMSELF),
        "people.view_calendar": (_("查看工作日历"), EVERYBODY),
        "people.view_closures": (_("查看停工与会期"), {**GOVERNMENT, **CONTRACTED, **ADMINS}),
        "people.publish_calendar_year": (_("录入全年放假安排"), {K.SYSTEM_ADMIN: ALL}),
        "people.change_calendar_day": (_("更改一天的放假安排"), KEEPERS),
        "people.add_closure": (_("登记停工"), OFFICES),
        "people.end_closure": (_("终止停工"), OFFICES),
        "people.add_sitting": (_("登记会期"), OFFICES),
        "people.end_sitting": (_("终止会期"), OFFICES),
        "people.found_installation": (_("建立安装"), {}),
    },
)


def within(
    actor: Actor,
    action: str,
    region_path_field: str = "region__path",
    unit_field: str = "unit_id",
    **finer: Q,
) -> Q:
    """Which rows the actor reaches by `action`: the one place where scopes become a condition.

    `region_path_field` and `unit_field` name the columns of the region's path and of the unit ("" when the rows have
    none). `finer` gives the condition of scopes that the calling package knows (`own_assignment=Q(…)`). A scope
    without a condition reaches nothing.
    """
    reach = Q(pk__in=[])
    for scope in rights.scopes_of(actor, action):
        if scope == ALL:
            return Q()
        if scope in finer:
            reach |= finer[scope]
        elif scope == REGION and region_path_field and actor.region_path:
            reach |= Q(**{f"{region_path_field}__startswith": actor.region_path})
        elif scope == OWN_UNIT and unit_field and actor.unit_id is not None:
            reach |= Q(**{unit_field: actor.unit_id})
    return reach


def around(actor: Actor, path_field: str = "region__path") -> Q:
    """Rows of the actor's region, of those above it and of those under it; of none for a built-in post."""
    under = Q(**{f"{path_field}__startswith": actor.region_path}) if actor.region_path else Q(pk__in=[])
    return under | Q(**{f"{path_field}__in": paths_above(actor.region_path)})


def region_of(actor: Actor) -> Region | None:
    """The region of the actor's post; None for a built-in post."""
    return Region.objects.filter(path=actor.region_path).first() if actor.region_path else None


def within_editions(actor: Actor, view: str, *writes: str) -> Q:
    """Which editions of regions' rules (`core.editions`) the actor reads: those in force of the regions in reach and of
    the regions above, which hold where a region has none; drafts only by one of the rights that write or adopt them.
    """
    if not rights.can(actor, view).allowed:
        return Q(pk__in=[])
    if any(ALL in rights.scopes_of(actor, write) for write in writes):
        return Q()
    in_force = Q(state=RuleState.IN_FORCE)
    read = (within(actor, view, unit_field="") & in_force) | (
        Q(region__path__in=paths_above(actor.region_path)) & in_force
    )
    for write in writes:
        read |= within(actor, write, unit_field="")
    return read


def visible_regions(actor: Actor) -> QuerySet[Region]:
    """Regions that the post may see."""
    return Region.objects.filter(within(actor, "people.view_regions", "path", ""))


def visible_units(actor: Actor) -> QuerySet[Unit]:
    """Units that the post may see."""
    return Unit.objects.filter(within(actor, "people.view_units", unit_field="id"))


def visible_posts(actor: Actor) -> QuerySet[Post]:
    """Posts that the post may see."""
    return Post.objects.filter(within(actor, "people.view_posts"))


def visible_users(actor: Actor) -> QuerySet[User]:
    """Users that the post may see: administrators all, the office those with a post in its region."""
    return _users_within(actor, "people.view_users")


def phone_visible_users(actor: Actor) -> QuerySet[User]:
    """Users whose full phone number the post may ask for; each look is logged."""
    return _users_within(actor, "people.view_phone")


def _users_within(actor: Actor, action: str) -> QuerySet[User]:
    if ALL in rights.scopes_of(actor, action):
        return User.objects.all()
    posts = Post.objects.filter(within(actor, action), user__isnull=False)
    return User.objects.filter(pk__in=posts.values("user_id"))


def visible_closures(actor: Actor) -> QuerySet[WorkClosure]:
    """Closures of the post's regions, and those of the regions above that hold there too."""
    return WorkClosure.objects.filter(_here_or_above(actor, with_lower=True))


def visible_sittings(actor: Actor) -> QuerySet[SittingRule]:
    """Sittings of the bodies in the post's regions and above them."""
    return SittingRule.objects.filter(_here_or_above(actor))


def _here_or_above(actor: Actor, **above: bool) -> Q:
    """Rows of the post's regions, and those of the regions above that meet a further condition."""
    scopes = rights.scopes_of(actor, "people.view_closures")
    own = within(actor, "people.view_closures", unit_field="")
    if not scopes or ALL in scopes:  # an empty condition would vanish beside another
        return own
    return own | Q(region__path__in=paths_above(actor.region_path), **above)


def calendar_regions(actor: Actor) -> QuerySet[Region]:
    """Regions whose calendar the post may look at: its own, those above and those under it."""
    if ALL in rights.scopes_of(actor, "people.view_closures"):
        return Region.objects.order_by("path")
    return Region.objects.filter(around(actor, "path")).order_by("path")


def can_on_calendar(actor: Actor, action: str, region: Region | None) -> Decision:
    """Whether the post may do `action` to the country's days (None: whose scope is everything) or a region's."""
    if region is None:
        return _decided(actor, action, ALL in rights.scopes_of(actor, action))
    return can_on_region(actor, action, region)


def can_on_region(actor: Actor, action: str, region: Region) -> Decision:
    """Whether the post may do `action` in a region."""
    return _decided(actor, action, Region.objects.filter(within(actor, action, "path", ""), pk=region.pk).exists())


def can_on_unit(actor: Actor, action: str, unit: Unit) -> Decision:
    """Whether the post may do `action` on a unit."""
    return _decided(actor, action, Unit.objects.filter(within(actor, action, unit_field="id"), pk=unit.pk).exists())


def can_on_post(actor: Actor, action: str, post: Post) -> Decision:
    """Whether the post may do `action` on a post: by scope, or because it is the actor's own."""
    reached = Post.objects.filter(within(actor, action, self=own_posts(actor)), pk=post.pk).exists()
    return _decided(actor, action, reached)


def own_posts(actor: Actor) -> Q:
    """Posts that the acting person holds."""
    return Q(user_id=actor.user_id) if actor.user_id is not None else Q(pk__in=[])


def _decided(actor: Actor, action: str, reached: bool) -> Decision:
    decision = rights.can(actor, action)
    if decision.allowed and not reached:
        words = next(right.words for right in rights.table() if right.action == action)
        return Decision(False, str(words))
    return decision


def actor_for(user: User | None, post: Post | None, way: Way, *, address: str = "") -> Actor:
    """The actor of a person in one of the own posts; without a post a person has a guest's rights.

    The label is the post's title, never the person's name: it stands in the trail for ever.
    """
    if post is None:
        return Actor(
            post_kind=K.GUEST,
            way=way,
            label="account" if user else "guest",
            user_id=user.pk if user else None,
            address=address,
        )
    return Actor(
        post_kind=post.kind,
        way=way,
        label=post_label(post),
        user_id=user.pk if user else None,
        post_id=post.pk,
        unit_id=post.unit_id,
        region_path=post.region.path,
        address=address,
    )


def actor_acting(user: User, own: Post, stands_in: Liaison | Delegation, way: Way, *, address: str = "") -> Actor:
    """A person who acts for another's post (代办): that post's kind, unit and region, within what was given."""
    other = stands_in.leader if isinstance(stands_in, Liaison) else stands_in.giver
    whole = isinstance(stands_in, Delegation) and not stands_in.actions
    return Actor(
        post_kind=other.kind,
        way=way,
        label=f"{post_label(own)}（代办：{post_label(other)}）",
        user_id=user.pk,
        post_id=own.pk,
        unit_id=other.unit_id,
        region_path=other.region.path,
        for_post_id=other.pk,
        limited_to=None if whole else frozenset(stands_in.actions),
        address=address,
    )


def post_label(post: Post) -> str:
    """Title and unit of a post, without its holder."""
    return f"{post.unit} · {post.title}" if post.unit is not None else post.title


reach.declare(Unit, "people.view_units", visible_units)
reach.declare(Post, "people.view_posts", visible_posts)
reach.declare(User, "people.view_users", visible_users)
reach.declare(WorkClosure, "people.view_closures", visible_closures)
reach.declare(SittingRule, "people.view_closures", visible_sittings)
