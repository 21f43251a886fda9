"""What the district asks its units to report, the month that is locked, and the last month's reports that have come."""

from datetime import date, timedelta

from guatu.demo.model import AnyDeed, Closing, ReportRules, Reports
from guatu.demo.seasons import moment
from guatu.domain.periods import Period

APPROVED_BY = "区重点项目建设领导小组（演示）〔{year}〕3号"
PRESETS = ("week_raised", "month_end")
SHEETS_IN = 5  # days after the month's end by which most sheets of readings are in
LOCKED_AFTER = timedelta(days=15)  # from a month's end to its locking: what came after the bulletin is in by then


def deeds(today: date) -> list[AnyDeed]:
    """The rules before the last month began; then the month before it is locked with its bulletin; yesterday, once the
    sheets are in, the last month's reports, one of which corrects the locked month.
    """
    month = Period.containing("month", today).previous()
    locked = month.previous()
    found: list[AnyDeed] = [
        ReportRules(at=moment(month.start - timedelta(days=1), 17, 0), valid_from=month.start),
        Closing(at=moment(locked.end + LOCKED_AFTER, 10, 0), month=locked.code),
    ]
    told = today - timedelta(days=1)
    if told > month.end + timedelta(days=SHEETS_IN):
        found.append(Reports(at=moment(told, 15, 0), month=month.code))
    return found
