"""A report's way: saved, submitted, checked by the unit, accepted by the office; or returned with a reason.

What it says of money becomes readings step by step, so that what was claimed, checked and confirmed stay apart. What it
says of nodes is recorded when the office accepts it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db import IntegrityError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.prepared import prepared
from guatu.core.refusals import Conflict, Refusal
from guatu.core.second_person import require_another
from guatu.core.writing import action, current, require_reason
from guatu.domain.rhythm import Expected
from guatu.library.models import Project
from guatu.library.policies import require_projects
from guatu.people.models import Post
from guatu.plans import actions as plans
from guatu.plans.choices import Dates
from guatu.plans.models import Node
from guatu.plans.queries.records import dates_standing
from guatu.reporting.actions.corrected import (
    corrected_sums,
    correction_rows,
    raise_corrections,
    require_open,
    with_corrections,
    withdraw_corrections,
)
from guatu.reporting.actions.readings import Finding, claim_rows, raise_truth, withdraw_readings
from guatu.reporting.checks import require_right
from guatu.reporting.choices import WRITABLE, Basis, Means, ReportState, Truth
from guatu.reporting.compute import ReadingRow
from guatu.reporting.content import NodeSaid, ReportContent, from_json, to_json
from guatu.reporting.layouts.respect import with_held
from guatu.reporting.models import Reading, Report, ReportEdition
from guatu.reporting.policies import checks_for, may_skip_check
from guatu.reporting.queries.readings import rank

BEGINS = 1
"""The version of a report that is begun now."""


@action("reporting.save_report", _("保存“{name}”{period}填报草稿"), right="reporting.claim")
def save_report(
    *, actor: Actor, project: Project, expected: Expected, content: ReportContent, seen: int | None = None
) -> Report:
    """Keep what is typed of a report that is not handed in yet; `seen` is the version that was open (None: no row).

    Raises Conflict when somebody else saved it meanwhile, Refusal reporting.held_elsewhere for a field that another
    system holds and that is changed here by anybody but the office.
    """
    require_projects(actor, "reporting.claim", [project])
    report = begun(project, expected, seen=seen)
    require_state(report, WRITABLE)
    stood = from_json(report.content)
    content = with_held(actor, project, expected.period, content, stood=stood, correcting=True, draft=True)
    act = current()
    act.about(project, name=project.name, period=expected.period.label_zh)
    act.change(report, seen=seen, content=to_json(with_corrections(report, content)))
    return report


@action("reporting.submit_report", _("填报“{name}”{period}进度"), right="reporting.claim")
def submit_report(
    *,
    actor: Actor,
    project: Project,
    expected: Expected,
    content: ReportContent,
    seen: int | None = None,
    means: Means = Means.PRODUCT,
    reason: str = "",
    approver: Post | None = None,
) -> tuple[Report, tuple[Finding, ...]]:
    """Hand a report in: its figures are claimed from now on. A report that was accepted is corrected with a reason.
    `seen` is the version that was open; None: there was no row, or it said nothing.

    `means` PHONE is the office's 代录: the unit confirms it later by checking it. Returns what is to be asked about it
    (never an error). Refuses a report that says nothing, or is wrong by itself (reporting.checks_stop);
    Refusal reporting.falls for a cumulative amount that falls without reason and another's approval, Refusal
    reporting.held_elsewhere for a changed field that another system holds, which the office alone corrects, with a
    reason. What another system holds and nobody typed is taken over.
    """
    require_projects(actor, "reporting.claim", [project])
    report = _known(project, expected) or _new(project, expected)
    _require_opened(report, seen)
    stood = None
    if report.state == ReportState.ACCEPTED:
        require_open(report)
        reason, stood = require_reason(reason, _("更正已采用的填报")), from_json(report.content)
    else:
        require_state(report, WRITABLE)
    content = with_held(actor, project, expected.period, content, stood=stood, correcting=bool(reason.strip()))
    content = with_corrections(report, content)
    if not content.says_anything:
        raise Refusal("reporting.report_empty", name=project.name, period=expected.period.label_zh)
    if content.same and not content.same_reason.strip():
        raise Refusal("reporting.same_without_reason", name=project.name)
    require_right(project.name, content)
    act = current()
    act.about(project, reason=reason, name=project.name, period=expected.period.label_zh)
    _check_nodes(report, content.nodes)
    said = {
        "content": to_json(content),
        "state": ReportState.SUBMITTED,
        "edition": report.edition + 1,
        "means": means,
        "to_confirm": means == Means.PHONE,
        "unit": project.unit,
        "estimate": clock.today() < report.on,
        "submitted_by": actor.label[:120],
        "submitted_by_user": actor.user_id,
        "submitted_at": clock.now(),
        "returned_reason": "",
        **_UNSEEN,
    }
    if report.pk is None:
        for name, value in said.items():
            setattr(report, name, value)
        _add(report)
    else:
        act.change(report, seen=seen, **said)
    act.add(
        ReportEdition(
            report=report,
            number=report.edition,
            content=report.content,
            means=means,
            submitted_by=report.submitted_by,
            submitted_at=clock.now(),
        )
    )
    rows = correction_rows(report, content)
    if _is_reading(content):
        rows.append(row_of(report, content))
    return report, claim_rows(actor, rows, reason, approver)


_UNSEEN = {
    "checked_by": "",
    "checked_by_user": None,
    "checked_at": None,
    "check_means": "",
    "accepted_by": "",
    "accepted_at": None,
}
"""A report that is handed in anew was checked and accepted by nobody yet."""


@action("reporting.take_back_report", _("撤回“{name}”{period}填报"), right="reporting.claim")
def take_back_report(*, actor: Actor, report: Report, seen: int) -> None:
    """Take a report back that nobody has checked yet, to go on with it."""
    require_projects(actor, "reporting.claim", [report.project])
    require_state(report, (ReportState.SUBMITTED,))
    _about(report)
    withdraw_readings(report.project, report.on, report.period, (Truth.CLAIMED,))
    withdraw_corrections(report, (Truth.CLAIMED,))
    current().change(report, seen=seen, state=ReportState.DRAFT)


@action("reporting.check_reports", _("审核 {count} 份填报"), right="reporting.check")
def check_reports(*, actor: Actor, reports: Sequence[tuple[Report, int]], means: Means = Means.PRODUCT) -> int:
    """The unit approves reports under the versions it saw; never who handed one in. How many.

    All or none: Refusal reporting.some_refused names each that cannot be. `means` STAMPED: by a stamped sheet that the
    office enters.
    """
    return _each(actor, reports, "reporting.check", lambda report, seen: _check(actor, report, seen, means))


def _check(actor: Actor, report: Report, seen: int, means: Means) -> None:
    _require_unit(actor, report)
    require_state(report, (ReportState.SUBMITTED,))
    _another(actor, report)
    _require_confirmed(actor, report, means)
    _raise(actor, report, Truth.CLAIMED, Truth.CHECKED)
    current().change(
        report,
        seen=seen,
        state=ReportState.CHECKED,
        to_confirm=False,
        checked_by=actor.label[:120],
        checked_by_user=actor.user_id,
        checked_at=clock.now(),
        check_means=means,
    )


@action("reporting.accept_reports", _("采用 {count} 份填报"), right="reporting.confirm")
def accept_reports(*, actor: Actor, reports: Sequence[tuple[Report, int]]) -> int:
    """The office accepts reports under the versions it saw: their figures are confirmed, their nodes recorded.

    Never who handed one in. Where a unit has nobody to check, the office's acceptance is the second person's.
    """
    return _each(actor, reports, "reporting.confirm", lambda report, seen: _accept(actor, report, seen))


def _accept(actor: Actor, report: Report, seen: int) -> None:
    if report.state == ReportState.SUBMITTED and may_skip_check(report.unit):
        _check(actor, report, seen, Means.PRODUCT)
        seen = report.version
    require_state(report, (ReportState.CHECKED,))
    _another(actor, report)
    _raise(actor, report, Truth.CHECKED, Truth.CONFIRMED)
    for said in from_json(report.content).nodes:
        _record(actor, report, said)
    current().change(
        report,
        seen=seen,
        state=ReportState.ACCEPTED,
        accepted_by=actor.label[:120],
        accepted_at=clock.now(),
    )


@action("reporting.return_report", _("退回“{name}”{period}填报"), right="reporting.check")
def return_report(*, actor: Actor, report: Report, seen: int, reason: str) -> None:
    """Return a report with a reason: the unit one that it has not approved, the office also one that it has."""
    steps = [ReportState.SUBMITTED]
    right = "reporting.check"
    if report.state == ReportState.CHECKED:
        steps, right = [ReportState.CHECKED], "reporting.confirm"
    require_projects(actor, right, [report.project])
    _require_unit(actor, report)
    require_state(report, steps)
    text = require_reason(reason, _("退回填报"))
    _about(report, reason=text)
    withdraw_readings(report.project, report.on, report.period, (Truth.CLAIMED, Truth.CHECKED))
    withdraw_corrections(report, (Truth.CLAIMED, Truth.CHECKED))
    current().change(
        report,
        seen=seen,
        state=ReportState.RETURNED,
        returned_by=actor.label[:120],
        returned_at=clock.now(),
        returned_reason=text,
    )


# -- what they share ---------------------------------------------------------------------------------------------------
def begun(project: Project, expected: Expected, *, seen: int | None = BEGINS) -> Report:
    """Within an action: the report of a period, begun when there is none; `seen` None: none was there when it was
    looked at, so that one which somebody wrote meanwhile is a Conflict.
    """
    known = _known(project, expected)
    if known is None:
        return _add(_new(project, expected))
    _require_opened(known, seen)
    return known


def _add(report: Report) -> Report:
    """Two who begin a report at the same moment: the second sees the first's."""
    try:
        return current().add(report)
    except IntegrityError:
        raise Conflict(name=report.project.name, seen=0, theirs={}) from None


def _require_opened(report: Report, seen: int | None) -> None:
    """Raise Conflict for a draft that says something, where whoever writes saw none."""
    if seen is not None or report.pk is None or report.state not in WRITABLE:
        return
    if replace(from_json(report.content), corrects=()) != ReportContent():
        raise Conflict(name=report.project.name, seen=0, theirs={}, row=report)


def _known(project: Project, expected: Expected) -> Report | None:
    """The report of a period, when it was begun."""
    period = expected.period
    known = _reports_of(project_id=project.pk, kind=period.kind, period=period.code)
    for report in known:
        report.project = project
    return known[0] if known else None


@prepared
def _reports_of(project_id: int, kind: str, period: str) -> QuerySet[Report]:
    return Report.objects.filter(project_id=project_id, kind=kind, period=period)


def _new(project: Project, expected: Expected) -> Report:
    """A report to begin. Two who begin one at once: the second sees the first's."""
    period = expected.period
    return Report(
        project=project,
        kind=period.kind,
        period=period.code,
        start=period.start,
        end=period.end,
        on=expected.on,
        due=clock.moment(expected.due, expected.at),
        unit=project.unit,
    )


def require_state(report: Report, states: Iterable[ReportState]) -> None:
    """Refuse reporting.report_state for a report that stands elsewhere on its way."""
    if report.state not in tuple(states):
        state = str(ReportState(report.state).label)
        raise Refusal("reporting.report_state", name=report.project.name, period=report.period_words, state=state)


def _about(report: Report, reason: str = "") -> None:
    current().about(report.project, reason=reason, name=report.project.name, period=report.period_words)


def _another(actor: Actor, report: Report) -> None:
    """Who handed a report in neither checks nor accepts it, from whichever post (2-model.md, invariant 5)."""
    require_another(actor, report.submitted_by_user, _("填报数的审核"))


def _require_confirmed(actor: Actor, report: Report, means: Means) -> None:
    """What the office entered for a unit (代录) is the unit's own to confirm: in its post, or by its stamp."""
    own = means == Means.STAMPED or (report.unit_id is not None and report.unit_id == actor.unit_id)
    if report.to_confirm and not own and not may_skip_check(report.unit):
        name, unit = report.project.name, str(report.unit)
        raise Refusal("reporting.phoned_open", name=name, period=report.period_words, unit=unit)


def _require_unit(actor: Actor, report: Report) -> None:
    if not checks_for(actor, report.unit_id):
        raise Refusal("reporting.other_units_report", name=report.project.name, unit=report.unit or "")


def _each(actor: Actor, reports: Sequence[tuple[Report, int]], right: str, run: Callable[[Report, int], None]) -> int:
    require_projects(actor, right, [report.project for report, _seen in reports])
    faults: list[dict[str, object]] = []
    for report, seen in reports:
        try:
            run(report, seen)
        except Refusal as refusal:
            if len(reports) == 1:
                raise
            name, why = report.project.name, str(refusal)
            faults.append({"name": name, "why": why, "text": f"{name}：{why}"})
    if faults:
        raise Refusal("reporting.some_refused", items=faults, count=len(faults))
    only = reports[0][0].project if len(reports) == 1 else None
    current().about(only, count=len(reports))
    return len(reports)


def _is_reading(content: ReportContent) -> bool:
    texts = (content.words, content.problem, content.next_plan)
    return content.says_money or content.percent is not None or any(texts)


def _raise(actor: Actor, report: Report, step: Truth, to: Truth) -> None:
    raise_corrections(actor, report, step, to)
    if _is_reading(from_json(report.content)):
        raise_truth(actor, report.project, report.on, step, to)


def row_of(report: Report, content: ReportContent) -> ReadingRow:
    """What a report says as a reading of its day; a period's amount alone is added to the last reading before it."""
    ytd = content.ytd
    if content.amount is not None and ytd is None and content.cumulative is None:
        ytd = content.amount + said_before(report.project_id, report.start, report.on.year, corrected_sums(content))
    return ReadingRow(
        project=report.project,
        on=report.on,
        cumulative=content.cumulative,
        ytd=ytd,
        period_amount=content.amount,
        period_start=report.start,
        preliminary_cost=content.preliminary_cost,
        percent=content.percent,
        words=content.words,
        problem=content.problem,
        next_plan=content.next_plan,
        remark=content.remark,
        mix=content.mix,
        estimate=report.estimate,
        period=report.period,
    )


def said_before(project_id: int, start: date, year: int, corrected: Mapping[date, int] = MappingProxyType({})) -> int:
    """This year's sum by the last reading before a period, claimed ones too; nothing said this year is nothing done.

    `corrected` has the sums that stand in a reading's place by its day.
    """
    told = _told_between(project_id=project_id, since=date(year, 1, 1), start=start)
    ranked = [(rank(*key), ytd) for *key, ytd in told]
    if not ranked:
        return 0
    (on, *_rank), ytd = max(ranked, key=lambda each: each[0])
    return corrected.get(on, ytd or 0)


@prepared
def _told_between(project_id: int, since: date, start: date) -> QuerySet[Reading, tuple[Any, ...]]:
    rows = Reading.objects.filter(
        project_id=project_id, basis=Basis.DISPATCH, effective_on__gte=since, effective_on__lt=start
    )
    return rows.standing().values_list("effective_on", "truth", "booked_on", "pk", "ytd")


def _check_nodes(report: Report, said: Sequence[NodeSaid]) -> None:
    if not said:
        return
    known = set(
        Node.objects.filter(plan__project_id=report.project_id, withdrawn=False).values_list("public_id", flat=True)
    )
    for one in said:
        if one.node not in {str(key) for key in known}:
            raise Refusal("reporting.node_gone", name=report.project.name)


def _record(actor: Actor, report: Report, said: NodeSaid) -> None:
    """What a report says of a node joins what is known of it; a node that a later plan dropped is left out."""
    node = Node.objects.filter(public_id=said.node, withdrawn=False).select_related("plan__project").first()
    if node is None:
        return
    if said.started is not None or said.finished is not None:
        before = dates_standing(node, Dates.ACTUAL)
        start = said.started or (before.start if before is not None else said.finished)
        finish = said.finished or (before.finish if before is not None else None)
        plans.record_dates(
            actor=actor,
            node=node,
            sort=Dates.ACTUAL,
            start=start,
            finish=finish,
            reason=said.reason or report.period_words,
        )
    if said.forecast is not None:
        plans.record_dates(
            actor=actor, node=node, sort=Dates.FORECAST, start=None, finish=said.forecast, reason=said.reason
        )
    if said.quantity is not None:
        plans.record_quantity(actor=actor, node=node, done=said.quantity, on=report.on, reason=said.reason)
