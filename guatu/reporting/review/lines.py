"""What a report says, line by line, so that two of them can be held beside each other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core.refusals import Sentence
from guatu.core.ui import numbers
from guatu.core.ui.numbers import hundredths
from guatu.domain.periods import Period
from guatu.reporting.choices import MIX
from guatu.reporting.content import Correction, NodeSaid, ReportContent

MONEY = {
    "amount": gettext_lazy("本期完成投资"),
    "ytd": gettext_lazy("本年完成投资"),
    "cumulative": gettext_lazy("累计完成投资"),
    "preliminary_cost": gettext_lazy("前期费用"),
}
TEXTS = {
    "words": gettext_lazy("形象进度"),
    "problem": gettext_lazy("存在问题"),
    "next_plan": gettext_lazy("下期计划"),
    "remark": gettext_lazy("备注"),
    "same_reason": gettext_lazy("与上期相同的原因"),
}


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of a report in words, and the same of another one."""

    label: Sentence
    now: str
    before: str
    money: bool = False

    @property
    def differs(self) -> bool:
        """Whether the two say different things."""
        return self.now != self.before


def said_of(content: ReportContent, names: Mapping[str, str]) -> dict[str, tuple[Sentence, str, bool]]:
    """By code: label, value in words ("" where nothing was told), whether it is an amount. `names`: nodes by id."""
    found: dict[str, tuple[Sentence, str, bool]] = {}
    for code, label in MONEY.items():
        found[code] = (
            label,
            _amount(getattr(content, code) or None if code == "preliminary_cost" else getattr(content, code)),
            True,
        )
    for part, label in MIX.items():
        found[f"mix.{part}"] = (label, _amount(getattr(content.mix, part)), True)
    found["percent"] = (
        _("形象进度百分比"),
        f"{hundredths(content.percent)}%" if content.percent is not None else "",
        True,
    )
    for code, label in TEXTS.items():
        found[code] = (label, getattr(content, code), False)
    for node in content.nodes:
        found[f"node.{node.node}"] = (names.get(node.node, _("节点")), node_words(node), False)
    for one in content.corrects:
        found[f"corrects.{one.period}"] = (correction_title(one), correction_words(one), False)
    return found


def compared(now: ReportContent, before: ReportContent | None, names: Mapping[str, str]) -> list[Compared]:
    """The lines that either of two reports says, in the order of the form."""
    told, other = said_of(now, names), said_of(before or ReportContent(), names)
    codes = [*told, *(code for code in other if code not in told)]
    lines = []
    for code in codes:
        label, value, money = told.get(code) or (other[code][0], "", other[code][2])
        was = other[code][1] if code in other else ""
        if value or was:
            lines.append(Compared(label, value, was, money))
    return lines


def node_words(said: NodeSaid) -> str:
    """What was said of a node, as a sentence."""
    parts: list[str] = []
    if said.started is not None:
        parts.append(_("{day} 开始").format(day=said.started))
    if said.finished is not None:
        parts.append(_("{day} 完成").format(day=said.finished))
    if said.forecast is not None:
        parts.append(_("预计 {day} 完成").format(day=said.forecast))
    if said.quantity is not None:
        parts.append(_("完成工程量 {quantity}").format(quantity=f"{said.quantity.normalize():f}"))
    if said.reason:
        parts.append(said.reason)
    return _("，").join(parts)


def correction_title(one: Correction) -> str:
    """Which locked period is corrected: 更正2026年3月."""
    return _("更正{period}").format(period=Period.parse(one.period).label_zh)


def correction_words(one: Correction) -> str:
    """What should have stood there, and why."""
    parts: list[str] = []
    if one.ytd is not None:
        parts.append(_("截至 {day} 本年完成应为 {amount}").format(day=one.on, amount=numbers.amount_words(one.ytd)))
    if one.percent is not None:
        parts.append(_("形象进度应为 {percent}%").format(percent=hundredths(one.percent)))
    return _("；").join([*parts, one.reason])


def nodes_named(contents: Iterable[ReportContent]) -> set[str]:
    """The public ids of the nodes that reports say something of."""
    return {node.node for content in contents for node in content.nodes}


def _amount(value: Any) -> str:
    return numbers.amount_words(value) if value is not None else ""
