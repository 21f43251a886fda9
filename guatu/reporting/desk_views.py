"""The reporter's sheet: a unit's projects of one period, kept cell by cell, handed in together."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.pages import actor_of, found, page
from guatu.core.prepared import prepared
from guatu.core.refusals import Refusal
from guatu.library.models import Project
from guatu.library.policies import visible_projects
from guatu.people.models import Unit
from guatu.people.queries import beyond_words, calendar_for
from guatu.reporting.desk import answers
from guatu.reporting.desk.keeping import keep
from guatu.reporting.desk.known import known_of
from guatu.reporting.desk.sheet import (
    columns_of,
    content_of,
    offer_in,
    offer_of,
    period_of,
    rows_of,
    said_of_row,
    wanted_one,
)
from guatu.reporting.queries.asked import Wanted
from guatu.reporting.sent.making import RIGHT, Offer
from guatu.reporting.units import unit_shown, units_within

POST = ("POST",)


@page(RIGHT, place="reports")
def sheet(request: HttpRequest) -> HttpResponse:
    """The sheet of what a unit is asked for: last values beside the cells, kinds and periods to choose."""
    actor = actor_of(request)
    units = units_within(actor, RIGHT)
    unit = unit_shown(units, actor, request.GET.get("unit", ""))
    context: dict[str, Any] = {"page_title": _("填报"), "units": units, "unit": unit, "rows": []}
    if unit is not None:
        wished = (request.GET.get("kind", ""), request.GET.get("period", ""))
        listed, offer = offer_of(actor, unit, clock.today(), *wished)
        context |= {"offer": offer, "tabs": _tabs(unit, listed, offer), **_periods(unit, offer)}
        context |= _rows(offer) if offer is not None else {}
    return render(request, "reporting/desk/sheet.html", context)


def _rows(offer: Offer) -> dict[str, Any]:
    columns = columns_of(offer.asked)
    rows = rows_of(offer, columns)
    states = {row.number: answers.state_words(row.report, filled=row.filled) for row in rows}
    filled = [row for row in rows if row.filled]
    said = {str(row.one.project.public_id): said_of_row(content_of(row.one), row.known, {}) for row in filled}
    missing = sum(row.writable for row in rows)
    return {
        "columns": columns,
        "rows": [(row, states[row.number]) for row in rows],
        "said": said,
        "handed": len(rows) - missing,
        "ready": len(filled),
        "beyond": beyond_words(offer.expected.due),
        "late": _late(offer) if missing else 0,
    }


def _late(offer: Offer) -> int:
    """Work days since the due day, by the calendar that the to-do list uses."""
    calendar = calendar_for(offer.asked[0].project.region, closures=False)
    return offer.expected.late(clock.today(), calendar)


def _tabs(unit: Unit, listed: list[Offer], chosen: Offer | None) -> list[dict[str, Any]]:
    return [
        {
            "label": f"{one.kind_words} {one.period.label_zh}",
            "count": f"{len(one.asked) - one.missing} / {len(one.asked)}",
            "url": _address(unit, kind=one.kind),
            "current": chosen is not None and (chosen.kind, chosen.period) == (one.kind, one.period),
        }
        for one in listed
    ]


def _periods(unit: Unit, offer: Offer | None) -> dict[str, str]:
    if offer is None:
        return {}
    following = offer.period.next()
    later = _address(unit, period=following.code) if following.start <= clock.today() else ""
    return {"earlier": _address(unit, period=offer.period.previous().code), "later": later}


def _address(unit: Unit, **more: str) -> str:
    return reverse("reporting:sheet") + "?" + urlencode({"unit": str(unit.public_id), **more})


@page(RIGHT, place="reports", methods=POST)
def keep_row(request: HttpRequest, public_id: UUID, period: str) -> HttpResponse:
    """Keep typed cells of one project's draft; the answer says how they were read and what is said of the row."""
    actor = actor_of(request)
    one = wanted_of(actor, public_id, period)
    told = {name[5:]: str(text) for name, text in request.POST.items() if name.startswith("cell.")}
    was = {name[4:]: str(text) for name, text in request.POST.items() if name.startswith("was.")}
    try:
        kept = keep(actor, one, told, was)
    except Refusal as refusal:
        return JsonResponse({"refused": str(refusal)})
    known = known_of([one.project], one.expected.period)[one.project.pk]
    return JsonResponse(answers.of_row(kept, known, told))


def wanted_of(actor: Actor, public_id: UUID, period: str) -> Wanted:
    """The report of an address: 404 where the project is out of reach or is not asked."""
    project: Project = found(next(iter(_claimed(actor=actor, public_id=public_id)), None))
    one = wanted_one(project, period_of(period), clock.today())
    if one is None:
        raise Refusal("reporting.not_asked", name=project.name, period=period_of(period).label_zh)
    return one


@prepared
def _claimed(actor: Actor, public_id: UUID) -> QuerySet[Project]:
    return visible_projects(actor, RIGHT).filter(public_id=public_id).select_related("region", "unit")


@page(RIGHT, place="reports", methods=POST)
def submit(request: HttpRequest) -> HttpResponse:
    """Hand in what is filled: all that are right go, of the others is said why, by row and column."""
    actor = actor_of(request)
    unit = found(unit_shown(units_within(actor, RIGHT), actor, request.POST.get("unit", "")))
    chosen: Offer = found(offer_in(actor, unit, clock.today(), period_of(request.POST.get("period", ""))))
    rows = set(request.POST.getlist("row"))
    known = known_of([one.project for one in chosen.asked if str(one.project.public_id) in rows], chosen.period)
    return JsonResponse(answers.submitted(actor, chosen, known, rows))
