"""A region's own templates."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.core.writing import action, current
from guatu.library.policies import require_region
from guatu.people.models import Region
from guatu.plans.actions.drafts import check_names
from guatu.plans.content import Content, to_json
from guatu.plans.models import PlanTemplate


@action("plans.save_template", _("保存计划模板"), right="plans.template")
def save_template(
    *,
    actor: Actor,
    region: Region,
    code: str,
    name: str,
    content: Content,
    words: str = "",
    seen: int | None = None,
) -> PlanTemplate:
    """Keep a plan as a template of the region; under the code of one of its own it replaces that one (`seen` is the
    version of it that was open).

    Stated dates and units stay behind: they belong to the project it was taken from.
    """
    require_region(actor, "plans.template", region)
    check_names(content)
    act = current()
    standing = PlanTemplate.objects.filter(region=region, withdrawn=False)
    if standing.filter(name=name).exclude(code=code).exists():
        raise Refusal("plans.template_taken", name=name)
    known = standing.filter(code=code).first()
    act.about(known, name=name)
    said: dict[str, Any] = {"name": name, "words": words, "content": to_json(content)}
    said |= {"changed_by": actor.label[:120], "changed_on": clock.today()}
    if known is not None:
        act.change(known, seen=seen, **said)
        return known
    row = act.add(PlanTemplate(region=region, code=code, **said))
    act.about(row, name=name)
    return row


@action("plans.withdraw_template", _("停用计划模板"), right="plans.template")
def withdraw_template(*, actor: Actor, template: PlanTemplate, seen: int) -> None:
    """Offer a template no more."""
    if template.region is None:
        raise Refusal("plans.template_missing")
    require_region(actor, "plans.template", template.region)
    current().about(template, name=template.name)
    left = {"withdrawn": True, "changed_by": actor.label[:120], "changed_on": clock.today()}
    current().change(template, seen=seen, **left)
