"""Regions, units and posts: what there is, what waits to be confirmed, and what may be done to each."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core import clock
from guatu.core.pages import actor_of, found, page
from guatu.core.undoing import NEVER
from guatu.people import actions, forms, policies
from guatu.people.choices import PostKind
from guatu.people.models import Post, Region, Unit
from guatu.people.queries import in_force
from guatu.people.views.deeds import Deed, deeds_page

WRITING = ("GET", "HEAD", "POST")
PLACE = "people"

REGION_DEEDS = (
    Deed(
        "confirm",
        gettext_lazy("确认"),
        "people.confirm_region",
        forms.ConfirmRegionForm,
        lambda actor, row, data: actions.confirm_region(actor=actor, region=row, name=data["name"], seen=data["seen"]),
        when=lambda row: not row.confirmed,
    ),
    Deed(
        "rename",
        gettext_lazy("更改名称"),
        "people.rename_region",
        forms.ConfirmRegionForm,
        lambda actor, row, data: actions.rename_region(actor=actor, region=row, name=data["name"], seen=data["seen"]),
        when=lambda row: row.confirmed,
    ),
)
ADD_REGION = (
    Deed(
        "add",
        gettext_lazy("登记行政区划"),
        "people.add_region",
        forms.AddRegionForm,
        lambda actor, row, data: actions.add_region(actor=actor, code=data["code"], name=data["name"]),
    ),
)
ADD_UNIT = (
    Deed(
        "add",
        gettext_lazy("登记单位"),
        "people.add_unit",
        forms.AddUnitForm,
        lambda actor, row, data: actions.add_unit(
            actor=actor, **{name: data[name] for name in ("name", "short_name", "kind", "region")}
        ),
    ),
)
UNIT_DEEDS = (
    Deed(
        "confirm",
        gettext_lazy("确认"),
        "people.confirm_unit",
        forms.ConfirmUnitForm,
        lambda actor, row, data: actions.confirm_unit(actor=actor, unit=row, kind=data["kind"], seen=data["seen"]),
        when=lambda row: not row.confirmed,
    ),
    Deed(
        "merge",
        gettext_lazy("是另一单位的别名，并入"),
        "people.merge_unit",
        forms.OtherUnitForm,
        lambda actor, row, data: actions.merge_unit(actor=actor, unit=row, into=data["other"], seen=data["seen"]),
        when=lambda row: not row.confirmed,
        grave=True,
    ),
    Deed(
        "rename",
        gettext_lazy("更改名称"),
        "people.rename_unit",
        forms.RenameUnitForm,
        lambda actor, row, data: actions.rename_unit(
            actor=actor, unit=row, name=data["name"], short_name=data["short_name"], seen=data["seen"]
        ),
    ),
    Deed(
        "succeed",
        gettext_lazy("撤并"),
        "people.succeed_unit",
        forms.SucceedUnitForm,
        lambda actor, row, data: actions.succeed_unit(
            actor=actor, unit=row, successor=data["other"], on=data["on"], document=data["document"], seen=data["seen"]
        ),
        when=lambda row: row.confirmed and row.valid_to is None,
        grave=True,
    ),
    Deed(
        "end",
        gettext_lazy("撤销"),
        "people.end_unit",
        forms.EndForm,
        lambda actor, row, data: actions.end_unit(
            actor=actor, unit=row, on=data["on"], reason=data["reason"], seen=data["seen"]
        ),
        when=lambda row: row.valid_to is None,
        grave=True,
    ),
)
ADD_POST = (
    Deed(
        "add",
        gettext_lazy("设置岗位"),
        "people.add_post",
        forms.AddPostForm,
        lambda actor, row, data: actions.add_post(
            actor=actor, **{name: data[name] for name in ("kind", "title", "region", "unit", "holder")}
        ),
    ),
)
POST_DEEDS = (
    Deed(
        "confirm",
        gettext_lazy("确认"),
        "people.confirm_post",
        forms.ConfirmPostForm,
        lambda actor, row, data: actions.confirm_post(
            actor=actor, post=row, title=data["title"], kind=data["kind"], seen=data["seen"]
        ),
        when=lambda row: not row.confirmed,
    ),
    Deed(
        "appoint",
        gettext_lazy("任命"),
        "people.appoint",
        forms.AppointForm,
        lambda actor, row, data: actions.appoint(actor=actor, user=data["user"], post=row),
        when=lambda row: row.user_id is None and row.valid_to is None,
    ),
    Deed(
        "hand_over",
        gettext_lazy("岗位交接"),
        "people.hand_over_post",
        forms.HandOverForm,
        lambda actor, row, data: actions.hand_over_post(
            actor=actor,
            post=row,
            on=data["on"],
            document=data["document"],
            holder=data["holder"],
            user=data.get("user"),
            seen=data["seen"],
        ),
        when=lambda row: row.valid_to is None,
        grave=True,
    ),
    Deed(
        "liaison",
        gettext_lazy("设置联络员"),
        "people.add_liaison",
        forms.LiaisonForm,
        lambda actor, row, data: actions.add_liaison(
            actor=actor, leader=row, liaison=data["liaison"], actions=data["actions"], valid_from=clock.today()
        ),
        when=lambda row: row.kind in (PostKind.HEAD, PostKind.LEADER) and row.valid_to is None,
    ),
    Deed(
        "end_liaison",
        gettext_lazy("撤销联络员"),
        "people.add_liaison",
        forms.EndLiaisonForm,
        lambda actor, row, data: actions.end_liaison(actor=actor, liaison=data["liaison"], on=data["on"]),
        when=lambda row: row.liaisons.filter(in_force(clock.today())).exists(),
    ),
    Deed(
        "end",
        gettext_lazy("撤销岗位"),
        "people.end_post",
        forms.EndForm,
        lambda actor, row, data: actions.end_post(
            actor=actor, post=row, on=data["on"], reason=data["reason"], seen=data["seen"]
        ),
        when=lambda row: row.valid_to is None,
        grave=True,
    ),
)


def _by_region(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Rows under their regions, in the order in which they come."""
    groups: dict[int, dict[str, Any]] = {}
    for row in rows:
        groups.setdefault(row.region_id, {"region": row.region, "rows": []})["rows"].append(row)
    return list(groups.values())


@page("people.view_regions", place=PLACE, methods=WRITING)
def regions(request: HttpRequest) -> HttpResponse:
    """The tree of regions, those to be confirmed first."""
    rows = policies.visible_regions(actor_of(request)).annotate(
        unit_count=Count("units", filter=Q(units__valid_to__isnull=True), distinct=True),
    )
    listed = list(rows.order_by("path"))
    context = {
        "page_title": _("行政区划"),
        "rows": [{"region": row, "indent": "　" * (row.path.count("/") - 1)} for row in listed],
        "unconfirmed": [row for row in listed if not row.confirmed],
    }
    return deeds_page(request, ADD_REGION, "people/regions.html", context)


@page("people.view_regions", place=PLACE, methods=WRITING)
def region(request: HttpRequest, public_id: str) -> HttpResponse:
    """One region."""
    row: Region = found(policies.visible_regions(actor_of(request)).filter(public_id=public_id).first())
    context = {"page_title": row.name, "crumbs": _crumbs(_("行政区划"), "people:regions")}
    return deeds_page(request, REGION_DEEDS, "people/region.html", context, row=row, to=reverse("people:regions"))


@page("people.view_units", place=PLACE, methods=WRITING)
def units(request: HttpRequest) -> HttpResponse:
    """Units by region; those that a ledger named and nobody has confirmed come first."""
    query = (
        policies.visible_units(actor_of(request))
        .filter(Q(confirmed=False) | in_force(clock.today()))
        .exclude(valid_to=NEVER)
    )
    rows = list(
        query.select_related("region").annotate(post_count=Count("posts")).order_by("region__path", "order", "name")
    )
    context = {
        "page_title": _("单位"),
        "groups": _by_region(row for row in rows if row.confirmed),
        "unconfirmed": [row for row in rows if not row.confirmed],
        "count": len(rows),
    }
    return deeds_page(request, ADD_UNIT, "people/units.html", context)


@page("people.view_units", place=PLACE, methods=WRITING)
def unit(request: HttpRequest, public_id: str) -> HttpResponse:
    """One unit, its posts and what may be done to it."""
    actor = actor_of(request)
    query = policies.visible_units(actor).select_related("region", "successor", "parent")
    row: Unit = found(query.filter(public_id=public_id).first())
    posts = policies.visible_posts(actor).filter(unit=row).select_related("user").order_by("order", "pk")
    context = {"page_title": row.name, "posts_here": posts, "crumbs": _crumbs(_("单位"), "people:units")}
    return deeds_page(request, UNIT_DEEDS, "people/unit.html", context, row=row)


@page("people.view_posts", place=PLACE, methods=WRITING)
def posts(request: HttpRequest) -> HttpResponse:
    """Who holds what, where nobody does, and who stands in for whom."""
    today = clock.today()
    query = policies.visible_posts(actor_of(request)).filter(in_force(today))
    rows = list(
        query.select_related("unit", "region", "user")
        .prefetch_related("liaisons__liaison__user", "delegations__taker__user")
        .order_by("region__path", F("unit__order").asc(nulls_first=True), "unit__name", "order", "pk")
    )
    context = {
        "page_title": _("岗位与任职"),
        "groups": _by_region(rows),
        "unconfirmed": [row for row in rows if not row.confirmed],
        "vacant": [row for row in rows if row.user is None and not row.holder],
        "today": today,
    }
    return deeds_page(request, ADD_POST, "people/posts.html", context)


@page("people.view_posts", place=PLACE, methods=WRITING)
def post(request: HttpRequest, public_id: str) -> HttpResponse:
    """One post: its holders over time and what may be done to it."""
    actor = actor_of(request)
    query = policies.visible_posts(actor).select_related("unit", "region", "user", "successor")
    row: Post = found(query.filter(public_id=public_id).first())
    context = {
        "page_title": policies.post_label(row),
        "earlier": row.predecessors.select_related("user"),
        "liaisons": row.liaisons.select_related("liaison__user", "liaison__unit"),
        "delegations": row.delegations.select_related("taker__user", "taker__unit"),
        "crumbs": _crumbs(_("岗位与任职"), "people:posts"),
    }
    return deeds_page(request, POST_DEEDS, "people/post.html", context, row=row, to=reverse("people:posts"))


def _crumbs(label: str, name: str) -> list[dict[str, str]]:
    return [{"label": label, "url": reverse(name)}]
