"""Makes an issue's files before its transaction opens: rendering takes a while, and nobody else could write."""

from dataclasses import asdict
from datetime import date

from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile

from guatu.core import clock, rights
from guatu.core.actor import Actor
from guatu.core.attachments import KeptFile, keep_file
from guatu.core.refusals import Refusal
from guatu.publishing import actions
from guatu.publishing.models import Bulletin
from guatu.publishing.paper import render
from guatu.publishing.queries import document_now, paper_now


def issue(
    actor: Actor,
    bulletin: Bulletin,
    *,
    seen: int,
    number: int,
    on: date | None = None,
    approved_by: str = "",
    approval: KeptFile | None = None,
) -> Bulletin:
    """Render the files of a draft as issued today (or `on`), then issue it. Refusals are those of the action."""
    rights.can(actor, "publishing.issue_bulletin").require()
    day = on or clock.today()
    made = paper_now(actor, bulletin)
    document = document_now(actions.as_issued(bulletin, number, day), made)
    name = file_name(bulletin, number)
    files = actions.IssueFiles(
        docx=_kept(render(document, "docx"), f"{name}.docx", "docx"),
        pdf=_kept(render(document, "pdf"), f"{name}.pdf", "pdf"),
        number=number,
        on=day,
        fingerprint=actions.fingerprint(bulletin, made, number, day),
    )
    return actions.issue_bulletin(
        actor=actor, bulletin=bulletin, seen=seen, files=files, approved_by=approved_by, approval=approval
    )


def file_name(bulletin: Bulletin, number: int | None) -> str:
    """A file's name without ending: 重点项目建设简报2019年第5期, or the title of a draft."""
    return f"{bulletin.masthead}{bulletin.year}年第{number}期" if number else bulletin.title


def _kept(data: bytes, name: str, kind: str) -> KeptFile:
    return keep_file(SimpleUploadedFile(name, data), kinds=(kind,))


# -- a file between its upload and its taking over ---------------------------------------------------------------------
_SALT = "publishing.returned"
_SECONDS = 24 * 3600


def token_of(file: KeptFile, bulletin: Bulletin) -> str:
    """Names an uploaded file in the form that takes it over; only for this bulletin, for a day."""
    return signing.dumps([str(bulletin.public_id), asdict(file)], salt=_SALT)


def kept_again(token: str, bulletin: Bulletin) -> KeptFile:
    """The uploaded file of a token. Raises Refusal when it was not made for this bulletin or is too old."""
    try:
        made_for, values = signing.loads(token, salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        raise Refusal("publishing.no_such_finding") from None
    if made_for != str(bulletin.public_id):
        raise Refusal("publishing.no_such_finding")
    return KeptFile(**values)
