"""Columns that every package uses: money in whole yuan, and the row of an office with its public id and version."""

from typing import Any

from django.db import models

from guatu.core.ids import new_public_id


class MoneyField(models.BigIntegerField):  # type: ignore[type-arg]  # the stub's generic has no run-time form
    """An amount in whole yuan. An integer is exact on every database; shown in 万元 or 亿元 by the page."""


class OfficeRow(models.Model):
    """A row that people know by its public id (URLs, API, files) and edit under the version they saw."""

    id = models.BigAutoField(primary_key=True)
    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    def trail_subject(self) -> tuple[str, str]:
        """(kind, id) by which the trail and other packages refer to this row."""
        return str(self._meta.label_lower), str(self.public_id)

    def trail_value(self, name: str) -> Any:
        """The value of one column as the trail keeps it."""
        return getattr(self, self._meta.get_field(name).attname)  # type: ignore[union-attr]  # only plain columns
