"""Enumerations of readings, with their Chinese words."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from guatu.core import truth


class Basis(TextChoices):
    """What an amount was counted by; the three are never mixed."""

    DISPATCH = "dispatch", _("调度口径")
    STATISTICS = "statistics", _("统计口径")
    PAYMENT = "payment", _("支付口径")


Truth = truth.Truth
TRUTH_ORDER = truth.TRUTH_ORDER


class ReportKind(TextChoices):
    """For what kind of period a report is made (`domain.periods.PeriodKind`)."""

    DAY = "day", _("日报")
    WEEK = "week", _("周报")
    TEN_DAYS = "ten_days", _("旬报")
    MONTH = "month", _("月报")
    QUARTER = "quarter", _("季报")


class ReportState(TextChoices):
    """Where a report stands on its way from the unit to the office; a locked period freezes it as it is."""

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待单位审核")
    CHECKED = "checked", _("待项目办采用")
    ACCEPTED = "accepted", _("已采用")
    RETURNED = "returned", _("已退回")


WRITABLE = (ReportState.DRAFT, ReportState.RETURNED)
"""Reports that the unit has still to hand in, and may write."""
WAITING = (ReportState.SUBMITTED, ReportState.CHECKED)
"""Reports that wait for a second person: the unit's reviewer, then the office."""
APPROVED = (ReportState.CHECKED, ReportState.ACCEPTED)
"""Reports that a second person has seen."""
HANDED_IN = (ReportState.SUBMITTED, *APPROVED)
"""Reports that say something to others; which step leads from which state to which is `actions.reports`."""


class Means(TextChoices):
    """How a report came, or an approval was given (8-practice: People and paper)."""

    PRODUCT = "product", _("系统填报")
    PHONE = "phone", _("电话报送，项目办代录")
    STAMPED = "stamped", _("盖章扫描件")
    WORKBOOK = "workbook", _("表格回传")
    OFFLINE = "offline", _("手机离线填报")


class EvidenceKind(TextChoices):
    """What stands behind a reported fact."""

    PHOTO = "photo", _("现场照片")
    PERMIT = "permit", _("许可证件")
    SIGNED_SHEET = "signed_sheet", _("三方签字进度单")
    VOUCHER = "voucher", _("付款凭证")
    STATISTICS = "statistics", _("统计入库材料")
    OTHER = "other", _("其他材料")


class FindingState(TextChoices):
    """How a finding was closed; none is a verdict, and only the reviewer and the office's head see them."""

    OPEN = "open", _("待核实")
    EXPLAINED = "explained", _("已说明")
    CORRECTED = "corrected", _("已更正")


class ReturnState(TextChoices):
    """Where a workbook that came back stands."""

    WAITING = "waiting", _("待核对")
    MERGED = "merged", _("已合并")
    DROPPED = "dropped", _("已放弃")


class ReadBackState(TextChoices):
    """Where another system's export that was read back stands."""

    WAITING = "waiting", _("待核对")
    ACCEPTED = "accepted", _("已采用")
    DROPPED = "dropped", _("已放弃")
    WITHDRAWN = "withdrawn", _("已收回")


MIX = {
    "construction": _("建筑工程"),
    "installation": _("安装工程"),
    "equipment": _("设备工器具购置"),
    "other": _("其他费用"),
}
"""The parts of an investment's composition, in the order in which they are printed."""

YEARS = range(1990, 2101)
"""Years of lists that a command or a request may name."""
