"""What figures have to do with lower packages' actions."""

from typing import Any

from guatu.core.actor import Actor
from guatu.core.registries import register_duty
from guatu.figures.actions import keep_closing
from guatu.library.models import AnnualList, ClosedPeriod


def closed(*, actor: Actor, annual_list: AnnualList, closed: ClosedPeriod, **_rest: Any) -> None:
    """A closing keeps the facts and figures of its day."""
    keep_closing(actor=actor, annual_list=annual_list, until=closed.until)


register_duty("library.close_period", "figures.closing", 4, closed)
