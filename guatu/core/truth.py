"""Three states of truth and the switch between them, the same on every page that shows figures.

A figure is claimed (已填报), checked by the unit (单位已审核) or confirmed by the office (项目办已采用). Pages show
what is confirmed unless their address says otherwise (`?truth=claimed`); who may say so is a right of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from guatu.core import rights
from guatu.core.actor import Actor
from guatu.core.refusals import Refusal

RIGHT, NAME = "library.view_claimed", "truth"


class Truth(TextChoices):
    """How far a reading has been checked."""

    CLAIMED = "claimed", _("已填报")
    CHECKED = "checked", _("单位已审核")
    CONFIRMED = "confirmed", _("项目办已采用")


TRUTH_ORDER = (Truth.CLAIMED, Truth.CHECKED, Truth.CONFIRMED)


@dataclass(frozen=True, slots=True)
class TruthOption:
    """One side of the switch: its word, the address that shows it, whether it is the one shown."""

    label: str
    url: str
    current: bool


def read_truth(actor: Actor, params: Mapping[str, str]) -> str:
    """The truth that an address asks for: confirmed when it says nothing. Refuses an unknown one, and who may not."""
    return require_truth(actor, params.get(NAME) or Truth.CONFIRMED)


def require_truth(actor: Actor, truth: str) -> str:
    """The same truth where the actor may see figures of it; a refusal otherwise."""
    if truth not in Truth.values:
        raise Refusal("core.unknown_truth", value=truth[:40], known="、".join(Truth.values))
    if truth != Truth.CONFIRMED:
        rights.can(actor, RIGHT).require()
    return truth


def switch(actor: Actor, params: QueryDict) -> list[TruthOption]:
    """The three sides of the page's switch; none for who sees confirmed figures alone."""
    if not rights.can(actor, RIGHT).allowed:
        return []
    now = params.get(NAME) or Truth.CONFIRMED
    return [TruthOption(str(truth.label), _url(params, truth), truth == now) for truth in reversed(TRUTH_ORDER)]


def _url(params: QueryDict, truth: Truth) -> str:
    kept = params.copy()
    for name in (NAME, "page", "export"):
        kept.pop(name, None)
    if truth != Truth.CONFIRMED:
        kept[NAME] = truth
    return f"?{kept.urlencode()}"
