"""Who acts: a person (or none) in a post, by a way. Plain ids only; the posts themselves live in `people`."""

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID


class Way(StrEnum):
    """How an action reached the product."""

    PAGE = "page"
    API = "api"
    CLI = "cli"
    JOB = "job"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Actor:
    """The person and the post in which something is read or done.

    `region_path` is the path of the post's region ("410000/410300/410303/"); only built-in posts have none.
    Somebody who acts for another post (a liaison for a leader, a colleague during leave) has that post's kind, unit
    and region here, keeps the own post in `post_id` and names the other in `for_post_id`: 代办. `limited_to` then
    holds the writing rights that were handed over; None means all of them.
    """

    post_kind: str
    way: Way
    label: str = ""
    user_id: int | None = None
    post_id: int | None = None
    unit_id: int | None = None
    region_path: str = ""
    for_post_id: int | None = None
    limited_to: frozenset[str] | None = None
    request_id: UUID | None = None
    request_digest: str = ""
    address: str = ""

    @property
    def acts_as(self) -> int | None:
        """The post whose work this is: the one acted for, else the own."""
        return self.for_post_id or self.post_id

    def by(self, way: Way) -> "Actor":
        """The same actor, arriving another way."""
        return replace(self, way=way)


OPERATOR = Actor(post_kind="operator", way=Way.CLI, label="operator")
CLOCK = Actor(post_kind="clock", way=Way.JOB, label="clock")
GUEST = Actor(post_kind="guest", way=Way.PAGE, label="guest")
