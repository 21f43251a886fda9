"""The office's verbs on lights: draft rules, put them in force, excuse a light, explain one."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.editions import next_edition, put_in_force, require_draft
from guatu.core.refusals import Refusal
from guatu.core.writing import action, current
from guatu.domain.errors import DomainError
from guatu.domain.lights import PRESETS, Exemption
from guatu.figures.models import LightExemption, LightExplanation, LightRuleSet
from guatu.figures.policies import can_adopt, can_draft, require_project
from guatu.figures.queries.light_rules import KEPT, checked
from guatu.library.models import Project
from guatu.people import policies as people
from guatu.people.models import Region

DRAFT, CHANGE = "figures.draft_light_rules", "figures.change_light_rules"


@action(DRAFT, _("拟订红黄绿灯规则“{name}”第 {edition} 版"))
def draft_light_rules(
    *, actor: Actor, region: Region, preset: str = "", follows: LightRuleSet | None = None
) -> LightRuleSet:
    """A draft for a region: from a preset of a real city, or the next edition of rules that stand.

    Refuses an unknown preset by the names of those there are.
    """
    people.can_on_region(actor, DRAFT, region).require()
    if follows is not None:
        code, name, rules = follows.code, follows.name, follows.rules
    elif preset in PRESETS:
        given = PRESETS[preset]
        code, name, rules = given["code"], given["name"], {key: given[key] for key in KEPT if key in given}
    else:
        raise Refusal("figures.no_preset", code=preset, known="、".join(PRESETS))
    edition = next_edition(LightRuleSet.objects.filter(region=region, code=code))
    row = LightRuleSet(region=region, code=code, name=name, edition=edition, rules=rules)
    checked(row, name, rules)
    current().about(row, name=name, edition=row.edition)
    return current().add(row)


@action(CHANGE, _("修改红黄绿灯规则草稿“{name}”"), right=DRAFT)
def change_light_rules(*, actor: Actor, row: LightRuleSet, seen: int, name: str, rules: Mapping[str, Any]) -> bool:
    """Change a draft; False when nothing differs. Rules in force are followed by a new edition, never edited.

    Raises Refusal lights.… naming rule and field for a bad rule set, Conflict for another's change.
    """
    can_draft(actor, row).require()
    require_draft(row)
    checked(row, name, rules)
    current().about(row, name=name)
    return current().change(row, seen=seen, name=name, rules=dict(rules))


@action("figures.adopt_light_rules", _("批准执行红黄绿灯规则“{name}”第 {edition} 版"))
def adopt_light_rules(
    *, actor: Actor, row: LightRuleSet, seen: int, valid_from: date, approved_by: str
) -> LightRuleSet:
    """Put a draft in force from a day on, by another person than wrote it; the region's rules until then end the day
    before, whatever their code: a region goes by one set of rules.

    Only a region's first rules may begin in the past: a light of a past day is never lit by other rules afterwards.
    """
    can_adopt(actor, row).require()
    put_in_force(
        actor,
        row,
        LightRuleSet.objects.filter(region=row.region),
        seen=seen,
        valid_from=valid_from,
        approved_by=approved_by,
        written_by=(DRAFT, CHANGE),
        what=_("红黄绿灯规则的批准"),
        first_from_past=True,
    )
    return row


@action("figures.exempt_light", _("批准“{name}”红黄灯豁免（{start} 至 {end}）"))
def exempt_light(*, actor: Actor, project: Project, start: date, end: date, reason: str, approved_by: str) -> bool:
    """Excuse a project's light from a day to a day, both included; False when it is known already.

    The light stays to be seen with the mark and the reason. The same start with another end replaces it.
    """
    require_project(actor, "figures.exempt_light", project)
    try:
        exemption = Exemption(start, end, reason.strip(), approved_by.strip())
    except DomainError as error:
        raise Refusal(error.code, **error.params) from None
    act = current()
    act.about(project, reason=exemption.reason, name=project.name, start=start.isoformat(), end=end.isoformat())
    return act.record(
        LightExemption(
            project=project,
            until=end,
            reason=exemption.reason,
            approved_by=exemption.approved_by,
            effective_on=start,
        )
    )


@action("figures.explain_light", _("说明“{name}”{on}的红黄灯原因"))
def explain_light(*, actor: Actor, project: Project, on: date, text: str) -> LightExplanation:
    """What the unit says of a light; it stands beside it and takes nothing away from it."""
    require_project(actor, "figures.explain_light", project)
    said = text.strip()
    if not 1 <= len(said) <= 500:
        raise Refusal("figures.light_explanation_empty")
    act = current()
    act.about(project, name=project.name, on=on.isoformat())
    return act.add(LightExplanation(project=project, on=on, text=said, said_by=actor.label[:120], said_at=clock.now()))
