"""Plans of every shape that a file may have to carry."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from guatu.plans.plan_file import (
    KINDS,
    BaselineDates,
    FileBaseline,
    FileCalendar,
    FileException,
    FileLink,
    FileNode,
    PlanFile,
)

DAYS = st.dates(date(1949, 1, 1), date(2100, 12, 31))
UNITS = st.sampled_from(["workday", "calendar"])
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=120)
TEXTS = ANY_TEXT.map(str.strip)
NAMES = TEXTS.filter(bool)
AMOUNTS = st.none() | st.decimals(0, 10**9, places=2)


@st.composite
def calendars(draw: st.DrawFn, number: int) -> FileCalendar:
    exceptions: list[FileException] = []
    day = draw(st.dates(date(1990, 1, 1), date(2040, 1, 1)))
    for _ in range(draw(st.integers(0, 4))):
        end = day + timedelta(draw(st.integers(0, 40)))
        exceptions.append(FileException(day, end, draw(st.booleans()), draw(TEXTS)))
        day = end + timedelta(draw(st.integers(1, 30)))
    weekdays = draw(st.frozensets(st.integers(0, 6)))
    return FileCalendar(number, draw(TEXTS), weekdays, tuple(exceptions))


@st.composite
def nodes(draw: st.DrawFn, id: str, level: int, calendar: st.SearchStrategy[int | None]) -> FileNode:
    day = st.none() | DAYS
    return FileNode(
        id=id,
        name=draw(NAMES),
        level=level,
        duration=draw(st.none() | st.integers(0, 4000)),
        unit=draw(UNITS),
        start=draw(day),
        finish=draw(day),
        actual_start=draw(day),
        actual_finish=draw(day),
        start_no_earlier=draw(day),
        finish_no_later=draw(day),
        must_start=draw(day),
        must_finish=draw(day),
        weight=draw(AMOUNTS),
        owner=draw(TEXTS),
        evidence=draw(TEXTS),
        measure=draw(TEXTS),
        total=draw(AMOUNTS),
        done=draw(AMOUNTS),
        percent=draw(st.none() | st.integers(0, 100)),
        calendar=draw(calendar),
    )


@st.composite
def plans(draw: st.DrawFn) -> PlanFile:
    """Any plan: outlines, links of all kinds (circles too), calendars, baselines, every date missing or there."""
    own = tuple(draw(calendars(number)) for number in range(1, draw(st.integers(0, 2)) + 1))
    number = st.sampled_from([None, *(one.number for one in own)])
    count = draw(st.integers(0, 6))
    ids = draw(st.lists(st.uuids().map(str) | st.integers(1, 99).map(str), min_size=count, max_size=count, unique=True))
    found: list[FileNode] = []
    for id in ids:
        deepest = found[-1].level + 1 if found else 1
        found.append(draw(nodes(id, draw(st.integers(1, deepest)), number)))
    links = []
    technical: dict[tuple[str, str, str], bool] = {}  # one mark for what a file has twice
    for after in ids:
        for before in draw(st.lists(st.sampled_from(ids), max_size=2)):
            kind = draw(st.sampled_from(KINDS))
            mark = technical.setdefault((before, after, kind), draw(st.booleans()))
            links.append(FileLink(before, after, kind, draw(st.integers(-900, 900)), draw(UNITS), mark))
    baselines = []
    for one in sorted(draw(st.sets(st.integers(0, 10), max_size=3))):
        dates = [BaselineDates(id, draw(DAYS), draw(st.none() | DAYS)) for id in ids if draw(st.booleans())]
        name = draw(TEXTS).replace("；", "")
        baselines.append(FileBaseline(one, name, tuple(dates)))
    return PlanFile(
        draw(NAMES), tuple(found), tuple(links), own, tuple(baselines), draw(number), draw(st.none() | DAYS)
    )


WORDS = st.sampled_from(
    ["可研批复", "初步设计", "招标完成", "房屋征收（一标段）", "主体封顶", "综合管廊=A1+B2", "@验收"]
)
UNIT_NAMES = st.sampled_from(["", "市住建局", "区政府、街道办", "-城投公司", "+专班"])


@st.composite
def sheet_plans(draw: st.DrawFn) -> PlanFile:
    """What a node sheet can hold: ids are the numbers in the outline, dates are in order, no calendars."""
    plan = draw(plans().filter(lambda plan: plan.nodes))
    numbers = {node.id: outline for node, outline in plan.numbered()}

    def settled(node: FileNode) -> FileNode:
        start, finish = sorted([node.start or date(2019, 3, 1), node.finish or date(2019, 9, 30)])
        return replace(
            node,
            id=numbers[node.id],
            name=draw(WORDS) + str(draw(st.integers(1, 10**80))),
            start=start,
            finish=finish,
            actual_start=None,
            owner=draw(UNIT_NAMES),
            evidence=draw(UNIT_NAMES),
            measure=draw(st.sampled_from(["", "户", "亩"])),
            calendar=None,
        )

    links = [
        replace(
            link,
            before=numbers[link.before],
            after=numbers[link.after],
            unit=link.unit if link.lag else "workday",
        )
        for link in plan.links
    ]
    plain = [settled(node) for node in plan.nodes]
    return PlanFile("西工小街改造节点计划", tuple(plain), tuple(links))
