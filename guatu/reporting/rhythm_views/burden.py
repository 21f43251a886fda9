"""The page of what reports ask of units in a month."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core import clock, rights
from guatu.core.pages import actor_of, page
from guatu.domain.burden import Drop
from guatu.domain.errors import DomainError
from guatu.domain.periods import Period
from guatu.reporting.rhythm.load import CAP, READY, RIGHT, MonthBurden, UnitBurden, in_all, month_burden
from guatu.reporting.rhythm.words import field_word


@page(RIGHT, place="reports")
def index(request: HttpRequest) -> HttpResponse:
    """Each unit's month: reports, cells, photos, minutes, what stands ready, and the cap."""
    actor, today = actor_of(request), clock.today()
    shown = month_burden(actor, _month(request.GET.get("month", "")), today)
    context = {
        "page_title": _("填报工作量"),
        "page_sub": shown.month.label_zh,
        "shown": shown,
        "ready": READY,
        "lines": [(one, _drops(shown, one)) for one in shown.units],
        "over": sum(one.over > 0 for one in shown.units),
        "total": in_all(shown.units),
        "twice": sum(one.twice for one in shown.units),
        "before": shown.month.previous().code,
        "after": shown.month.next().code,
        "cap_url": _cap_url(actor),
    }
    return render(request, "reporting/rhythm/burden.html", context)


def _month(code: str) -> Period:
    """The month that was asked for; this one where none was, or none that is one."""
    try:
        period = Period.parse(code)
    except DomainError:
        return Period.containing("month", clock.today())
    return Period.containing("month", period.start)


def _drops(shown: MonthBurden, one: UnitBurden) -> list[str]:
    """What to ask no more, in words."""
    return [_drop_words(shown, drop) for drop in one.drops]


def _drop_words(shown: MonthBurden, drop: Drop) -> str:
    words = _("“{rule}”不问{field}，可省 {minutes} 分钟")
    return words.format(rule=shown.rules[drop.rule], field=field_word(drop.field), minutes=drop.minutes)


def _cap_url(actor: Any) -> str:
    return reverse("core:setting", args=[CAP]) if rights.can(actor, "core.view_settings").allowed else ""
