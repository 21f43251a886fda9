"""The outbox over HTTP: JSON alone, no redirect ever. 401 keeps an item and asks to sign in, 403/409/422 keep it with
the reason, and only a receipt with the item's own id says that it arrived. It is sent again until then.
"""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from ninja import File, Form, Schema
from ninja.files import UploadedFile
from pydantic import BeforeValidator, Field

from guatu.core.actor import Actor
from guatu.core.api import ERRORS, api_actor, fast, needs
from guatu.core.pages import SIGNED_IN
from guatu.core.signs import typed
from guatu.reporting.api_exports import router
from guatu.reporting.models import Report
from guatu.reporting.outbox import asked, items, parts
from guatu.reporting.outbox.photos import PhotoSaid, keep_photo
from guatu.reporting.outbox.receipts import carry_out_once, digest_of, earlier_receipt
from guatu.reporting.outbox.sitting import owner_of, signed_in

__all__ = ["router"]

ANSWERS: dict[Any, Any] = {200: dict[str, Any], 202: dict[str, Any], **ERRORS}
Told = dict[str, Any]


def _seen(value: Any) -> Any:
    """A text without the signs that nobody sees, as a form's is."""
    return typed(value) if isinstance(value, str) else value


_Seen = BeforeValidator(_seen)
Plain = Annotated[str | int | bool | None, _Seen]
Long = Annotated[str, _Seen, Field(max_length=4000)]
Moment = Annotated[str, _Seen, Field(max_length=40)]
Kind = Annotated[str, _Seen, Field(max_length=10)]
PeriodCode = Annotated[str, _Seen, Field(max_length=12)]


class ReportItem(Schema):
    """A report written on a phone. `base` holds the fields as the phone saw them, in the form it was given them;
    `said_at` is the phone's own time, kept as it was said: what counts is when the item arrived.
    """

    project: UUID
    kind: Kind
    period: PeriodCode
    step: Literal["draft", "submit"] = "submit"
    fields: dict[str, Long]
    base: dict[str, Plain] = {}
    said_at: Moment = ""


class ProblemItem(Schema):
    """A problem raised on a phone."""

    project: UUID
    text: Long
    said_at: Moment = ""


class PhotoPart(Schema):
    """One part of a photo: from `offset` on, of `total` bytes whose SHA-256 (hex) is `sha256`; of an original,
    `copy_id` is the id under which its copy of 2,560 px is sent. `phone_now`: the phone's time as it sends, by which
    its other times are put right.
    """

    project: UUID
    kind: Kind = ""
    period: PeriodCode = ""
    caption: Annotated[str, _Seen, Field(max_length=160)] = ""
    said_at: Moment = ""
    name: Annotated[str, _Seen, Field(max_length=200)] = "photo.jpg"
    copy_id: UUID | None = None
    phone_now: Moment = ""
    sha256: Annotated[str, Field(pattern="^([0-9a-f]{64})?$")] = ""
    offset: Annotated[int, Field(ge=0)] = 0
    total: Annotated[int, Field(ge=1)]

    def told(self) -> Told:
        """What makes it this photo, whichever part of it this is."""
        return self.model_dump(mode="json", exclude={"offset", "phone_now"})


@router.get("/outbox/session", response=ANSWERS, url_name="outbox_session", auth=signed_in)
@needs(SIGNED_IN)
def session(request: HttpRequest) -> HttpResponse:
    """Whose items may be sent now, and a fresh token for sending them."""
    actor = api_actor(request)
    return _private({"owner": owner_of(actor), "label": actor.label, "token": get_token(request)})


@router.get("/outbox/asked", response=ANSWERS, url_name="outbox_asked", auth=signed_in)
@needs(items.RIGHT)
def asked_now(request: HttpRequest) -> HttpResponse:
    """The reports that are asked for now, with everything that stands ready, and how far the sent ones have come."""
    actor = api_actor(request)
    return _private({"owner": owner_of(actor), **asked.asked_now(actor)})


@router.post("/outbox/reports/{uuid:client_id}", response=ANSWERS, url_name="outbox_report", auth=signed_in)
@needs(items.RIGHT)
def report(request: HttpRequest, client_id: UUID, item: ReportItem) -> HttpResponse:
    """A report arrives: saved or handed in, merged by field with what stands."""

    def deed(actor: Actor) -> Told:
        one = items.asked_of(items.project_of(actor, item.project), item.kind, item.period)
        return items.take_report(actor, one, submit=item.step == "submit", fields=item.fields, base=item.base)

    digest = digest_of("report", item.model_dump(mode="json"))
    return _private(carry_out_once(client_id, api_actor(request), digest, deed))


@router.post("/outbox/problems/{uuid:client_id}", response=ANSWERS, url_name="outbox_problem", auth=signed_in)
@needs(items.RIGHT)
def problem(request: HttpRequest, client_id: UUID, item: ProblemItem) -> HttpResponse:
    """A problem arrives: it joins the report that is being written."""

    def deed(actor: Actor) -> Told:
        return items.take_problem(actor, items.project_of(actor, item.project), item.text)

    digest = digest_of("problem", item.model_dump(mode="json"))
    return _private(carry_out_once(client_id, api_actor(request), digest, deed))


@router.get("/outbox/photos/{uuid:client_id}", response=ANSWERS, url_name="outbox_photo_state", auth=signed_in)
@needs(items.RIGHT)
def photo_state(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """How many bytes of a photo are here, to go on from."""
    return _private({"id": str(client_id), "have": parts.have(api_actor(request), client_id)})


@router.post("/outbox/photos/{uuid:client_id}", response=ANSWERS, url_name="outbox_photo", auth=signed_in)
@needs(items.RIGHT)
def photo(request: HttpRequest, client_id: UUID, said: Form[PhotoPart], part: File[UploadedFile]) -> HttpResponse:
    """A part of a photo arrives; 202 says how much is here, the last part's answer is the receipt."""
    actor, digest = api_actor(request), digest_of("photo", said.told())
    earlier = earlier_receipt(client_id, actor, digest)
    if earlier is not None:
        return _private(earlier)
    project = items.project_of(actor, said.project)
    here = parts.add_part(actor, client_id, said.offset, said.total, part)
    if here < said.total:
        return _private({"id": str(client_id), "have": here}, 202)
    file = parts.whole(actor, client_id, said.name, said.sha256)
    row = Report.objects.filter(project=project, kind=said.kind, period=said.period).first()

    kept = PhotoSaid(row, items.day_said(said.said_at, said.phone_now), said.caption, client_id, said.copy_id)

    def deed(marked: Actor) -> Told:
        return {"photo": keep_photo(marked, project, file, kept)}

    told = carry_out_once(client_id, actor, digest, deed)
    parts.forget(actor, client_id)
    return _private(told)


def _private(told: Told, status: int = 200) -> HttpResponse:
    """Never kept by anything between here and the phone."""
    response = fast(told, status)
    response["Cache-Control"] = "no-store"
    return response
