"""How many projects have which light: a line under the overview's first sentence, each count opening its rows."""

from dataclasses import dataclass

from guatu.core.actor import Actor
from guatu.core.refusals import Sentence
from guatu.core.ui.lights import LIT
from guatu.dispatch.queries import rows_url
from guatu.figures.queries import Asked, figures


@dataclass(frozen=True, slots=True)
class LitCount:
    """The projects of one colour ("none": no light): how many, its word, and the address of the rows."""

    colour: str
    word: Sentence
    count: int
    url: str


def lit_counts(actor: Actor, asked: Asked, query: str) -> list[LitCount]:
    """Every colour, the worst first, nought too; no light only where there is one. Empty where nobody has a light."""
    answer = figures(actor, asked, ("light",))
    counts = {str(row.group[0] or "none"): int(row.values["projects"] or 0) for row in answer.rows}
    if not counts.keys() - {"none"}:
        return []
    listed = [name for name in LIT if name != "none" or counts.get(name)]
    return [
        LitCount(name, LIT[name], counts.get(name, 0), rows_url(query, "projects", _group(name))) for name in listed
    ]


def _group(name: str) -> str:
    return f"g.light={'' if name == 'none' else name}"
