"""The overview's first sentence: the list against plan, time and last year. Every figure opens its rows."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from guatu.core.templatetags.ui import figure
from guatu.core.ui.numbers import day, per_cent, said_amount
from guatu.dispatch.queries import Gauge, Overview, rows_url


def lede(view: Overview, query: str) -> SafeString:
    """截至3月31日，完成投资 21.50 亿元，占年计划 28.1%，比序时进度快 3.1 个百分点；比上年同期多 5.20 亿元。"""
    values, places = view.figures.whole.values, view.figures.asked.rules().places
    if not values["reported"]:
        return _untold(view, query)
    done, planned = values["investment_to_date"], values["planned_investment"]
    money = figure(rows_url(query, "investment_to_date"), *said_amount(done))  # type: ignore[arg-type]  # an amount
    if not planned:
        return format_html(_("截至{day}，完成投资 {money}；年度计划投资未填，无法比较。"), day=_day(view), money=money)
    rate = figure(rows_url(query, "planned_investment"), f"{per_cent(view.gauge.rate, places)}%")
    lead = values["lead"]
    words = _("比序时进度快 {points} 个百分点") if lead >= 0 else _("比序时进度慢 {points} 个百分点")  # type: ignore[operator]  # planned
    points = format_html(words, points=format_html("<b>{}</b>", per_cent(abs(lead), places)))  # type: ignore[arg-type]  # planned
    return format_html(
        _("截至{day}，完成投资 {money}，占年计划 {rate}，{points}{last}。"),
        day=_day(view),
        money=money,
        rate=rate,
        points=points,
        last=_last(view.gauge),
    )


def _untold(view: Overview, query: str) -> SafeString:
    """Before anybody has reported: money done is not nought but not known; starts may be known."""
    values, places = view.figures.whole.values, view.figures.asked.rules().places
    projects = figure(rows_url(query, "projects"), str(values["projects"]))
    if values["resumed_started_rate"] is None:
        return format_html(_("截至{day}，列入 {n} 项；本年还没有进度数据。"), day=_day(view), n=projects)
    return format_html(
        _("截至{day}，列入 {n} 项，已开复工 {started} 项，占应开复工的 {rate}；本年还没有进度数据。"),
        day=_day(view),
        n=projects,
        started=figure(rows_url(query, "resumed_started"), str(values["resumed_started"])),
        rate=format_html("<b>{}%</b>", per_cent(values["resumed_started_rate"], places)),
    )


def _day(view: Overview) -> str:
    return day(view.figures.asked.as_of)


def _last(gauge: Gauge) -> SafeString:
    if gauge.against_last is None:
        return SafeString("")
    text, unit = said_amount(abs(gauge.against_last))
    words = _("；比上年同期多 {money} {unit}") if gauge.against_last >= 0 else _("；比上年同期少 {money} {unit}")
    return format_html(words, money=format_html("<b>{}</b>", text), unit=unit)
