"""The office's verbs on lights: draft rules, put them in force, excuse a light, explain one."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.core.writing import action, current
from guatu.domain.errors import DomainError
from guatu.domain.lights import PRESETS, Exemption
from guatu.figures.choices import RuleState
from guatu.figures.models import LightExemption, LightExplanation, LightRuleSet
from guatu.figures.policies import can_adopt, can_draft, require_project
from guatu.figures.queries.light_rules import KEPT, checked
from guatu.library.models import Project
from guatu.people import policies as people
from guatu.people.models import Region


@action("figures.draft_light_rules", _("拟订红黄绿灯规则“{name}”第 {edition} 版"))
def draft_light_rules(
    *, actor: Actor, region: Region, preset: str = "", follows: LightRuleSet | None = None
) -> LightRuleSet:
    """A draft for a region: from a preset of a real city, or the next edition of rules that stand.

    Refuses an unknown preset by the names of those there are.
    """
    people.can_on_region(actor, "figures.draft_light_rules", region).require()
    if follows is not None:
        code, name, rules = follows.code, follows.name, follows.rules
    elif preset in PRESETS:
        given = PRESETS[preset]
        code, name, rules = given["code"], given["name"], {key: given[key] for key in KEPT if key in given}
    else:
        raise Refusal("figures.no_preset", code=preset, known="、".join(PRESETS))
    editions = LightRuleSet.objects.filter(region=region, code=code)
    last = editions.aggregate(last=Max("edition"))["last"] or 0
    row = LightRuleSet(region=region, code=code, name=name, edition=last + 1, rules=rules)
    checked(row, name, rules)
    current().about(row, name=name, edition=row.edition)
    return current().add(row)


@action("figures.change_light_rules", _("修改红黄绿灯规则草稿“{name}”"), right="figures.draft_light_rules")
def change_light_rules(*, actor: Actor, row: LightRuleSet, seen: int, name: str, rules: Mapping[str, Any]) -> bool:
    """Change a draft; False when nothing differs. Rules in force are followed by a new edition, never edited.

    Raises Refusal lights.… naming rule and field for a bad rule set, Conflict for another's change.
    """
    can_draft(actor, row).require()
    _require_draft(row)
    checked(row, name, rules)
    current().about(row, name=name)
    return current().change(row, seen=seen, name=name, rules=dict(rules))


@action("figures.adopt_light_rules", _("批准执行红黄绿灯规则“{name}”第 {edition} 版"))
def adopt_light_rules(
    *, actor: Actor, row: LightRuleSet, seen: int, valid_from: date, approved_by: str
) -> LightRuleSet:
    """Put a draft in force from a day on; the region's rules until then end the day before.

    Only a region's first rules may begin in the past: a light of a past day is never lit by other rules afterwards.
    """
    can_adopt(actor, row).require()
    _require_draft(row)
    if not approved_by.strip():
        raise Refusal("lights.exemption_without", field=_("批准人"))
    act = current()
    act.about(row, name=row.name, edition=row.edition)
    for former in _followed(row, valid_from):
        act.change(former, valid_to=valid_from - timedelta(days=1))
    act.change(
        row,
        seen=seen,
        state=RuleState.IN_FORCE,
        valid_from=valid_from,
        approved_by=approved_by.strip(),
        approved_at=clock.now(),
    )
    return row


def _require_draft(row: LightRuleSet) -> None:
    if row.state != RuleState.DRAFT:
        raise Refusal("figures.light_rules_stand", name=row.name, edition=row.edition)


def _followed(row: LightRuleSet, valid_from: date) -> list[LightRuleSet]:
    """The region's rules that would still hold on the day: they must not have lit anything from it on."""
    standing = LightRuleSet.objects.filter(region=row.region, state=RuleState.IN_FORCE)
    held = list(standing.filter(Q(valid_to=None) | Q(valid_to__gte=valid_from)))
    for former in held:
        first = max(clock.today(), (former.valid_from or valid_from) + timedelta(days=1))
        if valid_from < first:
            raise Refusal(
                "figures.light_rules_backdated",
                start=valid_from.isoformat(),
                last=(first - timedelta(days=1)).isoformat(),
                first=first.isoformat(),
                name=former.name,
            )
    return held


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
