"""Correcting a locked period: said in the next open period's report, under the locked one's name."""

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.core.writing import action, current, require_reason
from guatu.domain.periods import Period
from guatu.domain.rhythm import Expected
from guatu.library.policies import require_projects
from guatu.reporting.actions.corrected import later_locked, locked_until, sum_of_day
from guatu.reporting.actions.reports import begun, require_state
from guatu.reporting.choices import WRITABLE, ReportState
from guatu.reporting.content import Correction, from_json, to_json
from guatu.reporting.models import Report


@action("reporting.correct_locked", _("更正“{name}”{period}填报"), right="reporting.claim")
def correct_locked(
    *,
    actor: Actor,
    report: Report,
    expected: Expected,
    reason: str,
    ytd: int | None = None,
    percent: int | None = None,
    onward: bool = False,
) -> Report:
    """Name what was wrong in an accepted report of a locked period, in the report of the open period `expected`.

    Nothing counts before that report is handed in, checked and accepted. Saying nothing takes the correction out again.
    `onward`: this year's sums of the later locked periods move by the same difference, each a correction of its own in
    the same report (in the place of what was said of them there); with nothing said, theirs are taken out as well.
    Refuses a period that is not locked (its report is corrected itself), an open period's report that is already
    handed in. Returns the report that names it.
    """
    require_projects(actor, "reporting.claim", [report.project])
    require_state(report, (ReportState.ACCEPTED,))
    locked = locked_until(report.project, report.on)
    if locked is None or expected.on <= locked:
        raise Refusal("reporting.not_locked", name=report.project.name, period=report.period_words)
    text = require_reason(reason, _("更正已锁定的填报"))
    carrier = begun(report.project, expected)
    require_state(carrier, WRITABLE)
    content = from_json(carrier.content)
    said = [Correction(period=report.period, on=report.on, ytd=ytd, percent=percent, reason=text)]
    said += _moved(report, locked, ytd, text) if onward else []
    periods = [one.period for one in said]
    others = tuple(one for one in content.corrects if one.period not in periods)
    if ytd is None and percent is None and others == content.corrects:
        raise Refusal("reporting.nothing_corrected", name=report.project.name, period=report.period_words)
    corrects = others if ytd is None and percent is None else (*others, *(one for one in said if one.says_anything))
    act, named = current(), "、".join(Period.parse(code).label_zh for code in periods)
    act.about(report.project, reason=text, name=report.project.name, period=named)
    act.change(carrier, content=to_json(replace(content, corrects=corrects)))
    return carrier


def _moved(report: Report, locked: date, ytd: int | None, reason: str) -> list[Correction]:
    """The later locked periods' sums moved as the report's is; empty corrections where nothing is said.

    Raises Refusal reporting.cannot_move where no sum stands to take the difference from, or one would fall below zero.
    """
    before, later = sum_of_day(report), later_locked(report, locked)
    if ytd is None:
        return [Correction(period=row.period, on=row.effective_on) for row in later]
    if before is None:
        raise Refusal("reporting.cannot_move", name=report.project.name, period=report.period_words)
    found = []
    for row in later:
        moved = int(row.ytd or 0) + ytd - before
        if moved < 0:
            raise Refusal("reporting.cannot_move", name=report.project.name, period=Period.parse(row.period).label_zh)
        found.append(Correction(period=row.period, on=row.effective_on, ytd=moved, reason=reason))
    return found
