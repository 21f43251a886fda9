"""Loading a scenario into an installation, alone or beside others."""

from typing import TypedDict

from guatu.demo.build import keep_logins, kept_logins
from guatu.demo.scenarios import find
from guatu.demo.scenarios.write import Writer, require_room
from guatu.demo.write_people import Login


class ScenarioReport(TypedDict):
    """What was loaded. `logins` are the new ones, shown once and kept in the data folder."""

    scenario: str
    as_of: str
    projects: int
    lists: list[str]
    logins: list[Login]


def load(code: str) -> ScenarioReport:
    """Write a scenario; refuses an unknown one, one that is there, and an installation with lists of its own."""
    scenario = find(code)
    require_room(scenario)
    logins = Writer(scenario).carry_out()
    keep_logins([*kept_logins(), *logins])
    return {
        "scenario": scenario.code,
        "as_of": scenario.as_of.isoformat(),
        "projects": len(scenario.projects),
        "lists": [row.name for row in scenario.lists],
        "logins": logins,
    }
