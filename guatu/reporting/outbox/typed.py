"""What was typed on a phone as the stored fields of a report; the one place where such text is read."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import Refusal, Sentence
from guatu.core.typed import why_not
from guatu.domain.errors import DomainError
from guatu.domain.money import MoneyUnit, parse_amount

LABELS: Final[Mapping[str, Sentence]] = {
    "amount": _("本期完成投资"),
    "percent": _("形象进度"),
    "words": _("本期做了什么"),
    "problem": _("存在问题"),
    "next_plan": _("下步计划"),
    "same": _("与上期相同"),
    "same_reason": _("没有变化的原因"),
}
"""The fields that a phone sends, with their words."""
TEXT_MOST: Final = 2000


def _amount(text: str) -> int | None:
    return parse_amount(text, MoneyUnit.WAN) if text else None


def _percent(text: str) -> int | None:
    """Hundredths of a per cent."""
    if not text:
        return None
    plain = text.replace("％", "%").removesuffix("%").strip()
    try:
        value = Decimal(plain) * 100
    except InvalidOperation:
        raise DomainError("amount.unreadable", text=text) from None
    if not value.is_finite() or not 0 <= value <= 10_000:
        raise DomainError("amount.unreadable", text=text)
    return int(value)


def _text(text: str) -> str | None:
    return text[:TEXT_MOST] or None


def _flag(text: str) -> bool | None:
    return True if text in ("1", "true", "on") else None


_READ: Final[Mapping[str, Callable[[str], Any]]] = {"amount": _amount, "percent": _percent, "same": _flag}


def stored_fields(typed: Mapping[str, str]) -> dict[str, Any]:
    """Each typed field as a report stores it, None for one that was left empty.

    Raises Refusal reporting.outbox_fields, whose items name every field that cannot be read and why.
    """
    found: dict[str, Any] = {}
    wrong: list[dict[str, Any]] = []
    for code, text in typed.items():
        label = LABELS.get(code)
        if label is None:
            continue
        try:
            found[code] = _READ.get(code, _text)(text.strip())
        except DomainError as fault:
            wrong.append({"field": code, "label": str(label), "message": why_not(fault)})
    if wrong:
        raise Refusal("reporting.outbox_fields", items=wrong, count=len(wrong))
    return found


def as_typed(code: str, value: Any) -> str:
    """A stored field as a phone's form shows it: amounts in 万元, per cent with at most two places."""
    if value in (None, "", False):
        return ""
    if value is True:
        return "1"
    if code == "amount":
        return f"{Decimal(value) / MoneyUnit.WAN.factor:f}"
    return f"{Decimal(value) / 100:f}" if code == "percent" else str(value)
