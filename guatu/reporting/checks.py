"""A report held against the checks of `domain.report_checks`: the one place where its content is read for them."""

from collections.abc import Sequence
from typing import Any

from guatu.core.refusals import Refusal
from guatu.domain.report_checks import Before, Check, Told, check_report
from guatu.reporting.content import ReportContent
from guatu.reporting.desk.words import HEADINGS, said


def told_of(content: ReportContent) -> Told:
    """What a report says, as the checks read it."""
    return Told(
        amount=content.amount,
        ytd=content.ytd,
        cumulative=content.cumulative,
        mix=content.mix,
        percent=content.percent,
        started=sum(one.started is not None for one in content.nodes),
        finished=sum(one.finished is not None for one in content.nodes),
    )


def require_right(name: str, content: ReportContent) -> None:
    """Refuse reporting.checks_stop for a report that is wrong by itself, whatever way it comes.

    A sum that falls is held against what stood before: that is asked where the readings are recorded.
    """
    refuse_stops(name, check_report(told_of(content), Before()))


def refuse_stops(name: str, checks: Sequence[Check]) -> None:
    """Refuse reporting.checks_stop with every check that stops, field by field: its code, its label, the sentence."""
    items: list[dict[str, Any]] = [
        {"field": check.field, "label": str(HEADINGS[check.field]), "message": said(check)}
        for check in checks
        if check.stops
    ]
    if items:
        why = "".join(f"{item['label']}：{item['message']}" for item in items)
        raise Refusal("reporting.checks_stop", name=name, items=items, why=why)
