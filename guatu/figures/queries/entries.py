"""The entries of lists with their facts, remembered: what figures, lights and the chain of targets begin with."""

from typing import Any

from guatu.domain.indicators import EntryFacts
from guatu.figures.queries.gather import Placed, mended, merged, placed
from guatu.figures.queries.memo import Kept, derived, kept
from guatu.figures.queries.sql import Asked


def key_of(asked: Asked) -> tuple[Any, ...]:
    """What the answer depends on besides the rows: the question, and the asker's reach as SQL."""
    reach = "" if asked.within is None else str(asked.within.values("pk").query)
    settings = tuple((row.pk, row.version) for row in asked.lists)
    return (settings, asked.as_of, asked.known, asked.basis, asked.truth, asked.restated, reach)


def gathered(asked: Asked) -> Kept[list[Placed]]:
    """Every entry, remembered; after a write only the projects that it named are read again."""
    return kept(key_of(asked), lambda: placed(asked), lambda known, projects: mended(asked, known, projects))


def entries(asked: Asked, source: Kept[list[Placed]] | None = None) -> list[EntryFacts]:
    """Every entry with its facts but for its light; of a union of levels each project once."""
    source = source or gathered(asked)
    return derived(source, "facts", lambda: merged(asked, source.value))
