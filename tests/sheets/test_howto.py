"""The how-to page names every field there is, and its example map is one."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from guatu.core.sheets.mapping import mapping_from
from guatu.library.ledgers.plan import PLAN
from guatu.library.ledgers.progress import PROGRESS

PAGE = Path(__file__).parents[2] / "docs" / "howto" / "import-a-ledger.md"


def section(title: str) -> str:
    return PAGE.read_text(encoding="utf-8").split(f"## {title}\n")[1].split("\n## ")[0]


def test_every_field_of_both_ledgers_is_documented_and_nothing_else_is():
    for title, fields in (("Fields of a plan ledger", PLAN), ("Fields of a progress sheet", PROGRESS)):
        assert set(re.findall(r"`([a-z_0-9]+)`", section(title))) == set(fields.by_code)


def test_the_example_map_is_a_map():
    example = re.search(r"```yaml\n(.*?)```", section("The map"), re.DOTALL)
    assert example
    mapping = mapping_from(yaml.safe_load(example[1]), PLAN)
    assert mapping.find("投资（亿元） / 累计") is not None
    assert len(mapping.columns) == 5
