"""A snapshot's printed figures, cut by cut, read from its rows and never computed again."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from guatu.dispatch.queries import group_word
from guatu.figures.choices import dimension_words
from guatu.figures.models import Snapshot, SnapshotFigure

COLUMNS = ("projects", "planned_investment", "investment_to_date", "investment_rate", "lead", "started", "completed")


@dataclass(frozen=True, slots=True)
class KeptCut:
    """One cut of a snapshot: its head and, per group, the printed values of `COLUMNS`."""

    head: str
    rows: list[tuple[str, list[str]]]


def cuts_of(snapshot: Snapshot) -> list[KeptCut]:
    """The snapshot's cuts in the order in which they were kept."""
    kept: dict[str, dict[str, dict[str, str]]] = {}
    figures = SnapshotFigure.objects.filter(snapshot=snapshot, indicator__in=COLUMNS).order_by("pk")
    for cut, group, indicator, printed in figures.values_list("cut", "group", "indicator", "printed"):
        kept.setdefault(cut, {}).setdefault(group, {})[indicator] = printed
    return [
        KeptCut(_head(cut), [_row(cut, group, values) for group, values in rows.items()]) for cut, rows in kept.items()
    ]


def _head(cut: str) -> str:
    return " × ".join(dimension_words(part) for part in cut.split(",")) if cut else _("全部")


def _row(cut: str, group: str, values: dict[str, str]) -> tuple[str, list[str]]:
    parts = zip(cut.split(","), group.split("\t"), strict=True) if cut else ()
    words = " × ".join(group_word(dimension, None if value == "None" else value, {}) for dimension, value in parts)
    return words or _("合计"), [values.get(code, "") for code in COLUMNS]
