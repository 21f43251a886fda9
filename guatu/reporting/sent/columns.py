"""The columns of a unit's workbook, and how a report's content stands in them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from guatu.core.roundtrip.layout import Column, Layout, Value
from guatu.core.sheets.fields import FieldKind
from guatu.domain.mix import InvestmentMix
from guatu.domain.rhythm import FIELDS, Field
from guatu.reporting.content import ReportContent

# Headings are the sheet's own language: they are found again when it comes back, so they are not translated.
KNOWN: Final = (
    Column(code="serial", heading="序号", kind=FieldKind.INTEGER, compared=False, width=6),
    Column(code="name", heading="项目名称", identifies=True, width=30),
    Column(code="kind", heading="项目性质", width=10),
    Column(code="total", heading="总投资", kind=FieldKind.MONEY, group="已知情况"),
    Column(code="planned", heading="年度计划投资", kind=FieldKind.MONEY, group="已知情况"),
    Column(code="before", heading="截至上期本年完成", kind=FieldKind.MONEY, group="已知情况"),
    Column(code="due", heading="本期到期节点", group="已知情况", width=26),
)
_TEXT_MOST: Final = 500
_WORDS: Final = {"words": "工程进展", "problem": "存在问题", "next_plan": "下步计划"}
_MIX: Final = {
    "construction": "建筑工程",
    "installation": "安装工程",
    "equipment": "设备工器具购置",
    "other": "其他费用",
}
_FILL: Final = "本期填报"
SAME: Final = Column(
    code="same_reason",
    heading="与上期相同的原因",
    group=_FILL,
    editable=True,
    longest=200,
    width=20,
    note="本期没有变化的，其余各格留空，在这里写明原因，如冬季停工",
)
_SHARE: Final = {"least": Decimal(0), "most": Decimal(100), "asks_if_cleared": True}
ON_PAPER: Final = frozenset({"nodes", "photos"})
"""What a report is asked for and no sheet holds: nodes and photos are told in the report itself."""


def layout_of(kind: str, year: int, asked: Iterable[Field]) -> Layout:
    """The layout of a kind of report that asks for these fields; its version names them, so that a workbook that comes
    back after the rule was changed is read as it was sent.
    """
    fields = sheet_fields(asked)
    # One group after the other, so that no heading stands twice: the parts of the investment come last.
    filled = [column for field in fields if field != "mix" for column in _columns(field)]
    columns = [*KNOWN, *filled, SAME, *(_columns("mix") if "mix" in fields else [])]
    return Layout("-".join((kind, *fields)), tuple(columns), year, sheet="填报表")


def layout_again(version: str, year: int) -> Layout:
    """The layout that a workbook was sent with."""
    kind, *fields = version.split("-")
    return layout_of(kind, year, [field for field in FIELDS if field in fields])


def sheet_fields(asked: Iterable[Field]) -> list[Field]:
    """Of what is asked for, what stands in a sheet, in the house's order."""
    wanted = set(asked)
    return [field for field in FIELDS if field in wanted and field not in ON_PAPER]


def _columns(field: Field) -> list[Column]:
    if field == "money":
        note = "只填本期完成的投资；没有完成填 0"
        return [_fill("amount", "本期完成投资", FieldKind.MONEY, asks_if_cleared=True, note=note)]
    if field == "mix":
        more: dict[str, Any] = {"group": "投资构成", "least": 0, "asks_if_cleared": True}
        return [_fill(f"mix_{part}", words, FieldKind.MONEY, **more) for part, words in _MIX.items()]
    if field == "percent":
        return [_fill("percent", "形象进度", FieldKind.PERCENT, **_SHARE)]
    return [_fill(field, _WORDS[field], FieldKind.TEXT, longest=_TEXT_MOST, width=36)]


def _fill(code: str, heading: str, kind: FieldKind, **more: Any) -> Column:
    return Column(**{"code": code, "heading": heading, "kind": kind, "group": _FILL, "editable": True, **more})


# -- a report's content in the cells -----------------------------------------------------------------------------------
def cells_of(content: ReportContent) -> dict[str, Value]:
    """What a report says, by column code; None where nothing is told."""
    mix = content.mix
    return {
        "amount": content.amount,
        **{f"mix_{part}": getattr(mix, part) for part in _MIX},
        "percent": None if content.percent is None else Decimal(content.percent) / 100,
        **{code: getattr(content, code) or None for code in _WORDS},
        "same_reason": content.same_reason or None,
    }


def with_cells(content: ReportContent, cells: Mapping[str, Any]) -> ReportContent:
    """The content with some cells written; what is not named stays."""
    values: dict[str, Any] = {code: cells[code] or "" for code in _WORDS if code in cells}
    if "amount" in cells:
        values["amount"] = cells["amount"]
    if "percent" in cells:
        values["percent"] = None if cells["percent"] is None else int((cells["percent"] * 100).to_integral_value())
    if "same_reason" in cells:
        values["same_reason"] = cells["same_reason"] or ""
        values["same"] = bool(cells["same_reason"])
    if told := {part: cells[f"mix_{part}"] for part in _MIX if f"mix_{part}" in cells}:
        parts = {part: getattr(content.mix, part) for part in _MIX}
        values["mix"] = InvestmentMix(**(parts | told))
    return replace(content, **values)
