"""Back-plans: both passes, float and driving path, beside putting the same nodes in order and nothing else."""

import random
from datetime import date

from bench.district import District
from bench.registry import Aim, Work, job
from guatu.domain.schedule.solve import back_plan
from guatu.domain.schedule.types import Link, Node, Plan
from guatu.domain.workdays import official_calendar

TODAY, DEADLINE, SEED = date(2019, 3, 4), date(2099, 12, 31), 5
CALENDAR = official_calendar()


def _plan(size: int, seed: int) -> Plan:
    """A net like an office's: mostly FS with some waits, some overlaps, every tenth node in calendar days."""
    choose = random.Random(seed)
    near = max(20, size // 20)  # a node waits for one of so many before it
    nodes = tuple(
        Node(str(number), choose.randint(0, 10), "calendar" if choose.random() < 0.1 else "workday")
        for number in range(size)
    )
    links = tuple(
        Link(
            str(choose.randrange(max(0, number - near), number)),
            str(number),
            choose.choice(("FS",) * 8 + ("SS", "FF")),
            choose.randint(0, 2),
        )
        for number in range(1, size)
        for _ in range(choose.randint(1, 2))
    )
    return Plan(nodes, links, TODAY, DEADLINE, CALENDAR)


def _ordered(plan: Plan) -> list[int]:
    """A topological sort alone."""
    number = {node.id: place for place, node in enumerate(plan.nodes)}
    out: list[list[int]] = [[] for _ in plan.nodes]
    waits = [0] * len(plan.nodes)
    for link in plan.links:
        target = number[link.to]
        out[number[link.start]].append(target)
        waits[target] += 1
    order = [place for place, count in enumerate(waits) if not count]
    for place in order:
        for target in out[place]:
            waits[target] -= 1
            if not waits[target]:
                order.append(target)
    return order


def _computed(plan: Plan) -> tuple[bool, int]:
    found = back_plan(plan)
    return found.feasible, len(found.driving_path)


def _work(plans: list[Plan]) -> Work:
    for plan in plans:
        assert len(_ordered(plan)) == len(plan.nodes)
        assert _computed(plan)[0]
    return Work(lambda: [_computed(plan) for plan in plans], lambda: [_ordered(plan) for plan in plans])


@job("back-plan, 1,000 of 20 nodes", floor="a topological sort alone", aim=Aim(times=5), most=5_000)
def many_plans(district: District) -> Work:
    """The plans of a district: what a Monday morning computes."""
    return _work([_plan(20, SEED + number) for number in range(1_000)])


@job("back-plan, 100,000 nodes", floor="a topological sort alone", aim=Aim(times=5), most=5_000)
def one_big_plan(district: District) -> Work:
    """One net of a whole city."""
    return _work([_plan(100_000, SEED)])
