"""The sentences of the desk: what each column is called, and what the checks of a report say."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import Sentence
from guatu.core.typed import show_amount
from guatu.core.ui.numbers import hundredths
from guatu.domain.report_checks import Check
from guatu.reporting.choices import MIX

HEADINGS: Final[Mapping[str, Sentence]] = {
    "amount": _("本期完成"),
    "ytd": _("本年累计"),
    "cumulative": _("开工以来累计"),
    "preliminary_cost": _("其中前期费用"),
    **{f"mix_{part}": words for part, words in MIX.items()},
    "percent": _("形象进度"),
    "words": _("工程进展"),
    "problem": _("存在问题"),
    "next_plan": _("下期计划"),
    "remark": _("备注"),
    "same_reason": _("与上期相同的原因"),
}
SAID: Final[Mapping[str, Sentence]] = {
    "report.negative": _(
        "不能小于零，现填 {value}。若是更正以前多报的数，请在该项目的填报页改“本年累计”，写明理由并选批准人。"
    ),
    "report.falls": _("现填 {value}，比上次的 {last} 减少。确属更正的，请在该项目的填报页写明理由并选批准人。"),
    "report.mix_sum": _("投资构成合计 {sum}，与所填的 {stated} 不等。请核对各部分。"),
    "report.percent_range": _("形象进度应在 0 至 100% 之间，现填 {value}。"),
    "report.sum_differs": _("本年累计减去上次是 {computed}，与本期完成 {stated} 不等。请核对。"),
    "report.jump": _("本期完成 {value}，超过近几期平均 {mean} 的 {times} 倍。请核对单位和小数点。"),
    "report.large": _("本期完成 {value}，超过年度计划 {planned} 的 {most}%。请核对单位和小数点。"),
    "report.above_total": _("累计完成 {value}，超过总投资 {total}。请核对。"),
    "report.above_plan": _("本年完成 {value}，超过年度计划 {planned} 的 {most}%。请核对。"),
    "report.percent_falls": _("形象进度 {value}，比上次的 {last} 低。请核对。"),
    "report.money_before_begin": _("填了完成投资 {value}，但计划中还没有节点开始。已开始的请在填报页写明开始日期。"),
    "report.done_without_percent": _("有 {nodes} 个节点完成，形象进度却不到 1%。请核对。"),
}
ASKED: Final[Mapping[str, Sentence]] = {
    "report.negative": _("{field}填报为 {value}，小于零。请核对。"),
    "report.falls": _("{field}填报为 {value}，比上次的 {last} 减少。请核对更正理由。"),
    "report.money_before_begin": _("填了完成投资 {value}，但计划中还没有节点开始。请核对。"),
}
"""The same for whoever reviews it, where the reporter is told what to do."""
PLAIN: Final = frozenset({"times", "most", "nodes"})


def said(check: Check) -> str:
    """A check's sentence, amounts and percentages in words, as who types it is told."""
    return _words(check, SAID[check.code])


def asked(check: Check) -> str:
    """The same as who reviews the report is asked."""
    return _words(check, ASKED.get(check.code, SAID[check.code]))


def _words(check: Check, sentence: Sentence) -> str:
    shown = {name: _param(check, name, value) for name, value in check.params.items()}
    return str(sentence).format(field=HEADINGS[check.field], **shown)


def _param(check: Check, name: str, value: Any) -> str:
    if name in PLAIN:
        return str(value)
    if check.field == "percent":
        return f"{hundredths(value)}%"
    return show_amount(value)
