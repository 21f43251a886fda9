"""The words that the three papers share: versions, states, quantities, heads and notes."""

from datetime import date

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from guatu.core.ui.lights import WORDS
from guatu.core.ui.numbers import NO_FIGURE, full_day
from guatu.core.ui.numbers import day as short_day
from guatu.domain.periods import Period
from guatu.people.queries import project_office
from guatu.plans.papers.selection import Line, Selection
from guatu.plans.queries.papers import PaperNode

TITLE_MOST = 40
"""Characters of a project's name that a title takes in; a longer one stands under it."""
NAMED_MOST = 20
"""Projects without a plan that a note names one by one."""


def version_words(number: int) -> str:
    """A version as the plan's page calls it."""
    return (_("原计划（第 {n} 版）") if number == 1 else _("调整（第 {n} 版）")).format(n=number)


def day_words(day: date | None) -> str:
    """2026-03-31, as tables of nodes write it."""
    return NO_FIGURE if day is None else day.isoformat()


def late_words(node: PaperNode) -> str:
    """By how much an unfinished node is late; empty where it is not."""
    late = node.slip > 0 and not node.days.done
    return _("迟 {n} 天").format(n=node.slip) if late else ""


def light_words(node: PaperNode) -> str:
    """A node's light in words, with the days by which it is late."""
    return f"{WORDS[node.light]} {late_words(node)}".strip()


def state_words(node: PaperNode) -> str:
    """A node's light in words, with the day on which it was done or the days by which it is late."""
    if node.days.done:
        return _("完成（{day}）").format(day=day_words(node.days.actual_finish))
    return light_words(node)


def quantity_words(node: PaperNode) -> str:
    """Done of the whole, in the node's measure; empty where nothing is counted."""
    if node.quantity is None:
        return ""
    done = NO_FIGURE if node.done is None else floatformat(node.done)
    return f"{done}/{floatformat(node.quantity)}{node.measure}"


def span_words(span: Period | None) -> str:
    """2026年3月; nothing for the whole plan."""
    return "" if span is None else span.label_zh


def whose(selection: Selection) -> str:
    """Whose projects a paper is about, as its title begins."""
    chosen = selection.within.annual_list
    if selection.project is not None:
        name = selection.project.name
        return name if len(name) <= TITLE_MOST else _("项目")
    if selection.unit[1]:
        return _("{unit}重点项目").format(unit=selection.unit[1])
    if selection.lead[1]:
        return _("{lead}分包重点项目").format(lead=selection.lead[1])
    if chosen is None:
        return _("重点项目")
    return _("{region}{level}重点项目").format(region=chosen.region.name, level=chosen.get_level_display())


def head_of(selection: Selection, *, span: Period | None) -> list[str]:
    """What stands under the title: the list or project, the span, the office, the day of the data."""
    chosen, project = selection.within.annual_list, selection.project
    lines = []
    if project is not None:
        if len(project.name) > TITLE_MOST:
            lines.append(_("项目：{name}").format(name=project.name))
        lines += [_answering(line) for line in selection.lines]
    elif chosen is not None:
        lines.append(_("名单：{name}").format(name=chosen.name))
    region = project.region if project is not None else chosen.region if chosen is not None else None
    office = None if region is None else project_office(region)
    parts = [] if span is None else [_("期间：{span}").format(span=_span_with_days(span))]
    parts.append(_("数据截至：{day}").format(day=full_day(selection.day)))
    if office is not None:
        parts.append(_("签发单位：{office}").format(office=office.name))
    return [*lines, "　　".join(parts)]


def _span_with_days(span: Period) -> str:
    return _("{span}（{first}至{last}）").format(
        span=span.label_zh, first=short_day(span.start), last=short_day(span.end)
    )


def _answering(line: Line) -> str:
    """Who answers for a project, and by which version of its plan it is printed."""
    parts = [_("责任单位：{unit}").format(unit=line.unit or NO_FIGURE)]
    if line.lead:
        parts.append(_("分包领导：{lead}").format(lead=line.lead))
    if line.plan is not None:
        parts.append(version_words(line.plan.version))
        parts.append(_("期限\u00a0{day}").format(day=day_words(line.plan.deadline)))  # never broken in between
    return "　".join(parts)


def line_words(line: Line) -> str:
    """A project over its rows."""
    name = line.project.name
    if line.number:  # a number before the name would be read as the paper's own, and it has gaps
        name = _("{name}（名单第 {n} 号）").format(name=name, n=line.number)
    return f"{name}　{_answering(line)}"


def notes_of(selection: Selection, *own: str) -> list[str]:
    """What is not on the paper and why, after what the paper says of itself."""
    notes = list(own)
    bare = selection.without_plan
    if bare:
        named = "、".join(line.project.name for line in bare[:NAMED_MOST])
        words = (
            _("另有 {n} 个项目尚无批准的计划，未列节点：{names}")
            if len(bare) <= NAMED_MOST
            else _("另有 {n} 个项目尚无批准的计划，未列节点：{names}等")
        )
        notes.append(words.format(n=len(bare), names=named))
    if selection.within.withheld:
        notes.append(_("另有 {n} 个敏感项目未列入").format(n=selection.within.withheld))
    if selection.within.part:
        notes.append(_("只列本岗位职责范围内的项目"))
    return notes
