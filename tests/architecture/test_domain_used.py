"""A rule that only tests call is no rule of the product: it says what the product does not do, and nobody notices."""

import ast
from collections.abc import Iterable

from tests.architecture import code

DOMAIN = ("guatu", "domain")
BEING_BUILT: tuple[str, ...] = ("rhythm",)
"""Parts of the domain whose pages and figures are still to come: taken out with the work that brings them."""


def _is_domain(module: code.Module) -> bool:
    return module.package == "domain"


def _names(nodes: Iterable[ast.AST]) -> set[str]:
    """Every name that is read in some statements, also as an attribute of a module."""
    found: set[str] = set()
    for node in (inner for outer in nodes for inner in ast.walk(outer)):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
    return found


def _asked_of_domain() -> set[tuple[str, ...]]:
    """What the other packages import of the domain, as dotted names; of a module taken whole, what they name of it."""
    found: set[tuple[str, ...]] = set()
    for module in code.modules():
        if _is_domain(module):
            continue
        for _line, name in code.imports(module):
            if name[:2] == DOMAIN:
                found.add(name)
                found |= {(*name, inner) for inner in _attributes_of(module, name[-1])}
    return found


def _attributes_of(module: code.Module, bound: str) -> set[str]:
    return {
        node.attr
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == bound
    }


def unused(domain: Iterable[code.Module], asked: set[tuple[str, ...]]) -> list[str]:
    """The public functions of the domain's modules that no other package reaches, by itself or through others.

    A module of which nobody imports anything yet, and the parts in ``BEING_BUILT``, are waited for.
    """
    defined: dict[str, list[tuple[str, ast.FunctionDef]]] = {}
    reads: dict[str, set[str]] = {}
    reached = {name[-1] for name in asked}
    for module in domain:
        parts = module.path.relative_to(code.ROOT).with_suffix("").parts
        begun = parts[2] not in BEING_BUILT and (len(parts) > 3 or any(name[:3] == parts for name in asked))
        for node in module.tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                reads[node.name] = reads.get(node.name, set()) | _names([node])
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and begun:
                    defined.setdefault(node.name, []).append((module.where, node))
            elif not isinstance(node, ast.Import | ast.ImportFrom):
                reached |= _names([node])
    waiting = set(reached)
    while waiting:
        found = reads.get(waiting.pop(), set()) - reached
        reached |= found
        waiting |= found
    return [f"{where}: {name}" for name in defined if name not in reached for where, _node in defined[name]]


def test_every_public_rule_of_the_domain_is_one_that_the_product_follows():
    assert unused([module for module in code.written() if _is_domain(module)], _asked_of_domain()) == []


def test_a_rule_that_only_another_unused_rule_calls_is_found():
    calls = {"kept": "inner()", "inner": "0", "dead": "deader()", "deader": "0"}
    text = "".join(f"def {name}():\n    return {told}\n" for name, told in calls.items())
    module = code.Module(code.ROOT / "guatu/domain/rules.py", "domain", "rules", text, ast.parse(text))
    assert unused([module], {("guatu", "domain", "rules", "kept")}) == [
        "guatu/domain/rules.py: dead",
        "guatu/domain/rules.py: deader",
    ]
