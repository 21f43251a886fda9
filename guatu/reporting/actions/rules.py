"""The office's verbs on rules of reporting: draft, change, put in force, end."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.models import TrailEntry
from guatu.core.refusals import Refusal
from guatu.core.writing import action, current, require_reason
from guatu.domain.errors import DomainError
from guatu.domain.rhythm import Rhythm, read_rhythm
from guatu.people import policies as people
from guatu.people.models import Region
from guatu.reporting.choices import ReportKind, RuleState
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
    editions = ReportRule.objects.filter(region=region, code=code)
    edition = (editions.aggregate(last=Max("edition"))["last"] or 0) + 1
    row = ReportRule(region=region, code=code, name=name, edition=edition, kind=kind, rule=dict(rule))
    current().about(row, name=name, edition=edition)
    return current().add(row)


@action(CHANGE, _("修改填报要求草稿“{name}”"), right=DRAFT)
def change_rule(*, actor: Actor, row: ReportRule, seen: int, name: str, rule: Mapping[str, Any]) -> bool:
    """Change a draft; False when nothing differs. What is in force is followed by a new edition, never edited."""
    can_draft_rule(actor, row).require()
    _require(row, RuleState.DRAFT)
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
    _require(row, RuleState.DRAFT)
    if actor.user_id is not None and actor.user_id in _writers(row):
        raise Refusal("core.two_persons", what=str(_("填报要求的批准")))
    if not approved_by.strip():
        raise Refusal("reporting.rule_approver")
    former = ReportRule.objects.filter(region=row.region, code=row.code, state=RuleState.IN_FORCE)
    held = list(former.filter(Q(valid_to=None) | Q(valid_to__gte=valid_from)))
    firsts = [one.valid_from + timedelta(days=1) for one in held if one.valid_from is not None]
    first = max([clock.today(), *firsts])
    if valid_from < first:
        raise Refusal("reporting.rule_backdated", start=valid_from.isoformat(), first=first.isoformat())
    _require_once(row, valid_from)
    act = current()
    act.about(row, name=row.name, edition=row.edition)
    for one in held:
        act.change(one, valid_to=valid_from - timedelta(days=1))
    act.change(
        row,
        seen=seen,
        state=RuleState.IN_FORCE,
        valid_from=valid_from,
        approved_by=approved_by.strip()[:120],
        approved_at=clock.now(),
    )
    return row


@action("reporting.end_rule", _("停止执行填报要求“{name}”第 {edition} 版"), right="reporting.adopt_rule")
def end_rule(*, actor: Actor, row: ReportRule, seen: int, last: date, reason: str) -> None:
    """Ask no more after a day, which is not over yet; what was asked before stays as it was."""
    can_adopt_rule(actor, row).require()
    _require(row, RuleState.IN_FORCE)
    first = max(clock.today(), row.valid_from or clock.today())
    if last < first or (row.valid_to is not None and row.valid_to < last):
        raise Refusal("reporting.rule_backdated", start=last.isoformat(), first=first.isoformat())
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


def _require(row: ReportRule, state: RuleState) -> None:
    if row.state != state:
        raise Refusal("reporting.rule_state", name=row.name, edition=row.edition, state=str(RuleState(row.state).label))


def _writers(row: ReportRule) -> set[int | None]:
    """Who drafted or changed it, by the trail."""
    kind, key = row.trail_subject()
    entries = TrailEntry.objects.filter(subject_kind=kind, subject_id=key, action__in=(DRAFT, CHANGE))
    return set(entries.values_list("user_id", flat=True))
