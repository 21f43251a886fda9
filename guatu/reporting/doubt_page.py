"""The side-by-side look at rows that are likely known projects: what differs, how likely, and what was said so far."""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from guatu.core.logs import as_uuid
from guatu.core.refusals import Refusal
from guatu.core.signs import whole_number
from guatu.library.actions import RowChoice
from guatu.library.choices import DoubtChoice
from guatu.library.models import ImportDecision, ImportDraft, Project
from guatu.library.queries.doubt_words import likeness_words
from guatu.library.queries.doubts import KNOWN

PAGE = 50
FILL_NEW, FILL_BEST = "new", "best"


# -- what is shown ----------------------------------------------------------------------------------------------------
def known_decisions(draft: ImportDraft) -> dict[str, ImportDecision]:
    """What was said so far, by the row's key."""
    return {row.key: row for row in draft.decisions.select_related("project")}


def open_doubts(draft: ImportDraft) -> list[int]:
    """The places, in the list of doubts, of those of which nothing was said."""
    doubts = (draft.report or {}).get("answer", {}).get("doubts", [])
    known = set(draft.decisions.values_list("key", flat=True)) if doubts else set()
    return [at for at, doubt in enumerate(doubts) if doubt["key"] not in known and not doubt["decision"]]


def doubt_rows(draft: ImportDraft, doubts: Sequence[Mapping[str, Any]], fill: str = "") -> list[dict[str, Any]]:
    """Each doubt of a page with its candidates, the parts of the names that differ, and which choice is set."""
    known, used = known_decisions(draft), set[str]()
    return [
        _row(number, doubt, known.get(doubt["key"]), _filled(doubt, fill, used)) for number, doubt in enumerate(doubts)
    ]


def _row(number: int, doubt: Mapping[str, Any], said: ImportDecision | None, filled: str) -> dict[str, Any]:
    chosen = filled or _chosen(doubt, said)
    nearest = doubt["candidates"][0]["name"] if doubt["candidates"] else doubt["name"]
    return {
        "number": number,
        "doubt": doubt,
        "seen": said.version if said is not None else 0,
        "said": said is not None or bool(doubt["decision"]),
        "name_parts": marked(doubt["name"], nearest),
        "chosen": chosen,
        "is_new": chosen == DoubtChoice.NEW,
        "candidates": [_candidate(each, doubt, chosen) for each in _with_said(doubt, said)],
    }


def _with_said(doubt: Mapping[str, Any], said: ImportDecision | None) -> list[Mapping[str, Any]]:
    """The candidates, and the project that was named although nothing but a person's word speaks for it."""
    found: list[Mapping[str, Any]] = list(doubt["candidates"])
    if said is not None and said.project and str(said.project.public_id) not in {each["project"] for each in found}:
        row = said.project
        found.append(
            {"project": str(row.public_id), "name": row.name, "owner": row.owner_name, "place": row.address}
            | {"total_investment": None, "listed": False, "score": 0, "reasons": []}
        )
    return found


def _chosen(doubt: Mapping[str, Any], said: ImportDecision | None) -> str:
    choice = said.choice if said is not None else doubt["decision"]
    project = str(said.project.public_id) if said is not None and said.project else doubt["project"]
    return f"{choice}:{project}" if choice in KNOWN else choice


def _filled(doubt: Mapping[str, Any], fill: str, used: set[str]) -> str:
    """What one click sets for all rows of a page; no project is taken by two of them."""
    if fill == FILL_NEW:
        return DoubtChoice.NEW
    free = [each["project"] for each in doubt["candidates"] if each["project"] not in used] if fill == FILL_BEST else []
    if not free:
        return ""
    used.add(free[0])
    return f"{DoubtChoice.SAME}:{free[0]}"


def _candidate(each: Mapping[str, Any], doubt: Mapping[str, Any], chosen: str) -> dict[str, Any]:
    same, rename = (f"{choice}:{each['project']}" for choice in (DoubtChoice.SAME, DoubtChoice.RENAME))
    return {
        **each,
        "name_parts": marked(each["name"], doubt["name"]),
        "words": likeness_words(each) if each["reasons"] else _("人工认定"),
        "same": same,
        "rename": rename,
        "is_same": chosen == same,
        "is_rename": chosen == rename,
    }


def marked(name: str, other: str) -> list[tuple[str, bool]]:
    """The name in pieces, each with whether the other name has something else there."""
    matcher = SequenceMatcher(None, name, other, autojunk=False)
    found = [(name[start:end], kind != "equal") for kind, start, end, _a, _b in matcher.get_opcodes()]
    return [(text, differs) for text, differs in found if text]


# -- what was sent ----------------------------------------------------------------------------------------------------
def sent_choices(data: Mapping[str, str], draft: ImportDraft) -> tuple[dict[str, int], list[RowChoice]]:
    """(versions that were shown, what was said) of the rows of a form; rows where nothing was chosen are left out."""
    keys = {doubt["key"] for doubt in (draft.report or {}).get("answer", {}).get("doubts", [])}
    seen: dict[str, int] = {}
    told: list[tuple[str, str, UUID | None]] = []
    for number in range(PAGE):
        key, choice = data.get(f"key_{number}", ""), data.get(f"choice_{number}", "")
        if key not in keys or not choice:
            continue
        seen[key] = whole_number(data.get(f"seen_{number}", "")) or 0
        kind, _mark, project = choice.partition(":")
        told.append((key, kind, as_uuid(project)))
    return seen, choices_of(draft, told)


def choices_of(draft: ImportDraft, told: Sequence[tuple[str, str, UUID | None]]) -> list[RowChoice]:
    """(key, choice, project's public id) as an action takes them. A row that is none of the doubts, and a project that
    does not exist, are not found.
    """
    names = {doubt["key"]: doubt["name"] for doubt in (draft.report or {}).get("answer", {}).get("doubts", [])}
    wanted = {each for _key, _kind, each in told if each is not None}
    rows = Project.objects.filter(public_id__in=wanted).select_related("region")
    known = {row.public_id: row for row in rows}
    if wanted - set(known) or any(key not in names for key, _kind, _each in told):
        raise Refusal("core.not_found")
    return [RowChoice(key, names[key], kind, known[each] if each else None) for key, kind, each in told]
