"""P6's work breakdown as an outline."""

from __future__ import annotations

from typing import NamedTuple

from guatu.plans.imports.values import number
from guatu.plans.imports.xer_table import Row


class Element(NamedTuple):
    """A WBS element; the project's own one stands at level 0."""

    key: str
    name: str
    level: int


def wbs_in_order(rows: list[Row]) -> tuple[str, list[Element]]:
    """The project's name, and its elements from the top, each before those under it. Elements that belong to each
    other in a circle have no place and are left out: their tasks stand at the top."""
    elements = {row.get("wbs_id", ""): row for row in rows}
    below: dict[str, list[str]] = {}
    roots = []
    for key, row in elements.items():
        parent = row.get("parent_wbs_id", "")
        if row.get("proj_node_flag") == "Y" or parent not in elements:
            roots.append(key)
        else:
            below.setdefault(parent, []).append(key)
    found = []
    pending = [(key, 0) for key in reversed(roots)]
    while pending:
        key, level = pending.pop()
        found.append(Element(key, elements[key].get("wbs_name", "").strip(), level))
        children = sorted(below.get(key, ()), key=lambda one: number(elements[one].get("seq_num", "0")) or 0)
        pending += [(child, level + 1) for child in reversed(children)]
    return found[0].name if found else "", found
