"""What a report corrects in locked periods, as readings: claimed, checked and confirmed with the report itself.

Such a reading is true of the locked day and booked on the first open one, so that what was printed of the locked period
stays as it was (2-model.md, Time).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.domain.periods import Period
from guatu.library.models import Project
from guatu.library.queries.closing import locked_days
from guatu.reporting.actions.readings import raise_truth, withdraw_from
from guatu.reporting.choices import Basis, Truth
from guatu.reporting.compute import ReadingRow
from guatu.reporting.content import Correction, ReportContent, from_json
from guatu.reporting.models import Reading, Report


def locked_until(project: Project, day: date) -> date | None:
    """The day up to which a project's figures are locked, where that covers `day`."""
    return locked_days({project.pk}, day).get(project.pk)


def sum_of_day(report: Report) -> int | None:
    """This year's confirmed sum up to a report's day, as it is known now; None where nobody has said one."""
    row = _confirmed(report).filter(effective_on__lte=report.on).order_by("effective_on", "booked_on", "pk").last()
    return row.ytd if row is not None else None


def later_locked(report: Report, locked: date) -> list[Reading]:
    """The confirmed sums of the report's year after its day and up to the locked one, as they are known now: one a
    period, of its last day, in order. What is corrected of the report's day does not move them by itself.
    """
    later = _confirmed(report).filter(effective_on__gt=report.on, effective_on__lte=locked)
    rows = later.exclude(period__in=("", report.period)).order_by("effective_on", "booked_on", "pk")
    return list({row.period: row for row in rows}.values())


def _confirmed(report: Report) -> QuerySet[Reading]:
    rows = Reading.objects.standing().filter(project=report.project, basis=Basis.DISPATCH, truth=Truth.CONFIRMED)
    return rows.filter(effective_on__year=report.on.year, ytd__isnull=False)


def require_open(report: Report) -> None:
    """Refuse reporting.report_locked for a report whose figures are locked."""
    until = locked_until(report.project, report.on)
    if until is not None:
        raise Refusal("reporting.report_locked", name=report.project.name, period=report.period_words, until=until)


def with_corrections(report: Report, content: ReportContent) -> ReportContent:
    """What is typed of a report, with the corrections that it names already: forms and sheets know nothing of them."""
    return replace(content, corrects=from_json(report.content).corrects)


def corrected_sums(content: ReportContent) -> Mapping[date, int]:
    """This year's sums as corrected, by the day of which they are true."""
    return {one.on: one.ytd for one in content.corrects if one.ytd is not None}


def correction_rows(report: Report, content: ReportContent) -> list[ReadingRow]:
    """What a report corrects, as rows to claim with its own."""
    return [_row(report, one) for one in content.corrects]


def raise_corrections(actor: Actor, report: Report, step: Truth, to: Truth) -> None:
    """Within a check or an acceptance: what a report corrects is true at the next step too."""
    for one in from_json(report.content).corrects:
        raise_truth(actor, report.project, one.on, step, to)


def withdraw_corrections(report: Report, steps: Sequence[Truth]) -> None:
    """Within a return: what a report corrected is claimed no more."""
    days = [one.on for one in from_json(report.content).corrects]
    if days:
        withdraw_from(report.project, days, source_of(report), steps)


def source_of(report: Report) -> str:
    """By what a correcting reading came: the report that names the locked period."""
    with override(settings.LANGUAGE_CODE):  # kept and looked for in one language, whoever acts
        return _("{period} {kind}中的更正").format(period=report.period_words, kind=report.get_kind_display())


def _row(report: Report, one: Correction) -> ReadingRow:
    with override(settings.LANGUAGE_CODE):
        words = _("更正{period}：{reason}").format(period=Period.parse(one.period).label_zh, reason=one.reason)
    return ReadingRow(
        project=report.project,
        on=one.on,
        ytd=one.ytd,
        percent=one.percent,
        remark=words,
        period=one.period,
        source=source_of(report),
    )
