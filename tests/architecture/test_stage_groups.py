"""Which stages are begun, at work, done or over is said once, in guatu.domain.stages."""

import ast

from guatu.domain.stages import BEFORE_START, BEGUN, DONE, IN_OUTPUT, OVER, STAGES
from tests.architecture import code

GROUPS = [frozenset(group) for group in (BEFORE_START, BEGUN, DONE, OVER)]


def _stage(node: ast.AST) -> str:
    """The stage that a literal or `Stage.NAME` means, or nothing."""
    if isinstance(node, ast.Constant) and node.value in STAGES:
        return str(node.value)
    if isinstance(node, ast.Attribute) and node.attr.lower() in STAGES:
        return node.attr.lower()
    return ""


def _listed(tree: ast.AST) -> list[tuple[int, frozenset[str]]]:
    return [
        (node.lineno, frozenset(map(_stage, node.elts)))
        for node in ast.walk(tree)
        if isinstance(node, ast.Tuple | ast.List | ast.Set)
    ]


def test_no_module_lists_a_group_of_stages_again():
    """The demo counts its own sums on purpose, so that the product's can be held against them."""
    found = [
        f"{module.where}:{line}"
        for module in code.written()
        if module.package != "demo"
        for line, stages in _listed(module.tree)
        if stages in GROUPS
    ]
    assert found == []


def test_a_group_in_other_clothes_is_recognised():
    told = ast.parse("A = (Stage.COMPLETED, Stage.IN_PRODUCTION, 'full_output')\nB = (Stage.COMPLETED, 'x')")
    assert [line for line, stages in _listed(told) if stages in GROUPS] == [1]
    assert frozenset(IN_OUTPUT) not in GROUPS  # two stages side by side may be meant as just these two
