"""Classes and themes of a region's lists, and the gates before its stages."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, get_args

from django.utils.translation import gettext_lazy as _

from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.core.registries import FACTS
from guatu.core.writing import action, current
from guatu.domain import stages
from guatu.library.choices import Stage
from guatu.library.models import Gate, ProjectClass, Theme
from guatu.library.policies import require_region
from guatu.people.models import Region


@action("library.set_class", _("维护项目分类"))
def set_class(
    *, actor: Actor, region: Region, name: str, parent: ProjectClass | None = None, order: int | None = None
) -> ProjectClass:
    """The class of a name under a parent in a region, made where it is missing; two levels at most."""
    require_region(actor, "library.set_class", region)
    if parent is not None and parent.parent_id is not None:
        raise Refusal("library.class_loop", name=name)
    act = current()
    known = ProjectClass.objects.filter(region=region, parent=parent, name=name.strip()).first()
    if known is None:
        act.about(region, name=name)
        return act.add(ProjectClass(region=region, parent=parent, name=name.strip(), order=order or 0))
    if known.withdrawn:
        act.change(known, withdrawn=False, order=order or 0)
    elif order is not None:
        act.change(known, order=order)
    return known


@action("library.set_theme", _("维护项目板块"), right="library.set_class")
def set_theme(*, actor: Actor, region: Region, name: str, order: int | None = None) -> Theme:
    """The theme of a name in a region, made where it is missing."""
    require_region(actor, "library.set_class", region)
    act = current()
    known = Theme.objects.filter(region=region, name=name.strip()).first()
    if known is None:
        act.about(region, name=name)
        return act.add(Theme(region=region, name=name.strip(), order=order or 0))
    if known.withdrawn:
        act.change(known, withdrawn=False, order=order or 0)
    elif order is not None:
        act.change(known, order=order)
    return known


@action("library.declare_gate", _("设定阶段条件"))
def declare_gate(
    *,
    actor: Actor,
    region: Region,
    stage: str,
    rules: Sequence[Mapping[str, Any]],
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Gate:
    """Say what a region asks for before a stage: rules {"fact", "op", "value", "why"} over registered facts.

    Operators are those of domain.stages (is, at_least, known, holds …). A gate in force is followed, never edited.
    """
    require_region(actor, "library.declare_gate", region)
    operators = get_args(stages.Operator)
    for rule in rules:
        if FACTS.get(rule["fact"]) is None:
            allowed = "、".join(name for name, _source in FACTS.items())
            raise Refusal("library.gate_fact_unknown", fact=rule["fact"], allowed=allowed)
        if rule["op"] not in operators:
            raise Refusal("library.gate_op_unknown", fact=rule["fact"], op=rule["op"], allowed="、".join(operators))
    current().about(region, name=region.name, stage=str(Stage(stage).label))
    return current().add(
        Gate(
            region=region,
            stage=stage,
            rules=[dict(rule) for rule in rules],
            valid_from=valid_from,
            valid_to=valid_to,
        )
    )
