"""What a rule would mean: which projects of which units it asks, when next, and where another asks them already."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from guatu.core.actor import Actor
from guatu.domain.rhythm import Expected, Rhythm, current, expected, reminders
from guatu.domain.workdays import WorkCalendar
from guatu.library.policies import visible_projects
from guatu.people.models import Region
from guatu.people.queries import calendar_for
from guatu.reporting.models import ReportRule
from guatu.reporting.queries.asked import asked_of, rules_in_force

SHOWN = 3


@dataclass(frozen=True, slots=True)
class NextDue:
    """A period to come: of which day its figures are, until when it is due, when there is a reminder."""

    expected: Expected
    reminders: list[date]


@dataclass(frozen=True, slots=True)
class Preview:
    """Who would be asked now, by unit ("" for projects without one), the next due days, and what asks them already."""

    projects: int
    units: list[tuple[str, int]]
    due: list[NextDue]
    overlaps: list[tuple[str, int]]


def preview(actor: Actor, row: ReportRule, rhythm: Rhythm, day: date) -> Preview:
    """What a rule would ask on a day of the region's projects that the actor sees."""
    region: Region = row.region
    calendar = calendar_for(region, closures=False)
    rows = visible_projects(actor, "reporting.view_readings").filter(region__path__startswith=region.path)
    projects = list(rows.select_related("unit").order_by("sort_key", "pk"))
    now = current(rhythm, day, calendar)
    asked = asked_of(projects, rhythm, now, day)
    units = Counter(project.unit.name if project.unit is not None else "" for project in asked)
    mine = {project.pk for project in asked}
    overlaps = []
    for rule in rules_in_force(region, day):
        if rule.row.kind == row.kind and rule.row.code != row.code:
            both = sum(project.pk in mine for project in asked_of(projects, rule.rhythm, now, day))
            overlaps += [(rule.row.name, both)] if both else []
    due = islice(_coming(rhythm, day, calendar), SHOWN)
    return Preview(len(asked), sorted(units.items(), key=lambda one: (-one[1], one[0])), list(due), overlaps)


def _coming(rhythm: Rhythm, day: date, calendar: WorkCalendar) -> Iterator[NextDue]:
    """Periods whose reports are due on the day or later."""
    one = current(rhythm, day, calendar)
    while True:
        if one.due >= day:
            yield NextDue(one, reminders(rhythm, one, calendar))
        one = expected(rhythm, one.period.next(), calendar)
