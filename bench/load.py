"""Rows straight into tables, past the actions: `executemany` on SQLite, `COPY` on PostgreSQL. Only for the bench."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction

BATCH = 5000
Given = Mapping[str, Any]


def _defaults(model: type[models.Model]) -> dict[str, Any]:
    """Value of each column that a row does not give; callables stay callables."""
    found: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        default = field.default if field.has_default() else None
        if default is None and not field.null and isinstance(field, models.CharField | models.TextField):
            default = ""
        found[field.attname] = default
    return found


def _adapt(model: type[models.Model]) -> dict[str, Any]:
    """How a column's value goes to this database: SQLite has no dates, UUIDs or JSON of its own."""
    sqlite = connection.vendor == "sqlite"
    found: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if isinstance(field, models.JSONField):
            found[field.attname] = json.dumps
        elif sqlite and isinstance(field, models.UUIDField):
            found[field.attname] = lambda value: value.hex
        elif sqlite and isinstance(field, models.DateTimeField):
            found[field.attname] = lambda value: value.strftime("%Y-%m-%d %H:%M:%S")
        elif sqlite and isinstance(field, models.DateField):
            found[field.attname] = date.isoformat
    return found


def _tuples(model: type[models.Model], rows: Iterable[Given], names: list[str]) -> Iterator[tuple[Any, ...]]:
    defaults, adapt = _defaults(model), _adapt(model)
    for row in rows:
        values = []
        for name in names:
            value = row[name] if name in row else defaults[name]
            value = value() if callable(value) else value
            turn = adapt.get(name)
            values.append(turn(value) if turn is not None and value is not None else value)
        yield tuple(values)


def load(model: type[models.Model], rows: Iterable[Given]) -> None:
    """Insert rows (by attribute name, ids given) and leave the table's sequence past them."""
    names = [field.attname for field in model._meta.concrete_fields]
    columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    table = f'"{model._meta.db_table}"'
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for values in _tuples(model, rows, names):
                    copy.write_row(values)
            for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
                cursor.execute(statement)
            return
        marks = ", ".join(["%s"] * len(names))
        part: list[tuple[Any, ...]] = []
        for values in _tuples(model, rows, names):
            part.append(values)
            if len(part) == BATCH:
                cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", part)
                part = []
        if part:
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", part)


def copy(model: type[models.Model], steps: Mapping[str, int], copies: int, most: int) -> None:
    """Copies of a table's rows up to the id `most`, made by the database: by attribute name, what a key grows by from
    one copy to the next. Public ids are new ones.
    """
    postgres = connection.vendor == "postgresql"
    fresh = "gen_random_uuid()" if postgres else "lower(hex(randomblob(16)))"
    fields = model._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    table = f'"{model._meta.db_table}"'
    with transaction.atomic(), connection.cursor() as cursor:
        for number in range(1, copies + 1):
            values = [
                fresh
                if isinstance(field, models.UUIDField) and field.unique
                else f'"{field.column}" + {steps[field.attname] * number}'
                if field.attname in steps
                else f'"{field.column}"'
                for field in fields
            ]
            cursor.execute(
                f"INSERT INTO {table} ({columns}) SELECT {', '.join(values)} FROM {table}"
                f" WHERE id <= {most} ORDER BY id"
            )
        if postgres:
            for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
                cursor.execute(statement)


def analyse() -> None:
    """Let the database know its tables, as it would after some days of work."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
