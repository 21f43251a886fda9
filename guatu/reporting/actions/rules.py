"""The office's verbs on rules of reporting: draft, change, put in force, end."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.editions import RuleState, next_edition, put_in_force, require_draft, require_in_force
from guatu.core.refusals import Refusal
from guatu.core.writing import action, current, require_reason
from guatu.domain.errors import DomainError
from guatu.domain.rhythm import Rhythm, read_rhythm
from guatu.people import policies as people
from guatu.people.models import Region
from guatu.reporting.choices import ReportKind
from guatu.reporting.models import ReportRule
from guatu.reporting.policies import can_adopt_rule, can_draft_rule

DRAFT, CHANGE = "reporting.draft_rule", "reporting.change_rule"


def rhythm_of(kind: str, rule: object) -> Rhythm:
    """A rule as it would be read, refused in the reader's words. Daily reports exist only for a watch with an end."""
    if kind == "day":
        raise Refusal("reporting.rule_daily")
    try:
        return read_rhythm(kind, rule)
    except DomainError as error:
        raise Refusal(error.code, **error.params) from None


@action(DRAFT, _("拟订填报要求“{name}”第 {edition} 版"))
def draft_rule(
    *,
    actor: Actor,
    region: Region,
    code: str,
    name: str,
    kind: str,
    rule: Mapping[str, Any],
) -> ReportRule:
    """A draft of what a region asks for, as the next edition of its code; it holds only once it is adopted.

    Raises Refusal rhythm.… for a rule that cannot be read or that a week cannot bear.
    """
    people.can_on_region(actor, DRAFT, region).require()
    rhythm_of(kind, rule)
    edition = next_edition(ReportRule.objects.filter(region=region, code=code))
    row = ReportRule(region=region, code=code, name=name, edition=edition, kind=kind, rule=dict(rule))
    current().about(row, name=name, edition=edition)
    return current().add(row)


@action(CHANGE, _("修改填报要求草稿“{name}”"), right=DRAFT)
def change_rule(*, actor: Actor, row: ReportRule, seen: int, name: str, rule: Mapping[str, Any]) -> bool:
    """Change a draft; False when nothing differs. What is in force is followed by a new edition, never edited."""
    can_draft_rule(actor, row).require()
    require_draft(row)
    rhythm_of(row.kind, rule)
    current().about(row, name=name)
    return current().change(row, seen=seen, name=name, rule=dict(rule))


@action("reporting.adopt_rule", _("批准执行填报要求“{name}”第 {edition} 版"))
def adopt_rule(*, actor: Actor, row: ReportRule, seen: int, valid_from: date, approved_by: str) -> ReportRule:
    """Put a draft in force from a day on, by another person than who wrote it; the edition before ends the day before.

    Never from a day that is over: nobody is late with what was not asked. Refusal reporting.rule_twice where another
    rule of the kind may ask the same project: a project is asked once for a period.
    """
    can_adopt_rule(actor, row).require()
    require_draft(row)
    _require_once(row, valid_from)
    put_in_force(
        actor,
        row,
        ReportRule.objects.filter(region=row.region, code=row.code),
        seen=seen,
        valid_from=valid_from,
        approved_by=approved_by,
        written_by=(DRAFT, CHANGE),
        what=_("填报要求的批准"),
    )
    return row


@action("reporting.end_rule", _("停止执行填报要求“{name}”第 {edition} 版"), right="reporting.adopt_rule")
def end_rule(*, actor: Actor, row: ReportRule, seen: int, last: date, reason: str) -> None:
    """Ask no more after a day, which is not over yet; what was asked before stays as it was. A watch ends itself."""
    can_adopt_rule(actor, row).require()
    require_in_force(row)
    if row.campaign is not None:
        raise Refusal("reporting.rule_of_watch", name=row.campaign.name)
    first = max(clock.today(), row.valid_from or clock.today())
    if last < first:
        raise Refusal("reporting.rule_end_early", name=row.name, day=last.isoformat(), first=first.isoformat())
    if row.valid_to is not None and row.valid_to < last:
        known = row.valid_to.isoformat()
        raise Refusal("reporting.rule_end_late", name=row.name, day=last.isoformat(), last=known)
    text = require_reason(reason, _("停止执行填报要求"))
    current().about(row, reason=text, name=row.name, edition=row.edition)
    current().change(row, seen=seen, valid_to=last)


def _require_once(row: ReportRule, valid_from: date) -> None:
    """No other rule of the region and kind that holds from a day on may ask a project that this one asks."""
    asks = rhythm_of(row.kind, row.rule).asks
    others = ReportRule.objects.filter(region=row.region, kind=row.kind, state=RuleState.IN_FORCE, campaign=None)
    for other in others.exclude(code=row.code).filter(Q(valid_to=None) | Q(valid_to__gte=valid_from)).order_by("pk"):
        if not asks.apart(rhythm_of(other.kind, other.rule).asks):
            kind = str(ReportKind(row.kind).label)
            raise Refusal("reporting.rule_twice", name=row.name, other=other.name, kind=kind)
