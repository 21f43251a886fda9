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

    `region_path` is the path of the post's region ("410000/410300/410303/"); an empty path reaches the installation.
    `for_post_id` names the leader for whom a liaison acts (代办).
    """

    post_kind: str
    way: Way
    label: str = ""
    user_id: int | None = None
    post_id: int | None = None
    unit_id: int | None = None
    region_path: str = ""
    for_post_id: int | None = None
    request_id: UUID | None = None
    request_digest: str = ""
    address: str = ""

    def by(self, way: Way) -> "Actor":
        """The same actor, arriving another way."""
        return replace(self, way=way)


OPERATOR = Actor(post_kind="operator", way=Way.CLI, label="operator")
CLOCK = Actor(post_kind="clock", way=Way.JOB, label="clock")
GUEST = Actor(post_kind="guest", way=Way.PAGE, label="guest")
