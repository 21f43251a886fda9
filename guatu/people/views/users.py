"""Accounts, the rights table, and what is done where one person holds two duties."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core import access, rights
from guatu.core.actor import Actor
from guatu.core.pages import actor_of, found, page
from guatu.core.writing import words_of
from guatu.people import actions, forms, modes, policies
from guatu.people.choices import PostKind
from guatu.people.models import User
from guatu.people.naming import masked_phone
from guatu.people.queries import double_duty_entries, posts_in_force
from guatu.people.rightstable import packages, readable
from guatu.people.views.deeds import Deed, deeds_page

WRITING = ("GET", "HEAD", "POST")
PLACE = "people"


def _change(actor: Actor, row: User, data: dict[str, Any]) -> None:
    actions.change_user(actor=actor, user=row, name=data["name"], phone=data["phone"] or row.phone, seen=data["seen"])


ADD_USER = (
    Deed(
        "add",
        gettext_lazy("开立账号"),
        "people.add_user",
        forms.AddUserForm,
        lambda actor, row, data: actions.add_user(
            actor=actor, **{name: data[name] for name in ("username", "name", "phone", "password")}
        ),
    ),
)
USER_DEEDS = (
    Deed("change", gettext_lazy("更改姓名、电话"), "people.change_user", forms.ChangeUserForm, _change),
    Deed(
        "password",
        gettext_lazy("重置密码"),
        "people.set_password",
        forms.NewPasswordForm,
        lambda actor, row, data: actions.set_password(actor=actor, user=row, password=data["password"]),
        when=lambda row: row.is_active,
    ),
    Deed(
        "deactivate",
        gettext_lazy("停用账号"),
        "people.deactivate_user",
        forms.ReasonForm,
        lambda actor, row, data: actions.deactivate_user(actor=actor, user=row, reason=data["reason"]),
        when=lambda row: row.is_active,
        grave=True,
    ),
    Deed(
        "reactivate",
        gettext_lazy("恢复账号"),
        "people.deactivate_user",
        forms.ReasonForm,
        lambda actor, row, data: actions.reactivate_user(actor=actor, user=row, reason=data["reason"]),
        when=lambda row: not row.is_active and bool(row.trail_salt),
    ),
    Deed(
        "erase",
        gettext_lazy("删除个人信息"),
        "people.erase_person",
        forms.ReasonForm,
        lambda actor, row, data: actions.erase_person(actor=actor, user=row, reason=data["reason"]),
        when=lambda row: bool(row.trail_salt),
        grave=True,
    ),
)


def _listed(user: User, posts: dict[int, list[str]]) -> dict[str, Any]:
    return {"user": user, "phone": masked_phone(user.phone), "posts": posts.get(user.pk, [])}


@page("people.view_users", place=PLACE, methods=WRITING)
def users(request: HttpRequest) -> HttpResponse:
    """Accounts with their posts; phones masked."""
    rows = list(policies.visible_users(actor_of(request)).order_by("-is_active", "username"))
    posts: dict[int, list[str]] = {}
    for post in posts_in_force().filter(user__in=rows).order_by("order", "pk"):
        posts.setdefault(post.user_id or 0, []).append(policies.post_label(post))
    context = {"page_title": _("用户"), "rows": [_listed(user, posts) for user in rows]}
    return deeds_page(request, ADD_USER, "people/users.html", context)


@page("people.view_users", place=PLACE, methods=WRITING)
def user(request: HttpRequest, public_id: str) -> HttpResponse:
    """One account."""
    actor = actor_of(request)
    row: User = found(policies.visible_users(actor).filter(public_id=public_id).first())
    context = {
        "page_title": row.name,
        "phone": masked_phone(row.phone),
        "may_see_phone": bool(row.phone) and policies.phone_visible_users(actor).filter(pk=row.pk).exists(),
        "held": row.posts.select_related("unit").order_by("-valid_from", "pk"),
        "crumbs": [{"label": _("用户"), "url": reverse("people:users")}],
    }
    return deeds_page(request, USER_DEEDS, "people/user.html", context, row=row)


@page("people.view_phone", methods=("POST",), rate=(60, 60))
def phone(request: HttpRequest, public_id: str) -> HttpResponse:
    """A person's full phone number; that it was looked at is logged."""
    actor = actor_of(request)
    row: User = found(policies.phone_visible_users(actor).filter(public_id=public_id).first())
    access.note("phone_seen", actor, subject=f"people.user {row.public_id}")
    return render(request, "people/phone.html", {"page_title": row.name, "row": row})


@page("people.view_rights", place=PLACE)
def rights_table(request: HttpRequest) -> HttpResponse:
    """The rights table as everybody reads it: action × post × scope, by package."""
    kind = request.GET.get("post", "")
    kinds = [item for item in PostKind if item not in (PostKind.OPERATOR,)]
    chosen = [item for item in kinds if item == kind] or kinds
    rows = sorted((readable(right, chosen) for right in rights.table()), key=lambda row: row["package"])
    groups = [
        {"words": packages(name), "rows": list(part)} for name, part in groupby(rows, key=lambda row: row["package"])
    ]
    context = {
        "page_title": _("权限表"),
        "groups": groups,
        "kinds": chosen,
        "all_kinds": kinds,
        "kind": kind,
        "scopes": rights.SCOPES.items(),
    }
    return render(request, "people/rights.html", context)


@page("people.view_double_duty", place=PLACE)
def double_duty(request: HttpRequest) -> HttpResponse:
    """What was done by persons who hold system and audit duty together (small installation)."""
    context = {
        "page_title": _("一人兼任时的操作清单"),
        "small": modes.small_installation(),
        "level": modes.protection_level(),
        "entries": [
            {"at": entry.at, "label": entry.actor_label, "words": words_of(entry), "reason": entry.reason}
            for entry in double_duty_entries(200)
        ],
    }
    return render(request, "people/double_duty.html", context)
