"""Drawing one project: what it is, who answers for it, when it is planned and when it really happens.

Every project has a random source of its own, made from the district's seed and its number.
"""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from guatu.demo import bodies, trades, words
from guatu.demo.model import ProjectPlan, Schedule
from guatu.demo.seasons import in_season, lunar_new_year
from guatu.demo.trades import Trade

WAN = 10_000
ROUND = 100 * WAN  # totals are whole millions
MANNERS = ("steady",) * 58 + ("hopeful",) * 17 + ("slow",) * 14 + ("in_jumps",) * 6 + ("silent",) * 5
FAR = timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class Cohort:
    """What a project is drawn as: for which year's list, with which kind, registered when."""

    year: int
    kind: str  # continuing, new_start, preliminary, late (taken in by an adjustment)
    registered_on: date


def draw_project(seed: int, number: int, cohort: Cohort, owners: int, named: tuple[str, Trade] | None) -> ProjectPlan:
    """One project; `named` gives a real project's name and trade."""
    rng = Random(f"guatu:{seed}:{cohort.year}:{number}")
    trade = named[1] if named else rng.choices(trades.TRADES, [each.share for each in trades.TRADES])[0]
    total = _total(rng, trade)
    schedule = draw_schedule(rng, cohort, total)
    prelim_on = schedule.start - timedelta(days=rng.randint(60, 200))
    reserve_on = min(prelim_on - timedelta(days=rng.randint(40, 200)), cohort.registered_on - timedelta(days=5))
    street, street_name = rng.choice(bodies.STREETS)
    gaps = {member: words.GAPS[member] for member in _missing(rng)}
    investor = _investor(rng, trade)
    roles = _roles(rng, trade, street, owners, gaps)
    parking = named is not None and named[0] == trades.PARKING
    parts, parts_done = _parts(rng, schedule, parking=parking, trade=trade)
    name = named[0] if named else _name(rng, trade, number)
    return ProjectPlan(
        number=number,
        name=name,
        group=trade.group,
        themes=tuple(theme for theme in trade.themes if rng.random() < 0.8),
        industry=rng.choice(trade.industries),
        nature=rng.choice(trade.natures),
        investor=investor,
        total=total,
        promoted=investor != "state" and rng.random() < 0.8,
        schedule=schedule,
        manner=rng.choice(MANNERS),
        registered_on=cohort.registered_on,
        reserve_on=reserve_on,
        prelim_on=prelim_on,
        street=street,
        crosses_streets=rng.random() < 0.06,
        roles=roles,
        gaps=gaps,
        silent_months=frozenset(),
        trouble=_trouble(rng, schedule),
        paid=investor == "state" and rng.random() < 0.7,
        details=_details(rng, trade, number, street_name, schedule, gaps, cohort, parts),
        parts=parts,
        parts_done=parts_done,
    )


def _total(rng: Random, trade: Trade) -> int:
    """Log-normal around the trade's median, in whole millions, from 6 million to 9.5 billion yuan."""
    drawn = trade.median * math.exp(rng.gauss(0, 0.9))  # a draw, not an account: whole yuan from here on
    return min(max(int(drawn) * WAN // ROUND * ROUND, 6 * ROUND), 9_500 * ROUND)


def _name(rng: Random, trade: Trade, number: int) -> str:
    place = trades.PLACES[number * 37 % len(trades.PLACES)]
    pattern = trade.patterns[number % len(trade.patterns)]
    lot = "段" if trade.group[0] == trades.BASE else "地块"
    suffix = "" if number < len(trades.PLACES) else f"（{bodies.STEMS[number // len(trades.PLACES) % 10]}{lot}）"
    return pattern.format(place=place, phase=rng.choice(trades.PHASES)) + suffix


def _investor(rng: Random, trade: Trade) -> str:
    if rng.randrange(100) < trade.state:
        return "state"
    return "foreign" if rng.random() < 0.08 else "private"


# -- when -------------------------------------------------------------------------------------------------------------
def draw_schedule(rng: Random, cohort: Cohort, total: int) -> Schedule:
    """Planned and real dates; sites start late more often than early, and a few stop for a while."""
    length = timedelta(days=_length(rng, total))
    start = _planned_start(rng, cohort)
    finish = in_season(start + length)
    if cohort.kind == "continuing":
        finish = max(finish, in_season(date(cohort.year, 1, 1) + timedelta(days=rng.randint(90, 800))))
    real = in_season(start + timedelta(days=_delay(rng)))
    if cohort.kind == "continuing":
        real = min(real, date(cohort.year - 1, 12, 1))
    real_length = timedelta(days=(finish - start).days * rng.randint(92, 134) // 100)
    stops = _stops(rng, real, real_length)
    idle = sum(((until or first + FAR) - first).days for first, until in stops)
    return Schedule(
        planned_start=start,
        planned_finish=finish,
        start=real,
        finish=in_season(real + real_length + timedelta(days=idle)),
        stops=stops,
    )


def _length(rng: Random, total: int) -> int:
    for ceiling, shortest, longest in ((5_000, 150, 330), (30_000, 300, 600), (100_000, 520, 960)):
        if total < ceiling * WAN:
            return rng.randint(shortest, longest)
    return rng.randint(850, 1500)


def _planned_start(rng: Random, cohort: Cohort) -> date:
    year = cohort.year
    if cohort.kind == "continuing":
        return in_season(date(year, 1, 1) - timedelta(days=rng.randint(120, 820)))
    if cohort.kind == "late":
        return date(year, 8, 5) + timedelta(days=rng.randint(0, 100))
    if cohort.kind == "preliminary":
        return in_season(date(year + 1, 3, 1) + timedelta(days=rng.randint(0, 200)))
    first = max(lunar_new_year(year) + timedelta(days=10), date(year, 2, 20))
    quarter = rng.choices(
        [
            (first, date(year, 4, 2)),
            (date(year, 4, 3), date(year, 6, 28)),
            (date(year, 7, 1), date(year, 9, 28)),
            (date(year, 10, 8), date(year, 11, 25)),
        ],
        [34, 30, 22, 14],
    )[0]
    return quarter[0] + timedelta(days=rng.randint(0, (quarter[1] - quarter[0]).days))


def _delay(rng: Random) -> int:
    """Days between the planned and the real start."""
    low, high = rng.choices([(-12, 0), (0, 15), (16, 80), (90, 320)], [26, 46, 20, 8])[0]
    return rng.randint(low, high)


def _stops(rng: Random, start: date, length: timedelta) -> tuple[tuple[date, date | None], ...]:
    if rng.random() >= 0.06 or length.days < 260:
        return ()
    first = in_season(start + timedelta(days=rng.randint(120, length.days - 60)))
    if rng.random() < 0.4:
        return ((first, None),)
    return ((first, in_season(first + timedelta(days=rng.randint(70, 240)))),)


def _trouble(rng: Random, schedule: Schedule) -> tuple[tuple[date, date, str], ...]:
    found = []
    span = min((schedule.finish - schedule.start).days, 1200)
    for _ in range(rng.choices([0, 1, 2, 3], [20, 35, 30, 15])[0]):
        first = schedule.start + timedelta(days=rng.randint(-90, span))
        found.append((first, first + timedelta(days=rng.randint(40, 190)), rng.choice(words.PROBLEMS)))
    return tuple(found)


# -- who --------------------------------------------------------------------------------------------------------------
def _missing(rng: Random) -> list[str]:
    """Which members of 五个一 a project lacks; most lack none."""
    if rng.random() >= 0.09:
        return []
    return [rng.choices(["leader", "task_force", "plan", "unit"], [3, 4, 4, 1])[0]]


def _roles(rng: Random, trade: Trade, street: str, owners: int, gaps: dict[str, str]) -> dict[str, str]:
    local = bodies.STREET_KEYS[street]
    unit = rng.choice(trade.units)
    unit = local if unit == "street" else unit
    owner = rng.randrange(owners)
    roles = {
        "lead": f"leader{rng.randint(1, 33)}",
        "sector_lead": f"leader{17 + sum(map(ord, trade.group[0])) % 9}",
        "task_force": "force_renewal" if trade.group[0] == trades.RENEWAL else "force_procedures",
        "responsible": unit,
        "local": local,
        "owner": f"owner{owner}",
        "contractor": f"contractor{owner // 2}",
        "supervisor_firm": f"firm{number_of(unit) % 4}",
    }
    if rng.random() < 0.1:
        roles["lead"] = "head"
    others = [key for key, _name, _short in bodies.DEPARTMENTS if key != unit]
    for slot in range(rng.choices([0, 1, 2], [35, 45, 20])[0]):
        roles[f"supporting{slot}"] = others.pop(rng.randrange(len(others)))
    for member, role in (("leader", "lead"), ("task_force", "task_force"), ("unit", "responsible")):
        if member in gaps:
            del roles[role]
    return roles


def number_of(key: str) -> int:
    """A small number that belongs to a key, the same in every run."""
    return sum(map(ord, key))


# -- what -------------------------------------------------------------------------------------------------------------
def _parts(rng: Random, schedule: Schedule, *, parking: bool, trade: Trade) -> tuple[tuple[str, ...], tuple[date, ...]]:
    """The sub-projects of a package, and when each is completed."""
    if parking:
        names = [f"停车场（{number}号）" for number in range(1, 16)]
    elif trade.group[1] == "老旧小区改造" and rng.random() < 0.3:
        names = [f"组团{bodies.STEMS[place]}改造（{rng.randint(100, 999)}户）" for place in range(rng.randint(5, 8))]
    else:
        return (), ()
    span = (schedule.finish - schedule.start).days
    done = [
        in_season(schedule.start + timedelta(days=span * (place + 2) // (len(names) + 1)))
        for place in range(len(names))
    ]
    return tuple(names), tuple(done)


def _details(
    rng: Random,
    trade: Trade,
    number: int,
    street: str,
    schedule: Schedule,
    gaps: dict[str, str],
    cohort: Cohort,
    parts: tuple[str, ...],
) -> dict[str, object]:
    area, count = rng.randint(6, 240) / 10, rng.randint(2, 36)
    details: dict[str, object] = {
        "scale": trade.scale.format(area=area, count=count),
        "content": f"演示数据：{trade.group[1]}项目的主体及配套工程",
        "address": f"{street}辖区（演示地址{number:03d}号）",
        "years": words.years_of(schedule),
        "contact": f"联系人{number:03d}",
        "contact_phone": f"1000000{number:04d}",
        "funding": rng.choice(
            ("财政资金", "专项债券、财政资金", "企业自筹", "企业自筹、银行贷款", "上级补助、财政资金")
        ),
        "land_mu": Decimal(rng.randint(4, 260)),
        "jobs": rng.randint(20, 900) if trade.produces else None,
        "secrecy": "sensitive" if rng.random() < 0.015 else "open",
        "is_package": bool(parts),
        "plan_document": "" if "plan" in gaps else f"项目推进方案（{number:03d}）",
        "remark": words.gap_remark(gaps),
    }
    if rng.random() < 0.9:
        # within the district's bounds, a few hundred metres apart; degrees to five places
        details["longitude"] = Decimal(f"112.{rng.randint(37800, 45400)}")
        details["latitude"] = Decimal(f"34.{rng.randint(65600, 72800)}")
    if rng.random() < 0.85:
        filed = cohort.registered_on
        group = f"{filed.year}" if filed < date(2020, 11, 1) else f"{filed.year % 100:02d}{filed.month:02d}"
        industry = "47" if filed.year <= 2020 else "04"
        details["code"] = f"{group}-410303-{industry}-{rng.choice(('01', '03'))}-{number:06d}"
    return details
