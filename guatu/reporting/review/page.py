"""One report as a page: what it says beside the period before, its way, its editions, what can be done with it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from guatu.core import rights
from guatu.core.actor import Actor
from guatu.core.audience import sees
from guatu.core.models import TrailEntry
from guatu.core.registries import links_on, tabs_on
from guatu.core.second_person import is_same_person
from guatu.domain.periods import Period
from guatu.library.policies import can_do
from guatu.plans.models import Node
from guatu.reporting.actions import locked_until
from guatu.reporting.choices import WRITABLE, Means, ReportState
from guatu.reporting.content import ReportContent, from_json
from guatu.reporting.evidence.page import evidence_of
from guatu.reporting.models import Report, ReportEdition
from guatu.reporting.policies import checks_for, may_skip_check
from guatu.reporting.review.lines import Compared, compared, nodes_named
from guatu.reporting.review.money import Money
from guatu.reporting.review.queue import lines_of
from guatu.reporting.stamped.sheet import scan_of

KIND = "reporting.report"
"""The kind of object under which higher parts put tabs and links on this page."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a report's way: what was done, by which post, when, by what means. `state`: done, now, to-come."""

    words: str
    by: str = ""
    at: datetime | None = None
    means: str = ""
    state: str = "done"


@dataclass(frozen=True, slots=True)
class Edition:
    """What was handed in once, and what it says otherwise than the time before."""

    row: ReportEdition
    lines: Sequence[Compared]


def page_of(actor: Actor, report: Report) -> dict[str, Any]:
    """What the page shows to an actor."""
    content, previous = from_json(report.content), before(report)
    editions = list(ReportEdition.objects.filter(report=report).order_by("number"))
    (line,) = lines_of(actor, [report], mine=may_skip_check(report.unit))
    earlier = from_json(previous.content) if previous is not None else _as_content(line.money)
    names = _names([content, earlier or ReportContent(), *(from_json(row.content) for row in editions)])
    until = locked_until(report.project, report.on)
    can = _can(actor, report, locked=until is not None)
    asks = any(rights.can(actor, name).allowed for name in ("reporting.claim", "reporting.check"))
    return {
        "report": report,
        "content": content,
        "previous": previous,
        "reading_before": line.money.before,
        "line": line,
        "questions": line.questions if asks else (),
        "lines": compared(content, earlier, names),
        "steps": _way(report, editions),
        "editions": _editions(editions, names),
        "locked": until,
        "corrected_by": corrected_by(report),
        "can": can,
        "why_not": line.why_not,
        "field": evidence_of(report, actor),
        "scan": scan_of(report) if report.check_means == Means.STAMPED else None,
        "parts": _parts(actor, report),
        "links": links_on(KIND, report, actor),
        "verifies": sees(actor, "findings"),
    }


def before(report: Report) -> Report | None:
    """The report of the same project and kind for the period before, once it was handed in."""
    code = Period.parse(report.period).previous().code
    rows = Report.objects.filter(project=report.project_id, kind=report.kind, period=code, edition__gt=0)
    return rows.first()


def _as_content(money: Money) -> ReportContent | None:
    """What is known of the time before where no report was handed in: the last figures, imported ones for one."""
    row = money.before
    if row is None:
        return None
    return ReportContent(
        amount=money.amount_before,
        ytd=row.ytd,
        cumulative=row.cumulative,
        mix=row.mix,
        percent=row.percent,
        words=row.words,
        problem=row.problem,
        next_plan=row.next_plan,
        remark=row.remark,
    )


def corrected_by(report: Report) -> list[Report]:
    """The later reports that correct this one's period, handed in or not."""
    rows = Report.objects.filter(project=report.project_id, kind=report.kind, start__gt=report.end)
    later = rows.filter(content__has_key="corrects").order_by("start")
    return [row for row in later if any(one.period == report.period for one in from_json(row.content).corrects)]


def _names(contents: Sequence[ReportContent]) -> dict[str, str]:
    rows = Node.objects.filter(public_id__in=nodes_named(contents)).values_list("public_id", "name")
    return {str(key): name for key, name in rows}


def _can(actor: Actor, report: Report, *, locked: bool) -> dict[str, bool]:
    """What the actor may do with the report as it stands."""
    own = is_same_person(actor, report.submitted_by_user)
    own_unit = checks_for(actor, report.unit_id)
    may = {name: can_do(actor, f"reporting.{name}", report.project).allowed for name in ("claim", "check", "confirm")}
    submitted, checked = report.state == ReportState.SUBMITTED, report.state == ReportState.CHECKED
    skip = submitted and may["confirm"] and may_skip_check(report.unit)
    return {
        "take_back": may["claim"] and submitted,
        "check": may["check"] and own_unit and not may["confirm"] and submitted and not own,
        "stamped": may["confirm"] and submitted and not skip and not own,
        "accept": may["confirm"] and (checked or skip) and not own,
        "return": (may["check"] and own_unit and submitted) or (may["confirm"] and checked),
        "fill": may["claim"] and (report.state in WRITABLE or (report.state == ReportState.ACCEPTED and not locked)),
        "phoned": report.to_confirm and can_do(actor, "reporting.view_phoned", report.project).allowed,
        "correct": may["claim"] and report.state == ReportState.ACCEPTED and locked,
    }


def _way(report: Report, editions: Sequence[ReportEdition]) -> list[Step]:
    """From the first time it was handed in to where it stands, and what is still to come."""
    many, last = len(editions) > 1, len(editions)
    ranked: list[tuple[datetime, int, Step]] = []  # of one moment, by rank
    for row in editions:
        words = _("填报（第 {n} 次）").format(n=row.number) if many else _("填报")
        means = str(Means(row.means).label)
        ranked.append((row.submitted_at, 2 * row.number, Step(words, row.submitted_by, row.submitted_at, means)))
    for number, entry in enumerate(_returns(report), start=1):
        ranked.append((entry.at, 2 * number + 1, Step(_("退回"), entry.actor_label, entry.at, entry.reason)))
    if report.checked_at is not None:
        step = Step(_("单位审核"), report.checked_by, report.checked_at, _check_means(report))
        ranked.append((report.checked_at, 2 * last + 2, step))
    if report.accepted_at is not None:
        step = Step(_("项目办采用"), report.accepted_by, report.accepted_at)
        ranked.append((report.accepted_at, 2 * last + 3, step))
    done = [step for _at, _rank, step in sorted(ranked, key=lambda one: one[:2])]
    return done + _to_come(report)


def _returns(report: Report) -> list[TrailEntry]:
    """Every time it was returned, with the reasons: the report itself keeps the last one only until it is handed in."""
    kind, key = report.project.trail_subject()
    rows = TrailEntry.objects.filter(subject_kind=kind, subject_id=key, action="reporting.return_report")
    return [row for row in rows.order_by("number") if json.loads(row.params).get("period") == report.period_words]


def _check_means(report: Report) -> str:
    if report.check_means in ("", Means.PRODUCT):
        return ""
    return str(Means(report.check_means).label)


def _to_come(report: Report) -> list[Step]:
    waits = {
        ReportState.DRAFT: [_("填报"), _("单位审核"), _("项目办采用")],
        ReportState.RETURNED: [_("修改后再报"), _("单位审核"), _("项目办采用")],
        ReportState.SUBMITTED: [_("单位审核"), _("项目办采用")],
        ReportState.CHECKED: [_("项目办采用")],
    }.get(ReportState(report.state), [])
    return [Step(words, state="now" if number == 0 else "to-come") for number, words in enumerate(waits)]


def _editions(editions: Sequence[ReportEdition], names: dict[str, str]) -> list[Edition]:
    """Every edition from the second on, the newest first, with what it changed."""
    found = []
    for earlier, row in pairwise(editions):
        lines = compared(from_json(row.content), from_json(earlier.content), names)
        found.append(Edition(row, [line for line in lines if line.differs]))
    return found[::-1]


def _parts(actor: Actor, report: Report) -> list[dict[str, Any]]:
    """What other parts of the product put on this page: evidence, for one."""
    return [
        {"words": tab.words, "template": tab.template, "shown": tab.context(actor, report, {})}
        for tab in tabs_on(KIND)
        if rights.can(actor, tab.right).allowed
    ]
