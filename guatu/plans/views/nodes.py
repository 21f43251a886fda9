"""The pages of one node: its dates and quantity, its households one by one; and a template from a plan."""

from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from guatu.core import clock
from guatu.core.answers import answer
from guatu.core.ids import new_public_id
from guatu.core.pages import actor_of, found, page
from guatu.core.undo_views import tell
from guatu.plans import actions, node_forms
from guatu.plans.choices import Dates, ItemStep
from guatu.plans.models import ItemState, Node, NodeItem
from guatu.plans.policies import region_of_templates
from guatu.plans.queries.beginnings import as_template
from guatu.plans.queries.drafts import content_of, plan_row
from guatu.plans.queries.plan import node_of
from guatu.plans.queries.records import dates_standing, items_of, quantity_standing
from guatu.plans.views.common import WRITE, project_of, tab_of


@page("plans.record", place="library", methods=WRITE)
def node(request: HttpRequest, public_id: UUID, node_id: UUID) -> HttpResponse:
    """What happened to a node and what is expected; asked for by a script, the form alone."""
    project = project_of(request, public_id, "plans.record")
    row: Node = found(node_of(project, node_id))
    form = node_forms.NodeForm(request.POST or None, initial=_initial(row), prefix=None)
    if row.quantity is None or (row.counts and row.items.exists()):
        form.fields.pop("done")

    def run(values: dict[str, Any]) -> None:
        actions.record_node(actor=actor_of(request), node=row, report=_report(values), reason=values["reason"])

    bare = bool(getattr(request, "htmx", None)) and request.method != "POST"
    title = _("填报节点：%(name)s") % {"name": row.name}
    words = {"template": "plans/partials/node_form.html" if bare else "plans/node.html", "title": title}
    shown = {"project": project, "node": row}
    return answer(request, form, run, to=tab_of(project), said=_("已存入。"), context=shown, **words)


def _initial(row: Node) -> dict[str, Any]:
    found_: dict[str, Any] = {}
    for sort in (Dates.ACTUAL, Dates.FORECAST):
        fact = dates_standing(row, sort)
        found_ |= {f"{sort}_start": fact and fact.start, f"{sort}_finish": fact and fact.finish}
        found_[f"seen_{sort}"] = fact.pk if fact else 0
    quantity = quantity_standing(row, clock.today())
    return {**found_, "done": quantity and quantity.done}


def _report(values: dict[str, Any]) -> actions.NodeReport:
    actual, forecast = ((values[f"{sort}_start"], values[f"{sort}_finish"]) for sort in (Dates.ACTUAL, Dates.FORECAST))
    seen = {str(sort): values[f"seen_{sort}"] for sort in (Dates.ACTUAL, Dates.FORECAST)}
    return actions.NodeReport(actual=actual, forecast=forecast, done=values.get("done"), seen=seen)


@page("plans.record", place="library", methods=WRITE)
def items(request: HttpRequest, public_id: UUID, node_id: UUID) -> HttpResponse:
    """The households of a node one by one: those that are left stand first."""
    project = project_of(request, public_id, "plans.record")
    row: Node = found(node_of(project, node_id))
    listed = items_of(row)
    if request.method == "POST" and request.POST.get("item"):
        _set_item(request, listed)
        return redirect("plans:items", public_id, node_id)
    form = node_forms.ItemsForm(request.POST or None)
    shown = {"project": project, "node": row, "listed": listed, "steps": ItemStep.choices}
    words = {"template": "plans/items.html", "title": _("逐户登记：%(name)s") % {"name": row.name}}

    def run(values: dict[str, Any]) -> None:
        rows = [_item(line) for line in values["lines"].splitlines() if line.strip()]
        actions.add_items(actor=actor_of(request), node=row, rows=rows)

    return answer(request, form, run, to=request.path, said=_("已登记。"), context=shown, **words)


def _set_item(request: HttpRequest, listed: list[tuple[NodeItem, ItemState]]) -> None:
    item = found(next((one for one, _state in listed if str(one.public_id) == request.POST["item"]), None))
    step = found(request.POST.get("step") if request.POST.get("step") in ItemStep.values else None)
    note, reason = request.POST.get("note", "")[:200], request.POST.get("reason", "")[:200]
    actions.set_item(actor=actor_of(request), item=item, step=step, note=note, reason=reason)
    tell(request, _("已更新。"))


def _item(line: str) -> tuple[str, Decimal, None]:
    name, _space, amount = line.strip().rpartition(" ")
    try:
        return (name.strip(), Decimal(amount), None) if name else (line.strip(), Decimal(1), None)
    except InvalidOperation:
        return line.strip(), Decimal(1), None


@page("plans.template", place="library", methods=WRITE)
def template(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Keep the project's plan as the region's template."""
    actor, project = actor_of(request), project_of(request, public_id, "plans.template")
    plan, region = found(plan_row(project)), found(region_of_templates(actor) or project.region)
    form = node_forms.TemplateForm(request.POST or None, initial={"name": plan.template})

    def run(values: dict[str, Any]) -> None:
        content, code = as_template(content_of(plan)), str(new_public_id())
        actions.save_template(actor=actor, region=region, code=code, content=content, **values)

    title = _("存为模板：%(name)s") % {"name": project.name}
    return answer(request, form, run, to=tab_of(project), said=_("模板已保存。"), title=title)
