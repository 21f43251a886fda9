"""Many rows at once, past the ORM's compiler, which takes longer than the database itself: values are adapted by
columns, not by cells, ids are taken from the table's sequence beforehand, and the driver gets plain tuples
(`executemany` on SQLite, `COPY` on PostgreSQL).
"""

import gc
import json
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, IntegrityError, connections, models, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import signals
from django.db.models.base import ModelState

Row = TypeVar("Row", bound=models.Model)
Blank = tuple[dict[str, Any], dict[str, Callable[[], Any]], dict[str, str]]
PART = 2000  # rows that are handed to the driver at once
FEW = 20  # rows up to which opening a COPY does not pay
PAGE = 8192  # bytes of a page of PostgreSQL
MANY = 200
"""Rows from which PostgreSQL is told at once how large a table has become, each time that it has doubled: it plans
queries by what it knows of the tables, and looks by itself a minute later; one that it takes for empty can cost hours.
"""
_MEMO = (date, datetime, UUID)


def new_row(model: type[Row], **values: Any) -> Row:
    """`model(**values)`, five times as fast: what Django's constructor works out for each row is known of the model.

    For rows that are made by the thousand. Raises TypeError for a name that is no column.
    """
    constants, made, related = _blank(model)
    row = model.__new__(model)
    state, own = ModelState(), row.__dict__
    own["_state"] = state
    own.update(constants)
    for name, make in made.items():
        if name not in values:
            own[name] = make()
    for name, value in values.items():
        column = related.get(name)
        if column is not None:
            state.fields_cache[name] = value
            own[column] = None if value is None else value.pk
        elif name in own or name in made:
            own[name] = value
        else:
            raise TypeError(f"{model.__name__} has no column {name!r}")
    return row


def thin(row: Row, names: Sequence[str]) -> Row:
    """A stored row with only its ids, version and the named fields in memory: the others are read when asked for, as
    of rows that were read by `only()`.
    """
    own, related = row.__dict__, _blank(type(row))[2]
    kept = ("_state", "id", "public_id", "version", *(related.get(name, name) for name in names))
    row.__dict__ = {name: own[name] for name in kept if name in own}
    return row


@cache
def _blank(model: type[models.Model]) -> Blank:
    """A model's constant defaults, its made ones by column, and the columns of its related rows."""
    fields = model._meta.concrete_fields
    made: dict[str, Callable[[], Any]] = {
        f.attname: f.default for f in fields if f.has_default() and callable(f.default)
    }
    constants = {f.attname: f.get_default() for f in fields if f.attname not in made}
    return constants, made, {f.name: f.attname for f in fields if f.is_relation}


@contextmanager
def no_collection() -> Iterator[None]:
    """No search for cyclic garbage while a block makes rows by the hundred thousand: there is none among them."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def insert_rows(rows: Sequence[Row]) -> None:
    """Insert new rows of one model. Ids are taken beforehand and set on the rows, as after `save`.

    Raises IntegrityError as `save` does, and ValueError for a row that names a related row without an id.
    """
    if not rows:
        return
    model = type(rows[0])
    connection = _connection(model)
    key = model._meta.pk
    assert key is not None
    if isinstance(key, models.AutoField | models.BigAutoField):
        blank = [row for row in rows if row.pk is None]
        for row, number in zip(blank, _next_ids(connection, model, len(blank)), strict=True):
            row.pk = number
    fields = list(model._meta.concrete_fields)
    insert_columns(model, [str(field.attname) for field in fields], [_values(field, rows) for field in fields])
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def stands_already(error: IntegrityError) -> bool:
    """Whether a row was refused because another one has its place, which somebody else wrote at the same moment; any
    other constraint that is broken is a fault of ours.
    """
    told = error.__cause__
    codes = (getattr(told, "sqlstate", ""), getattr(told, "sqlite_errorname", ""))
    return codes[0] == "23505" or codes[1] in ("SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY")


def insert_row(row: models.Model) -> None:
    """Insert one new row as `save(force_insert=True)` does, which takes longer over it than the database.

    A model whose rows do more when they are saved (a `save` of its own, signals, columns that are made then) is saved.
    """
    model = type(row)
    connection = _connection(model)
    key = model._meta.pk
    assert key is not None
    made_by_database = row.pk is None and isinstance(key, models.AutoField | models.BigAutoField)
    prepared = _insertion(model, connection.vendor, made_by_database)
    if prepared is None or signals.pre_save.has_listeners(model) or signals.post_save.has_listeners(model):
        row.save(force_insert=True)
        return
    statement, fields = prepared
    values = [_adapted(field, _values(field, [row]), connection)[0] for field in fields]
    with transaction.mark_for_rollback_on_error(connection.alias), connection.cursor() as cursor:
        cursor.execute(statement, values)
        if made_by_database:
            row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias


@cache
def _insertion(model: type[models.Model], vendor: str, made_by_database: bool) -> tuple[str, list[Any]] | None:
    """The statement that inserts a row, and its columns; None where saving a row does more than that."""
    meta = model._meta
    plain = model.save is models.Model.save and model.save_base is models.Model.save_base and not meta.parents
    if not plain or any(map(_made_when_saved, meta.concrete_fields)):
        return None
    fields = [field for field in meta.concrete_fields if not (made_by_database and field.primary_key)]
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    statement = (
        f"INSERT INTO {quote(meta.db_table)} ({', '.join(quote(str(field.column)) for field in fields)})"
        f" VALUES ({', '.join(['%s'] * len(fields))})"
    )
    assert meta.pk is not None
    return (f"{statement} RETURNING {quote(str(meta.pk.column))}" if made_by_database else statement), fields


def _made_when_saved(field: Any) -> bool:
    if isinstance(field, models.DateField | models.TimeField):
        return field.auto_now or field.auto_now_add
    return type(field).pre_save is not models.Field.pre_save or field.generated or field.has_db_default()


def next_ids(model: type[models.Model], count: int) -> Sequence[int]:
    """The next ids of a model's rows, which nobody else gets; for `insert_columns` within the same transaction."""
    return _next_ids(_connection(model), model, count)


def insert_columns(
    model: type[models.Model],
    names: Sequence[str],
    columns: Sequence[Sequence[Any]],
    spelled: Collection[str] = (),
) -> None:
    """Insert rows given by columns (attribute names, without the id where the database is to make it).

    JSON columns named in `spelled` hold their JSON texts.
    """
    connection = _connection(model)
    fields = [model._meta.get_field(name) for name in names]
    adapted = [
        column if name in spelled else _adapted(field, column, connection)
        for name, field, column in zip(names, fields, columns, strict=True)
    ]
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    listed = ", ".join(quote(str(field.column)) for field in fields)  # type: ignore[union-attr]  # only plain columns
    rows = list(zip(*adapted, strict=True))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and len(rows) > FEW:
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            if len(rows) >= MANY and _outgrown(cursor, table, len(rows)):
                cursor.execute(f"ANALYZE {table}")
            return
        statement = f"INSERT INTO {table} ({listed}) VALUES ({', '.join(['%s'] * len(fields))})"
        for start in range(0, len(rows), PART):
            cursor.executemany(statement, rows[start : start + PART])


def _outgrown(cursor: Any, table: str, added: int) -> bool:
    """Whether a table of PostgreSQL is twice as large as when it was last looked at, or never was: its file, or the
    rows that it is taken for (a table that was emptied keeps its file, and is taken for empty however many come).

    Less growth its planner sees by itself, from the file; looking at a large table after each part of an import costs
    more than writing the part.
    """
    cursor.execute("SELECT pg_relation_size(oid), relpages, reltuples FROM pg_class WHERE oid = %s::regclass", [table])
    size, pages, rows = cursor.fetchone()
    return bool(size >= 2 * pages * PAGE or added >= rows)


def update_many(rows: Sequence[Row], names: Sequence[str]) -> None:
    """Write the named columns of rows that are there, by primary key."""
    if not rows:
        return
    meta = type(rows[0])._meta
    connection = _connection(type(rows[0]))
    fields = [meta.get_field(name) for name in names]
    assert meta.pk is not None
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)  # type: ignore[union-attr]  # only plain columns
    columns = [_adapted(field, [getattr(row, field.attname) for row in rows], connection) for field in fields]  # type: ignore[union-attr]  # as above
    values = list(zip(*columns, [row.pk for row in rows], strict=True))
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {quote(meta.db_table)} SET {sets} WHERE {quote(str(meta.pk.column))} = %s", values)


def _connection(model: type[models.Model]) -> BaseDatabaseWrapper:
    return connections[router.db_for_write(model)]


def _next_ids(connection: BaseDatabaseWrapper, model: type[models.Model], count: int) -> Sequence[int]:
    """The next ids of a table, taken from its sequence, so that nobody else gets them."""
    if not count:
        return ()
    table, column = model._meta.db_table, str(model._meta.pk.column)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            name = connection.ops.quote_name(table)
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [name, column, count]
            )
            return [row[0] for row in cursor.fetchall()]
        # Transactions begin with the write lock here: nobody else inserts until this one ends.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()
        first = (last[0] if last else 0) + 1
        return range(first, first + count)


def _values(field: Any, rows: Sequence[models.Model]) -> list[Any]:
    """One column of rows; a key of a related row that was saved after it was named is filled in."""
    name = field.attname
    values = [row.__dict__[name] for row in rows]
    if field.is_relation and None in values:
        for place, row in enumerate(rows):
            related = row._state.fields_cache.get(field.name) if values[place] is None else None
            if related is not None:
                if related.pk is None:
                    raise ValueError(f"{field} names a row that has no id yet")
                setattr(row, name, related.pk)
                values[place] = related.pk
    return values


def _adapted(field: Any, values: Sequence[Any], connection: BaseDatabaseWrapper) -> Sequence[Any]:
    """A column's values as the driver takes them: what `get_db_prep_save` makes of each, seldom asked."""
    while field.is_relation:
        field = field.target_field
    kinds = set(map(type, values)) - {type(None)}
    if kinds <= _as_they_are(field, connection.vendor):
        return values
    if isinstance(field, models.JSONField) and field.encoder is None:
        return [None if value is None else json.dumps(value) for value in values]

    def adapt(value: Any) -> Any:
        made = field.get_db_prep_save(value, connection)
        return str(made) if isinstance(made, str) and type(made) is not str else made

    if not kinds <= set(_MEMO):
        return [adapt(value) for value in values]
    memo = {value: adapt(value) for value in set(values)}
    return [memo[value] for value in values]


def _as_they_are(field: Any, vendor: str) -> set[type]:
    """Types of values that the driver takes for a column without any work."""
    if isinstance(field, models.CharField | models.TextField):
        return {str}
    if isinstance(field, models.BooleanField):
        return {bool}
    if isinstance(field, models.IntegerField):
        return {int}
    if vendor == "postgresql":
        if isinstance(field, models.UUIDField):
            return {UUID}
        if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
            return {date}
    return set()
