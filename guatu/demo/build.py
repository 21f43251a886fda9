"""`guatu init --demo`: the demonstration district in an empty installation, and its log-ins."""

import os
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TypedDict

from django.conf import settings

from guatu.demo.model import DistrictPlan, Issue, Readings, Steps
from guatu.demo.plan import FULL, make_plan
from guatu.demo.write import Writer
from guatu.demo.write_people import Login

LOGINS = "demo-logins.txt"


class DemoReport(TypedDict):
    """What was built. `readings` counts rows by basis; `logins` are shown once and kept in the data folder."""

    seed: int
    today: str
    projects: int
    listed: int
    deeds: int
    readings: dict[str, int]
    steps: int
    logins: list[Login]


def build(seed: int, today: date, *, projects: int = FULL) -> DemoReport:
    """Write the district of a seed that ends on `today`; the installation must be empty.

    `projects` is the size of this year's list (the other years' in proportion). Passwords are drawn anew each time,
    everything else is the same for the same seed and date.
    """
    plan = make_plan(seed, today, projects=projects)
    people = Writer(plan).carry_out()
    keep_logins(people.logins)
    return report(plan, people.logins)


def report(plan: DistrictPlan, logins: list[Login]) -> DemoReport:
    """What a plan amounts to."""
    readings: Counter[str] = Counter()
    for deed in plan.deeds:
        if isinstance(deed, Readings):
            readings[deed.basis] += len(deed.rows)
    issued = [deed for deed in plan.deeds if isinstance(deed, Issue) and deed.level == "district"]
    return {
        "seed": plan.seed,
        "today": plan.today.isoformat(),
        "projects": len(plan.projects),
        "listed": len(issued[-1].entries) if issued else 0,
        "deeds": len(plan.deeds),
        "readings": dict(readings),
        "steps": sum(len(deed.steps) for deed in plan.deeds if isinstance(deed, Steps)),
        "logins": logins,
    }


def keep_logins(logins: list[Login]) -> Path:
    """Write the log-ins to the data folder, readable by its owner only."""
    path = Path(settings.DATA_DIR) / LOGINS
    lines = [f"{row['username']}\t{row['password']}\t{row['post']}\n" for row in logins]
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        os.fchmod(file.fileno(), 0o600)
        file.writelines(lines)
    return path


def kept_logins() -> list[Login]:
    """The log-ins of this installation's demonstration district, as they were written down; none on a real one."""
    path = Path(settings.DATA_DIR) / LOGINS
    if not path.exists():
        return []
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return [{"username": username, "password": password, "post": post} for username, password, post in rows]
