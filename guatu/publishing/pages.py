"""What the pages of one bulletin and of all of them show."""

from dataclasses import dataclass
from typing import Any

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.models import Attachment
from guatu.publishing.actions import KIND_OF_FILES
from guatu.publishing.bulletins import KINDS
from guatu.publishing.choices import BulletinState
from guatu.publishing.forms import ArchiveForm, IssueForm
from guatu.publishing.models import Bulletin
from guatu.publishing.paper_view import figure_urls, keys_of, sheet_of
from guatu.publishing.policies import ISSUED, can_on_bulletin, is_same_person, visible_bulletins
from guatu.publishing.queries import document_now, findings, lists_of, next_number, outside_standing, paper_now

TONES = {"draft": "yellow", "issued": "azurite", "archived": "green", "withdrawn": "none"}
DEEDS = ("edit_bulletin", "take_back_docx", "issue_bulletin", "archive_bulletin", "withdraw_bulletin")


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of the list of bulletins."""

    row: Bulletin
    kind: str
    lists: str
    state: str
    tone: str


def bulletins_by_year(actor: Actor) -> list[tuple[int, list[Shown]]]:
    """Bulletins that the actor may see, by year, the latest first."""
    rows = visible_bulletins(actor).prefetch_related("lists__annual_list").order_by("-year", "-as_of", "-pk")
    years: dict[int, list[Shown]] = {}
    for row in rows:
        years.setdefault(row.year, []).append(_shown(row))
    return list(years.items())


def _shown(row: Bulletin) -> Shown:
    lists = sorted(row.lists.all(), key=lambda item: item.position)
    names = "＋".join(item.annual_list.name for item in lists)
    state = BulletinState(row.state)
    return Shown(row, str(KINDS[row.kind].words), names, str(state.label), TONES[state])


def bulletin_context(actor: Actor, bulletin: Bulletin) -> dict[str, Any]:
    """The page of one bulletin: the paper, what disagrees, its files, and what the post may do now."""
    made = paper_now(actor, bulletin) if bulletin.state == BulletinState.DRAFT else None
    document = document_now(bulletin, made)
    return {
        "page_title": bulletin.title.replace("\n", ""),
        "bulletin": bulletin,
        "shown": _shown(bulletin),
        "sheet": sheet_of(document, figure_urls(bulletin, keys_of(document))),
        "findings": findings(bulletin, made) if made is not None else [],
        "outside": outside_standing(bulletin, made),
        "lists": lists_of(bulletin),
        "snapshots": [item.snapshot for item in bulletin.lists.select_related("snapshot") if item.snapshot],
        "may": _may(actor, bulletin),
        "same_person": is_same_person(actor, bulletin),
        "has_files": bulletin.state != BulletinState.WITHDRAWN,
        "returned": _returned(bulletin),
        "issue_form": IssueForm(initial=issue_initial(bulletin)),
        "archive_form": ArchiveForm(),
    }


def _may(actor: Actor, bulletin: Bulletin) -> dict[str, bool]:
    draft, issued = bulletin.state == BulletinState.DRAFT, bulletin.state == BulletinState.ISSUED
    fits = {deed: issued if deed == "archive_bulletin" else draft for deed in DEEDS}
    return {deed: fits[deed] and can_on_bulletin(actor, f"publishing.{deed}", bulletin) for deed in DEEDS}


def issue_initial(bulletin: Bulletin) -> dict[str, Any]:
    """The next number, and today."""
    number = next_number(bulletin.kind, bulletin.region, bulletin.year)
    return {"number": number, "on": clock.today().isoformat()}


def _returned(bulletin: Bulletin) -> list[Attachment]:
    """The docx files that came back from WPS."""
    if bulletin.state in ISSUED:
        return []
    rows = Attachment.objects.filter(about_kind=KIND_OF_FILES, about_id=str(bulletin.public_id))
    return list(rows.order_by("-added_at", "-pk"))
