"""Which closures and sittings hold in a region, or for one thing in it: its own rows and those of the regions above."""

from datetime import date

from django.db.models import Q

from guatu.people.models import Region, SittingRule, WorkClosure
from guatu.people.queries.calendar import EVERYTHING, Subject, occurrences
from guatu.people.sittings import sitting_words


def sittings_for(region: Region) -> dict[str, SittingRule]:
    """The standing rules by name: the region's own, or the nearest above it."""
    rows = SittingRule.objects.filter(ended_on=None, region__path__in=region.lineage).select_related("region")
    return {row.name: row for row in sorted(rows, key=lambda row: len(row.region.path))}


def sitting_words_for(region: Region) -> dict[str, str]:
    """When each of them sits, in words (每周三), by name."""
    return {name: sitting_words(row.weekdays, row.weeks) for name, row in sorted(sittings_for(region).items())}


def closures_for(region: Region, subject: Subject, on: date) -> list[tuple[WorkClosure, date, date]]:
    """The closures that hold there from a day on with their next days (first and last), earliest first: those of
    everything and those of the subject.
    """
    own = Q(region=region) | Q(region__path__in=region.lineage, with_lower=True)
    limited = Q(subject_kind=EVERYTHING[0]) | Q(subject_kind=subject[0], subject_id=subject[1])
    rows = WorkClosure.objects.filter(own, limited).select_related("region")
    found = []
    for row in rows:
        ahead = next((days for days in occurrences(row) if days.end >= on), None)
        if ahead is not None:
            found.append((row, ahead.start, ahead.end))
    return sorted(found, key=lambda one: (one[1], one[0].pk))
