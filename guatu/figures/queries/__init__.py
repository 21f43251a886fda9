"""Reading figures: the one answer for every face, and what stands beside it."""

from guatu.figures.queries.answers import (
    CUTS,
    Figures,
    as_json,
    ask,
    batch_of,
    behind,
    facts,
    figures,
    find_lists,
    group_names,
    in_full,
    lags,
    year_earlier,
    year_on_year,
)
from guatu.figures.queries.bases import BasisRow, BasisTotal, by_basis, totals
from guatu.figures.queries.chain import (
    chain_of,
    done_since,
    judged_on,
    levels_of,
    target_by,
    why_none,
)
from guatu.figures.queries.chain_groups import chained, chains_by
from guatu.figures.queries.cubes import Cube, cubes_until
from guatu.figures.queries.outside import outside_series
from guatu.figures.queries.planned import planned_trajectory
from guatu.figures.queries.printed import printed, stored
from guatu.figures.queries.published import (
    Paper,
    contradiction_words,
    paper_as_json,
    paper_of,
    papers,
    papers_of,
    shown,
)
from guatu.figures.queries.reasons import reason_words
from guatu.figures.queries.series import MonthDone, data_until, done_by_day, months
from guatu.figures.queries.sql import Asked
from guatu.figures.queries.unadopted import Unadopted, unadopted

__all__ = [
    "CUTS",
    "Asked",
    "BasisRow",
    "BasisTotal",
    "Cube",
    "Figures",
    "MonthDone",
    "Paper",
    "Unadopted",
    "as_json",
    "ask",
    "batch_of",
    "behind",
    "by_basis",
    "chain_of",
    "chained",
    "chains_by",
    "contradiction_words",
    "cubes_until",
    "data_until",
    "done_by_day",
    "done_since",
    "facts",
    "figures",
    "find_lists",
    "group_names",
    "in_full",
    "judged_on",
    "lags",
    "levels_of",
    "months",
    "outside_series",
    "paper_as_json",
    "paper_of",
    "papers",
    "papers_of",
    "planned_trajectory",
    "printed",
    "reason_words",
    "shown",
    "stored",
    "target_by",
    "totals",
    "unadopted",
    "why_none",
    "year_earlier",
    "year_on_year",
]
