"""A database at the first landed migrations: rows out of it and into it, through the models of that moment.

    python -m tests.upgrade.rows load FILE   # an empty database: migrate to FIRST, put the rows in
    python -m tests.upgrade.rows dump        # print the rows of every table of ours

`first_district.json` was dumped when FIRST were the newest migrations. It is a record: it is never made again.
"""

import json
import sys
from pathlib import Path
from typing import Any

from guatu.config.main import set_up

FIRST = {
    "core": "0002_trail_head",
    "people": "0001_first",
    "library": "0001_first",
    "reporting": "0001_first",
    "figures": "0001_first",
    "publishing": "0001_first",
}
Rows = dict[str, list[dict[str, Any]]]


def load(path: Path) -> None:
    """Migrate to FIRST (other people's tables to their newest, later packages of ours not at all); insert the rows."""
    from django.apps import apps as installed
    from django.core.management.color import no_style
    from django.db import connection, transaction
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    others = [node for node in leaves if not installed.get_app_config(node[0]).name.startswith("guatu.")]
    targets = [*others, *FIRST.items()]
    executor.migrate(targets)
    apps = MigrationExecutor(connection).loader.project_state(list(FIRST.items())).apps
    rows: Rows = json.loads(path.read_text(encoding="utf-8"))["rows"]
    models = [apps.get_model(label) for label in rows]
    with transaction.atomic():  # the foreign keys are looked at when it ends
        for model, listed in zip(models, rows.values(), strict=True):
            model._base_manager.all().delete()  # the chain's head, made by a migration
            fields = {field.attname: field for field in model._meta.concrete_fields}
            made = [model(**{name: fields[name].to_python(value) for name, value in row.items()}) for row in listed]
            model._base_manager.bulk_create(made)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)
    from guatu.core import trail

    for entry in rows["core.trailentry"]:  # an upgrade keeps the folder: the heads, sealed with the installation's key
        trail.append_head(entry["number"], entry["digest"])


def dump() -> Rows:
    """Every row of every table of ours, by model, as plain values."""
    from django.apps import apps

    found: Rows = {}
    for app in FIRST:
        for model in apps.get_app_config(app).get_models():
            if not model._meta.managed or model._meta.proxy:
                continue
            names = [field.attname for field in model._meta.concrete_fields]
            listed = model._base_manager.order_by("pk").values(*names)
            found[model._meta.label_lower] = json.loads(json.dumps(list(listed), default=str, ensure_ascii=False))
    return found


if __name__ == "__main__":
    set_up()
    if sys.argv[1] == "load":
        load(Path(sys.argv[2]))
    else:
        sys.stdout.write(json.dumps(dump(), ensure_ascii=False))
