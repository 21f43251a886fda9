"""Where a project may go from its stage, and what its region's gate still asks for."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from django.db.models import Q
from django.utils.translation import gettext as _

from guatu.core import clock, rights
from guatu.core.actor import Actor
from guatu.core.refusals import Sentence
from guatu.core.regions import paths_above
from guatu.core.registries import FACTS, UNKNOWN, facts_of
from guatu.domain import stages
from guatu.library.choices import Stage
from guatu.library.models import Gate, Project, StageChange
from guatu.library.queries.projects import steps_reached


def allowed_stages(project: Project, steps: Sequence[StageChange]) -> tuple[str, ...]:
    """The stages that may follow (domain.stages); from a stop back to where it stood or later."""
    before = [step.stage for step in steps if step.stage != Stage.SUSPENDED]
    return stages.allowed_transitions(
        cast(stages.Stage, project.stage),
        promoted=project.promoted,
        before=cast(stages.Stage, before[-1]) if before else None,
    )


def gate_in_force(project: Project, stage: str, on: date) -> Gate | None:
    """The gate that the nearest region above the project demands before a stage on a day."""
    in_force = Gate.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=on),
        Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        region__path__in=project.region.lineage,
        stage=stage,
    ).select_related("region")
    return max(in_force, key=lambda gate: (len(gate.region.path), gate.pk), default=None)


def gate_result(project: Project, stage: str, on: date) -> list[dict[str, Any]]:
    """What the gate asks for and the project doesn't have: {"fact", "words", "why", "known"}; empty when it is open.

    A fact that nobody can tell yet is never met.
    """
    gate = gate_in_force(project, stage, on)
    if gate is None:
        return []
    rules = tuple(stages.Rule(rule["fact"], rule["op"], rule.get("value"), rule.get("why", "")) for rule in gate.rules)
    told = facts_of([rule.fact for rule in rules], [project.pk], on)[project.pk]
    facts = {name: None if value is UNKNOWN else value for name, value in told.items()}
    result = stages.evaluate(stages.Gate(cast(stages.Stage, stage), rules), facts)
    return [_asked(rule, known=True) for rule in result.unmet] + [_asked(rule, known=False) for rule in result.unknown]


def _asked(rule: stages.Rule, *, known: bool) -> dict[str, Any]:
    source = FACTS.get(rule.fact)
    words = str(source.words) if source is not None else rule.fact
    return {"fact": rule.fact, "words": words, "why": rule.why, "known": known}


def stage_choices(project: Project) -> dict[str, Any]:
    """What a form offers: a return to work after a stop, the stages ahead, those reached (whose day may be wrong)."""
    steps = steps_reached([project.pk], clock.today()).get(project.pk, [])
    ahead = [stage for stage in allowed_stages(project, steps) if stage != Stage.EXITED]
    reached = [stage for stage in dict.fromkeys(step.stage for step in steps) if stage not in (*ahead, Stage.EXITED)]
    offered: dict[str, Any] = {}
    if project.stage == Stage.SUSPENDED:
        offered["resume"] = _("复工")
    offered |= {stage: Stage(stage).label for stage in ahead}
    return offered | {stage: _("{stage}（更正日期）").format(stage=Stage(stage).label) for stage in reached}


def gates_shown(actor: Actor, day: date, operators: Mapping[str, Sentence]) -> list[dict[str, Any]]:
    """The gates of the actor's regions and of those above it, in words; the one in force of a stage is marked."""
    reach = Q(region__path__startswith=actor.region_path) | Q(region__path__in=paths_above(actor.region_path))
    if "installation" in rights.scopes_of(actor, "library.view"):
        reach = Q()
    rows = Gate.objects.filter(reach).select_related("region").order_by("region__path", "-pk")
    order, followed = list(Stage.values), set()
    shown = []
    for row in sorted(rows, key=lambda gate: (gate.region.path, order.index(gate.stage), -gate.pk)):
        valid = (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or row.valid_to >= day)
        holds = valid and (row.region_id, row.stage) not in followed
        if holds:
            followed.add((row.region_id, row.stage))
        shown.append({"row": row, "holds": holds, "rules": [_in_words(rule, operators) for rule in row.rules]})
    return shown


def _in_words(rule: Mapping[str, Any], operators: Mapping[str, Sentence]) -> dict[str, str]:
    source, value = FACTS.get(rule["fact"]), rule.get("value")
    listed = "、".join(str(each) for each in (value if isinstance(value, list) else [value]) if each is not None)
    words = str(source.words) if source is not None else str(rule["fact"])
    return {"words": f"{words} {operators.get(rule['op'], rule['op'])} {listed}".strip(), "why": rule.get("why", "")}
