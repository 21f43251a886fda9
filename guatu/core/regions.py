"""What core must know of regions without knowing their model: the package that has them registers one source."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from guatu.core.actor import Actor


def paths_above(path: str) -> list[str]:
    """The paths of a region and of those above it, the province first; of none for no path."""
    codes = [code for code in path.split("/") if code]
    return ["".join(f"{code}/" for code in codes[:count]) for count in range(1, len(codes) + 1)]


@dataclass(frozen=True, slots=True)
class RegionName:
    """A region: its row id, its path of codes ("410000/410300/410303/") and its name."""

    id: int
    path: str
    name: str


@dataclass(frozen=True, slots=True)
class RegionSource:
    """`regions(path)` gives the regions at and under a path, `posts(path)` the ids of the posts there (a list or a
    query that can stand in an `IN`).
    """

    regions: Callable[[str], Iterable[RegionName]]
    posts: Callable[[str], Any]


_source: list[RegionSource] = []


def register_regions(source: RegionSource) -> None:
    """Make regions known to core; the last one registered stands."""
    _source[:] = [source]


def regions_of(actor: Actor) -> list[RegionName]:
    """The regions at and under the actor's."""
    return list(_source[0].regions(actor.region_path)) if _source else []


def posts_of(actor: Actor) -> Any:
    """Ids of the posts at and under the actor's region; the actor's own where no source is registered."""
    if _source:
        return _source[0].posts(actor.region_path)
    return [] if actor.post_id is None else [actor.post_id]
