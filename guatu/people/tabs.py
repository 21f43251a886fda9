"""What the package registers: its place in the menu, and what core asks of regions, posts and tokens."""

from django.utils.translation import gettext_lazy as _

from guatu.core.api import register_token_resolver
from guatu.core.regions import RegionSource, register_regions
from guatu.core.registries import PLACES, TODOS, Place, ToDo
from guatu.core.today_parts import STEPS, Step, address
from guatu.people import modes as modes  # declares the settings
from guatu.people import todo
from guatu.people.queries import post_ids_under, regions_under
from guatu.people.session import token_actor

TODOS.add("people.units", ToDo("people.units", _("待确认的单位"), "people.confirm_unit", todo.units))
TODOS.add("people.posts", ToDo("people.posts", _("待确认的岗位"), "people.confirm_post", todo.posts))
TODOS.add("people.vacant", ToDo("people.vacant", _("空缺的岗位"), "people.appoint", todo.vacant))
TODOS.add("people.calendar", ToDo("people.calendar", _("放假安排"), "people.publish_calendar_year", todo.calendar))
STEPS.add(
    "people.posts",
    Step(
        "people.posts",
        10,
        _("登记单位、设置岗位"),
        _("先登记责任单位、街道，给每个单位设填报人、审核人岗位，再设分包领导。表里已有的单位，导入时会自动登记。"),
        _("登记单位"),
        "people.add_unit",
        todo.any_unit,
        address("people:units"),
    ),
)
STEPS.add(
    "people.users",
    Step(
        "people.users",
        20,
        _("开立账号、任命岗位"),
        _("系统管理员开立账号，安全管理员任命；项目办主任到位后，下面几步由项目办办理。领导不必登录。"),
        _("打开账号"),
        "people.view_users",
        todo.anybody_in_office,
        address("people:users"),
    ),
)
PLACES.add("people", Place("people", _("单位与岗位"), "people:units", "people.confirm_unit", 90))
register_token_resolver(token_actor)
register_regions(RegionSource(regions_under, post_ids_under))
