"""Which known projects a row may mean that matches none by code or name: likely the same under another name."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from guatu.domain.codes.check import squeeze
from guatu.domain.names import DOUBT, NameIndex, Told, alike, name_parts
from guatu.library.choices import Stage
from guatu.library.compute import match_key
from guatu.library.models import NotTheSame, OtherName, Project
from guatu.library.queries.matching import text_parts
from guatu.library.queries.projects import parts, profiles_as_of
from guatu.people.models import Region

SHOWN = 3
_NEAR = 40  # what an equal total investment, owner and site may still lift to a doubt


@dataclass(frozen=True, slots=True)
class RowTold:
    """What a row says of the project that it means; total investment in yuan."""

    name: str
    code: str = ""
    owner: str = ""
    site: str = ""
    total: int | None = None

    def told(self, total: int | None) -> Told:
        """As names are compared; the amount is looked at last."""
        return Told(name_parts(self.name), self.owner, self.site, total)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known project that a row may mean: the likeness from 0 to 100, its reasons, its total investment in yuan."""

    project: Project
    score: int
    reasons: tuple[str, ...]
    total: int | None
    listed: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """A name of a project that may be meant."""

    pk: int
    code: str
    told: Told


def likely(
    region: Region, rows: Sequence[RowTold], *, listed: Collection[int], taken: Collection[int], on: date, within: bool
) -> list[list[Candidate]]:
    """For each row up to three projects, the likeliest first.

    Of the region's subtree, or with `within` of the list (`listed`, ids); never one of `taken`, which another row of
    the ledger means for certain, never one that left, and never one of which somebody said that this name is not it.
    """
    if not rows:
        return []
    pool = _pool(region, frozenset(listed) if within else None, frozenset(taken))
    if not pool:
        return [[] for _row in rows]
    index = NameIndex([known.told.parts.core for known in pool])
    apart = _apart(rows)
    near = [_near(row, pool, index, apart) for row in rows]
    ids = {pk for found in near for pk in found}
    totals = {pk: profile.total_investment for pk, profile in profiles_as_of(ids, on).items()}
    scored = [_scored(row, found, totals) for row, found in zip(rows, near, strict=True)]
    wanted = {pk for found in scored for _score, pk, _reasons in found}
    known = {
        row.pk: row for part in parts(wanted) for row in Project.objects.filter(pk__in=part).select_related("region")
    }
    return [
        [Candidate(known[pk], score, reasons, totals.get(pk), pk in listed) for score, pk, reasons in found]
        for found in scored
    ]


def _pool(region: Region, only: frozenset[int] | None, taken: frozenset[int]) -> list[_Known]:
    if only is None:
        found = list(_named(Project.objects.filter(region__path__startswith=region.path)))
    else:
        found = [row for part in parts(only) for row in _named(Project.objects.filter(pk__in=part))]
    kept = {row[0]: row for row in found if row[0] not in taken}
    pool = [_known(pk, code, name, owner, site) for pk, code, name, owner, site in kept.values()]
    for pk, name in OtherName.objects.filter(withdrawn=False).values_list("project_id", "name").order_by("pk"):
        if pk in kept:
            _pk, code, _name, owner, site = kept[pk]
            pool.append(_known(pk, code, name, owner, site))
    return pool


def _named(rows: QuerySet[Project]) -> Iterable[tuple[int, str, str, str, str]]:
    left = rows.filter(withdrawn=False).exclude(stage=Stage.EXITED).order_by("pk")
    return left.values_list("pk", "code", "name", "owner_name", "address")


def _known(pk: int, code: str, name: str, owner: str, site: str) -> _Known:
    return _Known(pk, squeeze(code) if code else "", Told(name_parts(name), owner, site))


def _apart(rows: Sequence[RowTold]) -> set[tuple[str, int]]:
    return {
        pair
        for part in text_parts(match_key(row.name) for row in rows)
        for pair in NotTheSame.objects.filter(withdrawn=False, match_key__in=part).values_list(
            "match_key", "project_id"
        )
    }


def _near(row: RowTold, pool: Sequence[_Known], index: NameIndex, apart: set[tuple[str, int]]) -> dict[int, Told]:
    """The names worth a closer look, by project: of several names of one project the likest."""
    mine, key, code = row.told(None), match_key(row.name), squeeze(row.code) if row.code else ""
    best: dict[int, tuple[int, Told]] = {}
    for place in index.near(mine.parts.core):
        known = pool[place]
        if (code and known.code and code != known.code) or (key, known.pk) in apart:
            continue  # two national codes are two projects, whatever they are called
        score = alike(mine, known.told)[0]
        if score >= _NEAR and score > best.get(known.pk, (0, known.told))[0]:
            best[known.pk] = (score, known.told)
    return {pk: told for pk, (_score, told) in best.items()}


def _scored(
    row: RowTold, near: dict[int, Told], totals: dict[int, int | None]
) -> list[tuple[int, int, tuple[str, ...]]]:
    mine, found = row.told(row.total), []
    for pk, told in near.items():
        score, reasons = alike(mine, Told(told.parts, told.owner, told.site, totals.get(pk)))
        if score >= DOUBT:
            found.append((score, pk, reasons))
    return sorted(found, key=lambda each: (-each[0], each[1]))[:SHOWN]
