"""What occurs among the projects of a table, for filters that offer nothing else."""

from datetime import date

from django.db.models import QuerySet

from guatu.core.actor import Actor
from guatu.library.choices import Role
from guatu.library.models import AnnualList, Assignment, Project
from guatu.library.policies import visible_projects
from guatu.library.queries.listed import holding, listed_on
from guatu.people.models import Region, Unit


def _projects(actor: Actor, annual_list: AnnualList | None, day: date) -> QuerySet[Project]:
    seen = visible_projects(actor)
    return seen if annual_list is None else seen.filter(pk__in=listed_on([annual_list.pk], day).values("project"))


def units_of(actor: Actor, annual_list: AnnualList | None, day: date) -> QuerySet[Unit]:
    """The units that answer for the projects of a list on a day, or for all that the post sees."""
    projects = _projects(actor, annual_list, day).values("pk")
    held = Assignment.objects.filter(role=Role.RESPONSIBLE, slot=0, project__in=projects)
    return Unit.objects.filter(pk__in=holding(held, day, "project", "role", "slot").values("unit"))


def regions_of(actor: Actor, annual_list: AnnualList | None, day: date) -> QuerySet[Region]:
    """The divisions in which the projects lie."""
    return Region.objects.filter(pk__in=_projects(actor, annual_list, day).values("region"))
