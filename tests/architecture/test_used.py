"""What only tests call is no part of the product: it is kept up for nobody, and says nothing of what people use."""

import ast
import functools
import re
from collections.abc import Iterable, Iterator

from tests.architecture import code

WAITING = {
    "guatu/core/official/wording.py: to_traditional": "an official document in traditional script, for portals",
}
"""What is to be reached by a page that is not there yet, and which; taken out with the page."""
FOR_TESTS = {
    "guatu/core/refusals.py: declared_codes": "the catalogues must hold every sentence",
    "guatu/core/today.py: forget": "what is remembered for seconds, between two tests of one second",
    "guatu/demo/scenes.py: scene": "the pictures on which tests and bench measure how a re-used one is found",
    "guatu/figures/queries/memo.py: forget": "rows that a test writes past the actions don't move the trail's head",
}
"""What tests ask of the product from within it, and why."""
REGISTERS = {"register", "receiver", "job", "get", "post", "put", "patch", "delete"}
"""Decorators by whose last name somebody else calls the function: dispatch on a type, jobs, routes of the API."""
ENTRIES = {"main", "add_commands", "extract_template"}
"""Functions found by their name: the console command and `python -m`, each package's commands, Babel's reader."""
HOOKS = re.compile(
    r"clean_\w+|get_by_natural_key|label_from_instance|authenticate|get_openapi_schema|trail_value|ready|handle_\w+"
)
"""Methods that Django, Ninja, a parser or the trail call by their names."""
WORD = re.compile(r"[A-Za-z_]\w*")
DOTTED = re.compile(r"guatu(\.\w+)+")


def _registered(node: ast.FunctionDef) -> bool:
    called = [one.func if isinstance(one, ast.Call) else one for one in node.decorator_list]
    return any(getattr(one, "attr", getattr(one, "id", "")) in REGISTERS for one in called)


def _dotted(module: code.Module) -> tuple[str, ...]:
    parts = module.path.relative_to(code.ROOT).with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" else parts


@functools.cache
def _template_words() -> frozenset[str]:
    return frozenset(word for path in code.templates() for word in WORD.findall(path.read_text()))


def _public(module: code.Module) -> Iterator[ast.FunctionDef]:
    """The functions of a module that somebody else could call; none of those that a framework calls."""
    for node in module.tree.body:
        if isinstance(node, ast.FunctionDef) and not (node.name.startswith("_") or node.name in ENTRIES):
            written = module.path.parent.name == "templatetags" and node.name in _template_words()
            if not (written or _registered(node)):
                yield node


def _read(nodes: Iterable[ast.AST]) -> set[str]:
    return {inner.id for outer in nodes for inner in ast.walk(outer) if isinstance(inner, ast.Name)}


def _imported_late(node: ast.AST) -> tuple[str, ...] | None:
    """The module of `import_module("guatu.a.b")`."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "import_module":
        named = node.args[0]
        return tuple(named.value.split(".")) if isinstance(named, ast.Constant) else None
    return None


def _bound(module: code.Module) -> dict[str, tuple[str, ...]]:
    """The names that a module's imports bind, each with the dotted name behind it."""
    found: dict[str, tuple[str, ...]] = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {one.asname or one.name: (*node.module.split("."), one.name) for one in node.names}
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            late = _imported_late(node.value)
            if late is not None:
                found[node.targets[0].id] = late
    return found


def _taken(modules: Iterable[code.Module]) -> set[tuple[str, ...]]:
    """The dotted names that the modules import, those that they read of a module which they import whole, and those
    that a setting spells out. A package's front passes on what it imports; it uses only what it reads itself."""
    found: set[tuple[str, ...]] = set()
    for module in modules:
        bound, read = _bound(module), _read([module.tree])
        front = module.path.name == "__init__.py"
        found |= {dotted for name, dotted in bound.items() if not front or name in read}
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute):
                late = bound.get(node.value.id) if isinstance(node.value, ast.Name) else _imported_late(node.value)
                if late is not None:
                    found.add((*late, node.attr))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and DOTTED.fullmatch(node.value):
                found.add(tuple(node.value.split(".")))
    return found


def unused_functions(modules: Iterable[code.Module]) -> list[str]:
    """Public functions that no other module takes, from their own module or a package's front, nor their own reads."""
    modules = tuple(modules)
    taken = _taken(modules)
    found = []
    for module in modules:
        home = _dotted(module)
        for node in _public(module):
            fronts = {(*home[:depth], node.name) for depth in range(2, len(home) + 1)}
            beside = [other for other in module.tree.body if other is not node]
            if not fronts & taken and node.name not in _read(beside):
                found.append(f"{module.where}: {node.name}")
    return found


def _named_everywhere(modules: Iterable[code.Module]) -> set[str]:
    """Every name that is read as an attribute, and every word of a string or a template, where a lookup may stand."""
    found: set[str] = set()
    for module in modules:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute):
                found.add(node.attr)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 120:
                found.update(WORD.findall(node.value))
    return found | _template_words()


def unused_methods(modules: Iterable[code.Module]) -> list[str]:
    """Public methods and properties whose name nothing reads, in code or in a template."""
    modules = tuple(modules)
    named = _named_everywhere(modules)
    return [
        f"{module.where}: {owner.name}.{node.name}"
        for module in modules
        for owner in module.tree.body
        if isinstance(owner, ast.ClassDef)
        for node in owner.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not HOOKS.fullmatch(node.name)
        if node.name not in named and not _registered(node)
    ]


def test_every_public_function_is_one_that_the_product_calls():
    """What waits or serves tests is named above: a name that has found its page, or is gone, is taken out there."""
    assert sorted(unused_functions(code.written())) == sorted({**WAITING, **FOR_TESTS})


def test_every_public_method_is_one_that_the_product_reads():
    assert unused_methods(code.written()) == []


def _module(where: str, text: str) -> code.Module:
    path = code.ROOT / where
    return code.Module(path, path.parts[-2], path.stem, text, ast.parse(text))


def test_a_front_that_passes_on_and_a_namesake_do_not_hide_what_nobody_calls():
    lower = "def kept(): return 1\ndef dead(): return dead()\ndef own(): return 1\nTABLE = {1: own}\n"
    modules = [
        _module("guatu/low/queries/one.py", lower),
        _module(
            "guatu/low/queries/__init__.py",
            "from guatu.low.queries.one import dead, kept\n__all__ = ['dead', 'kept']\n",
        ),
        _module("guatu/high/views.py", "from guatu.low.queries import kept\ndef _dead(): return kept()\ndead = 1\n"),
    ]
    assert unused_functions(modules) == ["guatu/low/queries/one.py: dead"]
    assert (
        unused_functions([*modules, _module("guatu/high/forms.py", "from guatu.low import queries\nqueries.dead()\n")])
        == []
    )


def test_a_method_that_nothing_reads_is_found():
    text = "class Row:\n    def read(self): return 1\n    def dead(self): return self.read()\n"
    assert unused_methods([_module("guatu/low/rows.py", text)]) == ["guatu/low/rows.py: Row.dead"]
