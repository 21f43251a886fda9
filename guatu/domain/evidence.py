"""What counts as evidence for a node or a figure, which is still lacking, and what of a picture is to be looked at.

Nothing here is a verdict: a finding is a question to a person (evidence.md).
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from guatu.domain.errors import DomainError
from guatu.domain.plain import Reader

KINDS: Final = ("photo", "permit", "signed_sheet", "voucher", "statistics", "other")
FIGURES: Final = ("money", "percent", "payment", "statistics")
PHOTOS_MOST: Final = 6
"""Pictures that one node may ask for: a node is shown, not filmed."""

TOLERANCE: Final = 500
"""Metres off the site that a telephone's place may be, unless the office says otherwise."""

EARTH: Final = 63_710_088  # mean radius in decimetres, IUGG

Point = tuple[float, float]
"""Longitude and latitude in degrees."""


# -- what is asked for -------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Step:
    """A node as evidence sees it: its name, the stages it opens and closes, whether it is done."""

    name: str
    opens: str = ""
    closes: str = ""
    done: bool = True


@dataclass(frozen=True, slots=True)
class Piece:
    """Evidence that was handed in: its kind, and whether it has a number."""

    kind: str
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a rule asks for: `count` pieces of any of `kinds`; `numbered`: with the number of the paper."""

    kinds: tuple[str, ...]
    count: int = 1
    numbered: bool = False

    def missing(self, pieces: Iterable[Piece]) -> int:
        """How many are still to come."""
        there = sum(1 for one in pieces if one.kind in self.kinds and (one.numbered or not self.numbered))
        return max(0, self.count - there)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of evidence: to which nodes (by the stage they open or close, or a word in their name) or to which figure
    of a monthly report, and what it asks for."""

    wanted: Wanted
    opens: frozenset[str] = frozenset()
    closes: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    figure: str = ""

    def covers(self, step: Step) -> bool:
        """Whether the rule asks something of a node."""
        if step.opens in self.opens or step.closes in self.closes:
            return True
        return any(word in step.name for word in self.names)


def lacking(rules: Iterable[Rule], step: Step, pieces: Collection[Piece]) -> list[tuple[Wanted, int]]:
    """What a node still lacks: each wish with how many are missing. Nothing is asked of a node that is not done."""
    if not step.done:
        return []
    return _lacking((rule for rule in rules if not rule.figure and rule.covers(step)), pieces)


def lacking_figure(rules: Iterable[Rule], figure: str, pieces: Collection[Piece]) -> list[tuple[Wanted, int]]:
    """What a reported figure still lacks."""
    return _lacking((rule for rule in rules if rule.figure == figure), pieces)


def _lacking(rules: Iterable[Rule], pieces: Collection[Piece]) -> list[tuple[Wanted, int]]:
    wishes = dict.fromkeys(rule.wanted for rule in rules)
    return [(wish, missing) for wish in wishes if (missing := wish.missing(pieces))]


# -- reading a rule ----------------------------------------------------------------------------------------------------
class _Reader(Reader):
    CODES = "evidence"


def read_rule(name: str, data: object) -> Rule:
    """A rule from plain data, as JSON has it.

    Raises DomainError evidence.field_missing, .field_unknown, .field_wrong with ``rule`` and ``field``;
    evidence.asks_nobody, evidence.asks_both; evidence.photo_for_figure: photos are asked at nodes only.
    """
    reader = _Reader(data, name)
    reader.only(("opens", "closes", "names", "figure", "kinds", "count", "numbered"))
    kinds = reader.words("kinds", KINDS)
    if not kinds:
        raise reader.wrong("kinds", "", ", ".join(KINDS))
    figure = reader.one_of("figure", FIGURES) if reader.data.get("figure") else ""
    opens, closes, names = reader.words("opens"), reader.words("closes"), reader.words("names")
    if not figure and not (opens or closes or names):
        raise DomainError("evidence.asks_nobody", rule=name)
    if figure and (opens or closes or names):
        raise DomainError("evidence.asks_both", rule=name)
    if figure and "photo" in kinds:
        raise DomainError("evidence.photo_for_figure", rule=name)
    count = reader.whole("count", 1, PHOTOS_MOST) if "count" in reader.data else 1
    return Rule(Wanted(kinds, count, reader.flag("numbered")), frozenset(opens), frozenset(closes), names, figure)


# -- what of a picture is to be looked at ------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Site:
    """Where a project is: its boundary as rings of points, else one point; nothing known is normal."""

    point: Point | None = None
    rings: tuple[tuple[Point, ...], ...] = ()

    @property
    def known(self) -> bool:
        """Whether a distance can be told."""
        return bool(self.rings) or self.point is not None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to look at: a code with what its sentence names."""

    code: str
    params: Mapping[str, Any]


def site_of(point: Point | None, boundary: object) -> Site:
    """A site from its point and its GeoJSON boundary (Polygon, MultiPolygon or a Feature of one; RFC 7946)."""
    return Site(point, tuple(ring for ring in _rings(boundary) if len(ring) >= 3))


def _rings(boundary: object) -> Iterable[tuple[Point, ...]]:
    """Outer rings only: a hole in a site is still its surroundings."""
    if not isinstance(boundary, Mapping):
        return ()
    kind, parts = boundary.get("type"), boundary.get("coordinates")
    if kind == "Feature":
        return _rings(boundary.get("geometry"))
    polygons = {"Polygon": [parts], "MultiPolygon": parts}.get(str(kind)) or []
    return [_ring(polygon[0]) for polygon in polygons if polygon]


def _ring(points: Sequence[Sequence[float]]) -> tuple[Point, ...]:
    return tuple((point[0], point[1]) for point in points)


def distance(place: Point, site: Site) -> float:
    """Metres from a place to a site, 0 within its boundary; on a plane at the place, right to a per mille up to 50 km.

    Raises ValueError where the site is not known.
    """
    if site.rings:
        return min(_to_ring(_flat(ring, place)) for ring in site.rings)
    if site.point is None:
        raise ValueError("a site without place")
    return math.hypot(*_flat((site.point,), place)[0])


def _flat(points: Sequence[Point], place: Point) -> list[Point]:
    """Metres east and north of the place."""
    degree = math.pi * EARTH / 1800
    across = degree * math.cos(math.radians(place[1]))
    return [((east - place[0]) * across, (north - place[1]) * degree) for east, north in points]


def _to_ring(ring: Sequence[Point]) -> float:
    """From the origin to a ring; 0 inside it (the even-odd rule)."""
    inside, nearest = False, math.inf
    for (left, low), (right, high) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (low > 0) != (high > 0) and left + (right - left) * low / (low - high) > 0:
            inside = not inside
        long, tall = right - left, high - low
        length = long * long + tall * tall
        along = 0 if length == 0 else min(1, max(0, -(left * long + low * tall) / length))
        nearest = min(nearest, math.hypot(left + along * long, low + along * tall))
    return 0 if inside else nearest


def doubts(
    taken_on: date | None,
    place: Point | None,
    *,
    begins: date | None,
    handed_in: date,
    site: Site,
    tolerance: int = TOLERANCE,
) -> list[Doubt]:
    """What of a picture is to be looked at: taken before the period begins, after it was handed in, off the site.

    A picture that says no time or place, and a project without a site, raise nothing: that is normal.
    """
    found: list[Doubt] = []
    if taken_on is not None and begins is not None and taken_on < begins:
        found.append(Doubt("evidence.before_period", {"taken": taken_on.isoformat(), "begins": begins.isoformat()}))
    if taken_on is not None and taken_on > handed_in:
        found.append(
            Doubt("evidence.after_report", {"taken": taken_on.isoformat(), "handed_in": handed_in.isoformat()})
        )
    if place is not None and site.known:
        metres = distance(place, site)
        if metres > tolerance:
            found.append(Doubt("evidence.off_site", {"metres": round(metres), "tolerance": tolerance}))
    return found


SAME_VISIT: Final = 7
"""Days within which one project's pictures may look alike: several of one visit, for a report and for its node."""


def is_reuse(same_project: bool, earlier: date, now: date) -> bool:
    """Whether a picture like an earlier one is to be looked at: of another project, or of another visit."""
    return not same_project or abs((now - earlier).days) > SAME_VISIT
