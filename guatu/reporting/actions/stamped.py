"""The printed sheet of a unit's reports: kept as it was printed, handed in stamped, counted as the unit's approval."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core import clock
from guatu.core.actions import add_attachment
from guatu.core.actor import Actor
from guatu.core.attachments import KeptFile
from guatu.core.refusals import Refusal
from guatu.core.second_person import is_same_person
from guatu.core.writing import action, current
from guatu.domain.periods import Period
from guatu.library.policies import require_projects
from guatu.people.models import Unit
from guatu.reporting.actions.reports import check_reports
from guatu.reporting.choices import APPROVED, Means, ReportState, ReturnState
from guatu.reporting.models import Report, SentWorkbook, WorkbookReturn
from guatu.reporting.sent.making import sheet_number
from guatu.reporting.stamped.sheet import ABOUT, printed_of, reports_printed


@action("reporting.print_sheet", gettext_lazy("打印“{unit}”{period}盖章表"), right="reporting.stamp")
def print_sheet(*, actor: Actor, unit: Unit, reports: Sequence[Report]) -> SentWorkbook:
    """Keep a unit's sheet as it is printed: the reports of one kind and period that wait for the unit's approval."""
    require_projects(actor, "reporting.stamp", [report.project for report in reports])
    first = reports[0]
    row = current().add(
        SentWorkbook(
            unit=unit,
            kind=first.kind,
            period=first.period,
            on=first.on,
            check_code=sheet_number(Period.parse(first.period)),
            content={"rows": [printed_of(report) for report in reports]},
            paper=True,
            sent_by=actor.label[:120],
            sent_at=clock.now(),
        )
    )
    current().about(row, unit=unit.name, period=row.period_words)
    return row


@action("reporting.receive_sheet", gettext_lazy("上传“{unit}”盖章表 {number} 的扫描件"), right="reporting.stamp")
def receive_sheet(*, actor: Actor, sent: SentWorkbook, file: KeptFile) -> WorkbookReturn:
    """Keep the scan of a sheet. It approves nothing yet; the same file a second time is refused."""
    require_projects(actor, "reporting.stamp", [report.project for report in reports_printed(sent)])
    if sent.returns.filter(original__digest=file.digest).exists():
        raise Refusal("reporting.stamped_twice", number=sent.check_code)
    act = current()
    act.about(sent, unit=sent.unit.name, number=sent.check_code)
    original = add_attachment(actor=actor, file=file, about_kind=ABOUT, about_id=str(sent.public_id))
    return act.add(
        WorkbookReturn(sent=sent, original=original, content={}, returned_by=actor.label[:120], returned_at=clock.now())
    )


@action("reporting.count_sheet", gettext_lazy("盖章表 {number} 计为“{unit}”审核"), right="reporting.check")
def count_sheet(*, actor: Actor, row: WorkbookReturn, seen: int) -> int:
    """The stamped sheet counts as the unit's approval of the reports that still say what was printed; how many.

    Those that changed since stay and are named with the reason; of one's own reports another has to count it
    (core.two_persons where nothing else is left).
    """
    if row.state != ReturnState.WAITING:
        raise Refusal("reporting.stamped_done", number=row.sent.check_code)
    printed = {one["report"]: one for one in row.sent.content["rows"]}
    reports = reports_printed(row.sent)
    require_projects(actor, "reporting.check", [report.project for report in reports])
    taken: list[Report] = []
    stay: list[dict[str, Any]] = []
    own = False
    for report in reports:
        why = _why_not(report, printed[str(report.public_id)])
        if not why and is_same_person(actor, report.submitted_by_user):
            own, why = True, _("由您本人填报，须由另一人办理")
        if why:
            stay.append({"report": str(report.public_id), "name": report.project.name, "why": why})
        else:
            taken.append(report)
    if own and not taken:
        raise Refusal("core.two_persons", what=_("填报数的审核"))
    if taken:
        check_reports(actor=actor, reports=[(report, report.version) for report in taken], means=Means.STAMPED)
    act = current()
    act.change(
        row,
        seen=seen,
        content={"approved": [str(report.public_id) for report in taken], "stay": stay},
        state=ReturnState.MERGED,
        merged_at=clock.now(),
    )
    act.about(row.sent, unit=row.sent.unit.name, number=row.sent.check_code)
    return len(taken)


def _why_not(report: Report, printed: dict[str, Any]) -> str:
    """Why a report is not approved by the sheet; empty where it is."""
    if report.content != printed["content"] or report.edition != printed["edition"]:
        return _("打印后已改动，请重新打印盖章")
    if report.state in APPROVED:
        return _("此前已审核")
    if report.state != ReportState.SUBMITTED:
        return _("现在是“{state}”，请先提交").format(state=ReportState(report.state).label)
    return ""
