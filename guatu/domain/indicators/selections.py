"""The selections of entries that the counts are made of, each computed once for a whole list."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property

from guatu.domain.indicators.facts import EntryFacts, ListRules, kind_shown

Entries = Sequence[EntryFacts]


class Selections:
    """The entries of a list at a date by what holds of them; a property of the same name for every count.

    Built over all standing entries of the asked lists, before any cut: whether a list plans starts or resumptions at
    all is a fact of the whole list.
    """

    def __init__(self, entries: Entries, as_of: date, rules: ListRules) -> None:
        self.projects = entries
        self.as_of = as_of
        self.rules = rules

    @cached_property
    def new_starts_planned(self) -> Entries:
        new = [entry for entry in self.projects if entry.kind == "new_start"]
        return [entry for entry in new if not entry.completes_this_year] if self.rules.kinds_exclusive else new

    @cached_property
    def new_starts_due(self) -> Entries:
        """New starts planned by the date; all of them where the list plans no start at all."""
        day = self.as_of
        planning = {entry.list_id for entry in self.projects if entry.planned_start is not None}
        return [
            entry
            for entry in self.new_starts_planned
            if (entry.list_id not in planning if entry.planned_start is None else entry.planned_start <= day)
        ]

    @cached_property
    def new_starts_started(self) -> Entries:
        return self._started(self.new_starts_planned)

    @cached_property
    def started(self) -> Entries:
        return self._started(self.projects)

    @cached_property
    def start_base(self) -> Entries:
        return self.projects if self.rules.start_rate_base == "all" else self.new_starts_planned

    @cached_property
    def started_of_base(self) -> Entries:
        return self.started if self.rules.start_rate_base == "all" else self.new_starts_started

    @cached_property
    def under_construction(self) -> Entries:
        day = self.as_of
        return [
            entry
            for entry in self.started
            if not entry.suspended and (entry.completed_on is None or entry.completed_on > day)
        ]

    @cached_property
    def completed(self) -> Entries:
        day = self.as_of
        return [entry for entry in self.projects if entry.completed_on is not None and entry.completed_on <= day]

    @cached_property
    def in_production(self) -> Entries:
        day = self.as_of
        return [entry for entry in self.projects if (on := entry.in_production_on) is not None and on <= day]

    @cached_property
    def full_output(self) -> Entries:
        day = self.as_of
        return [entry for entry in self.projects if entry.full_output_on is not None and entry.full_output_on <= day]

    @cached_property
    def begun_before(self) -> Entries:
        """Begun before the list's year: continuing ones, and completing ones where kinds are exclusive."""
        candidates = [entry for entry in self.projects if entry.kind != "preliminary"]
        shown = {"continuing", "completing"}
        return [entry for entry in candidates if kind_shown(entry, self.rules) in shown]

    @cached_property
    def resumed(self) -> Entries:
        day = self.as_of
        return [entry for entry in self.begun_before if entry.resumed_on is not None and entry.resumed_on <= day]

    @cached_property
    def resumed_planned(self) -> Entries:
        """Those planned to resume by the date; all that began before where the list plans no resumption at all."""
        day = self.as_of
        planning = {entry.list_id for entry in self.projects if entry.planned_resume is not None}
        return [
            entry
            for entry in self.begun_before
            if (entry.list_id not in planning if entry.planned_resume is None else entry.planned_resume <= day)
        ]

    @cached_property
    def resumed_started(self) -> Entries:
        return [*self.resumed, *self.new_starts_started]

    @cached_property
    def resumed_started_planned(self) -> Entries:
        return [*self.resumed_planned, *self.new_starts_due]

    @cached_property
    def suspended(self) -> Entries:
        return [entry for entry in self.projects if entry.suspended]

    @cached_property
    def completions_planned(self) -> Entries:
        return [entry for entry in self.projects if entry.completes_this_year or entry.kind == "completing"]

    @cached_property
    def on_schedule(self) -> Entries:
        return [entry for entry in self.projects if entry.on_schedule]

    @cached_property
    def judged(self) -> Entries:
        """Those of whom it is known whether they are on schedule."""
        return [entry for entry in self.projects if entry.on_schedule is not None]

    @cached_property
    def with_problems(self) -> Entries:
        return [entry for entry in self.projects if entry.has_problem]

    @cached_property
    def reported(self) -> Entries:
        day = self.as_of
        return [entry for entry in self.projects if entry.reading_on is not None and entry.reading_on <= day]

    @cached_property
    def unreported(self) -> Entries:
        day = self.as_of
        return [entry for entry in self.projects if entry.reading_on is None or entry.reading_on > day]

    def _started(self, entries: Entries) -> Entries:
        day = self.as_of
        return [entry for entry in entries if entry.started_on is not None and entry.started_on <= day]

    def named(self, code: str) -> Entries:
        """The selection of a count's code."""
        selection: Entries = getattr(self, code)
        return selection
