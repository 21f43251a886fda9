"""Figures into the sentences of bulletins by a small grammar, each with its figures (docs/algorithms/words.md)."""

from guatu.domain.words.phrases import (
    Clause,
    amount_words,
    as_of_words,
    choose_variant,
    growth_words,
    lead_words,
    percent_words,
)
from guatu.domain.words.sentence import Bound, Figure, FigureKind, Sentence, join
from guatu.domain.words.sentences import (
    Style,
    progress_sentences,
    ranking_sentence,
    year_on_year_sentence,
)

__all__ = [
    "Bound",
    "Clause",
    "Figure",
    "FigureKind",
    "Sentence",
    "Style",
    "amount_words",
    "as_of_words",
    "choose_variant",
    "growth_words",
    "join",
    "lead_words",
    "percent_words",
    "progress_sentences",
    "ranking_sentence",
    "year_on_year_sentence",
]
