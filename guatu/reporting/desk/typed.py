"""What a reporter types into a report's fields, read in one way by the sheet, the form and the phone.

Fields go by code: amount, ytd, cumulative, preliminary_cost, mix_construction …, percent, words, problem, next_plan,
remark, same_reason. Money without a unit is in 万元, per cent without a sign is per cent.
"""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.utils.translation import gettext as _

from guatu.core import typed
from guatu.core.typed import Echo, echo_of_amount
from guatu.core.ui.numbers import hundredths
from guatu.domain.errors import DomainError
from guatu.domain.mix import InvestmentMix
from guatu.domain.money import MoneyUnit, format_amount, parse_amount
from guatu.domain.rhythm import Field
from guatu.reporting.choices import MIX
from guatu.reporting.content import ReportContent

MONEY: Final = ("amount", "ytd", "cumulative", "preliminary_cost")
PARTS: Final = tuple(f"mix_{part}" for part in MIX)
TEXTS: Final = ("words", "problem", "next_plan", "remark", "same_reason")
CODES: Final = (*MONEY, *PARTS, "percent", *TEXTS)
LONGEST: Final = {"words": 500, "problem": 500, "next_plan": 500, "remark": 500, "same_reason": 200}
SEVERAL: Final[Mapping[Field, tuple[str, ...]]] = {"money": ("amount",), "mix": PARTS, "nodes": (), "photos": ()}


@dataclass(frozen=True, slots=True)
class Typed:
    """A report's content with what was typed into it; fields that cannot be read keep their former value, and `faults`
    says why by code.
    """

    content: ReportContent
    faults: Mapping[str, str] = field(default_factory=dict)


def codes_of(fields: tuple[Field, ...], *, often: bool) -> tuple[str, ...]:
    """The fields of a form by code for what a rule asks; a seldom form also asks the year's and the whole sum."""
    found: list[str] = []
    for one in fields:
        found += SEVERAL.get(one, (one,))
        if one == "money" and not often:
            found += ["ytd", "cumulative"]
    return (*found, "same_reason")


def read(base: ReportContent, told: Mapping[str, str]) -> Typed:
    """The content with the texts typed by code; a code that is not named stays, an empty text clears it."""
    values: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for code, text in told.items():
        if code not in CODES:
            continue
        try:
            values[code] = _reader(code)(text.strip())
        except DomainError as fault:
            faults[code] = why_not(fault)
    return Typed(_with(base, values), faults)


def _with(base: ReportContent, values: Mapping[str, Any]) -> ReportContent:
    plain = {code: value for code, value in values.items() if code not in PARTS}
    if "same_reason" in plain:
        plain["same"] = bool(plain["same_reason"])
    if "preliminary_cost" in plain:
        plain["preliminary_cost"] = plain["preliminary_cost"] or 0
    parts = {part: values.get(f"mix_{part}", getattr(base.mix, part)) for part in MIX}
    return replace(base, **plain, mix=InvestmentMix(**parts))


def text_of(content: ReportContent, code: str) -> str:
    """A field as a cell shows it: money in 万元 with nothing rounded, per cent without its sign."""
    if code in PARTS:
        return _wan(getattr(content.mix, code[4:]))
    value = getattr(content, code)
    if code == "preliminary_cost":
        return _wan(value or None)
    if code in MONEY:
        return _wan(value)
    if code == "percent":
        return hundredths(value)
    return str(value)


def grouped(text: str) -> str:
    """A money field's text with thousands commas, where it is only read."""
    whole, point, rest = text.partition(".")
    return f"{int(whole):,}{point}{rest}" if text else ""


def echo(code: str, text: str) -> Echo:
    """How a money cell is read, in 万元; nothing for other fields, whose text is what it is."""
    return echo_of_amount(text) if code in (*MONEY, *PARTS) else Echo()


def why_not(fault: DomainError) -> str:
    """The sentence of a field that cannot be read."""
    if fault.code == "report.percent":
        return _("看不懂“{text}”。形象进度请写 0 至 100，如 35 或 35.5%。").format(text=str(fault.params["text"])[:30])
    if fault.code == "report.too_long":
        return _("最多 {most} 字，现有 {count} 字。请简写。").format(**fault.params)
    return typed.why_not(fault)


def _wan(yuan: int | None) -> str:
    return "" if yuan is None else format_amount(yuan, MoneyUnit.WAN, 4, trim=True).replace(",", "").replace("−", "-")


def _reader(code: str) -> Callable[[str], Any]:
    if code in (*MONEY, *PARTS):
        return lambda text: parse_amount(text, MoneyUnit.WAN) if text else None
    if code == "percent":
        return _percent
    return lambda text: _text(code, text)


def _percent(text: str) -> int | None:
    """Hundredths of a per cent. Raises DomainError report.percent."""
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix("%").strip()
    if not plain:
        return None
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise DomainError("report.percent", text=text) from None
    if not value.is_finite() or not 0 <= value <= 100 or value * 100 != int(value * 100):
        raise DomainError("report.percent", text=text)
    return int(value * 100)


def _text(code: str, text: str) -> str:
    """Raises DomainError report.too_long."""
    if len(text) > LONGEST[code]:
        raise DomainError("report.too_long", most=LONGEST[code], count=len(text), text="")
    return text
