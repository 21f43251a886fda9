"""The rows behind a figure, with the contribution of each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from guatu.core.actor import Actor
from guatu.core.ui.numbers import day
from guatu.dispatch.chain_rows import ChainRow
from guatu.dispatch.queries import Laggard, group_word
from guatu.domain.indicators import EntryFacts
from guatu.domain.rounding import rate
from guatu.figures.choices import WORDS
from guatu.figures.queries import Asked, BasisRow, behind, figures, group_names, printed
from guatu.library.models import Project
from guatu.library.policies import findable_projects
from guatu.people.models import Unit
from guatu.reporting.choices import Truth
from guatu.reporting.models import Reading
from guatu.reporting.queries import readings_as_of


@dataclass(frozen=True, slots=True)
class OpenedRow:
    """One project behind the figure, as the table shows it; money in whole yuan, rate in per cent."""

    public_id: UUID
    name: str
    unit: str
    kind: str
    stage: str
    total: int
    planned: int
    done: int | None
    rate: Decimal | None
    reading_on: date | None
    pk: int


@dataclass(frozen=True, slots=True)
class Opened:
    """A figure, opened: its name and group, its value as printed, and its rows, which add up to it."""

    title: str
    group: str
    value: str
    unit: str
    rows: list[OpenedRow]
    problems: Callable[[], Mapping[int, str]]
    truths: Callable[[], Mapping[int, str]] | None = None
    """Where figures that are not confirmed are shown: how far each row's reading has been checked."""


_UNITS = {"money": _("亿元"), "count": _("项"), "percent": "%", "points": _("个百分点")}


def opened(actor: Actor, asked: Asked, indicator: str, group: Mapping[str, str | int | None]) -> Opened:
    """Open one figure. The value is taken from the same function as on the page where it stands."""
    entries = behind(actor, asked, indicator, group)
    answer = figures(actor, asked, tuple(group))
    wanted = tuple(group.values())
    values: dict[str, Any] = next((row.values for row in answer.rows if row.group == wanted), {})
    names = group_names(tuple(group), answer.rows)
    return Opened(
        title=str(WORDS[indicator].name),
        group=" × ".join(group_word(dimension, value, names) for dimension, value in group.items()),
        value=printed(indicator, values.get(indicator), asked.rules().places),
        unit=str(_UNITS[WORDS[indicator].kind]),
        rows=_rows(entries),
        problems=lambda: _problems(entries, asked),
        truths=None if asked.truth == Truth.CONFIRMED else lambda: _truths(entries, asked),
    )


def _problems(entries: list[EntryFacts], asked: Asked) -> dict[int, str]:
    """The problems reported, by project, each with the day of its report."""
    readings = _readings([entry.project_id for entry in entries if entry.has_problem], asked)
    return {key: f"{row.problem}（{day(row.effective_on)}）" for key, row in readings.items() if row.problem}


def _truths(entries: list[EntryFacts], asked: Asked) -> Mapping[int, str]:
    """How far the reading behind each row has been checked; nothing where there is none."""
    return {key: row.truth for key, row in _readings([entry.project_id for entry in entries], asked).items()}


def _readings(ids: list[int], asked: Asked) -> dict[int, Reading]:
    given = {"basis": asked.basis, "truth": asked.truth}
    return readings_as_of(ids, asked.as_of, known=asked.known, restated=asked.restated, **given)


def _rows(entries: list[EntryFacts]) -> list[OpenedRow]:
    projects = Project.objects.in_bulk([entry.project_id for entry in entries])
    units = {row.pk: str(row) for row in Unit.objects.filter(pk__in={entry.unit_id for entry in entries})}
    return [
        OpenedRow(
            projects[entry.project_id].public_id,
            projects[entry.project_id].name,
            units.get(entry.unit_id or 0, ""),
            entry.kind,
            entry.stage,
            entry.total_investment,
            entry.planned_investment,
            entry.investment_to_date,
            None if entry.investment_to_date is None else rate(entry.investment_to_date, entry.planned_investment),
            entry.reading_on,
            entry.project_id,
        )
        for entry in entries
    ]


def leaving(actor: Actor, rows: "Sequence[Line]") -> "list[Line]":
    """The rows that may leave in a file: sensitive projects only for those who answer for them, as in the library."""
    allowed = set(findable_projects(actor).values_list("public_id", flat=True))
    return [row for row in rows if row.public_id in allowed]


@dataclass(frozen=True, slots=True)
class LagRow:
    """One project that lags, as the table shows it: `behind` in whole yuan, negative; rate in per cent."""

    public_id: UUID
    name: str
    why: str
    unit: str
    leader: str
    planned: int
    done: int | None
    rate: Decimal | None
    behind: int

    @classmethod
    def of(cls, row: Laggard) -> "LagRow":
        """A line of the list that needs dispatching."""
        entry, project = row.lag.entry, row.project
        money = (entry.planned_investment, entry.investment_to_date)
        return cls(project.public_id, project.name, row.why, row.unit, row.leader, *money, row.rate, row.behind)


@dataclass(frozen=True, slots=True)
class BasisLine:
    """One project's three amounts as the table shows them, whole yuan, each with the day of its reading."""

    public_id: UUID
    name: str
    dispatch: int | None
    dispatch_on: date | None
    statistics: int | None
    statistics_on: date | None
    payment: int | None
    payment_on: date | None
    statistics_gap: int | None
    payment_gap: int | None

    @classmethod
    def of(cls, project: Project, row: BasisRow) -> "BasisLine":
        """A project with its amounts."""
        told: dict[str, Any] = {f"{code}_on": day for code, day in row.days.items()}
        amounts = {code: getattr(row, code) for code in (*row.days, "statistics_gap", "payment_gap")}
        return cls(project.public_id, project.name, **told, **amounts)


Line = TypeVar("Line", OpenedRow, LagRow, BasisLine, ChainRow)
