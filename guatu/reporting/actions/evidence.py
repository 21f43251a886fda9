"""Photos and papers: handed in, withdrawn, what of them is to be looked at, and the rules of what counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actions import add_attachment
from guatu.core.actor import Actor
from guatu.core.attachments import KeptFile
from guatu.core.refusals import Refusal
from guatu.core.second_person import require_another
from guatu.core.settings import setting
from guatu.core.writing import action, current, require_reason
from guatu.domain.errors import DomainError
from guatu.domain.evidence import Doubt, doubts, is_reuse, read_rule, site_of
from guatu.library.models import Project
from guatu.library.policies import require_projects, require_region
from guatu.people.models import Region
from guatu.plans.models import Node
from guatu.reporting.choices import EvidenceKind, FindingState
from guatu.reporting.evidence.originals import completes
from guatu.reporting.evidence.ready import READY
from guatu.reporting.evidence.search import likes
from guatu.reporting.evidence.taking import Taken
from guatu.reporting.models import Evidence, EvidenceFinding, EvidenceRule, Report

ABOUT = "reporting.evidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is said of a piece when it is handed in. `on`: of which day it speaks, if that was said;
    never later than today.
    """

    kind: str = EvidenceKind.PHOTO
    number: str = ""
    caption: str = ""
    on: date | None = None
    report: Report | None = None
    node: Node | None = None
    client_id: UUID | None = None


@action("reporting.hand_in_evidence", _("交存“{name}”{kind}"), right="reporting.claim")
def hand_in_evidence(*, actor: Actor, project: Project, taken: Taken, told: Told) -> Evidence:
    """Keep a photo or paper, its original as it came, and note what of it is to be looked at.

    The same file for the same report or node a second time is the piece that it was the first time.
    """
    require_projects(actor, "reporting.claim", [project])
    _require_same_project(project, told)
    known = _known(project, taken, told)
    if known is not None:
        return known
    act, said = current(), taken.said
    act.about(project, name=project.name, kind=str(EvidenceKind(told.kind).label))
    row = Evidence(
        project=project,
        report=told.report,
        node=told.node,
        kind=told.kind,
        number=told.number.strip(),
        caption=told.caption.strip(),
        on=min(told.on or _taken_on(taken) or clock.today(), clock.today()),
        taken_at=said.taken_at,
        longitude=said.longitude,
        latitude=said.latitude,
        prints=taken.prints,
        client_id=told.client_id,
    )
    row.original = _attached(actor, row, taken.file)
    row.thumbnail = _attached(actor, row, taken.thumbnail) if taken.thumbnail is not None else None
    found = likes(taken.prints, taken.file.digest)
    act.add(row)
    for doubt in _doubts(row):
        act.add(EvidenceFinding(evidence=row, code=doubt.code, params=dict(doubt.params)))
    for like in found:
        if is_reuse(like.evidence.project_id == project.pk, like.evidence.on, row.on):
            params = {"signs": like.signs}
            act.add(EvidenceFinding(evidence=row, code="evidence.reused", against=like.evidence, params=params))
    return row


@action("reporting.complete_evidence", _("补存“{name}”{kind}的原图"), right="reporting.claim")
def complete_evidence(*, actor: Actor, evidence: Evidence, taken: Taken) -> Evidence:
    """Put the original in the place of the small copy that a phone sent first; the copy stays on file beside it.

    Prints and thumbnail stay, the picture being the same; time and place are the original's own where it has them.
    """
    require_projects(actor, "reporting.claim", [evidence.project])
    if not completes(evidence, taken):
        raise Refusal("reporting.evidence_other_picture", name=evidence.original.name)
    act, said = current(), taken.said
    act.about(evidence.project, name=evidence.project.name, kind=str(EvidenceKind(evidence.kind).label))
    values: dict[str, Any] = {"original": _attached(actor, evidence, taken.file)}
    if said.taken_at is not None:
        values["taken_at"] = said.taken_at
    if said.longitude is not None and said.latitude is not None:
        values |= {"longitude": said.longitude, "latitude": said.latitude}
    act.change(evidence, **values)
    known = set(EvidenceFinding.objects.filter(evidence=evidence, against=None).values_list("code", flat=True))
    for doubt in _doubts(evidence):
        if doubt.code not in known:
            act.add(EvidenceFinding(evidence=evidence, code=doubt.code, params=dict(doubt.params)))
    return evidence


@action("reporting.hand_in_many", _("交存“{name}” {count} 件照片和材料"), right="reporting.claim")
def hand_in_many(*, actor: Actor, project: Project, taken: Sequence[Taken], told: Told) -> list[Evidence]:
    """Hand in several files of which the same is said, all or none."""
    current().about(project, name=project.name, count=len(taken))
    return [hand_in_evidence(actor=actor, project=project, taken=one, told=told) for one in taken]


def _taken_on(taken: Taken) -> date | None:
    """The day that a picture says it was taken on; a camera's clock may be ahead of ours."""
    at = taken.said.taken_at
    return at.astimezone(clock.ZONE).date() if at is not None else None


def _require_same_project(project: Project, told: Told) -> None:
    other_report = told.report is not None and told.report.project_id != project.pk
    if other_report or (told.node is not None and told.node.plan.project_id != project.pk):
        raise Refusal("core.not_found")


def _known(project: Project, taken: Taken, told: Told) -> Evidence | None:
    if told.client_id is not None:
        sent = Evidence.objects.filter(client_id=told.client_id).first()
        if sent is not None:
            if sent.project_id != project.pk:
                raise Refusal("core.not_found")
            return sent
    same = Evidence.objects.filter(project=project, report=told.report, node=told.node, kind=told.kind)
    return same.filter(original__digest=taken.file.digest, withdrawn=False).first()


def _attached(actor: Actor, row: Evidence, file: KeptFile) -> Any:
    return add_attachment(actor=actor, file=file, about_kind=ABOUT, about_id=str(row.public_id))


def _doubts(row: Evidence) -> list[Doubt]:
    project, report = row.project, row.report
    point = (float(project.longitude), float(project.latitude)) if project.longitude and project.latitude else None
    place = (float(row.longitude), float(row.latitude)) if row.longitude and row.latitude else None
    return doubts(
        row.taken_at.astimezone(clock.ZONE).date() if row.taken_at is not None else None,
        place,
        begins=report.start if report is not None else None,
        handed_in=clock.today(),
        site=site_of(point, project.boundary),
        tolerance=setting("reporting.site_tolerance", project.region_id),
    )


@action("reporting.withdraw_evidence", _("撤下“{name}”{kind}"), right="reporting.claim")
def withdraw_evidence(*, actor: Actor, evidence: Evidence, seen: int, reason: str) -> None:
    """Take a piece away that was handed in by mistake; it stays on file and says why."""
    require_projects(actor, "reporting.claim", [evidence.project])
    text = require_reason(reason, _("撤下照片或材料"))
    if evidence.withdrawn:
        raise Refusal("reporting.evidence_withdrawn", name=evidence.original.name)
    kind = str(EvidenceKind(evidence.kind).label)
    current().about(evidence.project, reason=text, name=evidence.project.name, kind=kind)
    current().change(evidence, seen=seen, withdrawn=True, withdrawn_reason=text[:200])


@action("reporting.close_finding", _("核实“{name}”一处疑点"), right="reporting.see_findings")
def close_finding(*, actor: Actor, finding: EvidenceFinding, seen: int, state: str, answer: str) -> None:
    """Close a finding as explained or corrected, with the answer; never by who handed the piece in."""
    require_projects(actor, "reporting.see_findings", [finding.evidence.project])
    if finding.state != FindingState.OPEN or state not in (FindingState.EXPLAINED, FindingState.CORRECTED):
        raise Refusal("reporting.finding_closed", name=finding.evidence.project.name)
    require_another(actor, finding.evidence.original.added_by_id, _("照片和材料的核实"))
    text = require_reason(answer, _("核实疑点"))
    current().about(finding.evidence.project, name=finding.evidence.project.name)
    current().change(
        finding,
        seen=seen,
        state=state,
        answer=text[:300],
        answered_by=actor.label[:120],
        answered_at=clock.now(),
    )


# -- rules -------------------------------------------------------------------------------------------------------------
@action("reporting.set_evidence_rule", _("规定佐证材料“{name}”"), right="reporting.set_evidence_rules")
def set_evidence_rule(
    *,
    actor: Actor,
    region: Region,
    name: str,
    data: Mapping[str, Any],
    former: EvidenceRule | None = None,
    seen: int = 0,
) -> EvidenceRule:
    """Make a rule that holds from today on, in the place of a former one, which ends yesterday.

    Raises Refusal evidence.… for a rule that asks nobody, or photos for a figure.
    """
    require_region(actor, "reporting.set_evidence_rules", region)
    _checked(name, data)
    act = current()
    order = EvidenceRule.objects.filter(region=region).count()
    if former is not None:
        order = former.order
        _end(former, seen)
    row = act.add(EvidenceRule(region=region, name=name, rule=dict(data), order=order, valid_from=clock.today()))
    act.about(row, name=name)
    return row


@action("reporting.end_evidence_rule", _("停用佐证材料规定“{name}”"), right="reporting.set_evidence_rules")
def end_evidence_rule(*, actor: Actor, rule: EvidenceRule, seen: int) -> None:
    """End a rule: from today on it asks nothing."""
    require_region(actor, "reporting.set_evidence_rules", rule.region)
    current().about(rule, name=rule.name)
    _end(rule, seen)


@action("reporting.adopt_evidence_rules", _("采用现成的佐证材料规定"), right="reporting.set_evidence_rules")
def adopt_evidence_rules(*, actor: Actor, region: Region) -> Sequence[EvidenceRule]:
    """Take over the ready rules that the region doesn't have yet."""
    require_region(actor, "reporting.set_evidence_rules", region)
    names = set(EvidenceRule.objects.filter(region=region, valid_to=None).values_list("name", flat=True))
    wanted = [ready for ready in READY if str(ready.name) not in names]
    return [set_evidence_rule(actor=actor, region=region, name=str(one.name), data=one.data) for one in wanted]


def _end(rule: EvidenceRule, seen: int) -> None:
    current().change(rule, seen=seen, valid_to=clock.today() - timedelta(days=1))


def _checked(name: str, data: Mapping[str, Any]) -> None:
    try:
        read_rule(name, data)
    except DomainError as fault:
        raise Refusal(fault.code, **fault.params) from fault
