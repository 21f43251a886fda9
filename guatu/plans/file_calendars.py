"""The calendars of a plan as files carry them: the site's, the offices', and one for each body whose sittings count."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from guatu.domain.workdays import WEEKDAYS, WorkCalendar
from guatu.plans.compute import Calendars
from guatu.plans.content import ContentNode
from guatu.plans.plan_file import FileCalendar, FileException, PlanFile

SITE: Final = "工地日历"
PAPER: Final = "手续日历"
AHEAD: Final = timedelta(days=366)  # how far past the plan a calendar's exceptions are written


def calendars_to_file(
    nodes: Sequence[ContentNode], calendars: Calendars, first: date, last: date
) -> tuple[tuple[FileCalendar, ...], dict[str, int]]:
    """The calendars that a plan of these dates needs, and the number of each node's own by its id (the site's is the
    plan's and needs none).
    """
    named = {SITE: calendars.site, **({PAPER: calendars.office} if any(_papers(node) for node in nodes) else {})}
    named |= {node.sitting: calendars.sittings[node.sitting] for node in nodes if node.sitting in calendars.sittings}
    numbers = {name: place for place, name in enumerate(named, 1)}
    written = tuple(_file_calendar(numbers[name], name, one, first, last + AHEAD) for name, one in named.items())
    own = {node.id: numbers.get(node.sitting or (PAPER if node.paper else ""), 0) for node in nodes}
    return written, {key: number for key, number in own.items() if number}


def _papers(node: ContentNode) -> bool:
    return node.paper and not node.sitting


def _file_calendar(number: int, name: str, calendar: WorkCalendar, first: date, last: date) -> FileCalendar:
    weekdays = WEEKDAYS if calendar.sitting is None else calendar.sitting.weekdays
    return FileCalendar(number, name, frozenset(weekdays), tuple(_exceptions(calendar, weekdays, first, last)))


def _exceptions(calendar: WorkCalendar, weekdays: Collection[int], first: date, last: date) -> Iterator[FileException]:
    """Runs of days that are not what their weekday says."""
    run: FileException | None = None
    for number in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(number)
        works = calendar.is_open(day)
        if works == (day.weekday() in weekdays):
            continue
        if run is not None and run.works == works and (day - run.end).days == 1:
            run = FileException(run.start, day, works)
            continue
        if run is not None:
            yield run
        run = FileException(day, day, works)
    if run is not None:
        yield run


def knows_ours(plan: PlanFile, sittings: Collection[str]) -> bool:
    """Whether a file says of each node whose days it counts in our names; another program's does not."""
    return any(calendar.name in {SITE, PAPER, *sittings} for calendar in plan.calendars)


def unmatched(plan: PlanFile, sittings: Collection[str]) -> list[str]:
    """The calendars of nodes that are none of ours, by name: such nodes count the site's days."""
    used = {node.calendar for node in plan.nodes} - {None, plan.calendar}
    return [one.name for one in plan.calendars if one.number in used and one.name not in {SITE, PAPER, *sittings}]
