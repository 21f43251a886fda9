"""What is looked at before a period is closed: checks that packages register, and what they find open."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import Sentence
from guatu.core.registries import Registry
from guatu.library.models import AnnualList
from guatu.library.queries.closing import first_day_open


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One open point: of which project, what is to be said of it, and the page where it is settled."""

    name: str
    words: str
    url: str


Find = Callable[[AnnualList, date, date], Sequence[OpenItem]]
"""The open points of a list from the first day that is not locked yet to the day to be locked."""


@dataclass(frozen=True, slots=True)
class ClosingCheck:
    """A check of a closing: `words` is its heading, `advice` what is done about its points."""

    code: str
    words: Sentence
    advice: Sentence
    find: Find


@dataclass(frozen=True, slots=True)
class Checked:
    """What one check found."""

    code: str
    words: str
    advice: str
    items: Sequence[OpenItem]

    @property
    def count(self) -> int:
        """How many points are open."""
        return len(self.items)


CLOSING_CHECKS: Registry[ClosingCheck] = Registry(_("锁定前的核对"))


def open_items(annual_list: AnnualList, until: date) -> list[Checked]:
    """Every check with what it finds, in the order of registration."""
    first = first_day_open(annual_list)
    return [
        Checked(check.code, str(check.words), str(check.advice), check.find(annual_list, first, until))
        for check in CLOSING_CHECKS.values()
    ]
