"""One small demonstration district for all tests of this folder, and the plan that it was written from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import TestCase
from pytest_django import DjangoDbBlocker

from guatu.core import trail
from guatu.core.actor import OPERATOR
from guatu.demo import bodies, build
from guatu.demo.model import DistrictPlan
from guatu.demo.plan import make_plan
from guatu.figures import queries
from tests.demo import sums

SEED, TODAY, SIZE = 7, date(2026, 8, 12), 12
NAMES = tuple(sums.Sums.__dataclass_fields__)


@dataclass(frozen=True)
class Built:
    """A plan and what the product reported when it carried it out."""

    plan: DistrictPlan
    report: build.DemoReport
    folder: Path


def build_in(folder: Path, monkeypatch: pytest.MonkeyPatch, today: date, size: int = SIZE) -> Built:
    """Write a district into the test's database, with its head file and log-ins in a folder of its own."""
    monkeypatch.setattr(trail, "head_file", lambda: folder / "trail.heads")
    monkeypatch.setattr(settings, "DATA_DIR", folder)
    plan = make_plan(SEED, today, projects=size)
    return Built(plan, build.build(SEED, today, projects=size), folder)


def figures(year: int, levels: list[str], as_of: date, **asked: object) -> dict[str, object]:
    """The product's own figures of lists, those that the plan sums up as well."""
    lists = queries.find_lists(year, levels, bodies.REGION)
    whole = queries.figures(OPERATOR, queries.ask(OPERATOR, lists, as_of, **asked)).whole
    return {name: whole.values[name] for name in NAMES}


def planned(built: Built, year: int, levels: list[str], as_of: date, **asked: object) -> dict[str, object]:
    """The plan's own sums."""
    row = sums.sums(built.plan, year, levels, as_of, **asked)
    return {name: getattr(row, name) for name in NAMES}


class _Kept(TestCase):
    """Django's way to hold a transaction around several tests; its classmethods only."""


@pytest.fixture(scope="module")
def built(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Built]:
    """The district of SEED at TODAY, written once a module and taken out again after it."""
    folder = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock():
        held = _Kept._enter_atomics()
        try:
            with pytest.MonkeyPatch.context() as patch, _Kept.captureOnCommitCallbacks(execute=True):
                made = build_in(folder, patch, TODAY)
            yield made
        finally:
            _Kept._rollback_atomics(held)
