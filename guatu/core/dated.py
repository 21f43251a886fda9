"""Dated facts: the one mechanism for "as of", "known on", corrections of closed periods, and history.

A fact is never updated in place. A row is true of `effective_on`; it was recorded at `recorded_at` and stands until
`superseded_at`. A correction of a closed period carries the closed date in `effective_on` and an open one in
`booked_on`: as booked it counts from then on, restated it counts where it belongs.
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, ClassVar, Self, TypeVar

from django.db import connection, models
from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from guatu.core import clock

BOOKKEEPING = frozenset({"id", "effective_on", "booked_on", "recorded_at", "superseded_at", "entry_id"})


def known_on(day: date | None) -> Q:
    """What was known at the end of `day` (Asia/Shanghai); None means what is known now."""
    if day is None:
        return Q(superseded_at__isnull=True)
    moment = clock.end_of(day)
    return Q(recorded_at__lt=moment) & (Q(superseded_at__isnull=True) | Q(superseded_at__gte=moment))


def true_of(day: date, *, restated: bool = False) -> Q:
    """Facts of dates up to `day`: as booked, or restated."""
    return Q(effective_on__lte=day) if restated else Q(effective_on__lte=day, booked_on__lte=day)


def standing_sql(alias: str, day: date, known: date | None, *, restated: bool = False) -> tuple[str, list[Any]]:
    """`known_on` and `true_of` as SQL for hand-written queries, with its parameters; the same condition, once here."""
    text, params = booked_sql(alias, day, known, restated=restated)
    return f"{alias}.effective_on <= %s AND {text}", [adapted(day), *params]


def booked_sql(alias: str, day: date, known: date | None, *, restated: bool = False) -> tuple[str, list[Any]]:
    """The same without the fact's own date, for facts whose date is what they say."""
    parts: list[str] = []
    params: list[Any] = []
    if not restated:
        parts.append(f"{alias}.booked_on <= %s")
        params.append(adapted(day))
    if known is None:
        parts.append(f"{alias}.superseded_at IS NULL")
    else:
        moment = adapted(clock.end_of(known))
        parts.append(f"{alias}.recorded_at < %s AND ({alias}.superseded_at IS NULL OR {alias}.superseded_at >= %s)")
        params += [moment, moment]
    return " AND ".join(parts), params


def adapted(value: date | datetime) -> Any:
    """A date or moment as the database driver compares it with a column."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value)


FactT = TypeVar("FactT", bound="DatedFact", covariant=True)


class DatedQuerySet(models.QuerySet[FactT]):
    """Reading dated facts; the same three questions everywhere."""

    def standing(self, known: date | None = None) -> Self:
        """Rows not superseded as known on a day."""
        return self.filter(known_on(known))

    def as_of(self, day: date, *, known: date | None = None, restated: bool = False) -> Self:
        """For each key the row that holds at the end of `day`."""
        keys = [F(name) for name in self.model.KEY]
        rank = Window(
            RowNumber(),
            partition_by=keys,
            order_by=[F("effective_on").desc(), F("booked_on").desc(), F("id").desc()],
        )
        rows = self.filter(known_on(known), true_of(day, restated=restated))
        return rows.annotate(_rank=rank).filter(_rank=1)


class DatedFact(models.Model):
    """A fact true from a date on. `KEY` names the columns that say which fact it is; `ABOUT` whose fact it is."""

    KEY: ClassVar[tuple[str, ...]] = ()
    ABOUT: ClassVar[str] = "project"

    id = models.BigAutoField(primary_key=True)
    effective_on = models.DateField()
    booked_on = models.DateField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)
    entry_id = models.UUIDField(null=True, editable=False)  # the trail entry that recorded it; no foreign key

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    def identity(self) -> tuple[Any, ...]:
        """Which fact this is, with its dates: two standing rows never share it."""
        return (*self.key(), self.effective_on, self.booked_on)

    def key(self) -> tuple[Any, ...]:
        """Which fact this is."""
        return tuple([getattr(self, name) for name in self.KEY])

    @classmethod
    def value_columns(cls) -> tuple[str, ...]:
        """Attribute names of the columns that carry the fact itself."""
        return _value_columns(cls)

    def says(self) -> dict[str, Any]:
        """The fact's values, without its bookkeeping."""
        return dict(zip(self.value_columns(), self.tells(), strict=True))

    def tells(self) -> tuple[Any, ...]:
        """The same in the order of `value_columns`, for comparing many."""
        own = self.__dict__
        return tuple([own[name] if name in own else getattr(self, name) for name in _value_columns(type(self))])


@cache
def _value_columns(model: type[DatedFact]) -> tuple[str, ...]:
    names = [field.attname for field in model._meta.concrete_fields]
    return tuple(name for name in names if name not in BOOKKEEPING and name not in model.KEY)


def name_of(facts: Sequence[DatedFact]) -> str:
    """Whose facts they are, as far as that is at hand: nothing can be read after the database has refused a row."""
    first = facts[0]
    row = first._state.fields_cache.get(first.ABOUT)
    return str(row) if row is not None else _("记录")
