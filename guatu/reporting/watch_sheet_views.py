"""The sheet of a day of a watch, typed or pasted by the unit, and the day as a file."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from guatu.core import access, clock
from guatu.core.actor import Actor
from guatu.core.attachments import disposition
from guatu.core.file_types import MEDIA_TYPES
from guatu.core.pages import WRITE, actor_of, found, page
from guatu.core.refusals import Refusal
from guatu.core.undo_views import tell
from guatu.people.choices import PostKind
from guatu.reporting import actions
from guatu.reporting.choices import Means
from guatu.reporting.models import Campaign
from guatu.reporting.policies import visible_watches
from guatu.reporting.queries.watches import CLAIM, VIEW, Asked, Standing, open_days, shuts, standing
from guatu.reporting.watch import page as shown
from guatu.reporting.watch.files import file_of
from guatu.reporting.watch.typed import TypedLine, lines_said, sheet

_OFFICE: Final = (PostKind.OFFICE, PostKind.OFFICE_HEAD)
_ENDINGS: Final = ("xlsx", "pdf")


def _watch_of(actor: Actor, public_id: UUID, right: str) -> Campaign:
    row: Campaign = found(visible_watches(actor, right).filter(public_id=public_id).first())
    return row


def _day(text: str, row: Campaign) -> date:
    """The day of an address; 404 where it is none of the watch's."""
    try:
        day: date | None = date.fromisoformat(text)
    except ValueError:
        day = None
    asked: date = found(day if day is not None and row.starts_on <= day <= row.ends_on else None)
    return asked


@page(VIEW, place="reports", rate=(30, 60))
def file(request: HttpRequest, public_id: UUID, day: str, ending: str) -> HttpResponse:
    """A day as a workbook or a PDF; each download is logged."""
    actor = actor_of(request)
    row = _watch_of(actor, public_id, VIEW)
    on = shown.day_shown(row, day, clock.today())
    kind: str = found(ending if ending in _ENDINGS else None)
    content = file_of(standing(actor, row, on), on, kind)
    access.note("export", actor, subject=":".join(row.trail_subject()), detail=f"watch {on.isoformat()} {ending}")
    response = HttpResponse(content, content_type=MEDIA_TYPES[ending])
    response["Content-Disposition"] = disposition(f"{row.name}日表_{on:%Y%m%d}.{ending}", inline=ending == "pdf")
    return response


# -- the sheet ---------------------------------------------------------------------------------------------------------
@page(CLAIM, place="reports", methods=WRITE)
def day(request: HttpRequest, public_id: UUID, day: str) -> HttpResponse:
    """A unit's sheet of a day: its projects by the fields, typed or pasted; saving hands it in."""
    actor = actor_of(request)
    row = _watch_of(actor, public_id, CLAIM)
    on = _day(day, row)
    stands = standing(actor, row, on, CLAIM)
    units = shown.by_unit(stands.asked)
    asked = _of_unit(actor, stands, request.GET.get("unit", ""))
    context = {
        "page_title": _("{name}日表").format(name=row.name),
        "row": row,
        "day": on,
        "today": clock.today(),
        "open": open_days(row),
        "shuts": shuts(row, on),
        "units": [unit for unit, _asked in units],
        "unit": asked[0].project.unit if asked else None,
        "fields": [shown.heading(one) for one in stands.fields],
        "planned": any(one.of == "planned" for one in stands.fields),
    }
    return _sheet(request, stands, asked, on, context)


def _sheet(
    request: HttpRequest, stands: Standing, asked: Sequence[Asked], on: date, context: dict[str, Any]
) -> HttpResponse:
    status = 200
    lines = sheet(stands, asked, on, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        wrong = [cell.error for line in lines for cell in line.cells if cell.error]
        status = 422
        if wrong:
            context |= {"refusal": Refusal("reporting.watch_cells", count=len(wrong)), "wrong": wrong[:5]}
        else:
            try:
                return _handed_in(request, stands, asked, on, lines)
            except Refusal as refusal:
                if refusal.status not in (409, 422):
                    raise
                status, context["refusal"] = refusal.status, refusal
    return render(request, "reporting/watch/day.html", context | {"lines": lines}, status=status)


def _of_unit(actor: Actor, stands: Standing, wanted: str) -> list[Asked]:
    """The lines of one unit: the wanted one (404 where nothing of it is asked), else one's own, else the first."""
    units = shown.by_unit(stands.asked)
    if wanted:
        listed = (asked for unit, asked in units if (str(unit.public_id) if unit is not None else "-") == wanted)
        return list(found(next(listed, None)))
    own = next((asked for unit, asked in units if unit is not None and unit.pk == actor.unit_id), None)
    return own if own is not None else units[0][1] if units else []


def _handed_in(
    request: HttpRequest, stands: Standing, asked: Sequence[Asked], on: date, lines: Sequence[TypedLine]
) -> HttpResponse:
    actor = actor_of(request)
    rows = lines_said(stands, asked, lines, on)
    if not rows:
        raise Refusal("reporting.watch_empty")
    means = Means.PHONE if actor.post_kind in _OFFICE else Means.PRODUCT
    actions.say_day(actor=actor, campaign=stands.campaign, day=on, rows=rows, means=means)
    told = sum(bool(row.values) for row in rows)
    tell(request, _("已报 {told} 个项目，还有 {left} 个没有填。").format(told=told, left=len(asked) - told))
    return redirect(request.get_full_path())
