"""What the district asks its units to report, and the last month's reports that have come."""

from datetime import date, timedelta

from guatu.demo.model import AnyDeed, ReportRules, Reports
from guatu.demo.seasons import moment
from guatu.domain.periods import Period

APPROVED_BY = "区重点项目建设领导小组（演示）〔{year}〕3号"
PRESETS = ("week_raised", "month_end")
SHEETS_IN = 5  # days after the month's end by which most sheets of readings are in


def deeds(today: date) -> list[AnyDeed]:
    """The rules before the last month began; yesterday, once the sheets are in, that month's reports."""
    month = Period.containing("month", today).previous()
    rules = ReportRules(at=moment(month.start - timedelta(days=1), 17, 0), valid_from=month.start)
    told = today - timedelta(days=1)
    if told <= month.end + timedelta(days=SHEETS_IN):
        return [rules]
    return [rules, Reports(at=moment(told, 15, 0), month=month.code)]
