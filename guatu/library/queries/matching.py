"""Which project a ledger's row means: by national code, else by name within the list, else within the region."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from django.db.models import Q

from guatu.core.sheets.errors import Issue
from guatu.core.sheets.result import ReadRow
from guatu.domain.codes.check import squeeze
from guatu.library.compute import match_key
from guatu.library.models import OtherName, Project
from guatu.library.queries.projects import parts
from guatu.people.models import Region

TEXTS = 400  # names or codes in one query


@dataclass(slots=True)
class Candidates:
    """Projects by code and by the key of their names; `listed` are ids of those in the list, which come first."""

    listed: frozenset[int]
    by_code: dict[str, list[Project]] = field(default_factory=dict)
    by_key: dict[str, list[Project]] = field(default_factory=dict)
    by_other_key: dict[str, list[Project]] = field(default_factory=dict)

    def add(self, projects: Iterable[Project]) -> None:
        """Take projects in."""
        for project in projects:
            if project.code:
                self.by_code.setdefault(squeeze(project.code), []).append(project)
            self.by_key.setdefault(project.match_key, []).append(project)

    def find(self, name: str, code: str) -> Sequence[Project]:
        """The projects that a row can mean: none (a new one), one, or several that nothing tells apart."""
        typed = squeeze(code) if code else ""
        if typed and typed in self.by_code:
            return self._best(self.by_code[typed])
        key = match_key(name)
        for named in (self.by_key.get(key, []), self.by_other_key.get(key, [])):  # the name that it bears now wins
            # Two different national codes are two projects, whatever they are called.
            meant = [each for each in named if not (typed and each.code and squeeze(each.code) != typed)]
            if meant:
                return self._best(meant)
        return []

    def knows_as(self, project: Project, name: str) -> bool:
        """Whether the name is one of the project's other names."""
        return any(each.pk == project.pk for each in self.by_other_key.get(match_key(name), []))

    def _best(self, found: Sequence[Project]) -> Sequence[Project]:
        here = [project for project in found if project.pk in self.listed]
        return here or found

    def nearest(self, name: str, count: int = 3) -> list[str]:
        """Names that look like the given one, for a row that means nothing we know."""
        keys = get_close_matches(match_key(name), list(self.by_key), n=count, cutoff=0.5)
        return [self.by_key[key][0].name for key in keys]


def candidates(
    region: Region, rows: Sequence[tuple[str, str]], listed: Iterable[int], *, only_listed: bool = False
) -> Candidates:
    """The projects that rows of (name, code) may mean: those of the list, then those of the region's subtree (by code
    also of the regions above it). `only_listed`: nothing but the list's.
    """
    ids = frozenset(listed)
    found = Candidates(ids)
    known: dict[int, Project] = {}
    for part in parts(ids):
        known.update({row.pk: row for row in Project.objects.filter(pk__in=part).select_related("region", "package")})
    if not only_listed:
        below = Q(region__path__startswith=region.path)
        codes = {text for _name, code in rows if code for text in (code, squeeze(code))}
        _take(known, "code__in", codes, below | Q(region__path__in=region.lineage))
        _take(known, "match_key__in", {match_key(name) for name, _code in rows}, below)
    reach = Q(pk__in=[]) if only_listed else Q(project__region__path__startswith=region.path)
    _add_other_names(found, known, {match_key(name) for name, _code in rows}, reach)
    found.add(known.values())
    return found


def _add_other_names(found: Candidates, known: dict[int, Project], keys: set[str], reach: Q) -> None:
    for part in text_parts(keys):
        rows = OtherName.objects.filter(withdrawn=False, project__withdrawn=False, match_key__in=part)
        inside = set(rows.filter(reach).values_list("pk", flat=True))
        for row in rows.select_related("project__region", "project__package").order_by("pk"):
            project = known.get(row.project_id)
            if project is None and row.pk in inside:
                project = known[row.project_id] = row.project
            if project is not None:
                found.by_other_key.setdefault(row.match_key, []).append(project)


def _take(known: dict[int, Project], column: str, texts: set[str], where: Q) -> None:
    for part in text_parts(texts):
        rows = Project.objects.filter(where, withdrawn=False, **{column: part})
        new = set(rows.values_list("pk", flat=True)) - known.keys()  # most are known: a list's next ledger
        if new:
            known.update({row.pk: row for row in rows.filter(pk__in=new).select_related("region", "package")})


def text_parts(texts: Iterable[str]) -> Iterator[Sequence[str]]:
    """Texts in parts that every database takes in one query; "" left out."""
    listed = sorted(set(texts) - {""})
    for start in range(0, len(listed), TEXTS):
        yield listed[start : start + TEXTS]


def refuse_twice(
    rows: Iterable[Any], name_of: Callable[[Any], str], code_of: Callable[[Any], str], errors: list[Issue]
) -> None:
    """Two rows of one name are an error with both places unless their codes differ; two rows of one code always are.

    A row has `read`, the sheet's row it came from.
    """
    by_code: dict[str, ReadRow] = {}
    by_key: dict[str, list[tuple[str, ReadRow]]] = {}
    for row in rows:
        code, key, read = squeeze(code_of(row)), match_key(name_of(row)), row.read
        first = by_code.setdefault(code, read) if code else read
        if first is not read:
            errors.append(read.issue("code_twice", "project_code", sheet=first.sheet, first=first.row))
            continue
        same = next((other for typed, other in by_key.get(key, []) if not (typed and code and typed != code)), None)
        if same is not None:
            errors.append(read.issue("row_twice", "name", sheet=same.sheet, first=same.row))
        by_key.setdefault(key, []).append((code, read))
