"""Many rows at once by the driver's `executemany`: the ORM compiles each row into the statement, which takes longer
than the database itself. For rows whose ids nobody needs afterwards, and for columns of rows that are there.
"""

from collections.abc import Sequence
from typing import TypeVar

from django.db import connections, models, router

Row = TypeVar("Row", bound=models.Model)


def insert_many(rows: Sequence[Row]) -> None:
    """Insert rows of one model whose ids the database makes; the ids are not read back."""
    if not rows:
        return
    meta = type(rows[0])._meta
    connection = connections[router.db_for_write(type(rows[0]))]
    fields = [field for field in meta.concrete_fields if not isinstance(field, models.AutoField | models.BigAutoField)]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    values = [[field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES ({marks})", values)


def update_many(rows: Sequence[Row], names: Sequence[str]) -> None:
    """Write the named columns of rows that are there, by primary key."""
    if not rows:
        return
    meta = type(rows[0])._meta
    connection = connections[router.db_for_write(type(rows[0]))]
    fields = [meta.get_field(name) for name in names]
    assert meta.pk is not None
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)  # type: ignore[union-attr]  # only plain columns
    values = [
        [
            *(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields),  # type: ignore[union-attr]  # as above
            row.pk,
        ]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {quote(meta.db_table)} SET {sets} WHERE {quote(str(meta.pk.column))} = %s", values)
