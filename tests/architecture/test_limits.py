"""Limits of size. They are there to be noticed: split by meaning; raising one needs a decision record."""

import re
from pathlib import Path

from tests.architecture import code

FILE, VIEWS, TEMPLATE, SCRIPT, VIEW = 500, 300, 150, 150, 25
OURS = ("guatu", "tests", "bench", ".ci")
SUPPRESSED = re.compile(r"#\s*(?:type:\s*ignore|noqa)\b.*")
REASONED = re.compile(r"#\s*(?:type: ignore\[[\w, -]+\]  # \S.*|noqa: [A-Z]+[0-9]+(?:, [A-Z]+[0-9]+)*\s+\S.*)")


def _too_long(paths: list[Path], limit: int) -> list[str]:
    assert paths
    lengths = {path: path.read_text().count("\n") for path in paths}
    return [f"{path.relative_to(code.ROOT)}: {n} lines, {limit} allowed" for path, n in lengths.items() if n > limit]


def _python() -> list[Path]:
    found = [path for folder in OURS for path in (code.ROOT / folder).rglob("*.py")]
    return [path for path in found if "migrations" not in path.parts]


def test_no_python_file_is_too_long():
    assert _too_long(_python(), FILE) == []


def test_a_file_of_views_is_named_so_that_its_limits_hold():
    pages = [
        module
        for module in code.written()
        if module.role != "views"
        and any(name[:4] == ("guatu", "core", "pages", "page") for _line, name in code.imports(module))
    ]
    assert [module.where for module in pages] == []


def test_no_views_file_is_too_long():
    views = [module.path for module in code.written() if module.role == "views"]
    assert _too_long(views, VIEWS) == []


def test_no_template_is_too_long():
    assert _too_long(code.templates(), TEMPLATE) == []


def test_no_script_is_too_long():
    folder = code.ROOT / "assets"
    scripts = [*folder.glob("*.mjs"), *(folder / "src").rglob("*.js"), *(folder / "src").rglob("*.mjs")]
    scripts += [path for path in code.PRODUCT.glob("*/static/**/*.js") if "dist" not in path.parts]
    assert _too_long(scripts, SCRIPT) == []


def test_no_view_is_too_long():
    views = [
        (module, node)
        for module in code.written()
        for node in code.functions(module)
        if code.decorated_with(node, "page")
    ]
    assert views
    lengths = {f"{m.where}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1 for m, node in views}
    assert {name: n for name, n in lengths.items() if n > VIEW} == {}


def test_every_suppression_names_its_rule_and_its_reason():
    bare = [
        f"{path.relative_to(code.ROOT)}:{number}: {line.strip()}"
        for path in _python()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if (found := SUPPRESSED.search(line)) and path != Path(__file__) and not REASONED.match(found.group())
    ]
    assert bare == []
