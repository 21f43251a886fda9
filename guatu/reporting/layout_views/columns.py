"""The columns of a layout on a page: checked against the year's own form and changed; saved as a new edition."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from guatu.core.pages import WRITE, actor_of, found, page, seen_in
from guatu.core.refusals import Conflict, Refusal
from guatu.domain.money import MoneyUnit
from guatu.reporting.actions import use_layout
from guatu.reporting.layouts.page import EDIT, from_page, layout_of
from guatu.reporting.layouts.schema import MOST_COLUMNS, Layout, as_json, stored
from guatu.reporting.layouts.sources import SOURCES

MORE: Final = 3
"""Empty rows at the end, for new columns."""
_TEXTS: Final = ("heading", "group", "source", "unit", "aliases")
_MARKS: Final = ("required", "holder")
_HEAD: Final = ("name", "title", "unit", "number")


@page(EDIT, place="reports", methods=WRITE)
def columns(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show and change a layout's columns."""
    actor = actor_of(request)
    row = layout_of(actor, public_id)
    found(None if row.replaced else row)  # a former edition is never changed
    former = stored(row.layout)
    if request.method != "POST":
        return _page(request, row, former, _lines(former), as_json(former))
    lines = _typed(request.POST)
    head = {key: request.POST.get(f"layout.{key}", "").strip() for key in _HEAD}
    try:
        layout = from_page(_plain(former, head, lines))
        made = use_layout(actor=actor, region=row.region, layout=layout, former=row, seen=seen_in(request))
    except Conflict:
        raise
    except Refusal as refusal:
        if refusal.status != 422:
            raise
        return _page(request, row, former, lines, head, refusal)
    messages.success(request, _("已存为第 {edition} 版。").format(edition=made.edition))
    return redirect("reporting:layout", made.public_id)


def _page(
    request: HttpRequest,
    row: Any,
    layout: Layout,
    lines: list[dict[str, Any]],
    head: Mapping[str, Any],
    refusal: Refusal | None = None,
) -> HttpResponse:
    room = min(MORE, MOST_COLUMNS - len(lines))
    empty = [{"order": len(lines) + place} for place in range(1, room + 1)]
    groups: dict[str, list[tuple[str, str]]] = {}
    for source in SOURCES.values():
        of_basis = "." in source.code  # the same words stand for three bases
        words = f"{source.words}（{source.group}）" if of_basis else str(source.words)
        groups.setdefault(str(source.group), []).append((source.code, words))
    context = {
        "page_title": _("栏目：{name}").format(name=layout.name),
        "row": row,
        "layout": layout,
        "head": head,
        "lines": [{**line, "at": place} for place, line in enumerate([*lines, *empty])],
        "groups": list(groups.items()),
        "units": [unit.value for unit in MoneyUnit],
        "refusal": refusal,
    }
    return render(request, "reporting/layouts/columns.html", context, status=422 if refusal else 200)


def _lines(layout: Layout) -> list[dict[str, Any]]:
    return [
        {
            "order": place,
            "heading": one.heading,
            "group": one.group,
            "source": one.source,
            "unit": one.unit.value if one.unit else "",
            "aliases": "、".join(one.aliases),
            "required": one.required,
            "holder": one.holder,
        }
        for place, one in enumerate(layout.columns, start=1)
    ]


def _typed(data: Mapping[str, str]) -> list[dict[str, Any]]:
    """The lines that were typed, by their order; one without a heading is left out."""
    lines = []
    for at in range(MOST_COLUMNS + MORE):
        line: dict[str, Any] = {key: data.get(f"{key}.{at}", "").strip() for key in _TEXTS}
        line |= {key: f"{key}.{at}" in data for key in _MARKS}
        order = data.get(f"order.{at}", "").strip()
        line["order"] = int(order) if order.isdecimal() and len(order) < 4 else at + 1
        if line["heading"]:
            lines.append(line)
    return sorted(lines, key=lambda one: int(one["order"]))


def _plain(former: Layout, head: Mapping[str, str], lines: list[dict[str, Any]]) -> dict[str, Any]:
    told = as_json(former)
    told |= {key: value for key, value in head.items() if value or key in ("name", "title", "unit")}
    if not head["number"]:
        told.pop("number", None)
    told["columns"] = [_column(line) for line in lines]
    return told


def _column(line: Mapping[str, Any]) -> dict[str, Any]:
    aliases = [one.strip() for one in line["aliases"].replace("；", "、").split("、")]
    values = {key: line[key] for key in (*_TEXTS, *_MARKS)} | {"aliases": [one for one in aliases if one]}
    return {key: value for key, value in values.items() if value}
