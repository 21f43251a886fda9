"""The work calendar: a year on one sheet, closures and sittings, and a year's notice typed in with its preview."""

import hashlib
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core import clock, rights
from guatu.core.answers import attempt
from guatu.core.pages import actor_of, found, page
from guatu.core.signs import whole_number
from guatu.core.writing import rehearse
from guatu.people import actions, calendar_forms, forms, policies, yearpage
from guatu.people.models import CalendarYear, Region, SittingRule, WorkClosure
from guatu.people.notice import exceptions, festivals_of, notice_text, span_words, spans
from guatu.people.queries import beyond_words, calendar_for, known_years, table_end
from guatu.people.sittings import sitting_words
from guatu.people.views.deeds import Deed, deeds_page

WRITING = ("GET", "HEAD", "POST")
PLACE = "people"
PUBLISH = "people.publish_calendar_year"
FIRST, LAST = actions.FIRST_YEAR, 2100

CALENDAR_DEEDS = (
    Deed(
        "closure",
        gettext_lazy("登记停工"),
        "people.add_closure",
        calendar_forms.AddClosureForm,
        lambda actor, row, data: (
            actions.add_closure(
                actor=actor,
                yearly=data["repeats"] == "yearly",
                with_lower=data["reach"] == "lower",
                **{name: data[name] for name in ("words", "kind", "starts_on", "ends_on", "region", "document")},
            )
            and None
        ),
    ),
    Deed(
        "sitting",
        gettext_lazy("登记会期"),
        "people.add_sitting",
        calendar_forms.AddSittingForm,
        lambda actor, row, data: (
            actions.add_sitting(
                actor=actor,
                weekdays=data["days"][0],
                weeks=data["days"][1],
                **{name: data[name] for name in ("name", "region", "document")},
            )
            and None
        ),
    ),
    Deed(
        "day",
        gettext_lazy("更改一天的放假安排"),
        "people.change_calendar_day",
        calendar_forms.ChangeDayForm,
        lambda actor, row, data: (
            actions.change_calendar_day(
                actor=actor,
                works=data["works"] == "work",
                **{name: data[name] for name in ("day", "name", "region", "document")},
            )
            and None
        ),
    ),
)
END_CLOSURE = (
    Deed(
        "end",
        gettext_lazy("终止停工"),
        "people.end_closure",
        forms.EndForm,
        lambda actor, row, data: actions.end_closure(
            actor=actor, closure=row, on=data["on"], reason=data["reason"], seen=data["seen"]
        ),
        when=lambda row: row.ended_on is None,
        grave=True,
    ),
)
END_SITTING = (
    Deed(
        "end",
        gettext_lazy("终止会期"),
        "people.end_sitting",
        forms.EndForm,
        lambda actor, row, data: actions.end_sitting(
            actor=actor, sitting=row, on=data["on"], reason=data["reason"], seen=data["seen"]
        ),
        when=lambda row: row.ended_on is None,
        grave=True,
    ),
)


@page("people.view_calendar", place=PLACE, methods=WRITING)
def calendar(request: HttpRequest) -> HttpResponse:
    """A year on one sheet for the country or a region, what is closed, and when bodies sit."""
    year, today = _year(request.GET.get("year", "")), clock.today()
    places = list(policies.calendar_regions(actor_of(request)))
    region = _region(request, places)
    sheet = yearpage.year_page(year, calendar_for(region), yearpage.names_of(region), today)
    context = {
        "page_title": _("工作日历"),
        "year": year,
        "years": _years(request, year),
        "places": _places(request, region, places),
        "region": region,
        "sheet": sheet,
        "open_days": calendar_for(region, closures=False).count(date(year, 1, 1), date(year, 12, 31)),
        "marks": yearpage.MARKS,
        "entered": CalendarYear.objects.filter(year=year).first(),
        "beyond": beyond_words(date(year, 12, 31)) if year not in known_years() else "",
        "known_to": table_end(),
        "may_publish": rights.can(actor_of(request), PUBLISH).allowed,
        "closures": yearpage.shown_closures(policies.visible_closures(actor_of(request)), year),
        "sittings": yearpage.shown_sittings(policies.visible_sittings(actor_of(request)), year),
    }
    to = request.get_full_path()
    return deeds_page(request, CALENDAR_DEEDS, "people/calendar.html", context, row=year, to=to)


def _year(text: str) -> int:
    if not text:
        return clock.today().year
    year = whole_number(text, digits=4)
    if year is None or not FIRST <= year <= LAST:
        raise Http404
    return year


def _region(request: HttpRequest, places: list[Region]) -> Region | None:
    """The region whose calendar is asked for: the post's own where nothing is said, "country" for none."""
    asked = request.GET.get("region", "")
    if asked == "country":
        return None
    if asked:
        return found(next((row for row in places if row.code == asked), None))  # type: ignore[no-any-return]  # found() gives what it got
    return next((row for row in places if row.path == actor_of(request).region_path), None)


def _with(request: HttpRequest, **changed: str) -> str:
    query = request.GET.copy()
    query.update(changed)
    return f"?{query.urlencode()}"


def _years(request: HttpRequest, year: int) -> list[dict[str, Any]]:
    shown = [one for one in range(year - 2, year + 3) if FIRST <= one <= LAST]
    return [{"year": one, "url": _with(request, year=str(one)), "current": one == year} for one in shown]


def _places(request: HttpRequest, region: Region | None, places: list[Region]) -> list[dict[str, Any]]:
    own = [row for row in places if actor_of(request).region_path.startswith(row.path) or row == region]
    country = {"label": _("全国"), "url": _with(request, region="country"), "current": region is None}
    listed = [{"label": row.name, "url": _with(request, region=row.code), "current": row == region} for row in own]
    return [country, *listed]


@page("people.publish_calendar_year", place=PLACE, methods=WRITING)
def calendar_year(request: HttpRequest, year: int) -> HttpResponse:
    """A year's notice as it is printed: read, shown, and only then entered."""
    _year(str(year))
    row = CalendarYear.objects.filter(year=year).first()
    typed = notice_text(festivals_of(yearpage.country_days(year)), year)
    form = calendar_forms.NoticeForm(
        request.POST or None, actor=actor_of(request), row=row, year=year, initial={"text": typed}
    )
    context: dict[str, Any] = {
        "page_title": _("%(year)s年放假安排") % {"year": year},
        "crumbs": [{"label": _("工作日历"), "url": _page_of(year)}],
        "form": form,
        "entered": row,
        "year": year,
        "back": _page_of(year),
    }
    if request.method != "POST":
        return render(request, "people/calendar_year.html", context)
    return _reviewed(request, form, year, context)


def _page_of(year: int) -> str:
    return f"{reverse('people:calendar')}?year={year}"


def _reviewed(
    request: HttpRequest, form: calendar_forms.NoticeForm, year: int, context: dict[str, Any]
) -> HttpResponse:
    """Show what the typed notice would change; enter it when that was shown and is confirmed."""
    status = 422
    if form.is_valid():
        tried = attempt(form, lambda: _carried_out(request, form, year))
        status, shown = tried.result if tried.carried_out else (tried.status, tried.shown)
        if not shown:
            messages.success(request, _("已录入%(year)s年放假安排") % {"year": year})
            return redirect(context["back"])
        context |= shown
    return render(request, "people/calendar_year.html", context, status=status)


def _carried_out(request: HttpRequest, form: calendar_forms.NoticeForm, year: int) -> tuple[int, dict[str, Any]]:
    """(status, what to show for confirmation); nothing to show once it is entered."""
    actor, data = actor_of(request), form.cleaned_data

    def run() -> actions.Published:
        return actions.publish_calendar_year(
            actor=actor, year=year, days=exceptions(data["text"]), document=data["document"], seen=data["seen"]
        )

    told, _changes = rehearse(actor, PUBLISH, run)
    digest = hashlib.sha256(repr((told, data["document"])).encode()).hexdigest()
    confirming = request.POST.get("step") == "confirm"
    if confirming and request.POST.get("shown") == digest:
        run()
        return 302, {}
    lines = [yearpage.festival_row(one, year) for one in data["text"]]
    changes = {
        "added": [yearpage.said(one) for one in told.added],
        "changed": [yearpage.said(one) for one in told.changed],
        "dropped": [span_words(span, year) for span in spans(told.dropped)],
    }
    return 409 if confirming else 200, {"review": lines, "changes": changes, "digest": digest, "stale": confirming}


@page("people.view_closures", place=PLACE, methods=WRITING)
def closure(request: HttpRequest, public_id: str) -> HttpResponse:
    """One closure: its days, by what document, who entered it; where it may be ended, that."""
    rows = policies.visible_closures(actor_of(request)).select_related("region")
    row: WorkClosure = found(rows.filter(public_id=public_id).first())
    context = {"page_title": row.words, **_under_calendar()}
    return deeds_page(request, _allowed(request, END_CLOSURE, row.region), "people/closure.html", context, row=row)


@page("people.view_closures", place=PLACE, methods=WRITING)
def sitting(request: HttpRequest, public_id: str) -> HttpResponse:
    """When one body sits."""
    rows = policies.visible_sittings(actor_of(request)).select_related("region")
    row: SittingRule = found(rows.filter(public_id=public_id).first())
    context = {"page_title": row.name, "said": sitting_words(row.weekdays, row.weeks), **_under_calendar()}
    return deeds_page(request, _allowed(request, END_SITTING, row.region), "people/sitting.html", context, row=row)


def _under_calendar() -> dict[str, Any]:
    return {"crumbs": [{"label": _("工作日历"), "url": reverse("people:calendar")}]}


def _allowed(request: HttpRequest, deeds: tuple[Deed, ...], region: Region) -> tuple[Deed, ...]:
    """Those that the post may do in the region: what a higher region closed is only shown."""
    actor = actor_of(request)
    return tuple(deed for deed in deeds if policies.can_on_region(actor, deed.right, region).allowed)
