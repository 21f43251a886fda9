"""How the projects of a post stand: one sentence, and those that lag most with facts as reasons."""

from dataclasses import replace
from typing import Any

from guatu.core import rights
from guatu.core.actor import Actor
from guatu.core.ui.numbers import per_cent, said_amount
from guatu.dispatch.forms import read_choice
from guatu.dispatch.queries import laggards
from guatu.figures.queries import data_until, figures, lags
from guatu.library.policies import projects_within

SHOWN = 5
LOOK_FIRST = ("head", "leader", "liaison", "supervision", "superior")  # before what waits; for the others after it


def my_projects(actor: Actor) -> dict[str, Any] | None:
    """The part of Today on the actor's projects in the list that dispatch opens; None where there is none."""
    if not rights.can(actor, "figures.view").allowed:
        return None
    choice = read_choice(actor, {})
    if choice is None:
        return None
    whole = "installation" in rights.scopes_of(actor, "library.view_mine")
    asked = choice.asked if whole else replace(choice.asked, within=projects_within(actor, "library.view_mine"))
    values = figures(actor, asked).whole.values
    if not values["projects"]:
        return None
    behind = lags(asked)
    leading = actor.post_kind in ("leader", "liaison")
    rows = laggards(actor, behind[:SHOWN])
    return {
        "list": choice.lists[0],
        "leading": leading,
        "first": "head" if actor.post_kind in LOOK_FIRST else "after",
        "values": values,
        "lagging": len(behind),
        "rows": [{"row": row} for row in rows],
        "data_until": data_until(asked),
        **_sentence(values),
    }


def _sentence(values: Any) -> dict[str, Any]:
    """What the first sentence prints: money, rate, and how far from the share of the year passed."""
    done, planned, rate = values["investment_to_date"], values["planned_investment"], values["investment_rate"]
    text, unit = said_amount(done or 0)
    points = values["lead"]
    return {
        "done": text,
        "unit": unit,
        "rate": None if not planned else rate,
        "points": None if points is None else per_cent(abs(points)),
        "slow": points is not None and points < 0,
    }
