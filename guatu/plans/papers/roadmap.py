"""路线图: each project's nodes as phases in the order in which they begin, with the driving path, dates and today.

The PDF is drawn by roadmap.typ, one project across A4, many across A3; the docx holds the same steps as a table.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from guatu.core.books.model import Kind
from guatu.core.official.papers import ACROSS, Field, Paper, Part, Value
from guatu.core.official.pdf import breakable, printed
from guatu.core.ui.lights import WORDS
from guatu.core.ui.numbers import day as short_day
from guatu.core.ui.numbers import full_day
from guatu.plans.papers.selection import Line, Selection
from guatu.plans.papers.words import (
    day_words,
    head_of,
    late_words,
    line_words,
    notes_of,
    state_words,
    version_words,
    whose,
)
from guatu.plans.queries.lines import outlook
from guatu.plans.queries.papers import PaperNode

TEMPLATE: Final = Path(__file__).parent / "roadmap.typ"
A4, A3 = (297, 210), (420, 297)  # mm across
ALONE, BESIDE = 5, 8
"""Steps of a row: of one project on A4, of many on A3."""
FEW: Final = 20  # steps that one A4 page holds at this size


def title_of(selection: Selection) -> str:
    """The roadmap's title."""
    return _("{whose}路线图").format(whose=whose(selection))


# -- the picture -------------------------------------------------------------------------------------------------------
def roadmap_pdf(selection: Selection) -> bytes:
    """The roadmap as a vector PDF."""
    alone = selection.project is not None
    most = max((len(line.nodes) for line in selection.planned), default=0)
    width, height = A4 if alone and most <= FEW else A3
    data = {
        "title": title_of(selection),
        "head": list(head_of(selection, span=None)),
        "width": width,
        "height": height,
        "alone": alone,
        "per_row": ALONE if alone and most <= FEW else BESIDE,
        "today": _("今天"),
        "sheets": _("第 {page} 张，共 {pages} 张"),
        "notes": _notes(selection),
        "legend": [*_legend(), ["today", _("今天（{day}）").format(day=short_day(selection.day))]],
        "projects": [_project(line, selection) for line in selection.planned],
    }
    moment = datetime.combine(selection.day, time(), UTC)
    return printed(TEMPLATE, lambda faces: {**breakable(data), "faces": faces}, moment)


def _notes(selection: Selection) -> list[str]:
    told = _("节点按计划开始的先后排列，“今天”以前的按现行计划应已开始；“接”是要等的节点的序号")
    return notes_of(selection, told)


def _legend() -> list[list[str]]:
    lights = [[f"light-{code}", str(words)] for code, words in WORDS.items()]
    return [*lights, ["critical", _("关键线路")], ["milestone", _("里程碑")]]


def _project(line: Line, selection: Selection) -> dict[str, Any]:
    steps = _in_turn(line)
    plan = line.plan
    assert plan is not None, "only planned lines are drawn"
    return {
        "name": f"{line.number}. {line.project.name}" if line.number else line.project.name,
        "about": [
            *([line.unit] if line.unit else []),
            *([line.lead] if line.lead else []),
            version_words(plan.version),
            _("期限 {day}").format(day=day_words(plan.deadline)),
        ],
        "said": _said(steps, selection.day),
        "today_at": next((at for at, node in enumerate(steps) if node.days.planned_start > selection.day), len(steps)),
        "steps": [_step(line, node) for node in steps],
    }


def _in_turn(line: Line) -> list[PaperNode]:
    kept = {node.place for node in line.nodes}
    return [] if line.plan is None else [node for node in line.plan.in_turn if node.place in kept]


def _said(nodes: Sequence[PaperNode], day: date) -> str:
    """What the plan's page opens with: the latest node, and the next one to be finished."""
    told = outlook(nodes, day)
    if not told.waiting:
        return _("全部节点已完成。")
    parts = [] if told.worst is None else [_late(told.worst, overdue=told.worst_overdue)]
    if told.others_overdue:
        parts.append(_("另有 {n} 个节点已逾期。").format(n=told.others_overdue))
    if told.following is not None:
        due = full_day(told.following.days.planned_finish)
        parts.append(_("接下来是“{name}”，计划 {day} 完成。").format(name=told.following.name, day=due))
    return "".join(parts)


def _late(node: PaperNode, *, overdue: bool) -> str:
    words = _("“{name}”应于 {day} 完成，已逾期，迟 {n} 天。") if overdue else _("“{name}”比计划迟 {n} 天。")
    return words.format(name=node.name, n=node.slip, day=full_day(node.days.planned_finish))


def _step(line: Line, node: PaperNode) -> dict[str, Any]:
    return {
        "number": node.place,
        "name": node.name,
        "light": node.light,
        "critical": node.critical,
        "milestone": node.milestone,
        "plan": _planned(node),
        "fact": _fact(node),
        "late": bool(late_words(node)),
        "unit": line.unit_of(node),
        "after": _("接 {rows}").format(rows="、".join(map(str, node.after))) if node.after else "",
    }


def _planned(node: PaperNode) -> str:
    days = node.days
    if node.milestone or days.planned_start == days.planned_finish:
        return day_words(days.planned_finish)
    return f"{day_words(days.planned_start)}—{day_words(days.planned_finish)}"


def _fact(node: PaperNode) -> str:
    """What became of it, or what its unit expects."""
    days = node.days
    if days.done:
        return _("实际完成 {day}").format(day=day_words(days.actual_finish))
    parts = []
    if days.forecast_finish is not None:
        parts.append(_("预计完成 {day}").format(day=day_words(days.forecast_finish)))
    elif days.actual_start is not None:
        parts.append(_("实际开始 {day}").format(day=day_words(days.actual_start)))
    return " ".join([*parts, late_words(node)]).strip()


# -- the table ---------------------------------------------------------------------------------------------------------
def roadmap_table(selection: Selection) -> Paper:
    """The same steps as a table, for the docx: a line across where today is."""
    alone = selection.project is not None
    return Paper(
        title=title_of(selection),
        sheet=_("路线图"),
        head=head_of(selection, span=None),
        fields=_fields(),
        parts=[Part("" if alone else line_words(line), list(_rows(line, selection))) for line in selection.planned],
        notes=_notes(selection),
        day=selection.day,
    )


def _fields() -> tuple[Field, ...]:
    return (
        Field(code="number", heading=_("序号"), weight=0.7, align="center", kind=Kind.NUMBER),
        Field(code="name", heading=_("阶段（节点）"), weight=4.4),
        Field(code="after", heading=_("接"), weight=1.0, align="center"),
        Field(code="critical", heading=_("关键线路"), weight=1.2, align="center"),
        Field(code="unit", heading=_("责任单位"), weight=2.6, align="center"),
        Field(code="plan", heading=_("计划"), weight=2.8, align="center"),
        Field(code="fact", heading=_("实际或预计"), weight=2.6, align="center"),
        Field(code="state", heading=_("状态"), weight=2.2, align="center"),
    )


def _rows(line: Line, selection: Selection) -> Iterator[dict[str, Value]]:
    said = False
    for node in _in_turn(line):
        if not said and node.days.planned_start > selection.day:
            said = True
            yield {ACROSS: _("—— 今天（{day}） ——").format(day=full_day(selection.day))}
        yield {
            "number": node.place,
            "name": f"◆ {node.name}" if node.milestone else node.name,
            "after": "、".join(map(str, node.after)),
            "critical": "★" if node.critical else "",
            "unit": line.unit_of(node) or None,
            "plan": _planned(node),
            "fact": _fact(node) or None,
            "state": state_words(node),
        }
