"""The list of telephones for chasing: posts of the units that have still to report, never names of persons."""

from dataclasses import dataclass

from guatu.core import access
from guatu.core.actor import Actor
from guatu.people.choices import PostKind
from guatu.people.models import Post
from guatu.people.policies import phone_visible_users
from guatu.people.queries import posts_in_force
from guatu.reporting.rhythm.chase import Round, UnitLine

ASKED = (PostKind.REPORTER, PostKind.REVIEWER, PostKind.STREET, PostKind.OWNER, PostKind.CONTRACTOR)
"""Posts that report, or check what was reported."""


@dataclass(frozen=True, slots=True)
class PhoneLine:
    """A unit with what it has still to report, and its posts with their numbers ("" where none may be shown)."""

    line: UnitLine
    posts: tuple[tuple[str, str], ...]
    projects: tuple[str, ...]


def phone_list(actor: Actor, one: Round) -> list[PhoneLine]:
    """The units of a round that have still to report. That the numbers were looked at is logged."""
    lines = [line for line in one.lines if line.counts["missing"]]
    units = [line.unit.pk for line in lines if line.unit is not None]
    posts = posts_in_force().filter(unit__in=units, kind__in=ASKED).select_related("user").order_by("order", "pk")
    shown = dict(phone_visible_users(actor).filter(posts__in=posts).values_list("pk", "phone"))
    by_unit: dict[int | None, list[Post]] = {}
    for post in posts:
        by_unit.setdefault(post.unit_id, []).append(post)
    access.note("phone_seen", actor, subject=f"reporting.chase {one.period.code}", detail=str(len(shown)))
    return [
        PhoneLine(
            line,
            tuple((post.title, shown.get(post.user_id or 0, "")) for post in by_unit.get(_unit_id(line), [])),
            tuple(missing.project.name for missing in one.of(line.key, "missing")),
        )
        for line in lines
    ]


def _unit_id(line: UnitLine) -> int | None:
    return line.unit.pk if line.unit is not None else -1
