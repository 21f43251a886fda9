"""Entries of the trail that some readers see later: what a higher package keeps from a post for now.

The chain stays whole and its check reads everything; only the trail's list and its export leave entries out, by what
a higher package says of them, until the day on which what they tell is open to everybody.
"""

from collections.abc import Callable, Collection
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from guatu.core.actor import Actor
from guatu.core.registries import Registry

WITHHELD: Registry[Callable[[Actor], Collection[UUID]]] = Registry(_("操作记录"))


def withheld(actor: Actor) -> set[UUID]:
    """Ids of the entries that this actor does not see yet."""
    return {entry for told in WITHHELD.values() for entry in told(actor)}
