"""Bulletins over the API: the list, one with its text and what disagrees, its files."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from guatu.core.api import ERRORS, Limit, api_actor, fast, needs, paged, with_etag
from guatu.core.attachments import serve
from guatu.core.refusals import Refusal
from guatu.publishing.choices import BulletinState
from guatu.publishing.models import Bulletin
from guatu.publishing.paper_view import finding_context
from guatu.publishing.policies import visible_bulletin, visible_bulletins
from guatu.publishing.queries import blocks_of, findings, lists_of, paper_now

router = Router(tags=["publishing"])


@router.get("/bulletins", response={200: dict[str, Any], **ERRORS}, url_name="bulletins")
@needs("publishing.view")
def read_bulletins(request: HttpRequest, cursor: str = "", limit: Limit = 50) -> HttpResponse:
    """Bulletins that the post may see."""
    return fast(paged(visible_bulletins(api_actor(request)), cursor, limit, as_dict))


@router.get("/bulletins/{uuid:public_id}", response={200: dict[str, Any], **ERRORS}, url_name="bulletin")
@needs("publishing.view")
def read_bulletin(request: HttpRequest, public_id: str) -> HttpResponse:
    """One bulletin: its text with the key of every bound figure, and, of a draft, what disagrees."""
    actor = api_actor(request)
    row = _found(request, public_id)
    open_findings: list[dict[str, Any]] = []
    if row.state == BulletinState.DRAFT:
        open_findings = finding_context(findings(row, paper_now(actor, row)))
    blocks = [
        {
            "id": block.id,
            "kind": block.kind,
            "level": block.level,
            "text": block.text,
            "figures": [{"start": p.start, "end": p.end, "key": p.key} for p in block.places],
        }
        for block in blocks_of(row)
    ]
    lists = [str(item.public_id) for item in lists_of(row)]
    answer = {**as_dict(row), "lists": lists, "blocks": blocks, "tables": row.tables, "findings": open_findings}
    return with_etag(fast(answer), row.version)


@router.get("/bulletins/{uuid:public_id}/files/{which}", response={200: bytes, **ERRORS}, url_name="bulletin_file")
@needs("publishing.view")
def download(request: HttpRequest, public_id: str, which: str) -> HttpResponse:
    """An issued bulletin's file: docx, pdf, or signed."""
    row = _found(request, public_id)
    kept = {"docx": row.docx, "pdf": row.pdf, "signed": row.signed}.get(which)
    if kept is None:
        raise Refusal("publishing.no_file")
    answer: HttpResponse = serve(kept)  # type: ignore[assignment]  # a FileResponse is served like any other
    return answer


def _found(request: HttpRequest, public_id: str) -> Bulletin:
    row = visible_bulletin(api_actor(request), public_id)
    if row is None:
        raise Refusal("core.not_found")
    return row


def as_dict(row: Bulletin) -> dict[str, Any]:
    """What the list says of a bulletin."""
    names = ("public_id", "version", "kind", "year", "number", "title", "as_of", "basis", "state", "issued_by")
    return {name: getattr(row, name) for name in (*names, "issued_on", "document_number")}
