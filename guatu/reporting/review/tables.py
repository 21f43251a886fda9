"""All reports that a post may see, as a table."""

from dataclasses import replace
from html import escape

from django.db.models import BigIntegerField, OuterRef, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from guatu.core.tables import DATE, MINUTE, TEXT, Column, ReadyView, RowLink, Table, choice, money
from guatu.core.ui.numbers import NO_FIGURE
from guatu.domain.money import MoneyUnit
from guatu.domain.periods import Period
from guatu.reporting.choices import Basis, Means, ReportKind, ReportState, Truth
from guatu.reporting.models import Reading

WAN = money(MoneyUnit.WAN)


def _period(value: str) -> str:
    return Period.parse(value).label_zh if value else NO_FIGURE


PERIOD = replace(TEXT, code="period", html=lambda value: escape(_period(value)), text=_period, cell=_period)
STATES = {state.value: state.label for state in ReportState}


def _said(column: str) -> Subquery:
    """What stands of the report's day by the steps of truth up to now: the last one that was booked."""
    rows = Reading.objects.filter(
        project=OuterRef("project"),
        basis=Basis.DISPATCH,
        truth__in=[Truth.CLAIMED, Truth.CHECKED, Truth.CONFIRMED],
        effective_on=OuterRef("on"),
        superseded_at__isnull=True,
    )
    return Subquery(rows.order_by("-booked_on", "-pk").values(column)[:1])


REPORTS = Table(
    "reporting.reports",
    _("填报"),
    (
        Column("name", _("项目名称"), field="project__name", link=True, weight=36, order_field="project__sort_key"),
        Column("unit", _("责任单位"), field="unit__name", filter="text", groupable=True),
        Column("period", _("期间"), PERIOD, filter="text", groupable=True),
        Column(
            "kind", _("种类"), choice({kind.value: kind.label for kind in ReportKind}), filter="choice", groupable=True
        ),
        Column("state", _("状态"), choice(STATES), filter="choice", groupable=True),
        Column("amount", _("本期完成"), WAN, expression=Cast(KT("content__amount"), BigIntegerField())),
        Column("ytd", _("本年完成"), WAN, expression=_said("ytd")),
        Column("on", _("数据截至"), DATE, filter="date", default=False),
        Column("means", _("报送方式"), choice({one.value: one.label for one in Means}), filter="choice", default=False),
        Column("corrects", _("更正的期间"), PERIOD, expression=KT("content__corrects__0__period"), filter="text"),
        Column("submitted_at", _("填报时间"), MINUTE),
        Column("due", _("期限"), MINUTE, default=False),
        Column("submitted_by", _("填报岗位"), filter="text", default=False),
        Column("checked_at", _("审核时间"), MINUTE, default=False),
        Column("checked_by", _("审核岗位"), filter="text", default=False),
        Column("accepted_at", _("采用时间"), MINUTE, default=False),
        Column("returned_reason", _("退回原因"), filter="text", default=False),
    ),
    default_sort="-period,name",
    link=RowLink("public_id", "reporting:report"),
    empty=_("还没有填报。各单位报出后在这里逐份查看。"),
    saved_views=True,
    ready=(
        ReadyView(_("待单位审核"), "f.state=submitted"),
        ReadyView(_("待项目办采用"), "f.state=checked"),
        ReadyView(_("已退回"), "f.state=returned"),
        ReadyView(_("已采用"), "f.state=accepted"),
    ),
)
