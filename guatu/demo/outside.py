"""Figures that somebody else publishes: the district's growth of fixed-asset investment, by month."""

from datetime import date
from random import Random

from guatu.demo.model import Outside
from guatu.demo.seasons import moment


def deeds(seed: int, first: int, today: date) -> list[Outside]:
    """Growth, rank in the city and points above the city, cumulative; January and February together."""
    found: list[Outside] = []
    for year in range(first, today.year + 1):
        rng = Random(f"guatu:{seed}:outside:{year}")
        growth, city = rng.randint(60, 240), rng.randint(40, 130)  # tenths of a per cent
        for month in range(2, 13):
            growth += rng.randint(-22, 18)
            city += rng.randint(-9, 8)
            told = date(year + month // 12, month % 12 + 1, 18)
            found += _of_month(told, f"{year}-{'01..02' if month == 2 else f'{month:02d}'}", growth, city, rng)
    return found


def _of_month(told: date, period: str, growth: int, city: int, rng: Random) -> list[Outside]:
    ahead = growth - city
    rank = 1 + min(8, max(0, (90 - ahead) // 20)) + rng.randint(0, 1)
    return [
        Outside(at=moment(told, 10, 0), indicator="growth_percent", period=period, value=_tenths(growth), unit="%"),
        Outside(
            at=moment(told, 10, 1),
            indicator="points_above_parent",
            period=period,
            value=_tenths(ahead),
            unit="个百分点",
        ),
        Outside(at=moment(told, 10, 2), indicator="rank", period=period, value=str(rank), unit="位"),
    ]


def _tenths(value: int) -> str:
    """Tenths as a decimal text: −12 → "-1.2"."""
    sign = "-" if value < 0 else ""
    return f"{sign}{abs(value) // 10}.{abs(value) % 10}"
