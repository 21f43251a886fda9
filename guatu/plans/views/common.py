"""What the pages of plans have in common: the project within reach, the units that may be named."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from guatu.core.pages import actor_of, found
from guatu.library.models import Project
from guatu.people.models import Unit
from guatu.people.policies import visible_units
from guatu.plans.policies import projects_of


def project_of(request: HttpRequest, public_id: UUID, right: str) -> Project:
    """The project over which the actor holds the right (404 otherwise)."""
    rows = projects_of(actor_of(request), right).select_related("region")
    row: Project = found(rows.filter(public_id=public_id).first())
    return row


def tab_of(project: Project) -> str:
    """The address of the project's plan."""
    return reverse("library:project", args=[project.public_id]) + "?tab=plan"


def unit_names(request: HttpRequest) -> dict[str, str]:
    """The units that may be named, by public id."""
    rows: Any = visible_units(actor_of(request)).filter(valid_to=None).order_by("order", "pk")
    return {str(unit.public_id): str(unit) for unit in rows}


def units_by_name(names: Mapping[str, str]) -> dict[str, str]:
    """Public ids by the names as they are typed."""
    full = dict(Unit.objects.filter(public_id__in=list(names)).values_list("name", "public_id"))
    return {name: str(key) for name, key in full.items()} | {name: key for key, name in names.items()}
