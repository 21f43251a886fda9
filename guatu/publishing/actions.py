"""The office's verbs on bulletins: draft, edit, answer for a number, take back from WPS, issue, archive, withdraw."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from guatu.core import clock
from guatu.core.actions import add_attachment
from guatu.core.actor import Actor
from guatu.core.attachments import KeptFile
from guatu.core.models import Attachment
from guatu.core.refusals import Conflict, Refusal
from guatu.core.writing import action, current, require_reason
from guatu.domain.words import Figure
from guatu.figures.actions import take_snapshot
from guatu.figures.queries import ask
from guatu.library.models import AnnualList
from guatu.library.policies import require_list
from guatu.publishing.blocks import Block, Place, blocks_to_json, split_key, tables_to_json, with_text
from guatu.publishing.bulletins import Made, kind_of
from guatu.publishing.checking import TITLE, before_of, numbered
from guatu.publishing.choices import BulletinState
from guatu.publishing.models import Bulletin, BulletinBinding, BulletinList, OutsideFigure
from guatu.publishing.policies import is_same_person, require_bulletin
from guatu.publishing.queries import (
    blocks_of,
    document_now,
    findings,
    issuing_unit,
    make_paper,
    paper_now,
    print_like,
    require_lists,
    token_at,
)

KIND_OF_FILES = "publishing.bulletin"


@dataclass(frozen=True, slots=True)
class IssueFiles:
    """The files of an issue, rendered before the transaction opened, and the document they were rendered from."""

    docx: KeptFile
    pdf: KeptFile
    number: int
    on: date
    fingerprint: str


@action("publishing.draft_bulletin", _("起草通报“{title}”"))
def draft_bulletin(
    *, actor: Actor, kind: str, lists: Sequence[AnnualList], as_of: date, basis: str = "dispatch"
) -> Bulletin:
    """Write the first text of a bulletin on some lists at a date, from the data."""
    require_lists(lists)
    for annual_list in lists:
        require_list(actor, "publishing.draft_bulletin", annual_list)
    asked = ask(actor, lists, as_of, basis=basis)
    made = make_paper(actor, kind, asked)
    act = current()
    first = asked.lists[0]
    bulletin = act.add(
        Bulletin(
            kind=kind,
            region=first.region,
            year=first.year,
            as_of=as_of,
            basis=basis,
            masthead=str(kind_of(kind).masthead),
            title=made.title,
            issued_by=issuing_unit(first.region),
            blocks=blocks_to_json(made.blocks),
            drafted_user_id=actor.user_id,
            drafted_post_id=actor.post_id,
            drafted_at=clock.now(),
        )
    )
    act.about(bulletin, title=made.title)
    act.add_many([BulletinList(bulletin=bulletin, annual_list=row, position=n) for n, row in enumerate(asked.lists)])
    return bulletin


def _draft(actor: Actor, verb: str, bulletin: Bulletin) -> None:
    require_bulletin(actor, verb, bulletin)
    if bulletin.state != BulletinState.DRAFT:
        raise Refusal("publishing.not_draft", title=bulletin.title, state=BulletinState(bulletin.state).label)
    current().about(bulletin, title=bulletin.title)


@action("publishing.edit_bulletin", _("修改通报“{title}”的文字"))
def edit_bulletin(
    *,
    actor: Actor,
    bulletin: Bulletin,
    seen: int,
    texts: Mapping[str, str] | None = None,
    title: str | None = None,
    masthead: str | None = None,
    issued_by: str | None = None,
    copies_to: str | None = None,
) -> bool:
    """Change blocks' texts (by block id) and what stands around them; figures stay bound where their words stand."""
    _draft(actor, "publishing.edit_bulletin", bulletin)
    blocks = blocks_of(bulletin)
    if texts:
        names = numbered(paper_now(actor, bulletin).names)
        blocks = [with_text(block, tidy(texts.get(block.id, block.text)), names) for block in blocks]
    return _change_text(
        bulletin, seen, blocks, title=title, masthead=masthead, issued_by=issued_by, copies_to=copies_to
    )


def _change_text(bulletin: Bulletin, seen: int, blocks: Sequence[Block], **head: str | None) -> bool:
    if not any(block.text for block in blocks):
        raise Refusal("publishing.empty_text")
    values = {name: value.strip() for name, value in head.items() if value is not None and value.strip()}
    if head.get("copies_to") is not None:
        values["copies_to"] = str(head["copies_to"]).strip()
    return current().change(bulletin, seen=seen, blocks=blocks_to_json(blocks), **values)


def tidy(text: str) -> str:
    """A block's text as typed: line ends made one kind, blank lines and spaces at the ends left out."""
    lines = (line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line)


@action("publishing.rebuild_bulletin", _("按现有数据重新生成通报“{title}”"))
def rebuild_bulletin(*, actor: Actor, bulletin: Bulletin, seen: int, keep_edited: bool = True) -> bool:
    """Write the text again from the data of now; paragraphs that a person changed stay unless `keep_edited` is off."""
    _draft(actor, "publishing.rebuild_bulletin", bulletin)
    made = paper_now(actor, bulletin)
    edited = {block.id: block for block in blocks_of(bulletin) if block.edited} if keep_edited else {}
    blocks = [edited.pop(block.id, block) for block in made.blocks] + list(edited.values())
    return current().change(bulletin, seen=seen, blocks=blocks_to_json(blocks))


@action("publishing.resolve_finding", _("处理通报“{title}”中的数字“{printed}”"))
def resolve_finding(
    *,
    actor: Actor,
    bulletin: Bulletin,
    seen: int,
    block: str,
    start: int,
    printed: str,
    way: str,
    key: str = "",
    source: str = "",
    signer: str = "",
) -> None:
    """Answer for one number: "correct" (as the data have it), "rebind" to the figure `key`, "outside" with source and
    signer, or "restore" the whole paragraph as the data write it. Refused when the number no longer stands there."""
    _draft(actor, "publishing.resolve_finding", bulletin)
    current().about(bulletin, printed=printed)
    made = paper_now(actor, bulletin)
    found = next((f for f in findings(bulletin, made) if (f.block, f.finding.start) == (block, start)), None)
    if found is None or found.finding.printed != printed:
        raise Refusal("publishing.no_such_finding")
    blocks = blocks_of(bulletin)
    if way == "outside":
        text = next((each.text for each in blocks if each.id == block), bulletin.title)
        _mark_outside(bulletin, seen, block, printed, before_of(text, start), source, signer)
    elif way == "restore":
        again = {each.id: each for each in made.blocks}
        current().change(bulletin, seen=seen, blocks=blocks_to_json([_restored(b, block, again) for b in blocks]))
    else:
        chosen = key if way == "rebind" else found.key
        figure = made.figures.get(chosen)
        if figure is None or block == TITLE:
            raise Refusal("publishing.unknown_figure", key=chosen)
        names = numbered(made.names)
        changed = [_bound(b, start, chosen, figure, names) if b.id == block else b for b in blocks]
        current().change(bulletin, seen=seen, blocks=blocks_to_json(changed))


def _restored(block: Block, wanted: str, made: Mapping[str, Block]) -> Block:
    return made.get(block.id, block) if block.id == wanted else block


def _bound(block: Block, start: int, key: str, figure: Figure, names: Sequence[str]) -> Block:
    """The block with the number at `start` printed from a figure and bound to it."""
    token = token_at(block.text, start, names)
    if token is None:
        raise Refusal("publishing.no_such_finding")
    printed = print_like(token, figure)
    shift = len(printed) - (token.end - token.start)
    others = [place for place in block.places if place.end <= token.start or place.start >= token.end]
    moved = [
        place if place.end <= token.start else Place(place.start + shift, place.end + shift, place.key)
        for place in others
    ]
    places = sorted([*moved, Place(token.start, token.start + len(printed), key)])
    return replace(block, text=block.text[: token.start] + printed + block.text[token.end :], places=tuple(places))


def _mark_outside(
    bulletin: Bulletin, seen: int, block: str, printed: str, before: str, source: str, signer: str
) -> None:
    if not source.strip() or not signer.strip():
        raise Refusal("publishing.outside_incomplete")
    if seen != bulletin.version:
        raise Conflict(name=bulletin.title, seen=seen, theirs={"blocks": bulletin.blocks})
    current().add(
        OutsideFigure(
            bulletin=bulletin,
            block=block,
            printed=printed,
            before=before,
            source=source.strip()[:160],
            signer=signer.strip()[:80],
            marked_at=clock.now(),
        )
    )


@action("publishing.take_back_docx", _("收回在 WPS 中改过的通报“{title}”"))
def take_back_docx(
    *, actor: Actor, bulletin: Bulletin, seen: int, title: str, texts: Mapping[str, str], file: KeptFile
) -> Attachment:
    """Take over the text of a docx that came back (by block id, as `returned.compare` read it) and keep the file."""
    _draft(actor, "publishing.take_back_docx", bulletin)
    names = numbered(paper_now(actor, bulletin).names)
    blocks = [with_text(block, tidy(texts.get(block.id, block.text)), names) for block in blocks_of(bulletin)]
    _change_text(bulletin, seen, blocks, title=title)
    return _keep(actor, bulletin, file)


def _keep(actor: Actor, bulletin: Bulletin, file: KeptFile) -> Attachment:
    return add_attachment(actor=actor, file=file, about_kind=KIND_OF_FILES, about_id=str(bulletin.public_id))


@action("publishing.issue_bulletin", _("签发通报“{title}”"))
def issue_bulletin(
    *,
    actor: Actor,
    bulletin: Bulletin,
    seen: int,
    files: IssueFiles,
    approved_by: str = "",
    approval: KeptFile | None = None,
) -> Bulletin:
    """Freeze a draft: its text, tables, figures and files never change again, and a snapshot of every list is kept.

    Refused while a number disagrees; when the drafter issues, unless a leader's signed scan is handed in; when the
    number is taken; and when the data moved since `files` were rendered.
    """
    _draft(actor, "publishing.issue_bulletin", bulletin)
    approved = bool(approved_by.strip() and approval is not None)
    if is_same_person(actor, bulletin) and not approved:
        raise Refusal("publishing.same_person")
    _require_number(bulletin, files.number)
    made = paper_now(actor, bulletin)
    open_findings = findings(bulletin, made)
    if open_findings:
        raise Refusal("publishing.findings_open", count=len(open_findings))
    if seen != bulletin.version or files.fingerprint != fingerprint(bulletin, made, files.number, files.on):
        raise Refusal("publishing.data_moved")
    act = current()
    _take_snapshots(actor, bulletin, files.number)
    act.add_many(_bindings(bulletin, made))
    act.change(
        bulletin,
        seen=seen,
        state=BulletinState.ISSUED,
        number=files.number,
        issued_on=files.on,
        issued_at=clock.now(),
        issued_user_id=actor.user_id,
        issued_post_id=actor.post_id,
        tables=tables_to_json(made.tables),
        docx=_keep(actor, bulletin, files.docx),
        pdf=_keep(actor, bulletin, files.pdf),
        approved_by=approved_by.strip()[:80] if approved else "",
        approval=_keep(actor, bulletin, approval) if approved and approval is not None else None,
    )
    return bulletin


def issue_rendered(*, actor: Actor, bulletin: Bulletin, seen: int, number: int, on: date) -> Bulletin:
    """Render a draft's files and issue it, for packages that meet this one at its face. Refusals are the action's."""
    from guatu.publishing.issuing import issue  # it imports this module

    return issue(actor, bulletin, seen=seen, number=number, on=on)


def as_issued(bulletin: Bulletin, number: int, on: date) -> Bulletin:
    """A copy of a draft as it will be once issued, not stored: what the files are rendered from."""
    copy = Bulletin.objects.select_related("region").get(pk=bulletin.pk)
    copy.state, copy.number, copy.issued_on = BulletinState.ISSUED, number, on
    return copy


def fingerprint(bulletin: Bulletin, made: Made, number: int, on: date) -> str:
    """What an issue's files depend on: the same when nothing moved between rendering and issuing."""
    copy = as_issued(bulletin, number, on)
    return repr(replace(document_now(copy, made), draft=False))


def _require_number(bulletin: Bulletin, number: int) -> None:
    taken = Bulletin.objects.filter(kind=bulletin.kind, region=bulletin.region, year=bulletin.year, number=number)
    if taken.exclude(pk=bulletin.pk).exists():
        raise Refusal("publishing.number_taken", year=bulletin.year, number=number)


def _take_snapshots(actor: Actor, bulletin: Bulletin, number: int) -> None:
    for row in bulletin.lists.select_related("annual_list__region").order_by("position"):
        name = f"{bulletin.masthead}{bulletin.year}年第{number}期（{bulletin.region.name}）"
        snapshot = take_snapshot(
            actor=actor,
            annual_list=row.annual_list,
            name=name[:120],
            as_of=bulletin.as_of,
            basis=bulletin.basis,
            kind="bulletin",
        )
        current().change(row, snapshot=snapshot)


def _bindings(bulletin: Bulletin, made: Made) -> list[BulletinBinding]:
    found: list[BulletinBinding] = []
    for block in blocks_of(bulletin):
        for bound in block.source(made.figures).figures:
            cut, group, indicator = split_key(bound.key)
            found.append(
                BulletinBinding(
                    bulletin=bulletin,
                    block=block.id,
                    start=bound.start,
                    printed=bound.printed,
                    cut=cut,
                    group=made.labels.get(f"{cut}.{group}", group)[:200],
                    indicator=indicator,
                    kind=bound.figure.kind,
                    value=str(bound.value),
                )
            )
    return found


@action("publishing.archive_bulletin", _("归档通报“{title}”（{document_number}）"))
def archive_bulletin(
    *, actor: Actor, bulletin: Bulletin, seen: int, document_number: str, signed: KeptFile
) -> Bulletin:
    """Keep the signed PDF with the number that the government's office gave; that file is what the archive holds."""
    require_bulletin(actor, "publishing.archive_bulletin", bulletin)
    if bulletin.state != BulletinState.ISSUED:
        raise Refusal("publishing.not_issued", title=bulletin.title)
    number = document_number.strip()
    if not number:
        raise Refusal("publishing.number_missing")
    act = current()
    act.about(bulletin, title=bulletin.title, document_number=number)
    act.change(
        bulletin,
        seen=seen,
        state=BulletinState.ARCHIVED,
        document_number=number[:80],
        signed=_keep(actor, bulletin, signed),
        archived_at=clock.now(),
    )
    return bulletin


@action("publishing.withdraw_bulletin", _("作废通报草稿“{title}”"))
def withdraw_bulletin(*, actor: Actor, bulletin: Bulletin, seen: int, reason: str) -> None:
    """Set a draft aside that nobody will issue; it stays readable."""
    _draft(actor, "publishing.withdraw_bulletin", bulletin)
    current().about(bulletin, reason=require_reason(reason, _("作废通报")))
    current().change(bulletin, seen=seen, state=BulletinState.WITHDRAWN)
