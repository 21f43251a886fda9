"""The page of one node, its dates and quantity; and a template from a plan."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from guatu.core import clock
from guatu.core.answers import answer
from guatu.core.ids import new_public_id
from guatu.core.pages import WRITE, actor_of, found, page
from guatu.plans import actions, node_forms
from guatu.plans.choices import Dates
from guatu.plans.models import Node
from guatu.plans.policies import region_of_templates
from guatu.plans.queries.beginnings import as_template
from guatu.plans.queries.drafts import content_of, plan_row
from guatu.plans.queries.plan import node_of
from guatu.plans.queries.records import dates_standing, planned_of, quantity_standing
from guatu.plans.views.common import project_of, tab_of


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
    words: dict[str, Any] = {"template": "plans/partials/node_form.html" if bare else "plans/node.html", "title": title}
    shown = {"project": project, "node": row, "planned": planned_of(row)}
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
