"""The wall chart on paper: A3, A1 and A0 landscape as vector PDF, from the same rows as the screen.

Everything is worked out here in days and lines of a page; wall.typ only draws. A picture is drawn in the list's year.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from guatu.core.actor import Actor
from guatu.core.official.pdf import printed
from guatu.core.refusals import Sentence
from guatu.core.ui.lights import LIT
from guatu.core.ui.numbers import full_day
from guatu.dispatch.wall.payload import STATES, breaking, done_until, late_words, red_from, state_of
from guatu.dispatch.wall.queries import Wall, WallRow
from guatu.domain.workdays import Closure
from guatu.library.models import Project
from guatu.people import queries as people
from guatu.plans.queries.chart import ChartNode, ChartPlan, chart_nodes

TEMPLATE: Final = Path(__file__).parent / "wall.typ"
NARROWEST: Final = 75  # per cent of their width to which characters are squeezed before a text is cut
ROOMS: Final = (Decimal("18.8"), Decimal("10"), Decimal("9.2"))  # characters of name, unit and leader
AROUND_MM: Final = 50  # head, legend, axis and foot of a page at scale 1


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet in landscape; `scale` enlarges type and rows, so that a wall is read from where people sit."""

    words: Sentence
    width: int  # mm
    height: int
    scale: float

    @property
    def lines(self) -> int:
        """Rows of a page, 4.9 mm each at scale 1."""
        return int((self.height - 20 - AROUND_MM * self.scale) / (4.9 * self.scale))


PAPERS: Final = {
    "a3": Paper(lazy("打印 A3"), 420, 297, 1.0),
    "a1": Paper(lazy("打印 A1"), 841, 594, 1.6),
    "a0": Paper(lazy("打印 A0"), 1189, 841, 2.2),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """From a day to another (both inside), by kind: plan, done, before, break, base."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A node on its day, by state; with a label where it is late."""

    kind: str
    at: int
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a page; a group's has only `name` and `unit` (its count). `goes_on` beyond the drawn year; `squeeze`
    are per cents of their width to which name, unit and leader are set, so that they stand whole in their columns.
    """

    group: bool = False
    light: str = ""
    name: str = ""
    unit: str = ""
    lead: str = ""
    bars: list[Bar] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    words: str = ""
    goes_on: bool = False
    squeeze: tuple[int, int, int] = (100, 100, 100)


class _Days:
    """Days as whole numbers from the first of the drawn year, cut at its ends."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last, self.count = first, last, (last - first).days + 1

    def at(self, day: date) -> int:
        return min(max((day - self.first).days, 0), self.count)

    def bar(self, kind: str, start: date, end: date) -> list[Bar]:
        """Nothing where it lies outside."""
        begin, stop = (start - self.first).days, (end - self.first).days + 1
        if stop <= 0 or begin >= self.count or stop <= begin:
            return []
        return [Bar(kind, max(begin, 0), min(stop, self.count))]

    def has(self, day: date) -> bool:
        return 0 <= (day - self.first).days < self.count


def paper_of(actor: Actor, wall: Wall, paper: str) -> bytes:
    """The chart's rows on pages; leaders' posts where the post may read them beside lagging projects."""
    days = _Days(date(wall.year, 1, 1), date(wall.year, 12, 31))
    with_lead = "lead" in wall.view.known
    lines = [line for group in wall.groups for line in _group(group.words, group.count, group.rows, days, wall.day)]
    title = _("{year} 年重点项目挂图作战总表").format(year=wall.year)
    office = wall.annual_list.region.name if wall.annual_list is not None else ""
    counts = {code: sum(row.colour == code for row in wall.rows) for code in LIT}
    foot = [_("{word} {n} 项").format(word=LIT[code], n=n) for code, n in counts.items() if n]
    foot.append(_("合计 {n} 项").format(n=sum(counts.values())))
    head = {
        "title": f"{office} {title}".strip(),
        "over": "　".join([wall.annual_list.name if wall.annual_list is not None else _("全部项目"), *_chosen(wall)]),
        "foot": "　".join(foot),
        "with_lead": with_lead,
        "points": [[days.at(on) + 1, name] for on, name in wall.points if days.has(on)],
        "unit_head": _("责任单位"),
        "name_head": _("项目"),
    }
    return _printed(paper, head, lines, days, wall.day, wall.closures, actor)


def project_paper(actor: Actor, project: Project, day: date, paper: str) -> bytes | None:
    """One project's nodes, a line each; None without a plan."""
    plan = chart_nodes([project.pk], day).get(project.pk)
    if plan is None:
        return None
    first = min(plan.versions[-1].start, plan.versions[0].start).replace(month=1, day=1)
    days = _Days(first, max(plan.end, plan.deadline).replace(month=12, day=31))
    breaks = breaking(plan)
    lines = [_node_line(node, days, day, breaks=place in breaks) for place, node in enumerate(plan.nodes)]
    over = _("关键线路已破期，预计比期限晚 {days} 天").format(days=plan.over) if plan.over else ""
    head = {
        "title": _("{name} 计划挂图").format(name=project.name),
        "over": _("现行计划第 {n} 版，期限 {day}").format(n=plan.versions[-1].number, day=full_day(plan.deadline)),
        "foot": over or _("按期限可以完成"),
        "with_lead": False,
        "points": [[days.at(plan.deadline) + 1, _("期限")]] if days.has(plan.deadline) else [],
        "unit_head": _("责任单位"),
        "name_head": _("节点"),
    }
    calendar = people.calendar_for(project.region, project.trail_subject())
    closures = [one for one in calendar.closures if one.end >= first and days.has(max(one.start, first))]
    return _printed(paper, head, lines, days, day, closures, actor)


def _chosen(wall: Wall) -> list[str]:
    """What the rows were chosen by, so that a sheet says that it is not the whole list."""
    chips = [str(chip.words) for chip in wall.view.chrome.chips()]
    return [*chips, *([_("搜索“{text}”").format(text=wall.text)] if wall.text else [])]


# -- lines -------------------------------------------------------------------------------------------------------------
def _group(words: str, count: int, rows: Sequence[WallRow], days: _Days, day: date) -> Iterator[Line]:
    if words:
        yield Line(group=True, name=words, unit=_("{n} 项").format(n=count))
    for row in rows:
        yield _line(row, days, day)


def _line(row: WallRow, days: _Days, day: date) -> Line:
    said: dict[str, Any] = {"light": row.colour, "name": row.project.name, "unit": row.unit, "lead": row.lead}
    if row.plan is None:
        known = row.starts or row.ends
        dotted = days.bar("before", known, row.ends or known) if known is not None else []
        return Line(**said, bars=dotted, words=_("尚无计划"))
    bars = _bars(row.plan, days, day)
    last = max(row.plan.end, row.plan.versions[-1].finish)
    words = "" if bars else _elsewhere(row.plan.versions[-1].start, last, days)
    marks = list(_marks(row.plan, days))
    return Line(**said, bars=bars, marks=marks, words=words, goes_on=bool(bars) and last > days.last)


def _elsewhere(first: date, last: date, days: _Days) -> str:
    """Where a plan is that has nothing in the drawn year."""
    day, words = (last, _("至{month}")) if last < days.first else (first, _("{month}起"))
    return words.format(month=_("{year}年{month}月").format(year=day.year, month=day.month))


def _bars(plan: ChartPlan, days: _Days, day: date) -> list[Bar]:
    first, last = plan.versions[-1].start, plan.versions[-1].finish
    works = min(max(plan.works_from or first, first), last)
    found = days.bar("plan", works, last)
    if works > first:
        found += days.bar("before", first, works - timedelta(days=1))
    done = done_until(plan, day)
    if done is not None:
        found += days.bar("done", max(done[0], works), done[1])
    broken = red_from(plan)
    if broken is not None:
        found += days.bar("break", broken, plan.end)
    return found + days.bar("base", plan.versions[0].start, plan.versions[0].finish)


def _marks(plan: ChartPlan, days: _Days) -> Iterator[Mark]:
    """Nodes of the drawn year; the latest one with its label comes last and lies over the others."""
    breaks, worst = breaking(plan), plan.worst
    for place, node in enumerate(plan.nodes):
        if days.has(node.carried) and node is not worst:
            yield Mark(STATES[state_of(node, breaks=place in breaks)], days.at(node.carried))
    if worst is not None and days.has(worst.carried):
        kind = STATES[state_of(worst, breaks=plan.nodes.index(worst) in breaks)]
        yield Mark(kind, days.at(worst.carried), late_words(worst.name, worst.slip))


def _node_line(node: ChartNode, days: _Days, day: date, *, breaks: bool) -> Line:
    told = node.days
    bars = days.bar("plan", told.planned_start, told.planned_finish)
    if told.actual_start is not None:
        bars += days.bar("done", told.actual_start, told.actual_finish or day)
    kind = STATES[state_of(node, breaks=breaks)]
    label = late_words("", node.slip).strip() if node.slip > 0 and not told.done else ""
    light = node.light
    return Line(
        light=light, name=node.name, unit=node.unit, bars=bars, marks=[Mark(kind, days.at(node.carried), label)]
    )


# -- pages -------------------------------------------------------------------------------------------------------------
def _pages(lines: Sequence[Line], most: int) -> list[list[Line]]:
    """Full pages; a group's line never ends one, and is said again at the head of the next."""
    pages: list[list[Line]] = [[]]
    group: Line | None = None
    for line in lines:
        page = pages[-1]
        if len(page) >= most or (line.group and len(page) >= most - 1):
            page = [] if line.group or group is None else [group]
            pages.append(page)
        group = line if line.group else group
        page.append(line)
    return pages


def _uncovered(line: Line, sheet: Paper, days: _Days, with_lead: bool) -> Line:
    """Without the marks that the label of the latest node would cut in half; 2.7 mm a character at scale 1."""
    labelled = next((mark for mark in line.marks if mark.label), None)
    if labelled is None:
        return line
    axis = sheet.width - 20 - (92 + (26 if with_lead else 0)) * sheet.scale
    reach = int((2.7 * len(labelled.label) + 4) * sheet.scale / axis * days.count)
    left = labelled.at > days.count * 0.85
    low, high = (labelled.at - reach, labelled.at) if left else (labelled.at, labelled.at + reach)
    kept = [mark for mark in line.marks if mark is labelled or not low <= mark.at <= high]
    return replace(line, marks=kept)


def _fitted(text: str, room: Decimal) -> tuple[str, int]:
    """A text and the per cents of its width at which it fits into so many characters; what would be narrower than
    three quarters is cut in its middle, since what tells like names apart stands at their ends.
    """
    head, tail, most = text[:-6], text[-6:], room * 100 / NARROWEST
    while _ems(text) > most and len(head) > 1:
        head = head[:-1]
        text = f"{head}…{tail}"
    wide = _ems(text)
    return text, 100 if wide <= room else int(room * 100 / wide)


def _ems(text: str) -> Decimal:
    return sum((Decimal(1) if char > "\u2e7f" else Decimal("0.58") for char in text), Decimal(0))


def _columned(line: Line) -> Line:
    """With its words fitted into their columns (55, 27 and 25 mm at scale 1; a point is 0.353 mm)."""
    if line.group:
        return line
    cells = [_fitted(text, room) for text, room in zip((line.name, line.unit, line.lead), ROOMS, strict=True)]
    return replace(
        line, name=cells[0][0], unit=cells[1][0], lead=cells[2][0], squeeze=(cells[0][1], cells[1][1], cells[2][1])
    )


def _months(days: _Days) -> list[list[Any]]:
    """[day, words, strong] of the axis; quarters where several years are drawn."""
    found: list[list[Any]] = []
    step = 1 if days.count <= 400 else 3
    last = days.first + timedelta(days=days.count - 1)
    for year in range(days.first.year, last.year + 1):
        for month in range(1, 13, step):
            words = _("{month}月").format(month=month)
            if step > 1 and month == 1:
                words = _("{year}年{month}月").format(year=year, month=month)
            found.append([days.at(date(year, month, 1)), words, month % 3 == 1])
    return found


def _printed(
    paper: str,
    head: dict[str, Any],
    lines: Sequence[Line],
    days: _Days,
    day: date,
    closures: Sequence[Closure],
    actor: Actor,
) -> bytes:
    sheet = PAPERS[paper]
    shown = [_columned(_uncovered(line, sheet, days, head["with_lead"])) for line in lines]
    pages = _pages(shown, sheet.lines)
    drawn = [one for one in closures if one.end >= days.first and one.start <= days.last]
    data = {
        **head,
        "stretch": min(1.8, max(1.0, sheet.lines / len(lines))) if len(pages) == 1 and lines else 1,
        "width": sheet.width,
        "height": sheet.height,
        "scale": sheet.scale,
        "days": days.count,
        "months": _months(days),
        "closed": [[days.at(one.start), days.at(one.end + timedelta(days=1)), one.words] for one in drawn],
        "today": days.at(day) if days.has(day) else None,
        "today_words": _("{month}月{day}日").format(month=day.month, day=day.day),
        "until": _("数据截至 {day}").format(day=full_day(day)),
        "sheets": _("第 {page} 张，共 {pages} 张"),
        "made_by": _("制表 {who}").format(who=actor.label),
        "check": _("审核"),
        "sign": _("签发"),
        "light_head": _("灯"),
        "lead_head": _("分包领导"),
        "legend": _legend(),
        "pages": [[asdict(line) for line in page] for page in pages],
    }
    moment = datetime.combine(day, time(), UTC)
    return printed(TEMPLATE, lambda faces: {**data, "faces": faces}, moment)


def _legend() -> list[list[str]]:
    """(what is drawn, words), in one line under the title."""
    lights = [[f"light-{code}", str(words)] for code, words in LIT.items()]
    kinds = {
        "done": _("已完成"),
        "plan": _("计划"),
        "base": _("原计划"),
        "break": _("关键线路已破期"),
        "before": _("前期"),
        "reached": _("节点已到"),
        "ahead": _("节点未到"),
        "late": _("节点滞后"),
        "warned": _("节点预警"),
        "closed": _("停工时段"),
    }
    return [*lights, *([code, words] for code, words in kinds.items())]
