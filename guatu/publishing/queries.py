"""Reading of bulletins: what the data say now, what disagrees with them, and what a person may choose from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import override

from guatu.core import clock, rights
from guatu.core.actor import Actor
from guatu.core.official.model import Document, Table
from guatu.core.refusals import Refusal
from guatu.domain.checker import Token, find_figures
from guatu.domain.money import format_number
from guatu.domain.words import Figure
from guatu.figures.choices import WORDS
from guatu.figures.queries import Asked, ask
from guatu.library.models import AnnualList
from guatu.library.policies import require_list, visible_lists
from guatu.library.queries.lists import in_office_order
from guatu.people.models import Region
from guatu.people.queries import project_office
from guatu.publishing.blocks import Block, blocks_from_json, split_key, tables_from_json
from guatu.publishing.bulletins import Made, kind_of
from guatu.publishing.checking import Found, Mark, check, numbered, standing_marks
from guatu.publishing.models import Bulletin
from guatu.publishing.paper import Head, document_of
from guatu.publishing.policies import ISSUED

MOST_CHOICES = 12


# -- the paper of a moment --------------------------------------------------------------------------------------------
def make_paper(actor: Actor, kind: str, asked: Asked) -> Made:
    """The paper that the data make now. A paper is Chinese whatever the reader's language is."""
    with override("zh-hans"):
        found = kind_of(kind)
        return found.make(found.gather(actor, asked))


def lists_of(bulletin: Bulletin) -> tuple[AnnualList, ...]:
    """The lists that a bulletin speaks of, highest level first."""
    rows = bulletin.lists.select_related("annual_list__region").order_by("position")
    return tuple(row.annual_list for row in rows)


def paper_now(actor: Actor, bulletin: Bulletin) -> Made:
    """What the data say now of a bulletin's lists at its date."""
    return make_paper(actor, bulletin.kind, ask(actor, lists_of(bulletin), bulletin.as_of, basis=bulletin.basis))


def blocks_of(bulletin: Bulletin) -> list[Block]:
    """The text of a bulletin."""
    return blocks_from_json(bulletin.blocks)


def marks_of(bulletin: Bulletin) -> list[Mark]:
    """The numbers that somebody marked as from outside."""
    return [Mark(row.block, row.printed, row.before) for row in bulletin.outside_figures.all()]


def findings(bulletin: Bulletin, made: Made) -> list[Found]:
    """Every number of the bulletin that disagrees with the data and is not answered for."""
    return check(blocks_of(bulletin), bulletin.title, made, marks_of(bulletin))


def outside_standing(bulletin: Bulletin, made: Made | None) -> list[object]:
    """The outside figures that still stand in the text, with source and signer."""
    names = made.names if made is not None else frozenset[str]()
    standing = standing_marks(blocks_of(bulletin), bulletin.title, marks_of(bulletin), names)
    rows = bulletin.outside_figures.order_by("pk")
    return [row for row in rows if Mark(row.block, row.printed, row.before) in standing]


def head_of(bulletin: Bulletin) -> Head:
    """What stands around a bulletin's text; a draft shows the number it would get and today's date."""
    number = bulletin.number or next_number(bulletin.kind, bulletin.region, bulletin.year)
    copies = tuple(line.strip() for line in bulletin.copies_to.splitlines() if line.strip())
    issue = f"{bulletin.year}年第{number}期"
    return Head(
        bulletin.masthead, issue, bulletin.issued_by, bulletin.issued_on or clock.today(), bulletin.title, copies
    )


def document_now(bulletin: Bulletin, made: Made | None) -> Document:
    """The bulletin's document: an issued one from what was frozen, a draft with the tables of now."""
    tables: Sequence[Table] = tables_from_json(bulletin.tables) if made is None else made.tables
    return document_of(head_of(bulletin), blocks_of(bulletin), tables, draft=bulletin.state not in ISSUED)


def next_number(kind: str, region: Region, year: int) -> int:
    """The next issue's number in the year."""
    taken = Bulletin.objects.filter(kind=kind, region=region, year=year).aggregate(most=Max("number"))["most"]
    return (taken or 0) + 1


def issuing_unit(region: Region) -> str:
    """Who edits a region's bulletins by default: its project office."""
    unit = project_office(region)
    return unit.name if unit is not None else f"{region.name}重点项目建设领导小组办公室"


def issued_on_lists(kind: str, lists: Iterable[AnnualList], as_of: date, basis: str) -> Bulletin | None:
    """The latest issued bulletin of exactly these lists, this date and basis."""
    wanted = {row.pk for row in lists}
    found = Bulletin.objects.filter(kind=kind, as_of=as_of, basis=basis, state__in=ISSUED)
    found = found.filter(lists__annual_list__in=wanted)
    for bulletin in found.distinct().order_by("-issued_at", "-pk"):
        if {row.annual_list_id for row in bulletin.lists.all()} == wanted:
            return bulletin
    return None


def draftable_lists(actor: Actor) -> list[AnnualList]:
    """The lists of which the actor may write a bulletin, in office order."""
    return in_office_order(visible_lists(actor, "publishing.draft_bulletin").select_related("region"))


def preview_document(
    actor: Actor, kind: str, lists: Sequence[AnnualList], as_of: date, basis: str
) -> tuple[Made, Document]:
    """The unsigned paper of some lists at a date, nothing stored; for those who may see drafts of these lists."""
    rights.can(actor, "publishing.view_drafts").require()
    require_lists(lists)
    for annual_list in lists:
        require_list(actor, "publishing.view_drafts", annual_list)
    made = make_paper(actor, kind, ask(actor, lists, as_of, basis=basis))
    first = lists[0]
    head = Head(
        str(kind_of(kind).masthead),
        f"{first.year}年第{next_number(kind, first.region, first.year)}期",
        issuing_unit(first.region),
        clock.today(),
        made.title,
    )
    return made, document_of(head, made.blocks, made.tables, draft=True)


def require_lists(lists: Sequence[AnnualList]) -> None:
    """A bulletin speaks of one region's lists of one year, each level once."""
    same = {(row.year, row.region_id) for row in lists}
    if len(same) != 1 or len({row.level for row in lists}) != len(lists):
        raise Refusal("publishing.no_lists")


# -- choices for a number that disagrees ------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class FigureChoice:
    """A figure of the data that a number may be bound to: its key, its words, and how the number would then read."""

    key: str
    words: str
    printed: str


_WORDS = {
    "late": "未按计划开工的新开工项目数",
    "start_late": "未按计划开工的项目数",
    "finish_late": "未按计划竣工的项目数",
    "silent": "进展数据不全的项目数",
    "stated": "反映问题的项目数",
    "change.projects": "项目数同比变化",
    "change.total_investment": "总投资同比变化",
    "change.planned_investment": "年度计划投资同比变化",
    "investment_growth": "完成投资同比增速",
    "compared": "已报送进展的责任单位数",
    "ahead": "达到序时进度的责任单位数",
    "behind": "慢于序时进度的责任单位数",
    "start_late_days": "开工已迟天数",
    "finish_late_days": "竣工已迟天数",
}


def figure_words(key: str, made: Made) -> str:
    """What a person reads for a figure's key: 区住建局 · 投资完成率."""
    cut, group, indicator = split_key(key)
    name = made.labels.get(f"{cut}.{group}", group)
    words = _WORDS.get(indicator) or (str(WORDS[indicator].name) if indicator in WORDS else _("项目所报数字"))
    if cut == "problems" and indicator == "behind":
        return _("存在问题 · 投资进度明显偏慢的项目数")
    where = name or {"whole": _("全部"), "units": _("责任单位"), "problems": _("存在问题")}.get(cut, "")
    return f"{where} · {words}" if where else words


def print_like(token: Token, figure: Figure) -> str:
    """A figure as a number of the text is written: its unit and decimal places."""
    number = format_number(token.as_printed(figure.value)).replace(",", "")
    last = max((place for place, sign in enumerate(token.printed) if sign.isdigit()), default=-1)
    return number + token.printed[last + 1 :]


def token_at(text: str, start: int, names: Iterable[str]) -> Token | None:
    """The number that begins at a place of a text."""
    return next((token for token in find_figures(text, list(names)) if token.start == start), None)


def figure_choices(found: Found, text: str, made: Made) -> list[FigureChoice]:
    """Figures of the number's kind: those that print the same first, then the nearest."""
    token = token_at(text, found.finding.start, numbered(made.names))
    if token is None:
        return []
    kinds = {"count", "rank"} if token.kind == "quantity" else {token.kind}
    size = Fraction(token.number) * token.factor
    near = sorted(
        ((key, figure) for key, figure in made.figures.items() if figure.kind in kinds),
        key=lambda pair: (token.as_printed(pair[1].value) != token.number, abs(abs(Fraction(pair[1].value)) - size)),
    )
    return [
        FigureChoice(key, figure_words(key, made), print_like(token, figure)) for key, figure in near[:MOST_CHOICES]
    ]
