"""Regions, units, users, posts, who acts for whom, and the work calendar."""

import secrets

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from guatu.core.fields import OfficeRow
from guatu.core.regions import paths_above
from guatu.core.rights import table
from guatu.people.choices import ClosureKind, PostKind, RegionLevel, TableSource, UnitKind


class Region(OfficeRow):
    """A node of the administrative tree. `path` lists the codes from the province down, each with a slash."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=80)
    level = models.CharField(max_length=10, choices=RegionLevel)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=60, db_index=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confirmed = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name

    @property
    def lineage(self) -> list[str]:
        """The paths of the regions above it and its own: what stands there holds here."""
        return paths_above(self.path)


class Unit(OfficeRow):
    """A body: department, street office, task force, project owner, contractor, approval authority."""

    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=16, choices=UnitKind, default=UnitKind.DEPARTMENT)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="units")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    credit_code = models.CharField(max_length=18, blank=True)
    order = models.IntegerField(default=0)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confirmed = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "name"], name="unit_name_in_region")]

    def __str__(self) -> str:
        return self.short_name or self.name


class UserManager(BaseUserManager["User"]):
    """Finds users by their sign-in name."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=username)


def new_salt() -> str:
    """Salt under which a person's fields enter the trail; erased together with them."""
    return secrets.token_hex(16)


class User(AbstractBaseUser, OfficeRow):
    """A person who signs in. Rights come from posts, never from the person."""

    TRAIL_PERSONAL = frozenset({"username", "name", "phone", "password", "trail_salt"})

    last_login = None  # who signed in when stands in the access log; nobody is ranked by it
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    phone = models.CharField(max_length=20, blank=True)
    is_active = models.BooleanField(default=True)
    trail_salt = models.CharField(max_length=32, default=new_salt, editable=False)
    must_change_password = models.BooleanField(default=False)

    USERNAME_FIELD = "username"
    objects = UserManager()

    def __str__(self) -> str:
        return self.name


class Post(OfficeRow):
    """What a person holds in a unit and region from a date to a date. A post may be vacant; rights come from it.

    `holder` is the name as ledgers print it, for posts whose holder doesn't sign in (leaders). A hand-over ends this
    row and names its `successor`, so that who held the post on a day stays readable.
    """

    TRAIL_PERSONAL = frozenset({"holder", "trail_salt"})

    kind = models.CharField(max_length=16, choices=PostKind)
    title = models.CharField(max_length=80)
    holder = models.CharField(max_length=60, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="posts")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="posts")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="posts")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors")
    order = models.IntegerField(default=0)
    confirmed = models.BooleanField(default=True)
    trail_salt = models.CharField(max_length=32, default=new_salt, editable=False)

    class Meta:
        indexes = [models.Index(fields=["region", "kind"], name="post_region_kind")]

    def __str__(self) -> str:
        return self.holder or self.title


class Liaison(OfficeRow):
    """A post that reads and acts for a leader's post within a stated scope; whatever it does is marked 代办."""

    leader = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="liaisons")
    liaison = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="acts_for")
    actions = models.JSONField(default=list)  # names of rights; empty: reading only
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.liaison} → {self.leader}"


class Delegation(OfficeRow):
    """A post's work handed to another post during leave, from a day to a day, with its reason; all of it, or a part."""

    giver = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="delegations")
    taker = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="stands_in_for")
    actions = models.JSONField(default=list)  # names of rights that were handed over; empty: all of the post's
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker}"

    @property
    def words(self) -> str:
        """What was handed over, in words; nothing where it is all of the post's work."""
        return "、".join(str(right.words) for right in table() if right.action in self.actions)


class ApiToken(OfficeRow):
    """A token with which a program acts in one post. Only its SHA-256 is kept."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class FeedToken(OfficeRow):
    """The secret of one calendar address: a person's, for one of that person's posts. Only its SHA-256 is kept."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="feeds")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="feeds")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "user"], condition=models.Q(withdrawn_at__isnull=True), name="feed_once_of_post"
            )
        ]

    def __str__(self) -> str:
        return str(self.post)


class CalendarYear(OfficeRow):
    """A year whose days off are known: the State Council's notice has been entered in full, under its number."""

    year = models.PositiveSmallIntegerField(unique=True)
    document = models.CharField(max_length=160, blank=True)
    source = models.CharField(max_length=40, choices=TableSource, default=TableSource.OFFICE)
    entered_by = models.CharField(max_length=120, blank=True)  # the post's title, never a person's name
    entered_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(OfficeRow):
    """A day that is not what its weekday says: a weekday off, or a weekend day that is worked to make up for one.

    Without a region it holds for the whole country; a region's own day (an autonomous region's festival) stands before
    the country's, for the region and those under it. A row that says what its weekday says is an exception no more.
    """

    day = models.DateField()
    works = models.BooleanField()
    name = models.CharField(max_length=40, blank=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    document = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day"], condition=models.Q(region__isnull=True), name="calendar_day_country"
            ),
            models.UniqueConstraint(fields=["day", "region"], name="calendar_day_region"),
        ]

    def __str__(self) -> str:
        return f"{self.day}"


class WorkClosure(OfficeRow):
    """Days on which a region, or one thing above people (a project), does no work; both ends belong to it.

    `yearly` repeats the days in every later year (采暖期 11-15…03-15). `ended_on` is the last day on which the closure
    holds: what lay before it stays closed. `subject_kind` and `subject_id` name what it is limited to, if anything.
    """

    words = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=ClosureKind, default=ClosureKind.OTHER)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="closures")
    with_lower = models.BooleanField(default=True)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    yearly = models.BooleanField(default=False)
    document = models.CharField(max_length=160, blank=True)
    entered_by = models.CharField(max_length=120, blank=True)
    entered_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="closure_subject")]

    def __str__(self) -> str:
        return self.words


class SittingRule(OfficeRow):
    """On which days a body sits: on these weekdays (0 is Monday), in these weeks of the month (none: in every week)."""

    name = models.CharField(max_length=60)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="sittings")
    weekdays = models.JSONField(default=list)
    weeks = models.JSONField(default=list)
    document = models.CharField(max_length=160, blank=True)
    entered_by = models.CharField(max_length=120, blank=True)
    entered_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name
