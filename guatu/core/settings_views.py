"""The pages of settings: the list, one setting with its history and form, and the echo of what was typed."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core import clock, settings
from guatu.core.actions import change_setting
from guatu.core.actor import Actor
from guatu.core.form_words import Form
from guatu.core.inputs import DayField
from guatu.core.kinds import Unreadable
from guatu.core.pages import actor_of, found, page
from guatu.core.policies import can_change_setting
from guatu.core.refusals import Refusal
from guatu.core.regions import RegionName, regions_of
from guatu.core.settings import Setting
from guatu.core.typed import day_typed, why_not
from guatu.domain.errors import DomainError

NO_REGION = RegionName(0, "", "")


class FromDay(Form):
    """From which day on a value holds."""

    on = DayField(label=gettext_lazy("自哪天起"), required=False)


def _region(actor: Actor, text: str) -> RegionName:
    """The region asked for, among those of the actor; 404 for any other."""
    listed = regions_of(actor)
    if text in ("", "0"):
        return NO_REGION
    region: RegionName = found(next((one for one in listed if str(one.id) == text), None))
    return region


def _line(wanted: Setting) -> dict[str, Any]:
    return {
        "setting": wanted,
        "value": wanted.show(settings.setting(wanted.name)),
        "default": wanted.show(wanted.default),
        "url": reverse("core:setting", args=[wanted.name]),
    }


@page("core.view_settings", place="core.system")
def listed(request: HttpRequest) -> HttpResponse:
    """All settings with value and default."""
    lines = [_line(wanted) for wanted in settings.SETTINGS.values()]
    return render(request, "core/system/settings.html", {"page_title": _("设置"), "listed": lines})


@page("core.view_settings", place="core.system")
def one(request: HttpRequest, name: str) -> HttpResponse:
    """One setting of the installation or a region: value, default, history, form."""
    actor, wanted = actor_of(request), found(settings.SETTINGS.get(name))
    region = _region(actor, request.GET.get("region", ""))
    held = settings.history(name, region.id)
    context = {
        **_line(wanted),
        "page_title": wanted.words,
        "value": wanted.show(settings.setting(name, region.id)),
        "typed": wanted.kind.typed(settings.setting(name, region.id)),
        "region": region,
        "regions": regions_of(actor) if wanted.per_region else [],
        "history": [{"row": row, "value": wanted.show(row.value)} for row in held],
        "may_change": can_change_setting(actor, wanted, region.id).allowed,
        "form": FromDay(initial={"on": clock.today()}),
        "crumbs": [{"label": _("设置"), "url": reverse("core:settings")}, {"label": wanted.words}],
    }
    return render(request, "core/system/setting.html", context)


@page("core.view_settings")
def echo(request: HttpRequest, name: str) -> HttpResponse:
    """What a typed value means, as it would be kept."""
    wanted = found(settings.SETTINGS.get(name))
    try:
        text = "= " + wanted.show(wanted.kind.read(request.GET.get("value", "").strip()))
    except Unreadable as wrong:
        text = str(wrong)
    return HttpResponse(escape(text))


@page("core.change_setting", methods=("POST",))
def change(request: HttpRequest, name: str) -> HttpResponse:
    """Change a setting from a day on."""
    actor, wanted = actor_of(request), found(settings.SETTINGS.get(name))
    region = _region(actor, request.POST.get("region", ""))
    change_setting(
        actor=actor,
        name=wanted.name,
        value=settings.parse(wanted.name, request.POST.get("value", "")),
        region_id=region.id,
        on=_day(request.POST.get("on", "")),
        reason=request.POST.get("reason", "").strip()[:500],
    )
    tail = "?" + urlencode({"region": region.id}) if region.id else ""
    return HttpResponseRedirect(reverse("core:setting", args=[name]) + tail)


def _day(text: str) -> Any:
    if not text.strip():
        return None
    try:
        return day_typed(text).day
    except DomainError as fault:
        raise Refusal("core.value_wrong", field=_("自哪天起"), value=text[:40], why=why_not(fault)) from None
