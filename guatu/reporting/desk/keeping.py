"""Keeping what is typed, cell by cell, and handing in: nobody's cell is overwritten unseen."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from guatu.core.actor import Actor
from guatu.core.refusals import Conflict
from guatu.people.models import Post
from guatu.reporting.actions import save_report, submit_report
from guatu.reporting.checks import refuse_stops
from guatu.reporting.choices import Means
from guatu.reporting.content import ReportContent
from guatu.reporting.desk.known import Known, checks_of, with_locked
from guatu.reporting.desk.sheet import content_of
from guatu.reporting.desk.typed import CODES, read, text_of
from guatu.reporting.models import Report
from guatu.reporting.queries.asked import Wanted, reports_of

NEW: Final = 1
"""The version of a row that was only just begun; whoever saved one before has moved it on."""
TRIES: Final = 3
"""So often a save is tried again when somebody saved other cells of the same report between reading and writing."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of typed cells: the report's content, why cells cannot be read, and cells that somebody else changed
    since they were seen, with what stands there now.
    """

    one: Wanted
    content: ReportContent
    faults: Mapping[str, str] = field(default_factory=dict)
    clashes: Mapping[str, str] = field(default_factory=dict)


def keep(actor: Actor, one: Wanted, told: Mapping[str, str], was: Mapping[str, str]) -> Kept:
    """Save typed cells into a report's draft. `was` says what stood in each when it was seen: a cell that now says
    something else is left as it is and told; other cells of the row are kept.

    Raises Refusal where the report can no longer be written.
    """
    for left in range(TRIES, 0, -1):
        kept = merged(one, told, was)
        if kept.content == content_of(one):
            return kept
        try:
            report = save_report(
                actor=actor, project=one.project, expected=one.expected, content=kept.content, seen=seen_of(one)
            )
            return replace(kept, one=replace(one, report=report))
        except Conflict:
            if left == 1:
                raise
            one = replace(one, report=standing(one))
    raise AssertionError("the last try returns or raises")


def merged(one: Wanted, told: Mapping[str, str], was: Mapping[str, str]) -> Kept:
    """What a report would say with typed cells; nothing is written. What somebody else changed stays as it is."""
    stands = content_of(one)
    typed = read(stands, told)
    clashes = {}
    for code in told:
        now = text_of(stands, code) if code in CODES else ""
        if code in was and now not in (was[code], text_of(typed.content, code)):
            clashes[code] = now
    free = {code: text for code, text in told.items() if code not in clashes}
    return Kept(one, read(stands, free).content, typed.faults, clashes)


def seen_of(one: Wanted) -> int:
    """The version that was seen; where there was none, a new row's own, so that another's row is never taken for it."""
    return one.report.version if one.report is not None else NEW


def standing(one: Wanted) -> Report | None:
    """The report as it stands now."""
    return reports_of([one.project.pk], one.rule.row.kind, one.expected.period.code).get(one.project.pk)


def hand_in(
    actor: Actor,
    one: Wanted,
    known: Known,
    content: ReportContent,
    *,
    reason: str = "",
    approver: Post | None = None,
    means: Means = Means.PRODUCT,
) -> Report:
    """Submit a report. Raises Refusal: reporting.checks_stop with what stands in its way, and those of the action.

    A sum that falls is left to the action where an approver was named: it asks for a reason and that approval.
    """
    if one.missing:
        content = with_locked(actor, one.project, content, known)
    checks = checks_of(content, known)
    if approver is not None:
        checks = [check for check in checks if check.code != "report.falls"]
    refuse_stops(one.project.name, checks)
    report, _findings = submit_report(
        actor=actor,
        project=one.project,
        expected=one.expected,
        content=content,
        seen=seen_of(one),
        means=means,
        reason=reason,
        approver=approver,
    )
    return report
