"""Rules as data, in editions: a draft, put in force from a day on by another person than wrote it, then never edited.

What a rule says is its package's; the way that all of them go is here. An edition that holds until another follows ends
on the day before; what was done under it stays as it was.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db import models
from django.db.models import Max, Q, QuerySet, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core import clock
from guatu.core.actor import Actor
from guatu.core.fields import OfficeRow
from guatu.core.models import TrailEntry
from guatu.core.refusals import Refusal, Sentence
from guatu.core.second_person import require_another
from guatu.core.writing import current


class RuleState(TextChoices):
    """Where an edition of a rule stands."""

    DRAFT = "draft", gettext_lazy("草稿")
    IN_FORCE = "in_force", gettext_lazy("执行")


class RuleEdition(OfficeRow):
    """The columns of an edition; its package adds the region and what the rule says."""

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    edition = models.PositiveIntegerField()  # counted by region and code; `version` is the row's own
    state = models.CharField(max_length=10, choices=RuleState, default=RuleState.DRAFT)
    valid_from = models.DateField(null=True, blank=True)  # none while a draft
    valid_to = models.DateField(null=True, blank=True)
    approved_by = models.CharField(max_length=120, blank=True)  # the body or the post, with the paper's number
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.name} {self.edition}"


Rule = TypeVar("Rule", bound=RuleEdition)


def next_edition(editions: QuerySet[Any]) -> int:
    """The number of the edition that follows these."""
    return int(editions.aggregate(last=Max("edition"))["last"] or 0) + 1


def require_draft(row: RuleEdition) -> None:
    """Refuse core.edition_stands for what is in force: it is followed by a new edition, never edited."""
    if row.state != RuleState.DRAFT:
        raise Refusal("core.edition_stands", name=row.name, edition=row.edition)


def require_in_force(row: RuleEdition) -> None:
    """Refuse core.edition_draft for what is not in force yet."""
    if row.state != RuleState.IN_FORCE:
        raise Refusal("core.edition_draft", name=row.name, edition=row.edition)


def put_in_force(
    actor: Actor,
    row: Rule,
    followed: QuerySet[Rule],
    *,
    seen: int,
    valid_from: date,
    approved_by: str,
    written_by: Iterable[str],
    what: Sentence,
    first_from_past: bool = False,
) -> None:
    """Within an action: a draft holds from a day on; the editions in force among `followed` end on the day before.

    `written_by` are the actions by which a draft is written; who did one of them does not adopt it (core.two_persons
    with `what`). Refuses core.approver_missing, and core.edition_backdated for a day that is over or on which a
    followed edition began; `first_from_past`: what follows none may begin in the past.
    """
    require_draft(row)
    for user in _writers(row, written_by):
        require_another(actor, user, what)
    if not approved_by.strip():
        raise Refusal("core.approver_missing")
    standing = followed.filter(Q(valid_to=None) | Q(valid_to__gte=valid_from), state=RuleState.IN_FORCE)
    held = list(standing)
    if held or not first_from_past:
        _require_day(row, valid_from, held)
    act = current()
    act.about(row, name=row.name, edition=row.edition)
    for former in held:
        act.change(former, valid_to=valid_from - timedelta(days=1))
    act.change(
        row,
        seen=seen,
        state=RuleState.IN_FORCE,
        valid_from=valid_from,
        approved_by=approved_by.strip()[:120],
        approved_at=clock.now(),
    )


def _require_day(row: RuleEdition, valid_from: date, held: Iterable[RuleEdition]) -> None:
    begun = [former.valid_from + timedelta(days=1) for former in held if former.valid_from is not None]
    first = max([clock.today(), *begun])
    if valid_from < first:
        start = valid_from.isoformat()
        raise Refusal("core.edition_backdated", name=row.name, start=start, first=first.isoformat())


def _writers(row: RuleEdition, actions: Iterable[str]) -> set[int | None]:
    """Who drafted or changed it, by the trail."""
    kind, key = row.trail_subject()
    entries = TrailEntry.objects.filter(subject_kind=kind, subject_id=key, action__in=tuple(actions))
    return set(entries.values_list("user_id", flat=True))


def standing_words(row: RuleEdition, day: date) -> str:
    """Draft, to come, in force or over, on a day."""
    if row.state == RuleState.DRAFT or row.valid_from is None:
        return str(RuleState.DRAFT.label)
    if row.valid_from > day:
        return _("未到执行日")
    return _("已停止") if row.valid_to is not None and row.valid_to < day else _("执行中")
