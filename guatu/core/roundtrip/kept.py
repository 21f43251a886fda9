"""What a caller keeps of a workbook between its way out and its ways back, as JSON: what was sent, what was brought."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from guatu.core.roundtrip.layout import Layout
from guatu.core.roundtrip.meta import Sent
from guatu.core.roundtrip.values import as_text, from_text
from guatu.domain.merge import CellKey, Content, Earlier, ReturnedRow, Settlement, Unread, Value


def sent_as_json(sent: Sent) -> dict[str, Any]:
    """What was sent, in plain values; blank cells are left out."""
    rows = {
        key: {code: as_text(value) for code, value in row.items() if value is not None}
        for key, row in sent.rows.items()
    }
    return {"id": sent.id, "layout": sent.layout_version, "rows": rows}


def sent_from_json(layout: Layout, kept: Mapping[str, Any]) -> Sent:
    """The same again. Raises ValueError where another version of the layout wrote it."""
    if kept["layout"] != layout.version:
        raise ValueError(f"{kept['id']} was sent with layout {kept['layout']}, not {layout.version}")
    rows = {
        key: {column.code: from_text(column, row.get(column.code)) for column in layout.columns}
        for key, row in kept["rows"].items()
    }
    return Sent(kept["id"], kept["layout"], rows)


def brought_as_json(settlement: Settlement, rows: Iterable[ReturnedRow] = ()) -> dict[str, Any]:
    """What one return brought and was dealt with, with the added ``rows`` that were: kept beside the returns before."""
    cells = [[key, code, _kept(value)] for (key, code), value in settlement.brought]
    contents = [{code: _kept(value) for code, value in sorted(row.content, key=_code)} for row in rows]
    return {"cells": cells, "rows": contents}


def earlier_from_json(layout: Layout, kept: Iterable[Mapping[str, Any]]) -> Earlier:
    """What all returns before have brought. Columns that the layout no longer has are left out."""
    values: dict[CellKey, set[Value]] = {}
    rows: set[Content] = set()
    for one in kept:
        for key, code, value in one["cells"]:
            if code in layout.by_code:
                values.setdefault((key, code), set()).add(_again(layout, code, value))
        for row in one["rows"]:
            rows.add(frozenset((code, _again(layout, code, value)) for code, value in row.items()))
    return Earlier(values, rows)


def _code(pair: tuple[str, Value]) -> str:
    return pair[0]


def _kept(value: Any) -> Any:
    return {"text": value.text, "why": value.why} if isinstance(value, Unread) else as_text(value)


def _again(layout: Layout, code: str, kept: Any) -> Value:
    if isinstance(kept, dict):
        return Unread(kept["text"], kept["why"])
    column = layout.by_code.get(code)
    return from_text(column, kept) if column else str(kept)
