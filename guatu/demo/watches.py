"""The watch that runs on the district's last day: what the season asks for, ordered a week before."""

from datetime import date, timedelta
from typing import Final

from guatu.demo.model import AnyDeed, WatchDay, WatchOrdered
from guatu.demo.seasons import moment

FLOOD: Final = range(6, 10)
"""The months of the flood season; in the others it is work that is to begin or resume."""
BEGUN, LASTS = timedelta(days=6), timedelta(days=20)


def deeds(today: date) -> list[AnyDeed]:
    """The watch is ordered on the morning of its first day; the days up to yesterday are handed in."""
    starts = today - BEGUN
    flood = today.month in FLOOD
    name = f"{today.year}年汛期值守（演示）" if flood else f"{today.year}年开复工日调度（演示）"
    ordered = WatchOrdered(
        at=moment(starts, 8, 0),
        name=name,
        document=f"西重项办〔{starts.year}〕18号（演示）",
        ends=starts + LASTS,
        ready="flood" if flood else "resumption",
    )
    days = [WatchDay(at=moment(starts + timedelta(days=place), 16, 40), watch=name) for place in range(BEGUN.days)]
    return [ordered, *days]
