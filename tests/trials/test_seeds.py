"""Every figure that the founding articles print (seeds_figures.json of the trial data) stands in a scenario's table."""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from guatu.demo.scenarios import SCENARIOS

pytestmark = [pytest.mark.slow, pytest.mark.trial]
# What a table does not print: which place and day it is of, what is said of the office's rhythm, what we derive.
NOT_FIGURES = {"place", "list_year", "as_of", "check", "rhythm", "rule", "example_nodes", "batches", "open_due", "by"}
NAMES = {code.replace("-", "_"): code for code in SCENARIOS}


def numbers(value: Any) -> list[str]:
    """The numbers of a printed figure."""
    if isinstance(value, bool) or value is None:
        return []
    if isinstance(value, dict):
        return [found for name, part in value.items() if name not in NOT_FIGURES for found in numbers(part)]
    if isinstance(value, list):
        return [found for part in value for found in numbers(part)]
    return re.findall(r"\d+(?:\.\d+)?", str(value))


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_printed_figure_is_in_the_scenarios_table(name):
    told = json.loads((Path(os.environ["GUATU_TRIAL_DATA"]) / "seeds_figures.json").read_text())
    assert set(told) - {"note"} == set(NAMES)
    printed = {
        number for figure in SCENARIOS[NAMES[name]].figures for number in re.findall(r"\d+(?:\.\d+)?", figure.printed)
    }
    wanted = numbers({key: part for key, part in told[name].items() if key not in NOT_FIGURES})
    assert wanted
    assert sorted(set(wanted) - printed) == []
