"""How the projects of a post stand: one sentence, and those that lag most with facts as reasons."""

from typing import Any

from guatu.core import rights, truth
from guatu.core.actor import Actor
from guatu.core.templatetags.ui import figure
from guatu.core.ui.numbers import count, per_cent, said_amount
from guatu.dispatch.forms import read_choice
from guatu.dispatch.queries import laggards, rows_url
from guatu.figures.queries import data_until, figures, lags
from guatu.reporting.queries import unadopted_of

SHOWN = 5
LOOK_FIRST = ("head", "leader", "liaison", "supervision", "superior")  # before what waits; for the others after it


def my_projects(actor: Actor) -> dict[str, Any] | None:
    """The part of Today on the actor's projects in the list that dispatch opens; None where there is none."""
    if not rights.can(actor, "figures.view").allowed:
        return None
    choice = read_choice(actor, {"mine": "1"})
    if choice is None:
        return None
    asked, query = choice.asked, choice.query()
    values = figures(actor, asked).whole.values
    if not values["projects"]:
        return None
    behind = lags(asked)
    own = [] if actor.unit_id is None else [lag for lag in behind if lag.entry.unit_id == actor.unit_id]
    if own:  # what the post's own unit answers for, before what it has a part in
        behind = own + [lag for lag in behind if lag.entry.unit_id != actor.unit_id]
    leading = actor.post_kind in ("leader", "liaison")
    rows = laggards(actor, behind[:SHOWN])
    claimed = (
        unadopted_of([row.project.pk for row in rows], asked.as_of) if rights.can(actor, truth.RIGHT).allowed else ()
    )
    return {
        "list": choice.lists[0],
        "leading": leading,
        "first": "head" if actor.post_kind in LOOK_FIRST else "after",
        "n": figure(rows_url(query, "projects"), count(values["projects"])),  # type: ignore[arg-type]  # a count
        "query": query,
        "lagging": len(behind),
        "own_first": 0 < len(own) < len(behind),
        "rows": [{"row": row, "claimed": row.project.pk in claimed} for row in rows],
        "data_until": data_until(asked),
        **_sentence(values, query),
    }


def _sentence(values: Any, query: str) -> dict[str, Any]:
    """What the first sentence prints: money, rate, and how far from the share of the year passed."""
    done, planned, rate = values["investment_to_date"], values["planned_investment"], values["investment_rate"]
    points = values["lead"]
    return {
        "done": figure(rows_url(query, "investment_to_date"), *said_amount(done or 0)),
        "rate": None if not planned else rate,
        "points": None if points is None else per_cent(abs(points)),
        "slow": points is not None and points < 0,
    }
