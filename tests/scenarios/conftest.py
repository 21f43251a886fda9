"""All five founding scenarios beside each other in one database, written once a module."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.test import TestCase
from pytest_django import DjangoDbBlocker

from guatu.core import trail
from guatu.core.actor import OPERATOR
from guatu.demo.scenarios import SCENARIOS, find
from guatu.demo.scenarios.build import ScenarioReport, load
from guatu.demo.scenarios.printed import Held, hold, lists_of

ORDER = ("xigong-2021", "weidong-2015", "xigong-2019", "yuzhong-2022", "luoyang-2020")  # years in no order


@dataclass(frozen=True)
class Loaded:
    """What loading reported of each scenario, and the data folder that it wrote to."""

    reports: dict[str, ScenarioReport]
    folder: Path

    def held(self, code: str) -> Held:
        """A scenario's comparison, as the operator sees it."""
        return hold(OPERATOR, find(code), lists_of(find(code)))


class _Kept(TestCase):
    """Django's way to hold a transaction around several tests; its classmethods only."""


@pytest.fixture(scope="module")
def loaded(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Loaded]:
    """The five scenarios, taken out again after the module."""
    folder = tmp_path_factory.mktemp("scenarios")
    assert set(ORDER) == set(SCENARIOS)
    with django_db_blocker.unblock():
        held = _Kept._enter_atomics()
        try:
            with pytest.MonkeyPatch.context() as patch, _Kept.captureOnCommitCallbacks(execute=True):
                patch.setattr(trail, "head_file", lambda: folder / "trail.heads")
                patch.setattr(settings, "DATA_DIR", folder)
                reports = {code: load(code) for code in ORDER}
            yield Loaded(reports, folder)
        finally:
            _Kept._rollback_atomics(held)
