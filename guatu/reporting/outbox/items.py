"""What an item of the outbox does when it arrives: a report is saved or handed in, a problem joins its report."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.domain.errors import DomainError
from guatu.domain.periods import Period
from guatu.library.models import Project
from guatu.library.policies import visible_projects
from guatu.reporting.actions import save_report
from guatu.reporting.choices import WRITABLE, Means
from guatu.reporting.content import from_json
from guatu.reporting.desk.keeping import hand_in
from guatu.reporting.desk.known import checks_of, known_of
from guatu.reporting.desk.typed import LONGEST
from guatu.reporting.desk.words import said
from guatu.reporting.models import Report
from guatu.reporting.outbox.merging import merged
from guatu.reporting.outbox.typed import stored_fields
from guatu.reporting.queries.asked import Wanted, wanted

RIGHT = "reporting.claim"


def project_of(actor: Actor, public_id: UUID) -> Project:
    """A project that the actor reports for; one out of reach does not exist."""
    row = visible_projects(actor, RIGHT).filter(public_id=public_id).select_related("region", "unit").first()
    if row is None:
        raise Refusal("core.not_found")
    return row


def asked_of(project: Project, kind: str, period: str) -> Wanted:
    """The report that is asked of a project for a period, the one that is over among them; refused when none is."""
    try:
        parsed = Period.parse(period)
    except DomainError:
        raise Refusal("reporting.period_wrong", period=period[:40]) from None
    found = wanted([project], clock.today(), parsed)
    one = next((each for each in found if each.expected.period.kind == kind), None)
    if one is None:
        raise Refusal("reporting.outbox_not_asked", name=project.name, period=parsed.label_zh)
    return one


def take_report(
    actor: Actor, one: Wanted, *, submit: bool, fields: Mapping[str, str], base: Mapping[str, Any]
) -> dict[str, Any]:
    """Save or hand in a report from a phone, merged by field with what stands. What the receipt says of it, and what
    is asked about it.

    A draft that arrives after its writer's report was handed in is no longer needed and changes nothing, so that the
    order in which items arrive plays no part.
    """
    report = one.report
    if not submit and report is not None and _handed_in(report) and report.submitted_by_user == actor.user_id:
        return said_of(report)
    content = from_json(merged(base, stored_fields(fields, one), report.content if report is not None else {}))
    seen = report.version if report is not None else None  # None: one that somebody began meanwhile is not this one
    if not submit:
        return said_of(save_report(actor=actor, project=one.project, expected=one.expected, content=content, seen=seen))
    known = known_of([one.project], one.expected.period)[one.project.pk]
    row = hand_in(actor, one, known, content, means=Means.OFFLINE)
    asked = [said(check) for check in checks_of(from_json(row.content), known) if not check.stops]
    return said_of(row) | {"questions": asked}


def take_problem(actor: Actor, project: Project, text: str) -> dict[str, Any]:
    """A problem raised on the phone joins the report that is being written, as a line of its own; where that was handed
    in already, the draft of the next period.
    """
    words = text.strip()[: LONGEST["problem"]]
    one = _being_written(project)
    if not words or one is None:
        raise Refusal("reporting.outbox_no_report", name=project.name)
    stored = one.report.content if one.report is not None else {}
    lines = [line for line in str(stored.get("problem", "")).split("\n") if line]
    if words not in lines:
        lines.append(words)
    content = from_json({**stored, "problem": "\n".join(lines)})
    seen = one.report.version if one.report is not None else None
    return said_of(save_report(actor=actor, project=project, expected=one.expected, content=content, seen=seen))


def _being_written(project: Project) -> Wanted | None:
    """The report that is still to be handed in: of a period under way, else of the one after it."""
    asked = wanted([project], clock.today())
    now = next((one for one in asked if one.missing), None)
    if now is not None:
        return now
    later = (one for each in asked for one in wanted([project], clock.today(), each.expected.period.next()))
    return next((one for one in later if one.missing), None)


def day_said(at: str, phone_now: str = "") -> date:
    """The day of a phone's time as it was said, put right by what the phone's clock says as it sends; today where that
    is no time, or later than now.
    """
    try:
        told = datetime.fromisoformat(at[:19])
        if phone_now:
            told += clock.now().astimezone(clock.ZONE).replace(tzinfo=None) - datetime.fromisoformat(phone_now[:19])
    except (ValueError, OverflowError):
        return clock.today()
    return min(told.date(), clock.today())


def said_of(report: Report) -> dict[str, Any]:
    """Where a report stands, as receipts and the phone's list say it."""
    times = {"submitted": report.submitted_at, "checked": report.checked_at, "accepted": report.accepted_at}
    return {
        "report": str(report.public_id),
        "state": str(report.state),
        "version": report.version,
        "times": {step: at.isoformat() for step, at in times.items() if at is not None},
        "returned_reason": report.returned_reason,
    }


def _handed_in(report: Report) -> bool:
    return report.state not in WRITABLE
