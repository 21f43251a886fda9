"""A figure said by phone: the office enters it (代录) with the post that said it; the unit confirms or corrects it."""

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.core.writing import action, current
from guatu.domain.rhythm import Expected
from guatu.library.models import Project
from guatu.library.policies import require_projects
from guatu.reporting.actions.reports import submit_report, take_back_report
from guatu.reporting.choices import Means, ReportState
from guatu.reporting.content import ReportContent
from guatu.reporting.models import Report

BEGIN = "电话报送："
SAID = BEGIN + "{post}，{at:%Y-%m-%d %H:%M}"
"""Beginning of the remark of such a report; the papers' own language."""


@action("reporting.phone_in", _("代录“{name}”{period}电话报送的进度"))
def phone_in(
    *,
    actor: Actor,
    project: Project,
    expected: Expected,
    content: ReportContent,
    said_by: str,
    said_at: datetime,
    seen: int | None = None,
) -> Report:
    """Enter what a unit said by phone; `said_by` is the post that said it, never a person. It waits for the unit.

    Raises what `submit_report` raises; Refusal reporting.said_ahead for a moment that has not come.
    """
    require_projects(actor, "reporting.phone_in", [project])
    if said_at > clock.now():
        raise Refusal("reporting.said_ahead")
    words = SAID.format(post=said_by, at=clock.local(said_at))
    told = replace(content, remark="；".join(part for part in (words, content.remark) if part))
    report, _findings = submit_report(
        actor=actor, project=project, expected=expected, content=told, seen=seen, means=Means.PHONE
    )
    current().about(project, reason=words, name=project.name, period=expected.period.label_zh)
    return report


@action("reporting.correct_phoned", _("更正“{name}”{period}代录的进度"), right="reporting.claim")
def correct_phoned(*, actor: Actor, report: Report, expected: Expected, seen: int, content: ReportContent) -> Report:
    """The unit says itself what was entered for it, in one act: the phoned-in figure no longer counts."""
    require_projects(actor, "reporting.claim", [report.project])
    if not report.to_confirm or report.state != ReportState.SUBMITTED:
        raise Refusal("reporting.not_phoned", name=report.project.name, period=report.period_words)
    take_back_report(actor=actor, report=report, seen=seen)
    own = "；".join(part for part in content.remark.split("；") if not part.startswith(BEGIN))
    told = replace(content, remark=own)
    done, _findings = submit_report(
        actor=actor, project=report.project, expected=expected, content=told, seen=report.version
    )
    return done
