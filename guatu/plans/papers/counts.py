"""How much a paper will hold: every number that a paper's notes state stands on its page before it is made."""

from dataclasses import dataclass

from guatu.plans.papers.selection import Selection
from guatu.plans.papers.tasks import LATE, tasks_of
from guatu.plans.papers.timetable import dated_lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Projects chosen, those with nodes to print and those without a plan; tasks of the span in how many projects, and
    how many of them were due before it; projects with nothing to be finished in the year of a table by months.
    """

    projects: int
    planned: int
    without_plan: int
    withheld: int
    tasks: int
    in_tasks: int
    late: int
    idle: int


def counts_of(selection: Selection) -> Counts:
    """The numbers beside a choice; those of another paper than the one chosen are 0."""
    found = tasks_of(selection) if selection.kind == "tasks" else []
    asks = [ask for _line, pairs in found for ask, _node in pairs]
    by_months = selection.kind == "timetable" and selection.project is None
    return Counts(
        projects=len(selection.lines),
        planned=len(selection.planned),
        without_plan=len(selection.without_plan),
        withheld=selection.within.withheld,
        tasks=len(asks),
        in_tasks=len(found),
        late=asks.count(LATE),
        idle=len(selection.planned) - len(dated_lines(selection)) if by_months else 0,
    )
