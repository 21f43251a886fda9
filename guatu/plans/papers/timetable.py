"""时间表: many projects by the months of a year, or one project's nodes with planned, expected and actual days."""

from django.utils.translation import gettext as _

from guatu.core.books.model import Kind
from guatu.core.official.papers import Field, Paper, Part, Value
from guatu.domain.periods import Period
from guatu.plans.papers.selection import Line, Selection
from guatu.plans.papers.words import (
    head_of,
    late_words,
    light_words,
    notes_of,
    span_words,
    version_words,
    whose,
)
from guatu.plans.queries.papers import PaperNode

MONTHS = range(1, 13)


def year_of(selection: Selection) -> Period:
    """The year that a table by months is about."""
    year = selection.within.year if selection.span is None else selection.span.start.year
    return Period.parse(str(year))


def timetable(selection: Selection) -> Paper:
    """The timetable of a selection: by months, or of one project by nodes."""
    return _of_nodes(selection) if selection.project is not None else _of_months(selection)


# -- many projects -----------------------------------------------------------------------------------------------------
def dated_lines(selection: Selection) -> list[Line]:
    """The projects with a planned finish in the year."""
    year = year_of(selection)
    return [line for line in selection.planned if any(node.days.planned_finish in year for node in line.nodes)]


def _of_months(selection: Selection) -> Paper:
    year = year_of(selection)
    lines = dated_lines(selection)
    idle = len(selection.planned) - len(lines)
    told = [_("各月为计划在当月完成的节点，括号内为日期；√ 为已完成，迟几天为未完成而晚于现行计划的日历天数")]
    if idle:
        told.append(_("另有 {n} 个项目没有计划在本年内完成的节点，未列入").format(n=idle))
    return Paper(
        title=_("{whose}{span}时间表").format(whose=whose(selection), span=year.label_zh),
        sheet=_("时间表"),
        head=head_of(selection, span=year),
        fields=_month_fields(),
        parts=[Part("", [_month_row(at, line, year) for at, line in enumerate(lines, 1)])],
        notes=notes_of(selection, *told),
        day=selection.day,
    )


def _month_fields() -> tuple[Field, ...]:
    return (
        Field(code="number", heading=_("序号"), weight=0.7, align="center", kind=Kind.NUMBER),
        Field(code="name", heading=_("项目名称"), weight=2.4, widest=24),
        Field(code="unit", heading=_("责任单位"), weight=1.5, align="center", widest=14),
        Field(code="version", heading=_("计划版本"), weight=1.4, align="center", widest=10),
        *(
            Field(code=f"m{month}", heading=_("{month}月").format(month=month), weight=1.75, group=_quarter(month))
            for month in MONTHS
        ),
    )


def _quarter(month: int) -> str:
    return (_("一季度"), _("二季度"), _("三季度"), _("四季度"))[(month - 1) // 3]


def _month_row(at: int, line: Line, year: Period) -> dict[str, Value]:
    by_month: dict[int, list[PaperNode]] = {}
    for node in sorted(line.nodes, key=lambda node: (node.days.planned_finish, node.place)):
        if node.days.planned_finish in year:
            by_month.setdefault(node.days.planned_finish.month, []).append(node)
    return {
        "number": line.number or at,
        "name": line.project.name,
        "unit": line.unit or None,
        "version": "" if line.plan is None else version_words(line.plan.version),
        **{f"m{month}": "\n".join(map(_in_month, by_month.get(month, ()))) for month in MONTHS},
    }


def _in_month(node: PaperNode) -> str:
    words = _("{name}（{day}日）").format(name=node.name, day=node.days.planned_finish.day)
    return f"{words}√" if node.days.done else f"{words}{late_words(node)}"


# -- one project -------------------------------------------------------------------------------------------------------
def _of_nodes(selection: Selection) -> Paper:
    span = selection.span
    nodes = [(line, node) for line in selection.planned for node in line.nodes if node.within(span)]
    return Paper(
        title=_("{whose}{span}时间表").format(whose=whose(selection), span=span_words(span)),
        sheet=_("时间表"),
        head=head_of(selection, span=span),
        fields=_node_fields(),
        parts=[Part("", [_node_row(line, node) for line, node in nodes])],
        notes=notes_of(selection, _("偏差按日历天，正数为迟；预计为责任单位填报的日期")),
        day=selection.day,
    )


def _node_fields() -> tuple[Field, ...]:
    plan, actual, slip = _("计划"), _("实际"), _("偏差（天）")
    return (
        Field(code="number", heading=_("序号"), weight=0.7, align="center", kind=Kind.NUMBER),
        Field(code="name", heading=_("节点"), weight=4.2, widest=30),
        Field(code="unit", heading=_("责任单位"), weight=2.4, align="center", widest=18),
        Field(code="start", heading=_("开始"), weight=2.1, align="center", group=plan, kind=Kind.DATE),
        Field(code="finish", heading=_("完成"), weight=2.1, align="center", group=plan, kind=Kind.DATE),
        Field(code="expected", heading=_("预计完成"), weight=2.1, align="center", kind=Kind.DATE),
        Field(code="began", heading=_("开始"), weight=2.1, align="center", group=actual, kind=Kind.DATE),
        Field(code="done", heading=_("完成"), weight=2.1, align="center", group=actual, kind=Kind.DATE),
        Field(code="slip", heading=_("对现行"), weight=1.1, align="center", group=slip),
        Field(code="slip_first", heading=_("对原计划"), weight=1.1, align="center", group=slip),
        Field(code="state", heading=_("状态"), weight=2.4, align="center", widest=16),
    )


def _node_row(line: Line, node: PaperNode) -> dict[str, Value]:
    days = node.days
    return {
        "number": node.place,
        "name": node.name,
        "unit": line.unit_of(node) or None,
        "start": days.planned_start,
        "finish": days.planned_finish,
        "expected": None if days.done else days.forecast_finish,
        "began": days.actual_start,
        "done": days.actual_finish,
        "slip": _signed(node.slip),
        "slip_first": _signed(node.slip_first),
        "state": light_words(node),
    }


def _signed(days: int) -> str:
    return f"+{days}" if days > 0 else str(days).replace("-", "−")
