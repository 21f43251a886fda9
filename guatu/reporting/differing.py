"""What an import would do now, held against what was shown: every row that differs, named."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

NAMED: Final = 50  # rows that are named; the rest is counted
LONGEST: Final = 160  # characters of what a row was and would be


def differing(shown: Mapping[str, Any], answer: Mapping[str, Any], lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of a kept report that would come out otherwise now: sheet, row, name, shown, now, and all as `message`.

    Where no row differs, what else does: units and leaders that would be registered, hints. Empty: nothing does.
    """
    before = {_place(line): line for line in shown.get("lines", [])}
    after = {_place(line): line for line in lines}
    found = [
        _row(before.get(place), after.get(place))
        for place in sorted({*before, *after})
        if before.get(place) != after.get(place)
    ]
    return found or list(_beside(shown.get("answer", {}), answer))


def _place(line: Mapping[str, Any]) -> tuple[str, int]:
    return line["sheet"], line["row"]


def _row(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> dict[str, Any]:
    line = after or before or {}
    row = {
        "sheet": line["sheet"],
        "row": line["row"],
        "name": line["name"],
        "shown": _said(before),
        "now": _said(after),
    }
    words = _("{sheet} 第 {row} 行“{name}”：核对时{shown}，现在{now}")
    return {**row, "message": words.format(**row).strip()}


def _said(line: Mapping[str, Any] | None) -> str:
    """A line in words: its state and what changes."""
    if line is None:
        return _("没有这一行")
    states = {"created": _("新增"), "updated": _("变更"), "unchanged": _("未变")}
    changes = "；".join(f"{label} {was} → {will}" for label, was, will in line["changes"])
    said = states[line["state"]] + (f"（{changes}）" if changes else "")
    return said if len(said) <= LONGEST else said[: LONGEST - 1] + "…"


def _beside(shown: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    labels = {"new_units": _("新登记的单位"), "new_leaders": _("新登记的领导"), "warnings": _("请核对的事项")}
    labels["doubts"] = _("疑似同一项目")
    for name, label in labels.items():
        was, will = shown.get(name, []), now.get(name, [])
        if was != will:
            row = {"sheet": "", "row": 0, "name": label, "shown": _listed(was), "now": _listed(will)}
            yield {**row, "message": _("{name}：核对时 {shown}，现在 {now}").format(**row)}


def _listed(rows: list[Any]) -> str:
    words = "、".join(row if isinstance(row, str) else f"{row['row']} {row['message']}".strip() for row in rows)
    return (words if len(words) <= LONGEST else words[: LONGEST - 1] + "…") or "—"
