"""How much a paper will hold: every number that a paper's notes state stands on its page before it is made."""

from dataclasses import dataclass

from guatu.plans.papers.selection import Selection
from guatu.plans.papers.tasks import LATE, asked
from guatu.plans.papers.timetable import year_of


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
    """The numbers beside a choice, from planned and actual days alone; those of another paper than the one chosen
    are 0.
    """
    planned = [nodes for nodes in selection.spans if nodes]
    asks = _asks(selection) if selection.kind == "tasks" else []
    return Counts(
        projects=len(selection.spans),
        planned=len(planned),
        without_plan=len(selection.spans) - len(planned),
        withheld=selection.within.withheld,
        tasks=sum(map(len, asks)),
        in_tasks=len(asks),
        late=sum(ask.count(LATE) for ask in asks),
        idle=_idle(selection) if selection.kind == "timetable" and selection.project is None else 0,
    )


def _asks(selection: Selection) -> list[list[str]]:
    """What is asked, by project that is asked for anything."""
    told = (
        [asked(node, selection.span, selection.day, late=selection.late) for node in nodes] for nodes in selection.spans
    )
    return [asks for project in told if (asks := [ask for ask in project if ask])]


def _idle(selection: Selection) -> int:
    year = year_of(selection)
    return sum(bool(nodes) and not any(node.days.planned_finish in year for node in nodes) for nodes in selection.spans)
