"""The chain in one sentence's facts: which level is lost first, and what daily rate still saves the next."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from guatu.domain.targets.levels import Level, LevelName, State

VerdictCode: TypeAlias = Literal["all_hold", "at_risk", "lost_saves", "lost_all", "not_judged"]


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where a level ends: ``at_recent`` at the recent rate, ``at_capacity`` at the best; None where no rate is known.

    ``short`` = target - at_capacity where that is above zero: what cannot be done any more even at the best rate.
    """

    at_recent: int | None
    at_capacity: int | None
    short: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """The facts of one sentence; the sentence is composed by who shows it.

    ``code``: "all_hold"; "at_risk" (``saved`` is the first level that the recent rate does not keep); "lost_saves"
    (``lost_first`` is lost, ``saved`` is the next longer level that is not, with its required rate); "lost_all" (no
    longer level is left to save); "not_judged". ``year`` is the year's level and ``outlook`` its forecast: a page's
    verdict on the year and its forecast are these two and nothing else.
    """

    code: VerdictCode
    lost_first: Level | None
    lost: tuple[LevelName, ...]
    saved: Level | None
    year: Level | None
    outlook: Outlook | None

    @property
    def required_daily(self) -> int | None:
        """Whole yuan a work day from the next day on that keep ``saved``."""
        return self.saved.required_daily if self.saved is not None else None

    @property
    def year_state(self) -> State | None:
        return self.year.state if self.year is not None else None


def verdict(chain: Iterable[Level]) -> Verdict:
    """The verdict on judged levels, in any order; levels that were not judged are simply not among them.

    The day is over at every date: its level tells what was done on it and is never the one that is saved or at risk.
    """
    judged = list(chain)
    lost = [one for one in judged if one.state == "lost"]
    year = next((one for one in judged if one.level == "year"), None)
    code: VerdictCode
    if not judged:
        return Verdict("not_judged", None, (), None, None, None)
    if lost:
        longer = judged[judged.index(lost[0]) + 1 :]
        saved = next((one for one in longer if one.state != "lost"), None)
        code = "lost_all" if saved is None else "lost_saves"
    else:
        saved = next((one for one in judged if one.state == "at_risk"), None)
        code = "all_hold" if saved is None else "at_risk"
    names = tuple(one.level for one in lost)
    return Verdict(code, lost[0] if lost else None, names, saved, year, outlook(year) if year is not None else None)


def outlook(level: Level) -> Outlook:
    """The level's end at the rates shown (what was done + rate × work days left)."""
    at_recent = _reached(level, level.recent_daily)
    at_capacity = _reached(level, level.capacity_daily)
    short = max(0, level.target - at_capacity) if at_capacity is not None else 0
    return Outlook(at_recent, at_capacity, short)


def _reached(level: Level, rate: int | None) -> int | None:
    if level.work_days_left == 0:
        return level.done
    return None if rate is None else level.done + rate * level.work_days_left
