"""What to say of a report while it is typed: errors that stop it, and questions (docs/algorithms/report_checks.md)."""

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from guatu.domain.mix import UNTOLD, InvestmentMix

MOST_PERCENT: Final = 100_00


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a report says, in whole yuan and hundredths of a per cent; `started` and `finished` count its nodes."""

    amount: int | None = None
    ytd: int | None = None
    cumulative: int | None = None
    mix: InvestmentMix = UNTOLD
    percent: int | None = None
    started: int = 0
    finished: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What is known from before the period: the last figures, the amounts of recent periods, plan and nodes.

    `planned` is the year's investment, `begun` how many nodes have begun, None where there is no plan of nodes.
    """

    ytd: int | None = None
    cumulative: int | None = None
    percent: int | None = None
    recent: Sequence[int] = ()
    total: int | None = None
    planned: int | None = None
    begun: int | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on something is asked: a jump above so many times the mean of recent periods; this year's sum above so
    many per cent of the year's plan; a node done below so many hundredths of a per cent of physical progress; where
    fewer recent periods are known, a period above so many per cent of the year's plan.
    """

    jump_times: int = 3
    recent_least: int = 2
    plan_most: int = 150
    done_least: int = 1_00
    step_most: int = 50


@dataclass(frozen=True, slots=True)
class Check:
    """Something about one field of a report; `stops` or is only asked. `params` are plain values."""

    code: str
    field: str
    stops: bool
    params: dict[str, Any] = dataclasses.field(default_factory=dict)


def check_report(told: Told, before: Before, limits: Limits = Limits()) -> list[Check]:
    """All that is to be said about a report, errors first; an empty report says nothing."""
    found = [*_money(told, before), *_mix(told), *_above(told, before, limits), *_jump(told, before, limits)]
    found += [*_percent(told, before), *_nodes(told, before, limits)]
    return sorted(found, key=lambda one: not one.stops)


def ytd_of(told: Told, before: Before) -> int | None:
    """This year's sum as the report makes it: as told, else by the whole sum, else the last one and the period's."""
    if told.ytd is not None:
        return told.ytd
    if told.cumulative is not None and before.cumulative is not None and before.ytd is not None:
        return before.ytd + told.cumulative - before.cumulative
    return told.amount + (before.ytd or 0) if told.amount is not None else None


def amount_of(told: Told, before: Before) -> int | None:
    """The period's money: as told, else what this year's sum grew by; None where that is not known, or it fell."""
    if told.amount is not None:
        return told.amount
    ytd = ytd_of(told, before)
    return None if ytd is None or before.ytd is None or ytd < before.ytd else ytd - before.ytd


def _whole_of(told: Told, before: Before) -> int | None:
    """The sum since the start as the report makes it, where that is known."""
    if told.cumulative is not None:
        return told.cumulative
    ytd = ytd_of(told, before)
    if ytd is None or before.cumulative is None or before.ytd is None:
        return None
    return before.cumulative + ytd - before.ytd


def _money(told: Told, before: Before) -> Iterator[Check]:
    for name, last in (("ytd", before.ytd), ("cumulative", before.cumulative)):
        value = getattr(told, name)
        if value is not None and last is not None and value < last:
            yield Check("report.falls", name, True, {"value": value, "last": last})
    if told.amount is not None and told.amount < 0:
        yield Check("report.negative", "amount", True, {"value": told.amount})
    if told.amount is None or told.ytd is None or before.ytd is None or told.ytd < before.ytd:
        return
    if told.ytd - before.ytd != told.amount:
        yield Check("report.sum_differs", "ytd", False, {"stated": told.amount, "computed": told.ytd - before.ytd})


def _mix(told: Told) -> Iterator[Check]:
    parts = told.mix
    for name in ("construction", "installation", "equipment", "other"):
        value = getattr(parts, name)
        if value is not None and value < 0:
            yield Check("report.negative", f"mix_{name}", True, {"value": value})
    amounts = {"amount": told.amount, "ytd": told.ytd, "cumulative": told.cumulative}
    stated = next((value for value in amounts.values() if value is not None), None)
    if parts and stated is not None and parts.of(amounts) is None:
        yield Check("report.mix_sum", "mix_construction", True, {"sum": parts.total, "stated": stated})


def _above(told: Told, before: Before, limits: Limits) -> Iterator[Check]:
    money = _money_field(told)
    whole, ytd = _whole_of(told, before), ytd_of(told, before)
    if whole is not None and before.total and whole > before.total:
        yield Check("report.above_total", money, False, {"value": whole, "total": before.total})
    if ytd is not None and before.planned and ytd * 100 > before.planned * limits.plan_most:
        yield Check(
            "report.above_plan", money, False, {"value": ytd, "planned": before.planned, "most": limits.plan_most}
        )


def _jump(told: Told, before: Before, limits: Limits) -> Iterator[Check]:
    recent, amount, money = before.recent, amount_of(told, before), _money_field(told)
    if amount is None:
        return
    if len(recent) < limits.recent_least or sum(recent) <= 0:
        if before.planned and amount * 100 > before.planned * limits.step_most:
            more = {"value": amount, "planned": before.planned, "most": limits.step_most}
            yield Check("report.large", money, False, more)
    elif amount * len(recent) > sum(recent) * limits.jump_times:
        mean = sum(recent) // len(recent)
        yield Check("report.jump", money, False, {"value": amount, "mean": mean, "times": limits.jump_times})


def _money_field(told: Told) -> str:
    """The field at which money is spoken of: the first that was told."""
    return "amount" if told.amount is not None else "ytd" if told.ytd is not None else "cumulative"


def _percent(told: Told, before: Before) -> Iterator[Check]:
    if told.percent is None:
        return
    if not 0 <= told.percent <= MOST_PERCENT:
        yield Check("report.percent_range", "percent", True, {"value": told.percent})
    elif before.percent is not None and told.percent < before.percent:
        yield Check("report.percent_falls", "percent", False, {"value": told.percent, "last": before.percent})


def _nodes(told: Told, before: Before, limits: Limits) -> Iterator[Check]:
    begun = before.begun
    if told.amount and begun is not None and begun + told.started + told.finished == 0:
        yield Check("report.money_before_begin", "amount", False, {"value": told.amount})
    if told.finished and told.percent is not None and told.percent < limits.done_least:
        yield Check("report.done_without_percent", "percent", False, {"nodes": told.finished})
