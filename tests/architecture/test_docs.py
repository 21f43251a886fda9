"""Documents: links lead somewhere; settings, commands, operations, rules and the glossary's identifiers are the code's.

What is made from the code is written anew by `make settings commands` and, the API's table, by GUATU_WRITE_GOLDEN=1.
"""

import ast
import os
import re
from pathlib import Path

from django.apps import apps

from guatu.config import commands_page, main, settings_page
from guatu.config.api import api
from tests.architecture import code

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
IDENTIFIER = re.compile(r"`([A-Z][A-Za-z]+)(?:[.(][^`]*)?`")


def _pages() -> list[Path]:
    found = [code.ROOT / "README.md", *sorted((code.ROOT / "docs").rglob("*.md"))]
    assert len(found) > 5
    return found


def _anchors(path: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", path.read_text(), re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def test_links_lead_somewhere():
    broken, seen = [], 0
    for page in _pages():
        for target in LINK.findall(page.read_text()):
            if re.match(r"[a-z]+:", target):
                continue
            seen += 1
            name, _, anchor = target.partition("#")
            goal = (page.parent / name).resolve() if name else page
            if not goal.exists() or (anchor and goal.suffix == ".md" and anchor not in _anchors(goal)):
                broken.append(f"{page.relative_to(code.ROOT)}: {target}")
    assert seen
    assert broken == []


def test_the_settings_page_is_that_of_the_code():
    page = code.ROOT / "docs" / "operate" / "settings.md"
    assert page.read_text() == settings_page.markdown(), "run `make settings`"


def test_every_setting_is_declared_in_one_place():
    """Nothing but env.py reads the environment, tools that start the product apart."""
    allowed = {"guatu/config/env.py", "guatu/config/main.py", "guatu/config/wsgi.py", "guatu/config/settings_test.py"}
    allowed |= {"guatu/config/serve.py", "guatu/config/settings_page.py"}
    readers = {m.where for m in code.written() if re.search(r"\bos\.(?:environ|getenv)\b", m.text)}
    assert "guatu/config/env.py" in readers
    assert sorted(readers - allowed) == []


def test_every_model_stands_in_the_glossary_and_every_identifier_there_exists():
    text = (code.ROOT / "docs" / "glossary.md").read_text()
    named = set(IDENTIFIER.findall(text))
    models = {model.__name__ for model in apps.get_models() if model.__module__.startswith("guatu.")}
    defined = {
        node.name
        for module in code.written()
        for node in module.tree.body
        if hasattr(node, "name") and isinstance(node.name, str)
    }
    assert models
    assert sorted(models - named) == []
    assert sorted(named - models - defined) == []


def test_the_commands_page_is_that_of_the_code():
    page = code.ROOT / "docs" / "operate" / "commands.md"
    parser = main.build_parser()
    assert len(list(commands_page.commands(parser))) > 10
    assert page.read_text() == commands_page.markdown(parser), "run `make commands`"


def test_every_commands_options_say_what_they_are_for():
    """An option without help is a riddle; a positional may speak by its name."""
    silent = [
        f"guatu {name} {action.option_strings[-1]}"
        for name, _, parser in commands_page.commands(main.build_parser())
        for action in parser._actions
        if action.option_strings and not action.help
    ]
    assert silent == []


def test_every_operation_of_the_api_stands_in_its_page():
    page = code.ROOT / "docs" / "api.md"
    lines = [
        f"| `{method.upper()} {path}` | {operation['description'].splitlines()[0]} |"
        for path, operations in api.get_openapi_schema()["paths"].items()
        for method, operation in operations.items()
    ]
    assert len(lines) > 10
    head, _, _ = page.read_text().partition("|---|---|\n")
    text = head + "|---|---|\n" + "\n".join(lines) + "\n"
    if os.environ.get("GUATU_WRITE_GOLDEN") == "1":
        page.write_text(text)
    assert page.read_text() == text


# -- rules ------------------------------------------------------------------------------------------------------------
ALGORITHMS = sorted((code.ROOT / "docs" / "algorithms").glob("*.md"))
RULES = [page for page in ALGORITHMS if page.name != "README.md"]


def test_every_rule_of_domain_that_the_product_uses_stands_on_a_page():
    """A public function of domain that another package imports: by its name, in code type."""
    text = "\n".join(page.read_text() for page in RULES)
    named = {name.rpartition(".")[2] for name in re.findall(r"`([\w.]+)(?:\([^`]*)?`", text)}
    written = list(code.written())
    rules = {
        node.name
        for module in written
        if module.package == "domain"
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef)
    }
    used = {
        alias.name
        for module in written
        if module.package != "domain"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("guatu.domain")
        for alias in node.names
    }
    assert len(rules & used) > 40
    assert sorted(rules & used - named) == []


def test_every_module_of_domain_has_its_page():
    text = "\n".join(page.read_text() for page in RULES)
    modules = {
        module.path.relative_to(code.ROOT / "guatu" / "domain").parts[0]
        for module in code.written()
        if module.package == "domain"
    }
    wanted = {name.removesuffix(".py") for name in modules} - {"__init__", "errors", "plain"}
    assert len(wanted) > 10
    assert sorted(name for name in wanted if f"`guatu.domain.{name}." not in text) == []


def test_every_page_of_a_rule_has_identifier_example_and_weakness_and_its_examples_are_tests():
    read = "\n".join(path.read_text() for path in (code.ROOT / "tests").rglob("test_*.py"))
    wrong = []
    for page in RULES:
        text = page.read_text()
        examples = re.findall(r"^### (.+)$", text, re.M)
        wrong += [
            f"{page.name}: {example} is no test" for example in examples if not _is_read(read, page.stem, example)
        ]
        told = "guatu.publishing" in text or (examples and "`guatu.domain." in text)
        wrong += [] if told else [f"{page.name}: no worked example"]
        wrong += [] if "nown weakness" in text else [f"{page.name}: no known weakness"]
        wrong += (
            [] if f"({page.name})" in ALGORITHMS[0].with_name("README.md").read_text() else [f"{page.name}: not led to"]
        )
    assert len(RULES) > 10
    assert wrong == []


def _is_read(tests: str, page: str, example: str) -> bool:
    """Whether a test reads the table: by its heading, or by a name that stands in a list of headings."""
    said = f'worked("{page}", "{example}")' in tests
    return said or (f'worked("{page}", name)' in tests and f'"{example}"' in tests)
