"""Correcting a locked period: said in the next open period's report, under the locked one's name."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.core.writing import action, current, require_reason
from guatu.domain.rhythm import Expected
from guatu.library.policies import require_projects
from guatu.reporting.actions.corrected import locked_until
from guatu.reporting.actions.reports import begun, require_state
from guatu.reporting.choices import WRITABLE, ReportState
from guatu.reporting.content import Correction, from_json, to_json
from guatu.reporting.models import Report


@action("reporting.correct_locked", _("更正“{name}”{period}填报"), right="reporting.claim")
def correct_locked(
    *, actor: Actor, report: Report, expected: Expected, reason: str, ytd: int | None = None, percent: int | None = None
) -> Report:
    """Name what was wrong in an accepted report of a locked period, in the report of the open period `expected`.

    Nothing counts before that report is handed in, checked and accepted. Saying nothing takes the correction out again.
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
    others = tuple(one for one in content.corrects if one.period != report.period)
    if ytd is None and percent is None and others == content.corrects:
        raise Refusal("reporting.nothing_corrected", name=report.project.name, period=report.period_words)
    said = Correction(period=report.period, on=report.on, ytd=ytd, percent=percent, reason=text)
    corrects = others if ytd is None and percent is None else (*others, said)
    act = current()
    act.about(report.project, reason=text, name=report.project.name, period=report.period_words)
    act.change(carrier, content=to_json(replace(content, corrects=corrects)))
    return carrier
