"""What the overview shows: the lists' figures beside plan, time and last year, the projects that lag, and the cuts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core.actor import Actor
from guatu.core.signs import whole_number
from guatu.core.ui.charts import Chart, Series
from guatu.core.ui.numbers import amount
from guatu.domain.indicators import Row, known_values
from guatu.domain.indicators.tally import Change
from guatu.domain.lagging import Lag
from guatu.domain.money import MoneyUnit
from guatu.domain.progress import due, due_by_month, time_progress, year_passed
from guatu.domain.rounding import rate
from guatu.figures.choices import LIGHT_WORDS, NO_LIGHT
from guatu.figures.policies import can_cut_by
from guatu.figures.queries import (
    Asked,
    Figures,
    MonthDone,
    facts,
    figures,
    group_names,
    lags,
    months,
    reason_words,
    year_earlier,
    year_on_year,
)
from guatu.library.choices import EntryKind, Level, Stage
from guatu.library.models import Project
from guatu.people.models import Post, Unit
from guatu.reporting.choices import Truth

WORST = 8
CHOICE_WORDS: dict[str, Mapping[Any, Any]] = {
    "level": dict(Level.choices),
    "kind": dict(EntryKind.choices),
    "stage": dict(Stage.choices),
    "light": LIGHT_WORDS,
}


@dataclass(frozen=True, slots=True)
class Gauge:
    """The rate beside the time passed and beside last year's, all on one scale, in per cent.

    What cannot be compared is None: a list without a year's plan, a year of which nobody has reported anything.
    """

    rate: Decimal | None
    time: Decimal
    last: Decimal | None
    against_time: int | None
    against_last: int | None
    growth: Decimal | None


@dataclass(frozen=True, slots=True)
class Laggard:
    """One line of the list of projects that need dispatching."""

    lag: Lag
    project: Project
    unit: str
    leader: str
    rate: Decimal | None
    why: str

    @property
    def behind(self) -> int:
        """Yuan against the share of the year passed: negative when behind."""
        return -self.lag.gap


@dataclass(frozen=True, slots=True)
class CutRow:
    """One group of a cut: its name, the group as part of an address, and its figures."""

    name: str
    query: str
    values: Mapping[str, Any]
    gap: int | None
    """Yuan against the share of the year passed."""


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that the overview page shows, from one question."""

    figures: Figures
    gauge: Gauge
    changes: Mapping[str, Change] | None
    worst: list[Laggard]
    lagging_count: int
    classes: list[CutRow]
    units: list[CutRow]
    chart: Chart


def overview(actor: Actor, asked: Asked) -> Overview:
    """The overview of some lists at a date."""
    answer = figures(actor, asked)
    changes = year_on_year(actor, asked)
    behind_time = lags(asked)
    return Overview(
        answer,
        _gauge(answer, changes),
        changes,
        laggards(actor, behind_time[:WORST]),
        len(behind_time),
        cut_rows(actor, asked, ("class",)),
        cut_rows(actor, asked, ("unit",)),
        money_chart(asked),
    )


def _gauge(answer: Figures, changes: Mapping[str, Change] | None) -> Gauge:
    values = answer.whole.values
    told = bool(values["reported"])
    before = changes["investment_to_date"] if changes and told and changes["reported"].before else None
    return Gauge(
        rate=values["investment_rate"] if told else None,  # type: ignore[arg-type]  # a rate or no figure
        time=answer.time_percent,
        last=changes["investment_rate"].before if changes and before else None,  # type: ignore[arg-type]  # likewise
        against_time=against_time(values, answer.asked) if told else None,
        against_last=before.difference if before else None,  # type: ignore[arg-type]  # likewise
        growth=before.growth if before else None,
    )


# -- the projects that lag --------------------------------------------------------------------------------------------
def laggards(actor: Actor, lags: Sequence[Lag]) -> list[Laggard]:
    """Lags with the names and words that the actor may see."""
    projects = {row.pk: row for row in Project.objects.filter(pk__in=[lag.entry.project_id for lag in lags])}
    units = {row.pk: str(row) for row in Unit.objects.filter(pk__in=[lag.entry.unit_id for lag in lags])}
    leaders: dict[int, str] = {}
    if can_cut_by(actor, "leader").allowed:
        leaders = {row.pk: str(row) for row in Post.objects.filter(pk__in=[lag.entry.lead_id for lag in lags])}
    return [
        Laggard(
            lag,
            projects[lag.entry.project_id],
            units.get(lag.entry.unit_id or 0, ""),
            leaders.get(lag.entry.lead_id or 0, ""),
            _rate_of(lag),
            _("；").join(reason_words(reason) for reason in lag.reasons),
        )
        for lag in lags
    ]


def _rate_of(lag: Lag) -> Decimal | None:
    """Done of the plan in per cent; no figure where nobody has reported: that is not nought."""
    done = lag.entry.investment_to_date
    return None if done is None else rate(done, lag.entry.planned_investment)


# -- cuts -------------------------------------------------------------------------------------------------------------
def cut_rows(actor: Actor, asked: Asked, by: Sequence[str], *, worst_first: bool = True) -> list[CutRow]:
    """The groups of a cut, the biggest shortfall against time first."""
    answer = figures(actor, asked, by)
    names = group_names(by, answer.rows)
    rows = [_cut_row(row, names, asked) for row in answer.rows]
    if worst_first:
        rows.sort(key=lambda row: row.gap or 0)
    return rows


def _cut_row(row: Row, names: Mapping[tuple[str, Any], str], asked: Asked) -> CutRow:
    group = row.named_group()
    words = [group_word(dimension, value, names) for dimension, value in group.items()]
    query = urlencode([(f"g.{dimension}", "" if value is None else str(value)) for dimension, value in group.items()])
    return CutRow(" × ".join(words), query, known_values(row), against_time(row.values, asked))


def against_time(values: Mapping[str, Any], asked: Asked) -> int | None:
    """Yuan done beyond what the share of the year passed asks for, negative when behind; None without a plan
    or a report."""
    done, planned = values["investment_to_date"], values["planned_investment"]
    passed = year_passed(asked.as_of, asked.rules().time_basis, asked.year)
    return (done or 0) - due(planned, passed) if planned and values["reported"] else None


def group_word(dimension: str, value: Any, names: Mapping[tuple[str, Any], str]) -> str:
    """What a person reads for a group."""
    if value is None:
        return str(NO_LIGHT) if dimension == "light" else _("未注明")
    if (dimension, value) in names:
        return names[dimension, value]
    return str(CHOICE_WORDS.get(dimension, {}).get(value, value))


def read_group(query: Mapping[str, str]) -> dict[str, str | int | None]:
    """The group of a figure from an address ("g.class=产业类"); an empty value is the group that is not stated."""
    group: dict[str, str | int | None] = {}
    for name, text in query.items():
        if name.startswith("g."):
            dimension = name[2:]
            number = dimension in ("unit", "leader", "region", "batch") and _is_key(text)
            group[dimension] = int(text) if number else (text or None)
    return group


def _is_key(text: str) -> bool:
    """Whether a text is a row's number, which fits into 64 bits."""
    return whole_number(text, 18) is not None


# -- the year's money -------------------------------------------------------------------------------------------------
def money_chart(asked: Asked) -> Chart:
    """Cumulative investment by month: this year, last year, and the plan spread by the time passed."""
    this = months(asked)
    before = year_earlier(asked)
    last: list[MonthDone] = []
    if before is not None:
        last = months(before.on(date(before.year, 12, 31)))
    planned = sum(entry.planned_investment for entry in facts(asked))
    plan = due_by_month(planned, asked.rules().time_basis, asked.year)
    done = [row.to_date for row in this]
    lines = [
        _actual(asked, done),
        Series(_("按序时"), "plan", plan, end(_("计划"), plan)),
    ]
    if last:
        before_done = [row.to_date for row in last]
        lines.append(Series(_("上年"), "last", _padded(before_done), end(_("上年"), before_done)))
    summary = _("累计完成投资逐月对照：实际、按序时应完成、上年同期")
    labels = [_("{month}月").format(month=month) for month in range(1, 13)]
    return Chart("money", "line", labels, lines, summary, money=MoneyUnit.YI, places=2, x_title=_("月份"))


def _actual(asked: Asked, done: Sequence[int]) -> Series:
    """What was done; dotted where it holds figures that the office has not confirmed."""
    if asked.truth == Truth.CONFIRMED:
        return Series(_("实际"), "actual", _padded(done), end(_("实际"), done))
    words = _("含未采用数")
    return Series(words, "claimed", _padded(done), end(words, done))


def end(name: str, amounts: Sequence[int]) -> str:
    """What stands at a line's end: its name and last amount in 亿元."""
    return f"{name} {amount(amounts[-1], MoneyUnit.YI)}" if amounts else ""


def _padded(values: Iterable[int]) -> list[int | None]:
    listed: list[int | None] = list(values)
    return listed + [None] * (12 - len(listed))


def rows_url(query: str, indicator: str, group: str = "") -> str:
    """The address of the rows behind a figure."""
    tail = f"&{group}" if group else ""
    return f"{reverse('dispatch:rows')}?{query}&indicator={indicator}{tail}"


def time_at(asked: Asked) -> Decimal:
    """The share of the year passed, by the list's habit."""
    return time_progress(asked.as_of, asked.rules().time_basis, asked.year)
