"""Projects, lists and entries over the API: the same queries and actions as the pages."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.api import ERRORS, api_actor, fast, needs, once, paged, seen_version, with_etag
from guatu.core.refusals import Refusal
from guatu.library import actions, policies
from guatu.library.models import AnnualList, ListEntry, Project
from guatu.library.queries.listpage import list_as_dict, visible_entries
from guatu.library.queries.lists import totals_of
from guatu.library.queries.projects import profiles_as_of
from guatu.library.queries.search import matching

router = Router(tags=["library"])
PLAIN = ("name", "code", "scale", "content", "address", "years", "owner_name", "funding", "plan_document", "remark")
CONTACT = ("contact", "contact_phone")


class ProjectChange(Schema):
    """What may be changed of a project; what is left out stays."""

    name: str | None = None
    code: str | None = None
    scale: str | None = None
    content: str | None = None
    address: str | None = None
    longitude: Decimal | None = None
    latitude: Decimal | None = None
    years: str | None = None
    owner_name: str | None = None
    owner_credit_code: str | None = None
    contact: str | None = None
    contact_phone: str | None = None
    funding: str | None = None
    land_mu: Decimal | None = None
    jobs: int | None = None
    secrecy: str | None = None
    plan_document: str | None = None
    remark: str | None = None


def _short(row: Project) -> dict[str, Any]:
    return {
        "id": row.public_id,
        "name": row.name,
        "code": row.code,
        "region": row.region.code,
        "stage": row.stage,
        "stage_on": row.stage_on,
        "last_reading_on": row.last_reading_on,
        "cumulative_investment": row.last_cumulative,
        "version": row.version,
    }


def _whole(actor: Actor, row: Project) -> dict[str, Any]:
    profile = profiles_as_of([row.pk], clock.today()).get(row.pk)
    shown = PLAIN + (CONTACT if policies.can_see_contact(actor, row).allowed else ())
    counted = ("total_investment", "industry", "nature", "investor")
    told = {name: getattr(profile, name) for name in counted} if profile is not None else {}
    return {**_short(row), **{name: getattr(row, name) for name in shown}, **told, "secrecy": row.secrecy}


def _project(actor: Actor, public_id: UUID, right: str) -> Project:
    rows = policies.visible_projects(actor, right).select_related("region")
    row = rows.filter(public_id=public_id).first()
    if row is None:
        raise Refusal("core.not_found")
    return row


@router.get("/projects", response={200: dict[str, Any], **ERRORS}, url_name="projects")
@needs("library.view")
def read_projects(request: HttpRequest, q: str = "", cursor: str = "", limit: int = 50) -> HttpResponse:
    """Projects that the post may find, by name, initials or code."""
    actor = api_actor(request)
    rows = matching(policies.findable_projects(actor), q[:80]).select_related("region")
    return fast(paged(rows, cursor, limit, _short))


@router.get("/projects/{uuid:public_id}", response={200: dict[str, Any], **ERRORS}, url_name="project")
@needs("library.view")
def read_project(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One project; its version as ETag."""
    actor = api_actor(request)
    row = _project(actor, public_id, "library.view")
    return with_etag(fast(_whole(actor, row)), row.version)


@router.patch("/projects/{uuid:public_id}", response={200: dict[str, Any], **ERRORS}, url_name="change_project")
@needs("library.change_project")
def change_project(request: HttpRequest, public_id: UUID, body: ProjectChange) -> HttpResponse:
    """Change a project under the version of If-Match; refused when somebody changed it meanwhile."""
    values, seen = body.dict(exclude_unset=True), seen_version(request)

    def carry_out(actor: Actor) -> dict[str, Any]:
        row = _project(actor, public_id, "library.change_project")
        actions.change_project(actor=actor, project=row, seen=seen, values=values)
        return _whole(actor, row)

    return once(request, carry_out)


def _list(actor: Actor, public_id: UUID) -> AnnualList:
    row = policies.visible_lists(actor).select_related("region").filter(public_id=public_id).first()
    if row is None:
        raise Refusal("core.not_found")
    return row


@router.get("/lists", response={200: dict[str, Any], **ERRORS}, url_name="lists")
@needs("library.view")
def read_lists(request: HttpRequest, cursor: str = "", limit: int = 50) -> HttpResponse:
    """The annual lists that the post may see, with their totals."""
    actor, day = api_actor(request), clock.today()

    def show(row: AnnualList) -> dict[str, Any]:
        return list_as_dict(row, totals_of(visible_entries(actor, row, day), day))

    return fast(paged(policies.visible_lists(actor).select_related("region"), cursor, limit, show))


def _entry(row: ListEntry) -> dict[str, Any]:
    names = ("kind", "completes_this_year", "planned_investment", "planned_start", "planned_finish", "goal", "number")
    return {
        "project": row.project.public_id,
        "name": row.project.name,
        "class": row.project_class.name if row.project_class else None,
        "batch": row.batch.number if row.batch else None,
        **{name: getattr(row, name) for name in names},
        "effective_on": row.effective_on,
    }


@router.get("/lists/{uuid:public_id}/entries", response={200: dict[str, Any], **ERRORS}, url_name="entries")
@needs("library.view")
def read_entries(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What a list says of the projects that the post may see; with those withheld they add up to the list's totals."""
    actor, day = api_actor(request), clock.today()
    row = _list(actor, public_id)
    entries = visible_entries(actor, row, day)
    findable = policies.findable_projects(actor).in_bulk([entry.project_id for entry in entries])
    shown = [_entry(entry) for entry in entries if entry.project_id in findable]
    told = {"list": list_as_dict(row, totals_of(entries, day)), "entries": shown, "withheld": len(entries) - len(shown)}
    return with_etag(fast(told), row.version)
