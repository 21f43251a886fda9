"""What may be typed into a column's cells, with the sentences that the office program shows."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.utils.translation import gettext as _

from guatu.core.roundtrip.layout import Column, Layout, Limit
from guatu.core.roundtrip.values import cell_of
from guatu.core.sheets.fields import FieldKind
from guatu.domain.dates import EARLIEST, LATEST

MESSAGE_MOST: Final = 255
TITLE_MOST: Final = 32
LARGEST: Final = 10**11
"""In the column's unit: what no amount reaches, so that a rule says only that a number is wanted."""


def rules_of(layout: Layout, column: Column, source: str | None = None) -> dict[str, Any] | None:
    """The data validation of a column as xlsxwriter takes it; None where anything may be typed. ``source`` is where a
    long list of choices stands."""
    rule = _rule(layout, column, source)
    if rule is None:
        return None
    told = _told(layout, column)
    return {
        **rule,
        "ignore_blank": True,
        "input_title": column.heading[:TITLE_MOST],
        "input_message": (column.note or told)[:MESSAGE_MOST],
        "error_title": _("这一格填得不对"),
        "error_message": told[:MESSAGE_MOST],
        "error_type": "stop" if column.strict else "warning",
    }


def _rule(layout: Layout, column: Column, source: str | None) -> dict[str, Any] | None:
    kind = column.kind
    if kind is FieldKind.CHOICE:
        return {"validate": "list", "source": source or [choice.words[0] for choice in column.choices]}
    if kind is FieldKind.DATE:
        low = column.least if isinstance(column.least, dt.date) else dt.date(EARLIEST, 1, 1)
        high = column.most if isinstance(column.most, dt.date) else dt.date(LATEST, 12, 31)
        return {"validate": "date", "criteria": "between", "minimum": low, "maximum": high}
    if kind in (FieldKind.MONEY, FieldKind.PERCENT, FieldKind.INTEGER):
        low, high = _end(layout, column, column.least, -LARGEST), _end(layout, column, column.most, LARGEST)
        sort = "integer" if kind is FieldKind.INTEGER else "decimal"
        return {"validate": sort, "criteria": "between", "minimum": low, "maximum": high}
    if column.longest:
        return {"validate": "length", "criteria": "<=", "value": column.longest}
    return None


def _end(layout: Layout, column: Column, limit: Limit | None, without: int) -> Any:
    return without if limit is None else cell_of(layout, column, limit)


def _told(layout: Layout, column: Column) -> str:
    """What is to be typed, and what to do otherwise."""
    if column.kind is FieldKind.CHOICE:
        return _("请从下拉列表中选择。")
    if column.kind is FieldKind.DATE:
        said = _("请填日期，如 %(day)s。") % {"day": f"{layout.year}-03-31"}
    elif column.kind is FieldKind.MONEY:
        unit = layout.unit_of(column)
        said = _("请填数字，单位：%(unit)s。") % {"unit": unit.value if unit else ""}
    elif column.kind is FieldKind.PERCENT:
        said = _("请填百分数，如 28.1%。")
    elif column.kind is FieldKind.INTEGER:
        said = _("请填整数。")
    else:
        return _("不超过 %(most)s 个字。") % {"most": column.longest}
    return said + _range(layout, column)


def _range(layout: Layout, column: Column) -> str:
    shown = [_shown(layout, column, limit) for limit in (column.least, column.most)]
    if all(shown):
        return _("范围：%(least)s 至 %(most)s。") % {"least": shown[0], "most": shown[1]}
    if shown[0]:
        return _("不小于 %(least)s。") % {"least": shown[0]}
    return _("不大于 %(most)s。") % {"most": shown[1]} if shown[1] else ""


def _shown(layout: Layout, column: Column, limit: Limit | None) -> str:
    if limit is None:
        return ""
    if column.kind is FieldKind.PERCENT:
        return f"{limit}%"
    shown = cell_of(layout, column, limit)
    return f"{shown:,}" if isinstance(shown, int | float) else str(shown)
