"""Plans as rows, for pages that only read them."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise

from guatu.core import clock
from guatu.library.models import Project
from guatu.plans.models import Link, Node, NodeDates, Plan, PlanVersion, VersionNode

AT = datetime(2019, 1, 5, 9, tzinfo=clock.ZONE)


def give_plan(
    project: Project,
    nodes: Sequence[tuple[str, str, str]],
    *,
    deadline: str,
    approved: str = "2019-01-05",
    opens: str = "",
) -> list[Node]:
    """A plan of (name, start, finish) in a chain, approved as its first version; the node `opens` starts works."""
    plan = Plan.objects.create(project=project, deadline=date.fromisoformat(deadline), approved=1)
    version = PlanVersion.objects.create(
        plan=plan,
        number=1,
        deadline=plan.deadline,
        approved_on=date.fromisoformat(approved),
        approved_by="区长",
        content={},
    )
    made = [
        Node.objects.create(
            plan=plan,
            order=order,
            name=name,
            duration=(date.fromisoformat(finish) - date.fromisoformat(start)).days + 1,
            duration_unit="calendar",
            opens="started" if name == opens else "",
        )
        for order, (name, start, finish) in enumerate(nodes, 1)
    ]
    for node, (_name, start, finish) in zip(made, nodes, strict=True):
        VersionNode.objects.create(plan_version=version, node=node, start=start, finish=finish)
        say(node, "planned", start, finish, on=approved)
    for before, after in pairwise(made):
        Link.objects.create(before=before, after=after)
    return made


def say(node: Node, sort: str, start: str | None, finish: str | None, *, on: str) -> None:
    """Dates of a node, known from a day on."""
    day = date.fromisoformat(on)
    NodeDates.objects.create(
        node=node,
        sort=sort,
        start=start and date.fromisoformat(start),
        finish=finish and date.fromisoformat(finish),
        effective_on=day,
        booked_on=day,
        recorded_at=datetime(day.year, day.month, day.day, 9, tzinfo=clock.ZONE),
    )
