"""The rows behind a figure, with the contribution of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from guatu.core.actor import Actor
from guatu.dispatch.queries import CHOICE_WORDS, group_word
from guatu.domain.indicators import EntryFacts
from guatu.figures.choices import WORDS
from guatu.figures.queries import Asked, behind, figures, group_names, printed
from guatu.library.models import Project
from guatu.people.models import Unit


@dataclass(frozen=True, slots=True)
class OpenedRow:
    """One project behind the figure."""

    project: Project
    entry: EntryFacts
    unit: str
    kind: str
    stage: str
    rate: Decimal | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A figure, opened: its name and group, its value as printed, and its rows, which add up to it."""

    title: str
    group: str
    value: str
    unit: str
    rows: list[OpenedRow]
    total: int
    planned: int
    done: int
    rate: Decimal | None


_UNITS = {"money": _("亿元"), "count": _("项"), "percent": "%", "points": _("个百分点")}


def opened(actor: Actor, asked: Asked, indicator: str, group: Mapping[str, str | int | None]) -> Opened:
    """Open one figure. The value is taken from the same function as on the page where it stands."""
    entries = behind(actor, asked, indicator, group)
    answer = figures(actor, asked, tuple(group))
    wanted = tuple(group.values())
    values: dict[str, Any] = next((row.values for row in answer.rows if row.group == wanted), {})
    names = group_names(tuple(group), answer.rows)
    planned = sum(entry.planned_investment for entry in entries)
    done = sum(entry.investment_to_date or 0 for entry in entries)
    return Opened(
        title=str(WORDS[indicator].name),
        group=" × ".join(group_word(dimension, value, names) for dimension, value in group.items()),
        value=printed(indicator, values.get(indicator), asked.rules().places),
        unit=str(_UNITS[WORDS[indicator].kind]),
        rows=_rows(entries),
        total=sum(entry.total_investment for entry in entries),
        planned=planned,
        done=done,
        rate=_share(done, planned),
    )


def _rows(entries: list[EntryFacts]) -> list[OpenedRow]:
    projects = Project.objects.in_bulk([entry.project_id for entry in entries])
    units = {row.pk: str(row) for row in Unit.objects.filter(pk__in={entry.unit_id for entry in entries})}
    return [
        OpenedRow(
            projects[entry.project_id],
            entry,
            units.get(entry.unit_id or 0, ""),
            str(CHOICE_WORDS["kind"][entry.kind]),
            str(CHOICE_WORDS["stage"][entry.stage]),
            _share(entry.investment_to_date or 0, entry.planned_investment),
        )
        for entry in entries
    ]


def _share(done: int, planned: int) -> Decimal | None:
    return Decimal(done) * 100 / planned if planned > 0 else None
