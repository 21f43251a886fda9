"""Every model says what its row is in the office; nothing cascades; migrations are complete, linear and named."""

import ast
import io
import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import PROTECT, ForeignKey, Model

from tests.architecture import code


def _models() -> list[type[Model]]:
    found = [model for model in apps.get_models() if model.__module__.startswith("guatu.")]
    assert len(found) > 10
    return found


def test_every_model_says_what_its_row_is():
    made_up = [m.__name__ for m in _models() if not m.__dict__.get("__doc__") or m.__doc__.startswith(m.__name__ + "(")]
    assert made_up == []


def test_every_model_says_its_name():
    assert [m.__name__ for m in _models() if m.__str__ is Model.__str__] == []


def test_no_reference_cascades():
    loose = [
        f"{model.__name__}.{field.name}"
        for model in _models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and field.remote_field.on_delete is not PROTECT
    ]
    assert loose == []


def test_no_row_is_marked_as_deleted():
    names = {f"{m.__name__}.{f.name}" for m in _models() for f in m._meta.get_fields() if "deleted" in f.name}
    assert names == set()


def test_migrations_are_linear_and_named():
    loader = MigrationLoader(None)
    ours = {key: migration for key, migration in loader.disk_migrations.items() if key[0] in code.packages()}
    assert ours
    labels = {label for label, _ in ours}
    assert {label: found for label in labels if len(found := loader.graph.leaf_nodes(label)) != 1} == {}
    forked = [
        key for key, migration in ours.items() if sum(parent[0] == key[0] for parent in migration.dependencies) > 1
    ]
    assert forked == []
    assert [key for key in ours if not re.fullmatch(r"\d{4}_(?!auto)[a-z][a-z0-9_]+", key[1])] == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    out = io.StringIO()
    call_command("makemigrations", check=True, dry_run=True, verbosity=1, stdout=out)
    assert "No changes detected" in out.getvalue()
    assert connection.introspection.table_names()


def test_migrations_of_data_use_no_code_of_the_product():
    """They run on the schema of their time; today's code would not know it."""
    moving = [m for m in code.modules() if m.role == "migrations" and ("RunPython" in m.text or "RunSQL" in m.text)]
    assert moving
    wrong = [f"{m.where} imports {'.'.join(name)}" for m in moving for _, name in code.imports(m) if name[0] == "guatu"]
    assert wrong == []
    for module in moving:
        assert any(isinstance(node, ast.ClassDef) and node.name == "Migration" for node in module.tree.body)
