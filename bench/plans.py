"""Plans for the bench: chains of nodes for the first projects of this year's list, half of them done."""

from datetime import date, timedelta

from bench.district import AS_OF, RECORDED, YEAR, District
from bench.load import analyse
from guatu.library.models import ListEntry
from guatu.plans.models import Link, Node, NodeDates, Plan, PlanVersion, VersionNode

CHUNK = 2000
FIRST = date(YEAR, 1, 5)


def give(district: District, projects: int, nodes: int) -> None:
    """Give plans to the first projects of the list that have none yet; a kept database has them already."""
    entries = ListEntry.objects.filter(annual_list_id=district.list_id).order_by("project_id")
    planned = set(Plan.objects.values_list("project_id", flat=True))
    keys = [key for key in entries.values_list("project_id", flat=True)[:projects] if key not in planned]
    if not keys:
        return
    plans = Plan.objects.bulk_create(
        [Plan(project_id=key, deadline=date(YEAR, 12, 31), approved=1) for key in keys],
        CHUNK,
    )
    versions = PlanVersion.objects.bulk_create(
        [
            PlanVersion(plan=plan, number=1, deadline=plan.deadline, approved_on=FIRST, approved_by="示例", content={})
            for plan in plans
        ],
        CHUNK,
    )
    made = Node.objects.bulk_create(
        [
            Node(plan=plan, order=order, name=f"示例节点{order}", duration=15)
            for plan in plans
            for order in range(1, nodes + 1)
        ],
        CHUNK,
    )
    spans = [
        VersionNode(plan_version=versions[place // nodes], node=node, start=start, finish=start + timedelta(days=14))
        for place, node in enumerate(made)
        if (start := FIRST + timedelta(days=15 * (place % nodes)))
    ]
    VersionNode.objects.bulk_create(spans, CHUNK)
    dated = {"effective_on": FIRST, "booked_on": FIRST, "recorded_at": RECORDED}
    facts = [NodeDates(node=one.node, sort="planned", start=one.start, finish=one.finish, **dated) for one in spans]
    done = [
        NodeDates(node=one.node, sort="actual", start=one.start, finish=one.finish, **dated)
        for one in spans
        if one.finish < AS_OF - timedelta(days=one.node.pk % 9)
    ]
    NodeDates.objects.bulk_create(facts + done, CHUNK)
    chain = [Link(before=made[at], after=made[at + 1]) for at in range(len(made) - 1) if (at + 1) % nodes]
    Link.objects.bulk_create(chain, CHUNK)
    analyse()
