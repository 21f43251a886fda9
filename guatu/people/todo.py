"""What of units and posts waits: those that a ledger named and nobody confirmed, office posts without a person."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.registries import ToDoItem
from guatu.core.today_parts import few_or_one
from guatu.people.choices import ADMIN_POSTS, PostKind, UnitKind
from guatu.people.models import Post, Unit
from guatu.people.policies import within
from guatu.people.queries import posts_in_force, table_end

OFFICE = (PostKind.OFFICE_HEAD, PostKind.OFFICE, *ADMIN_POSTS)
NOTICE_MONTH = 11  # the State Council's office prints next year's days off at the turn of October


def units(actor: Actor) -> Sequence[ToDoItem]:
    """Units that a ledger named and nobody knows."""
    rows = Unit.objects.filter(within(actor, "people.confirm_unit", unit_field="id"), confirmed=False, valid_to=None)
    return few_or_one(
        rows.order_by("name"),
        lambda row: ToDoItem(row.name, _unit(row), note=_("导入的表里新出现，请确认或并入")),
        lambda n: _("{n} 个单位待确认").format(n=n),
        reverse("people:units"),
    )


def posts(actor: Actor) -> Sequence[ToDoItem]:
    """Posts that a ledger named and nobody knows."""
    rows = Post.objects.filter(within(actor, "people.confirm_post"), confirmed=False, valid_to=None)
    return few_or_one(
        rows.order_by("order", "pk"),
        lambda row: ToDoItem(str(row), _post(row), note=_("导入的表里新出现，请核对职务")),
        lambda n: _("{n} 个岗位待确认").format(n=n),
        reverse("people:posts"),
    )


def vacant(actor: Actor) -> Sequence[ToDoItem]:
    """Posts of the office that nobody holds."""
    rows = posts_in_force().filter(within(actor, "people.appoint"), kind__in=OFFICE, user=None, holder="")
    return few_or_one(
        rows.order_by("order", "pk"),
        lambda row: ToDoItem(str(row), _post(row), note=_("还没有任命")),
        lambda n: _("{n} 个岗位空缺").format(n=n),
        reverse("people:posts"),
    )


def _unit(row: Unit) -> str:
    return reverse("people:unit", args=[row.public_id])


def _post(row: Post) -> str:
    return reverse("people:post", args=[row.public_id])


def calendar(actor: Actor) -> Sequence[ToDoItem]:
    """The days off of this year, and from November of the next, while nobody has entered them."""
    today, end = clock.today(), table_end()
    wanted = today.year + (1 if today.month >= NOTICE_MONTH else 0)
    return [
        ToDoItem(
            _("录入%(year)s年放假安排") % {"year": year},
            reverse("people:calendar_year", args=[year]),
            due=date(year - 1, 12, 31),
            note=_("国务院办公厅通知印发后录入；未录入的年份暂按周一至周五计算"),
        )
        for year in range(end.year + 1, wanted + 1)
    ]


# -- the first steps ---------------------------------------------------------------------------------------------------
def any_unit() -> bool:
    """Whether a unit beside the office stands."""
    return Unit.objects.exclude(kind=UnitKind.OFFICE).filter(valid_to=None).exists()


def anybody_in_office() -> bool:
    """Whether somebody signs in for the project office."""
    return posts_in_force().filter(kind__in=(PostKind.OFFICE_HEAD, PostKind.OFFICE), user__isnull=False).exists()
