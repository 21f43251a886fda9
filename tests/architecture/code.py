"""The product's code as data, for the tests of its shape."""

import ast
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCT = ROOT / "guatu"
ROLES = ("views", "api", "cli", "forms", "queries", "actions", "tables")


@dataclass(frozen=True, slots=True)
class Module:
    """One file of the product: its package, its role and its tree. The role is the file's or folder's name inside the
    package, or the role that the name has in it: `export_views` are views too."""

    path: Path
    package: str
    role: str
    text: str
    tree: ast.Module

    @property
    def where(self) -> str:
        """The path from the root."""
        return str(self.path.relative_to(ROOT))


def _read(path: Path) -> Module:
    parts = path.relative_to(PRODUCT).with_suffix("").parts
    text = path.read_text()
    package = parts[0] if len(parts) > 1 else ""
    name = parts[1] if len(parts) > 1 else parts[0]
    return Module(path, package, role_of(name), text, ast.parse(text))


def role_of(name: str) -> str:
    """The role of a file or folder of a package by its name."""
    return next((part for part in name.split("_") if part in ROLES), name)


@functools.cache
def modules() -> tuple[Module, ...]:
    """Every file of the product, migrations too."""
    found = tuple(_read(path) for path in sorted(PRODUCT.rglob("*.py")))
    assert len(found) > 50, "the product's code was not found"
    return found


def written() -> Iterator[Module]:
    """Files that people write: migrations are made by Django."""
    return (module for module in modules() if module.role != "migrations")


def packages() -> set[str]:
    """Packages that exist."""
    return {module.package for module in modules() if module.package}


def imports(module: Module) -> Iterator[tuple[int, tuple[str, ...]]]:
    """(line, dotted name as a tuple) of every import of the product, `from guatu.a import b` giving guatu, a, b."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield node.lineno, tuple(name.name.split("."))
        elif isinstance(node, ast.ImportFrom) and node.module:
            for name in node.names:
                yield node.lineno, (*node.module.split("."), name.name)


def templates() -> list[Path]:
    """Every template of the product."""
    found = sorted(PRODUCT.glob("*/templates/**/*.html"))
    assert found, "no template was found"
    return found


def decorated_with(node: ast.FunctionDef, name: str) -> bool:
    """Whether a function carries `@name(…)`."""
    for decorator in node.decorator_list:
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        if isinstance(called, ast.Name) and called.id == name:
            return True
        if isinstance(called, ast.Attribute) and called.attr == name:
            return True
    return False


def functions(module: Module) -> Iterator[ast.FunctionDef]:
    """Every function of a file."""
    return (node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef))
