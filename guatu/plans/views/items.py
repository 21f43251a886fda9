"""征迁: the households of a node one by one, by place; those that are left stand first."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from guatu.core.answers import answer
from guatu.core.pages import WRITE, actor_of, found, page, seen_in
from guatu.core.refusals import Refusal
from guatu.core.undo_views import tell
from guatu.plans import actions, node_forms
from guatu.plans.choices import ItemStep
from guatu.plans.models import Node
from guatu.plans.queries.items import ItemLine, item_lines, place_totals
from guatu.plans.queries.plan import node_of
from guatu.plans.views.common import project_of

PARTS = re.compile(r"\s*[\t,，]\s*")


@page("plans.record", place="library", methods=WRITE)
def items(request: HttpRequest, public_id: UUID, node_id: UUID) -> HttpResponse:
    """The households of a node: totals by place, each one's step, and a list to enter more."""
    project = project_of(request, public_id, "plans.record")
    row: Node = found(node_of(project, node_id))
    lines = item_lines(row)
    if request.method == "POST" and request.POST.get("item"):
        _set_item(request, lines)
        return redirect(request.get_full_path())
    form = node_forms.ItemsForm(request.POST or None, initial={"place": request.GET.get("place", "")[:60]})
    totals = place_totals(lines)
    shown = {"project": project, "node": row, "steps": ItemStep.choices, "totals": totals, **_chosen(request, lines)}
    words: dict[str, Any] = {"template": "plans/items.html", "title": _("逐户登记：%(name)s") % {"name": row.name}}

    def run(values: dict[str, Any]) -> None:
        typed = values["lines"].splitlines()
        rows = [_item(place, line, values["place"]) for place, line in enumerate(typed, 1) if line.strip()]
        actions.add_items(actor=actor_of(request), node=row, rows=rows)

    return answer(request, form, run, to=request.get_full_path(), said=_("已登记。"), context=shown, **words)


def _chosen(request: HttpRequest, lines: list[ItemLine]) -> dict[str, Any]:
    """The lines that were asked for: of one place ("-": of none), those that are left."""
    place, left = request.GET.get("place"), request.GET.get("left") == "1"
    wanted = None if place is None else place.strip().strip("-")
    of_place = [line for line in lines if wanted is None or line.item.place == wanted]
    listed = [line for line in of_place if not (left and line.settled)]
    return {"listed": listed, "place": place, "left": left, "hidden": len(lines) - len(listed)}


def _set_item(request: HttpRequest, lines: list[ItemLine]) -> None:
    item = found(next((line.item for line in lines if str(line.item.public_id) == request.POST["item"]), None))
    note, reason = request.POST.get("note", "")[:200], request.POST.get("reason", "")[:200]
    actor = actor_of(request)
    if request.POST.get("do") == "withdraw":
        actions.withdraw_item(actor=actor, item=item, seen=seen_in(request), reason=reason)
        tell(request, _("已撤销：%(name)s。") % {"name": item.name})
        return
    step = found(request.POST.get("step") if request.POST.get("step") in ItemStep.values else None)
    actions.set_item(actor=actor, item=item, step=step, note=note, reason=reason)
    tell(request, _("已更新。"))


def _item(row: int, line: str, place: str) -> actions.ItemRow:
    """社区、编号、名称、数量, from the right: what is missing is missing on the left. A name alone may end in its
    amount behind a space.
    """
    parts = PARTS.split(line.strip())
    if len(parts) == 1:
        name, _space, amount = line.strip().rpartition(" ")
        found_ = _amount(amount) if name else None
        return actions.ItemRow(
            place=place, name=(line.strip() if found_ is None else name)[:80], amount=found_ or Decimal(1)
        )
    if len(parts) == 2:
        return actions.ItemRow(place=place, number=parts[0][:30], name=parts[1][:80])
    amount_ = _amount(parts[-1]) if len(parts) < 5 else None
    if amount_ is None:
        raise Refusal("plans.item_line", row=row, text=line.strip()[:60])
    return actions.ItemRow(
        place=parts[0][:60] if len(parts) == 4 else place, number=parts[-3][:30], name=parts[-2][:80], amount=amount_
    )


def _amount(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) < 10**9 else None
