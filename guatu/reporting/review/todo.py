"""What waits of the review: reports to check, for the office reports to accept."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core.actor import Actor
from guatu.core.registries import ToDoItem
from guatu.reporting.review.queue import is_office, waiting


def waiting_reports(actor: Actor) -> Sequence[ToDoItem]:
    """One item that counts them and leads to the queue."""
    count = waiting(actor).count()
    if not count:
        return []
    words = _("{n} 份填报待采用") if is_office(actor) else _("{n} 份填报待审核")
    return [ToDoItem(words.format(n=count), reverse("reporting:review"))]
