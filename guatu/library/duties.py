"""What the library does when people's units and posts change: the work moves with its history."""

from datetime import date
from typing import Any

from guatu.core.actor import Actor
from guatu.core.refusals import Refusal
from guatu.core.registries import register_duty
from guatu.library.actions import hand_over, replace_unit
from guatu.library.orders import Move
from guatu.library.queries.assignments import held_by
from guatu.people.models import Post, Unit


def post_handed_over(*, actor: Actor, old: Post, new: Post, on: date, document: str = "", **_rest: Any) -> None:
    """Everything the former post answered for goes to its successor."""
    hand_over(Move(from_post=old, to_post=new), document, on)


def unit_succeeded(*, actor: Actor, unit: Unit, successor: Unit, on: date, document: str = "", **_rest: Any) -> None:
    """Everything a dissolved unit answered for goes to the unit that takes its place."""
    hand_over(Move(from_unit=unit, to_unit=successor), document, on)


def unit_merged(*, actor: Actor, unit: Unit, into: Unit, **_rest: Any) -> None:
    """A unit that was another one under a wrong name: its work has always been the other's."""
    replace_unit(unit, into)


def nothing_left(*, actor: Actor, on: date, post: Post | None = None, unit: Unit | None = None, **_rest: Any) -> None:
    """A post or unit that still answers for projects is not ended before they have gone to another."""
    left = {row.project_id for row in held_by(on, post=post, unit=unit)}
    if left:
        raise Refusal("library.work_left", name=str(post or unit), count=len(left))


register_duty("people.post_handed_over", "library.assignments", 2, post_handed_over)
register_duty("people.unit_succeeded", "library.assignments", 2, unit_succeeded)
register_duty("people.unit_merged", "library.assignments", 2, unit_merged)
register_duty("people.post_ended", "library.assignments", 2, nothing_left)
register_duty("people.unit_ended", "library.assignments", 2, nothing_left)
