"""A unit's workbook goes out and comes back: what was sent is kept, what came back is merged into drafts of reports."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actions import add_attachment
from guatu.core.actor import Actor
from guatu.core.attachments import KeptFile
from guatu.core.refusals import Refusal
from guatu.core.roundtrip.back import Returned
from guatu.core.roundtrip.kept import brought_as_json, sent_as_json
from guatu.core.roundtrip.layout import UnitWorkbook
from guatu.core.roundtrip.merging import settle_returned
from guatu.core.roundtrip.meta import sent_of
from guatu.core.writing import action, current
from guatu.domain.merge import CellKey, Decision
from guatu.library.policies import require_projects
from guatu.people.models import Unit
from guatu.reporting.actions.reports import save_report
from guatu.reporting.choices import ReturnState
from guatu.reporting.content import ReportContent, from_json
from guatu.reporting.models import SentWorkbook, WorkbookReturn
from guatu.reporting.sent.columns import with_cells
from guatu.reporting.sent.making import Offer, expected_as_json, expected_from_json
from guatu.reporting.sent.standing import merge_of, standing_of

ABOUT = "reporting.sentworkbook"


@action("reporting.send_workbook", _("下载“{unit}”{period}填报表"), right="reporting.claim")
def send_workbook(
    *, actor: Actor, unit: Unit, offer: Offer, book: UnitWorkbook, projects: Mapping[str, str]
) -> SentWorkbook:
    """Keep a workbook as it goes out: its values are the base that a return is held against.

    `projects` is row key → public id of the project.
    """
    require_projects(actor, "reporting.claim", [one.project for one in offer.asked])
    content = {
        "sent": sent_as_json(sent_of(book)),
        "projects": dict(projects),
        "expected": expected_as_json(offer.expected),
    }
    row = current().add(
        SentWorkbook(
            unit=unit,
            kind=offer.kind,
            period=offer.period.code,
            on=offer.expected.on,
            check_code=book.id,
            content=content,
            sent_by=actor.label[:120],
            sent_at=clock.now(),
        )
    )
    current().about(row, unit=unit.name, period=offer.period.label_zh)
    return row


@action("reporting.receive_workbook", _("传回“{unit}”填报表 {number}"), right="reporting.claim")
def receive_workbook(*, actor: Actor, sent: SentWorkbook, file: KeptFile, counts: Mapping[str, int]) -> WorkbookReturn:
    """Keep a workbook that came back; nothing of it is taken yet. `counts` says what was found in it.

    The same file a second time is the return that it was the first time.
    """
    known = sent.returns.filter(original__digest=file.digest).first()
    if known is not None:
        return known
    act = current()
    act.about(sent, unit=sent.unit.name, number=sent.check_code)
    original = add_attachment(actor=actor, file=file, about_kind=ABOUT, about_id=str(sent.public_id))
    return act.add(
        WorkbookReturn(
            sent=sent,
            original=original,
            content={"counts": dict(counts)},
            returned_by=actor.label[:120],
            returned_at=clock.now(),
        )
    )


@action("reporting.merge_workbook", _("合并“{unit}”填报表 {number}"), right="reporting.claim")
def merge_workbook(
    *, actor: Actor, row: WorkbookReturn, seen: int, returned: Returned, decisions: Mapping[CellKey, Decision]
) -> int:
    """Take what came back into the drafts of the reports, all or nothing; how many reports changed.

    Only what the workbook changed is written, cell by cell. Refused while a conflict is undecided
    (reporting.workbook_open), and a return that was dealt with (reporting.workbook_done).
    """
    _require_waiting(row)
    standing = standing_of(actor, row.sent)
    found = merge_of(row.sent, standing, returned)
    settlement = settle_returned(standing.layout, found, decisions)
    if settlement.open:
        raise Refusal("reporting.workbook_open", count=len(settlement.open))
    by_row: dict[str, dict[str, Any]] = {}
    for change in settlement.changes:
        by_row.setdefault(change.key, {})[change.code] = change.value
    act = current()
    act.about(row.sent, unit=row.sent.unit.name, number=row.sent.check_code)
    expected = expected_from_json(row.sent.period, row.sent.content["expected"])
    for key, cells in by_row.items():
        report, project = standing.reports.get(key), standing.projects[key]
        content = from_json(report.content) if report is not None else ReportContent()
        save_report(
            actor=actor,
            project=project,
            expected=expected,
            content=with_cells(content, cells),
            seen=report.version if report is not None else None,
        )
    brought = brought_as_json(settlement)
    act.change(
        row,
        seen=seen,
        content={**row.content, "brought": brought, "cells": len(settlement.changes), "reports": len(by_row)},
        decisions=_decisions_json(decisions),
        state=ReturnState.MERGED,
        merged_at=clock.now(),
    )
    return len(by_row)


@action("reporting.drop_workbook", _("放弃“{unit}”填报表 {number} 的一次传回"), right="reporting.claim")
def drop_workbook(*, actor: Actor, row: WorkbookReturn, seen: int) -> None:
    """Give a return up; nothing of it is taken."""
    _require_waiting(row)
    current().about(row.sent, unit=row.sent.unit.name, number=row.sent.check_code)
    current().change(row, seen=seen, state=ReturnState.DROPPED)


def _require_waiting(row: WorkbookReturn) -> None:
    if row.state != ReturnState.WAITING:
        state = str(ReturnState(row.state).label)
        raise Refusal("reporting.workbook_done", number=row.sent.check_code, state=state)


def _decisions_json(decisions: Mapping[CellKey, Decision]) -> dict[str, dict[str, str]]:
    return {
        f"{key} {code}": {"choice": one.choice, **({"value": str(one.value)} if one.choice == "typed" else {})}
        for (key, code), one in decisions.items()
    }
