"""The stored conversation of an import over the API: upload, look, apply, discard, undo; as the pages do it."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from guatu.core import file_types
from guatu.core.actor import Actor
from guatu.core.api import ERRORS, Limit, Page, api_actor, fast, needs, once, paged, with_etag
from guatu.core.attachments import keep_file
from guatu.core.refusals import Refusal
from guatu.domain.errors import DomainError
from guatu.domain.money import MoneyUnit
from guatu.domain.periods import Period
from guatu.library.models import ImportDraft
from guatu.library.policies import visible_drafts
from guatu.people.models import Region
from guatu.people.policies import within
from guatu.reporting import drafts, imports
from guatu.reporting.choices import YEARS
from guatu.reporting.conversation import as_json
from guatu.reporting.doubt_page import choices_of

router = Router(tags=["reporting"])
RIGHT = "library.draft_import"


class DraftOrder(Schema):
    """Which ledger of which list is uploaded; `period` and `basis` of a progress sheet, `batch` of a plan."""

    kind: Literal["plan", "progress"]
    year: Annotated[int, Field(ge=YEARS[0], le=YEARS[-1])]
    level: Literal["province", "city", "district"]
    region: str
    batch: Annotated[int, Field(ge=1, lt=1000)] | None = None
    period: str = ""
    basis: Literal["dispatch", "statistics", "payment"] = "dispatch"
    unit: Literal["元", "万元", "亿元"] | None = None


class UndoOrder(Schema):
    """Why an import is taken back."""

    reason: str


def _draft(actor: Actor, public_id: UUID) -> ImportDraft:
    rows = visible_drafts(actor).select_related("region", "approver", "made_by")
    row = rows.filter(public_id=public_id).first()
    if row is None:
        raise Refusal("core.not_found")
    return row


def _told(actor: Actor, public_id: UUID) -> dict[str, Any]:
    return as_json(_draft(actor, public_id), whole=True)


@router.get("/imports", response={200: Page, **ERRORS}, url_name="imports")
@needs(RIGHT)
def imports_list(request: HttpRequest, state: str = "", cursor: str = "", limit: Limit = 50) -> HttpResponse:
    """The imports that the post may go on with, and those that were carried out; `state` narrows them."""
    rows = visible_drafts(api_actor(request, RIGHT)).select_related("region", "made_by")
    return fast(paged(rows.filter(state=state) if state else rows, cursor, limit, as_json))


@router.get("/imports/{uuid:public_id}", response={200: dict[str, Any], **ERRORS}, url_name="import")
@needs(RIGHT)
def read_import(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One import with its report, and what stands in the way of taking it back."""
    told = _told(api_actor(request, RIGHT), public_id)
    return with_etag(fast(told), told["version"])


@router.post("/imports", response={200: dict[str, Any], **ERRORS}, url_name="start_import")
@needs(RIGHT)
def start_import(request: HttpRequest, order: Form[DraftOrder], file: File[UploadedFile]) -> HttpResponse:
    """Upload a ledger: it is stored and checked, and nothing is imported yet. A long one is read by a job."""
    region = Region.objects.filter(within(api_actor(request, RIGHT), RIGHT, "path", ""), code=order.region).first()
    if region is None:
        raise Refusal("core.not_found")
    period = _period(order)
    kept = keep_file(file, kinds=file_types.LEDGERS)
    asked = imports.Order(
        kind=order.kind,
        path=kept.path,
        name=kept.name,
        year=order.year,
        level=order.level,
        region=region.code,
        batch=order.batch,
        unit=MoneyUnit(order.unit) if order.unit else None,
        period=period,
        basis=order.basis,
    )
    values = {**imports.said_of(asked), "region": region}

    def carry_out(actor: Actor) -> dict[str, Any]:
        return _told(actor, drafts.begin(actor, kept, asked, values).public_id)

    return once(request, carry_out)


def _period(order: DraftOrder) -> Period | None:
    """The period of a progress sheet, in the year of its list."""
    if order.kind != imports.PROGRESS:
        return None
    try:
        period = Period.parse(order.period)
    except DomainError:
        raise Refusal("reporting.period_wrong", period=order.period[:40]) from None
    if period.end.year != order.year:
        raise Refusal("reporting.period_wrong", period=order.period[:40])
    return period


@router.post("/imports/{uuid:public_id}/check", response={200: dict[str, Any], **ERRORS}, url_name="check_import")
@needs(RIGHT)
def check_import(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Check against the data as they are now."""
    row = _draft(api_actor(request, RIGHT), public_id)

    def carry_out(actor: Actor) -> dict[str, Any]:
        drafts.check(actor, row)
        return _told(actor, public_id)

    return once(request, carry_out)


class RowDecided(Schema):
    """What is said of a doubtful row of the report: its key, "same", "rename" or "new", and the project's id."""

    key: str
    choice: Literal["same", "rename", "new"]
    project: UUID | None = None
    seen: int = 0


@router.post("/imports/{uuid:public_id}/decisions", response={200: dict[str, Any], **ERRORS}, url_name="decide_import")
@needs(RIGHT)
def decide_import(request: HttpRequest, public_id: UUID, decisions: list[RowDecided]) -> HttpResponse:
    """Say of doubtful rows which project each is. `seen` is the version of a row's earlier decision (none: 0). With the
    last one the file is checked again.
    """
    row = _draft(api_actor(request, RIGHT), public_id)
    choices = choices_of(row, [(each.key, each.choice, each.project) for each in decisions])
    seen = {each.key: each.seen for each in decisions}

    def carry_out(actor: Actor) -> dict[str, Any]:
        drafts.decide(actor, row, seen, choices)
        return _told(actor, public_id)

    return once(request, carry_out)


@router.post("/imports/{uuid:public_id}/apply", response={200: dict[str, Any], **ERRORS}, url_name="apply_import")
@needs(RIGHT)
def apply_import(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Import what was checked, all or nothing; where rows differ from what was shown, they are the problem's items."""
    row = _draft(api_actor(request, RIGHT), public_id)

    def carry_out(actor: Actor) -> dict[str, Any]:
        drafts.finish(actor, row)
        return _told(actor, public_id)

    return once(request, carry_out)


@router.post("/imports/{uuid:public_id}/discard", response={200: dict[str, Any], **ERRORS}, url_name="discard_import")
@needs(RIGHT)
def discard_import(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give an import up; the data were never changed."""
    row = _draft(api_actor(request, RIGHT), public_id)

    def carry_out(actor: Actor) -> dict[str, Any]:
        drafts.discard(actor, row)
        return _told(actor, public_id)

    return once(request, carry_out)


@router.post("/imports/{uuid:public_id}/undo", response={200: dict[str, Any], **ERRORS}, url_name="undo_import")
@needs(RIGHT)
def undo_import(request: HttpRequest, public_id: UUID, order: UndoOrder) -> HttpResponse:
    """Take an import back; what stands in the way are the problem's items."""
    row = _draft(api_actor(request, RIGHT), public_id)

    def carry_out(actor: Actor) -> dict[str, Any]:
        drafts.undo(actor, row, order.reason)
        return _told(actor, public_id)

    return once(request, carry_out)
