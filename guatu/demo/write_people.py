"""Founding the demonstration installation: regions, units, posts, and the users who hold the posts with a log-in."""

import secrets
from dataclasses import dataclass, field
from typing import TypedDict

from guatu.core.actor import OPERATOR, Actor, Way
from guatu.demo import bodies
from guatu.demo.model import DistrictPlan, PostPlan
from guatu.people import actions, policies
from guatu.people.choices import PostKind
from guatu.people.models import Post, Region, Unit, User

LETTERS = "abcdefghjkmnpqrstuvwxyz"
FIGURES = "23456789"
PHONE = "0379-000000{:02d}"
"""Invented numbers that nobody has: a list of telephones with something on it."""


class Login(TypedDict):
    """A demonstration log-in as it is printed."""

    username: str
    password: str
    post: str


@dataclass(slots=True)
class People:
    """What the writer refers to by key."""

    district: Region
    regions: dict[str, Region] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    logins: list[Login] = field(default_factory=list)

    def actor(self, key: str) -> Actor:
        """The holder of a post, acting on the pages."""
        return policies.actor_for(self.users[key], self.posts[key], Way.PAGE)


def new_password() -> str:
    """A password of fourteen signs in three groups, from letters and figures that are hard to mistake."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(2))
    return "-".join((*groups, "".join(secrets.choice(FIGURES) for _ in range(4))))


def found(plan: DistrictPlan) -> People:
    """Make everybody, as the operator of a new installation does."""
    people = _regions(plan)
    for place, unit in enumerate(plan.units):
        people.units[unit.key] = actions.add_unit(
            actor=OPERATOR,
            name=unit.name,
            short_name=unit.short_name,
            kind=unit.kind,
            region=people.regions[unit.region],
            order=place,
        )
    for place, post in enumerate(plan.posts):
        people.posts[post.key] = actions.add_post(
            actor=OPERATOR,
            kind=post.kind,
            title=post.title,
            unit=people.units[post.unit],
            region=people.regions[post.region],
            order=place,
        )
        if post.login:
            _appoint(people, post)
    actions.add_liaison(
        actor=OPERATOR, leader=people.posts[bodies.LEAD_WITH_LOGIN], liaison=people.posts["liaison"], actions=[]
    )
    return people


def _regions(plan: DistrictPlan) -> People:
    city = actions.ensure_region(actor=OPERATOR, code=bodies.CITY, name=bodies.CITY_NAME, confirmed=True)
    province = city.parent
    if province is not None and not province.confirmed:
        actions.confirm_region(actor=OPERATOR, region=province, name=bodies.PROVINCE_NAME)
    district = actions.ensure_region(actor=OPERATOR, code=bodies.REGION, name=bodies.REGION_NAME, confirmed=True)
    people = People(district, {"district": district, "city": city})
    for code, name in plan.streets:
        people.regions[code] = actions.ensure_region(actor=OPERATOR, code=code, name=name, confirmed=True)
    return people


def _appoint(people: People, post: PostPlan) -> None:
    password = new_password()
    title = str(PostKind(post.kind).label)
    user = actions.add_user(
        actor=OPERATOR,
        username=post.login,
        name=f"演示·{title}",
        password=password,
        phone=PHONE.format(len(people.logins) + 1),
        must_change=False,
    )
    actions.appoint(actor=OPERATOR, user=user, post=people.posts[post.key])
    people.users[post.key] = user
    people.logins.append({"username": post.login, "password": password, "post": f"{title}（{post.title}）"})
