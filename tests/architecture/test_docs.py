"""Documents: links lead somewhere, settings are those of the code, the glossary's identifiers exist."""

import re
from pathlib import Path

from django.apps import apps

from guatu.config import settings_page
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
