"""Projects, lists and entries over the API: the same queries and actions as the pages."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.api import ERRORS, Limit, api_actor, fast, needs, once, paged, seen_version, with_etag
from guatu.core.refusals import Refusal
from guatu.library import actions, policies
from guatu.library.choices import InvestorKind, Nature, Secrecy, Stage
from guatu.library.models import AnnualList, ListEntry, Project
from guatu.library.queries.listpage import list_as_dict, shown_day, visible_entries
from guatu.library.queries.lists import entries_as_of, totals_of, totals_of_lists
from guatu.library.queries.projects import profiles_as_of
from guatu.library.queries.search import matching
from guatu.people.policies import visible_regions

router = Router(tags=["library"])
PLAIN = ("name", "code", "scale", "content", "address", "years", "owner_name", "funding", "plan_document", "remark")
CONTACT = ("contact", "contact_phone")
COUNTED = ("total_investment", "industry", "nature", "investor")
CHOICES = {"stage": Stage, "nature": Nature, "investor": InvestorKind, "secrecy": Secrecy}


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


class ProjectNew(ProjectChange):
    """A new project: its details, its counted attributes (whole yuan) and the stage it stands in."""

    name: str
    region: str
    stage: str = Stage.IDEA
    stage_on: date | None = None
    total_investment: int | None = None
    industry: str = ""
    nature: str = ""
    investor: str = ""


class EntryNew(Schema):
    """A project's place in a list from a day on; money in whole yuan; what is left out stays."""

    project: UUID
    on: date
    kind: str | None = None
    completes_this_year: bool | None = None
    planned_investment: int | None = None
    planned_start: date | None = None
    planned_finish: date | None = None
    goal: str | None = None
    number: int | None = None
    layer: str | None = None
    document: str | None = None
    mark: str | None = None


def _short(row: Project) -> dict[str, Any]:
    return {
        "id": row.public_id,
        "name": row.name,
        "code": row.code,
        "code_doubts": row.code_doubts.split(),
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
    told = {name: getattr(profile, name) for name in COUNTED} if profile is not None else {}
    return {**_short(row), **{name: getattr(row, name) for name in shown}, **told, "secrecy": row.secrecy}


def _project(actor: Actor, public_id: UUID, right: str) -> Project:
    rows = policies.visible_projects(actor, right).select_related("region")
    row = rows.filter(public_id=public_id).first()
    if row is None:
        raise Refusal("core.not_found")
    return row


@router.get("/projects", response={200: dict[str, Any], **ERRORS}, url_name="projects")
@needs("library.view")
def read_projects(request: HttpRequest, q: str = "", cursor: str = "", limit: Limit = 50) -> HttpResponse:
    """Projects that the post may find, by name, initials or code."""
    actor = api_actor(request)
    rows = matching(policies.findable_projects(actor), q[:80]).select_related("region")
    return fast(paged(rows, cursor, limit, _short))


@router.post("/projects", response={200: dict[str, Any], **ERRORS}, url_name="register_project")
@needs("library.register_project")
def register_project(request: HttpRequest, body: ProjectNew) -> HttpResponse:
    """Register a project as of today; with an Idempotency-Key once."""
    told = body.dict(exclude_unset=True)
    _check_choices(told)
    profile = {name: told.pop(name) for name in COUNTED if told.get(name) is not None}
    code, name = told.pop("region"), told.pop("name")
    stage, stage_on = told.pop("stage", Stage.IDEA), told.pop("stage_on", None)
    details = {key: value for key, value in told.items() if key not in COUNTED and value is not None}

    def carry_out(actor: Actor) -> dict[str, Any]:
        region = visible_regions(actor).filter(code=code).first()
        if region is None:
            raise Refusal("core.not_found")
        new = actions.NewProject(
            name=name, region=region, details=details, profile=profile, stage=stage, stage_on=stage_on
        )
        return _whole(actor, actions.register_project(actor=actor, row=new, on=clock.today()))

    return once(request, carry_out)


def _check_choices(told: dict[str, Any]) -> None:
    """Refuse a value that the field does not take, naming those that it takes."""
    for name, choices in CHOICES.items():
        value = told.get(name)
        if value and value not in choices.values:
            raise Refusal("library.setting_wrong", field=name, value=value, allowed="、".join(choices.values))


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
def read_lists(request: HttpRequest, cursor: str = "", limit: Limit = 50) -> HttpResponse:
    """The annual lists that the post may see, with their totals."""
    actor, day = api_actor(request), clock.today()
    page = paged(policies.visible_lists(actor).select_related("region"), cursor, limit, lambda row: {"row": row})
    rows: list[AnnualList] = [item["row"] for item in page["items"]]
    seen = set(policies.visible_projects(actor).values_list("pk", flat=True))
    totals = totals_of_lists({row.pk: shown_day(row, day) for row in rows}, seen)
    return fast({**page, "items": [list_as_dict(row, totals[row.pk]) for row in rows]})


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
def read_entries(request: HttpRequest, public_id: UUID, cursor: str = "", limit: Limit = 200) -> HttpResponse:
    """What a list says of the projects that the post may see; with those withheld, all pages add up to its totals."""
    actor, day = api_actor(request), clock.today()
    row = _list(actor, public_id)
    shown = visible_entries(actor, row, day)
    rows = ListEntry.objects.filter(
        pk__in=[entry.pk for entry in shown], project__in=policies.findable_projects(actor).values("pk")
    )
    withheld = len(shown) - rows.count()
    page = paged(rows.select_related("project", "project_class", "batch"), cursor, limit, _entry)
    answer = {"list": list_as_dict(row, totals_of(shown, shown_day(row, day))), "withheld": withheld}
    return with_etag(fast({**answer, "entries": page["items"], "next": page["next"]}), row.version)


@router.post("/lists/{uuid:public_id}/entries", response={200: dict[str, Any], **ERRORS}, url_name="put_entry")
@needs("library.put_entries")
def put_entry(request: HttpRequest, public_id: UUID, body: EntryNew) -> HttpResponse:
    """Enter a project into a list from a day on, or say more of one that is in it; with an Idempotency-Key once."""
    told = {name: value for name, value in body.dict(exclude_unset=True).items() if value is not None}
    project_id, on = told.pop("project"), told.pop("on")

    def carry_out(actor: Actor) -> dict[str, Any]:
        rows = policies.visible_lists(actor, "library.put_entries").select_related("region")
        annual_list, project = rows.filter(public_id=public_id).first(), _project(actor, project_id, "library.view")
        if annual_list is None:
            raise Refusal("core.not_found")
        actions.put_entry(actor=actor, annual_list=annual_list, project=project, on=on, values=told)
        return _entry(entries_as_of(annual_list, on)[project.pk])

    return once(request, carry_out)
