"""A report's content as single fields, so that it is merged field by field: composition by part, nodes by what is said.

Codes: those of `reporting.desk.typed`, and node.<public id>.started, .finished, .forecast, .reason, .quantity.
"""

from collections.abc import Mapping
from typing import Any, Final

MIX: Final = "mix_"
NODE: Final = "node."


def flat(content: Mapping[str, Any]) -> dict[str, Any]:
    """A stored content (`reporting.content.to_json`) by single fields."""
    found = {code: value for code, value in content.items() if code not in ("mix", "nodes")}
    found |= {f"{MIX}{part}": value for part, value in content.get("mix", {}).items()}
    for row in content.get("nodes", ()):
        found |= {f"{NODE}{row['node']}.{part}": value for part, value in row.items() if part != "node"}
    return found


def deep(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The stored content of single fields; what is None is left out."""
    found: dict[str, Any] = {}
    mix: dict[str, Any] = {}
    nodes: dict[str, dict[str, Any]] = {}
    for code, value in fields.items():
        if value is None:
            continue
        if code.startswith(MIX):
            mix[code.removeprefix(MIX)] = value
        elif code.startswith(NODE):
            _, key, part = code.split(".")
            nodes.setdefault(key, {"node": key})[part] = value
        else:
            found[code] = value
    return found | ({"mix": mix} if mix else {}) | ({"nodes": list(nodes.values())} if nodes else {})
