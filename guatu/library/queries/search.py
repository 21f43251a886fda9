"""Finding projects by name, part of a name, former name, pinyin or code, within what the actor may find."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Replace
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core.actor import Actor
from guatu.core.registries import Hit
from guatu.domain.codes.check import squeeze
from guatu.library.compute import match_key
from guatu.library.models import OtherName, Project
from guatu.library.policies import findable_projects

CODE_LEAST = 4  # of a credit code or a full pinyin fewer characters say nothing


@dataclass(frozen=True, slots=True)
class Found:
    """A project and, where it is not its name that was typed, what of it was."""

    project: Project
    why: str


def _ways(text: str) -> dict[str, Q]:
    """By what a typed text may be meant: the condition of each, on projects with `_pinyin`."""
    plain = match_key(text)
    others = OtherName.objects.filter(withdrawn=False, match_key__contains=plain)
    ways = {"name": Q(match_key__contains=plain), "other": Q(pk__in=others.values("project_id"))}
    if plain.isascii():
        ways["initials"] = Q(initials__contains=plain)
        code = squeeze(text)
        ways["code"] = Q(code__icontains=text.strip()) | Q(code__icontains=code)
        if len(plain) >= CODE_LEAST:
            ways["pinyin"] = Q(_pinyin__contains=plain)
            ways["owner"] = Q(owner_credit_code__icontains=code)
    return ways


def _readable(rows: QuerySet[Project]) -> QuerySet[Project]:
    """With the pinyin in one word, as it is typed."""
    return rows.alias(_pinyin=Replace("sort_key", Value(" "), Value("")))


def matching(rows: QuerySet[Project], text: str) -> QuerySet[Project]:
    """The projects that a typed text may mean: part of its name or of one of its other names, its pinyin (initials or
    in full), its national code, its owner's credit code."""
    if not match_key(text):
        return rows.none() if text.strip() else rows
    reach = Q()
    for condition in _ways(text).values():
        reach |= condition
    return _readable(rows).filter(reach)


def find(actor: Actor, text: str, limit: int = 20) -> list[Found]:
    """The best answers first: the name itself, names that begin so, initials that begin so, the rest by pinyin; with
    the reason where it is not the name."""
    plain = match_key(text)
    if not plain:
        return []
    rank = Case(
        When(match_key=plain, then=Value(0)),
        When(match_key__startswith=plain, then=Value(1)),
        When(initials__startswith=plain, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    found = matching(findable_projects(actor), text).annotate(_match=rank).select_related("region")
    rows = list(found.order_by("_match", "sort_key", "pk")[:limit])
    names = _other_names([row.pk for row in rows if plain not in row.match_key], plain)
    return [Found(row, _why(row, text, plain, names.get(row.pk, ""))) for row in rows]


def find_projects(actor: Actor, text: str, limit: int = 20) -> list[Project]:
    """The same without reasons."""
    return [one.project for one in find(actor, text, limit)]


def _other_names(ids: Sequence[int], plain: str) -> dict[int, str]:
    if not ids:
        return {}
    rows = OtherName.objects.filter(project_id__in=ids, withdrawn=False, match_key__contains=plain)
    return dict(rows.order_by("-pk").values_list("project_id", "name"))


def _why(row: Project, text: str, plain: str, other: str) -> str:
    """What was found where it is not in the name; empty where it is, or its pinyin."""
    if plain in row.match_key:
        return ""
    if other:
        return _("曾用名 {name}").format(name=other)
    code = squeeze(text).lower()
    if code and (code in row.code.lower() or text.strip().lower() in row.code.lower()):
        return _("国家代码 {code}").format(code=row.code)
    if len(plain) >= CODE_LEAST and code in row.owner_credit_code.lower():
        return _("业主信用代码 {code}").format(code=row.owner_credit_code)
    return ""


def hits(actor: Actor, text: str, limit: int) -> list[Hit]:
    """The same for the search box."""
    return [_hit(one) for one in find(actor, text, limit)]


def _hit(one: Found) -> Hit:
    row = one.project
    note = " · ".join(filter(None, (one.why, str(row.region), str(row.get_stage_display()))))
    return Hit(row.name, reverse("library:project", args=[row.public_id]), note)
