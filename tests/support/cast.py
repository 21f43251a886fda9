"""The cast of the tests: a district's people, made once through the product's own actions, used by name.

    def test_rule(cast):
        cast.actor("office")          # an Actor, as pages make it
        cast.client("office")         # a Django test client, signed in and acting in that post
        cast.post("lead"), cast.user("office"), cast.unit("housing"), cast.region("district")

`names()` lists everybody. "guest" has neither user nor post; "operator" is the command line.
"""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client

from guatu.core.actor import GUEST, OPERATOR, Actor, Way
from guatu.people import actions, policies
from guatu.people.models import Post, Region, Unit, User

PASSWORD = "qiaoliang-2019-lvdeng"
AS = OPERATOR

REGIONS = {  # name: (code, words)
    "city": ("410300", "洛阳市"),
    "district": ("410303", "西工区"),
    "other_district": ("410305", "涧西区"),
    "street_region": ("410303004", "王城路街道"),
}
UNITS = {  # name: (words, kind, region)
    "government": ("区政府", "department", "district"),
    "project_office": ("重点项目建设办公室", "office", "district"),
    "housing": ("区住房和城乡建设局", "department", "district"),
    "commerce": ("区商务局", "department", "district"),
    "street_office": ("王城路街道办事处", "street", "street_region"),
    "procedures": ("手续办理专班", "task_force", "district"),
    "supervision_bureau": ("区督查局", "department", "district"),
    "authority_unit": ("区自然资源和规划局", "authority", "district"),
    "builder": ("示例置业有限公司", "owner", "district"),
    "contractor_firm": ("示例建工有限公司", "contractor", "district"),
    "city_office": ("市重点项目建设办公室", "office", "city"),
    "other_office": ("涧西区重点项目建设办公室", "office", "other_district"),
}
PEOPLE = {  # name: (post kind, title, unit, region)
    "head": ("head", "区长", "government", "district"),
    "office_head": ("office_head", "项目办主任", "project_office", "district"),
    "office": ("office", "项目办干事", "project_office", "district"),
    "reporter": ("reporter", "责任单位填报员", "housing", "district"),
    "reviewer": ("reviewer", "责任单位审核人", "housing", "district"),
    "other_reporter": ("reporter", "另一单位填报员", "commerce", "district"),
    "street": ("street", "街道填报员", "street_office", "street_region"),
    "lead": ("leader", "分包领导", "government", "district"),
    "liaison": ("liaison", "联络员", "government", "district"),
    "task_force": ("task_force", "专班干事", "procedures", "district"),
    "supervision": ("supervision", "督查员", "supervision_bureau", "district"),
    "authority": ("authority", "审批窗口", "authority_unit", "district"),
    "owner": ("owner", "企业联系人", "builder", "district"),
    "contractor": ("contractor", "施工方联系人", "contractor_firm", "district"),
    "system_admin": ("system_admin", "系统管理员", "project_office", "district"),
    "security_admin": ("security_admin", "安全管理员", "project_office", "district"),
    "audit_admin": ("audit_admin", "审计管理员", "project_office", "district"),
    "superior": ("superior", "市项目办干事", "city_office", "city"),
    "outsider": ("office", "邻区项目办干事", "other_office", "other_district"),
}
BUILT_IN = ("guest", "operator")


@dataclass
class Cast:
    """Everybody by name, and what they stand in."""

    regions: dict[str, Region] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)

    @staticmethod
    def names() -> list[str]:
        """Everybody who has a post, and the two who have none."""
        return [*PEOPLE, *BUILT_IN]

    def region(self, name: str = "district") -> Region:
        return self.regions[name]

    def unit(self, name: str) -> Unit:
        return self.units[name]

    def post(self, name: str) -> Post:
        return self.posts[name]

    def user(self, name: str) -> User:
        return self.users[name]

    def actor(self, name: str, way: Way = Way.PAGE) -> Actor:
        """The actor as the product makes it for this person's post."""
        if name == "guest":
            return GUEST
        if name == "operator":
            return OPERATOR
        return policies.actor_for(self.users[name], self.posts[name], way)

    def client(self, name: str, **options: Any) -> Client:
        """A browser in which this person is signed in; the guest's is signed out."""
        client = Client(**options)
        if name != "guest":
            client.force_login(self.users[name], backend="django.contrib.auth.backends.ModelBackend")
        return client


def make_cast() -> Cast:
    """Make everybody through actions, as the operator of a new installation would."""
    cast = Cast()
    for name, (code, words) in REGIONS.items():
        cast.regions[name] = actions.ensure_region(actor=AS, code=code, name=words, confirmed=True)
    for name, (words, kind, region) in UNITS.items():
        cast.units[name] = actions.add_unit(actor=AS, name=words, kind=kind, region=cast.regions[region])
    for order, (name, (kind, title, unit, region)) in enumerate(PEOPLE.items()):
        user = actions.add_user(
            actor=AS,
            username=name,
            name=f"{title}甲",
            phone=f"1380000{order:04d}",
            password=PASSWORD,
            must_change=False,
        )
        post = actions.add_post(
            actor=AS, kind=kind, title=title, unit=cast.units[unit], region=cast.regions[region], order=order
        )
        actions.appoint(actor=AS, user=user, post=post)
        cast.users[name], cast.posts[name] = user, post
    return cast


@pytest.fixture
def cast(db: None) -> Cast:
    """The district's people."""
    return make_cast()
