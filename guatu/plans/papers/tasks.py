"""任务单: what a span asks of a list, a unit, a leader or one project, a row a node."""

from datetime import date

from django.utils.translation import gettext as _

from guatu.core.books.model import Kind
from guatu.core.official.papers import Field, Paper, Part, Value
from guatu.domain.periods import Period
from guatu.plans.papers.selection import Line, Selection
from guatu.plans.papers.words import (
    head_of,
    line_words,
    notes_of,
    quantity_words,
    span_words,
    state_words,
    whose,
)
from guatu.plans.queries.papers import NodeSpan, PaperNode

FINISH, START, GO_ON, LATE = "finish", "start", "go_on", "late"


def asked(node: PaperNode | NodeSpan, span: Period | None, day: date, *, late: bool = True) -> str:
    """What a span asks of a node: to be finished, begun or carried on in it, or made up for; empty where nothing is.

    A node that was done before the span is asked for only where the plan has its finish in the span.
    """
    if span is None:
        return FINISH
    days = node.days
    if days.planned_finish in span:
        return FINISH
    if days.done and days.actual_finish is not None and days.actual_finish < span.start:
        return ""
    if days.planned_finish < span.start:
        return LATE if late and not days.done and days.planned_finish < day <= span.end else ""
    if days.planned_start in span:
        return START
    return GO_ON if days.planned_start < span.start else ""


def tasks_of(selection: Selection) -> list[tuple[Line, list[tuple[str, PaperNode]]]]:
    """The projects with a task in the span, each with what is asked and the node, in the plan's order."""
    found = []
    for line in selection.planned:
        asks = [(asked(node, selection.span, selection.day, late=selection.late), node) for node in line.nodes]
        kept = [pair for pair in asks if pair[0]]
        if kept:
            found.append((line, kept))
    return found


def task_sheet(selection: Selection) -> Paper:
    """The task sheet of a selection; a selection without tasks has an empty one."""
    found = tasks_of(selection)
    words = {FINISH: _("完成"), START: _("开始"), GO_ON: _("推进"), LATE: _("补完成")}
    parts, number = [], 0
    for line, asks in found:
        rows = []
        for ask, node in asks:
            number += 1
            rows.append(_row(number, words[ask], line, node))
        parts.append(Part("" if selection.project is not None else line_words(line), rows))
    late = sum(ask == LATE for _line, asks in found for ask, _node in asks)
    return Paper(
        title=_("{whose}{span}任务单").format(whose=whose(selection), span=span_words(selection.span)),
        sheet=_("任务单"),
        head=head_of(selection, span=selection.span),
        fields=_fields(),
        parts=parts,
        notes=notes_of(selection, *_notes(len(found), number, late)),
        signed=(_("签发人："), _("责任单位签收："), _("签收日期：")),
        day=selection.day,
    )


def _notes(projects: int, tasks: int, late: int) -> list[str]:
    told = _("共 {projects} 个项目、{tasks} 项任务").format(projects=projects, tasks=tasks)
    if late:
        told += _("，其中 {n} 项应在本期以前完成").format(n=late)
    meant = _("完成：计划在本期内完成；开始：计划在本期内开始；推进：跨本期；补完成：本期以前应完成而未完成")
    return [told, meant]


def _fields() -> tuple[Field, ...]:
    return (
        Field(code="number", heading=_("序号"), weight=0.8, align="center", kind=Kind.NUMBER),
        Field(code="name", heading=_("任务（节点）"), weight=4.0, widest=30),
        Field(code="ask", heading=_("本期要求"), weight=1.4, align="center", widest=8),
        Field(code="quantity", heading=_("实物量"), weight=1.6, align="center", widest=14),
        Field(code="evidence", heading=_("完成标准（佐证）"), weight=3.4, widest=30),
        Field(code="unit", heading=_("责任单位"), weight=4.2, align="center", widest=18),
        Field(code="due", heading=_("完成时限"), weight=1.7, align="center", kind=Kind.DATE),
        Field(code="state", heading=_("完成情况"), weight=2.6, align="center", widest=16),
    )


def _row(number: int, ask: str, line: Line, node: PaperNode) -> dict[str, Value]:
    return {
        "number": number,
        "name": node.name,
        "ask": ask,
        "quantity": quantity_words(node) or None,
        "evidence": node.evidence or None,
        "unit": line.unit_of(node) or None,
        "due": node.days.planned_finish,
        "state": state_words(node),
    }
