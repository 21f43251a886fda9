"""Which dated facts hold on a day, as conditions of a query, and the projects that stand on lists by them."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar, cast

from django.db.models import BooleanField, Exists, Model, OuterRef, Q, QuerySet, Subquery

from guatu.library.models import AnnualList, ListEntry, Project

M = TypeVar("M", bound=Model)


def _until(rows: QuerySet[M], day: date) -> QuerySet[M]:
    """The standing rows that a day can know of."""
    return rows.filter(superseded_at__isnull=True, effective_on__lte=day)


def holding(rows: QuerySet[M], day: date, *key: str) -> QuerySet[M]:
    """Of dated facts the ones that hold at the end of a day: of each ``key`` (its columns) the last standing row.

    What narrows the rows besides belongs into ``rows`` only where it names whole keys; else filter the answer. Later
    rows are therefore looked for by the key alone, which an index answers: with the conditions repeated, a database
    that knows nothing of the tables' sizes yet (after a first import) may go through all rows for each.
    """
    told = _until(rows, day)
    same = _until(rows.model._default_manager.all(), day).filter(**{column: OuterRef(column) for column in key})
    later = same.filter(
        Q(effective_on__gt=OuterRef("effective_on"))
        | Q(effective_on=OuterRef("effective_on"), booked_on__gt=OuterRef("booked_on"))
    )
    return told.filter(~Exists(later))


def held_of(model: Any, day: date, *, of: str = "pk", **key: object) -> Any:
    """The rows of a fact of the outer query's project by the end of a day, the one that holds first.

    `of`: the outer query's column that names the project.
    """
    rows = _until(model.objects.filter(project=OuterRef(of), **key), day)
    return rows.order_by("-effective_on", "-booked_on", "-pk")


def listed_in(rows: QuerySet[Project], annual_list: AnnualList, day: date) -> QuerySet[Project]:
    """The projects that stand in a list at the end of a day."""
    held = held_of(ListEntry, day, annual_list=annual_list).values("listed")[:1]
    return rows.annotate(_listed=Subquery(held, output_field=BooleanField())).filter(_listed=True)


def of_listed(rows: QuerySet[M], annual_list: AnnualList, day: date) -> QuerySet[M]:
    """Rows about projects that stand in a list at the end of a day.

    Where a project stands is looked up for the rows that are left by every other condition, seldom for the whole list.
    """
    ever = ListEntry.objects.filter(annual_list=annual_list).values("project")
    held = held_of(ListEntry, day, of="project", annual_list=annual_list).values("listed")[:1]
    found = rows.filter(project__in=ever, project__withdrawn=False)
    stands = found.alias(_listed=Subquery(held, output_field=BooleanField())).filter(_listed=True)
    return cast(QuerySet[M], stands)


def listed_on(lists: Iterable[int], day: date) -> QuerySet[ListEntry]:
    """The entries that hold on some lists at the end of a day."""
    return holding(ListEntry.objects.filter(annual_list__in=lists), day, "project", "annual_list").filter(listed=True)


def counted_once(rows: QuerySet[Project], seen: QuerySet[Project]) -> QuerySet[Project]:
    """Without the sub-projects whose package is among the seen: they count once, under it."""
    return rows.filter(Q(package__isnull=True) | ~Exists(seen.filter(pk=OuterRef("package"))))
