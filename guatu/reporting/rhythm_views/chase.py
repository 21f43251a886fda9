"""Pages of chasing: who has still to report, by unit; the projects behind a number; telephones; estimates."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core import clock
from guatu.core.pages import actor_of, found, page
from guatu.domain.errors import DomainError
from guatu.domain.periods import Period
from guatu.people.queries import beyond_words
from guatu.reporting.rhythm.chase import RIGHT, STATES, Round, chase_text, rounds
from guatu.reporting.rhythm.chase import estimates as waiting_estimates
from guatu.reporting.rhythm.phones import phone_list

PHONES = (20, 60)  # a minute


@page(RIGHT, place="reports")
def index(request: HttpRequest) -> HttpResponse:
    """Each kind's period under way: what is asked, handed in, checked, accepted and missing, by unit."""
    actor, today = actor_of(request), clock.today()
    listed = [_shown(one) for one in rounds(actor, today)]
    context = {
        "page_title": _("催报"),
        "rounds": listed,
        "beyond": beyond_words(max((each["round"].expected.due for each in listed), default=today)),
        "estimates": len(waiting_estimates(actor, today)),
    }
    return render(request, "reporting/rhythm/chase.html", context)


def _shown(one: Round) -> dict[str, Any]:
    """A round with its text for the work group, and the cells of its table, each of which opens."""
    return {
        "round": one,
        "text": chase_text(one),
        "heads": [words for code, (words, _chosen) in STATES.items()],
        "lines": [(line.name, _cells(one, line.counts, line.key), line.late) for line in one.lines],
        "total": _cells(one, one.counts, ""),
        "before": one.before,
    }


def _cells(one: Round, counts: dict[str, int], unit: str) -> list[tuple[Any, int, str]]:
    base = reverse("reporting:chase_rows", args=[one.period.code])
    tail = (f"&unit={unit}" if unit else "") + f"&due={one.key}"
    return [
        (STATES[state][0], count, f"{base}?state={state}{tail}" if count else "") for state, count in counts.items()
    ]


@page(RIGHT, place="reports")
def rows(request: HttpRequest, period: str) -> HttpResponse:
    """The projects behind one number."""
    one = _round(request, period)
    state, unit = request.GET.get("state", "missing"), request.GET.get("unit", "")
    state = state if state in STATES else "missing"
    line = found(next((each for each in one.lines if each.key == unit), None)) if unit else None
    title = _("{period}{kind}：{state}").format(period=one.period.label_zh, kind=one.kind_words, state=STATES[state][0])
    context = {
        "page_title": title,
        "page_sub": line.name if line is not None else "",
        "round": one,
        "listed": one.of(unit, state),
        "crumbs": [{"label": _("催报"), "url": reverse("reporting:chase")}],
    }
    return render(request, "reporting/rhythm/chase_rows.html", context)


@page(RIGHT, place="reports", rate=PHONES)
def phones(request: HttpRequest, period: str) -> HttpResponse:
    """The list of telephones of who has still to report, to be printed."""
    actor = actor_of(request)
    one = _round(request, period)
    context = {
        "page_title": _("{period}{kind}催报电话").format(period=one.period.label_zh, kind=one.kind_words),
        "round": one,
        "listed": phone_list(actor, one),
        "crumbs": [{"label": _("催报"), "url": reverse("reporting:chase")}],
    }
    return render(request, "reporting/rhythm/phones.html", context)


@page(RIGHT, place="reports")
def estimates(request: HttpRequest) -> HttpResponse:
    """Estimates of days that have come and that nobody has replaced."""
    context = {
        "page_title": _("预计数待更正"),
        "listed": waiting_estimates(actor_of(request), clock.today()),
        "crumbs": [{"label": _("催报"), "url": reverse("reporting:chase")}],
    }
    return render(request, "reporting/rhythm/estimates.html", context)


def _round(request: HttpRequest, code: str) -> Round:
    """The reports of a period, those due at `?due=` or the earliest; 404 where none are asked for."""
    try:
        period: Period | None = Period.parse(code)
    except DomainError:
        period = None
    listed = rounds(actor_of(request), clock.today(), found(period))
    due = request.GET.get("due", "")
    one: Round = found(next((one for one in listed if due in ("", one.key)), None))
    return one
