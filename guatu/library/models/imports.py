"""Imports under way, and what people decided about names and columns on the way."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from guatu.core.fields import OfficeRow
from guatu.library.choices import (
    DoubtChoice,
    DraftState,
    Level,
    NameOrigin,
)
from guatu.library.models.projects import Project
from guatu.people.models import Post, Region


class ImportDraft(OfficeRow):
    """An import under way: the file, what the person said about it, and what would come of it (`report`).

    The report and its digest are made by carrying the import out and taking it back; they are no office facts.
    """

    kind = models.CharField(max_length=10)  # plan, progress
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=10, choices=Level)
    year = models.PositiveSmallIntegerField()
    batch = models.PositiveSmallIntegerField(null=True, blank=True)
    period = models.CharField(max_length=12, blank=True)  # of a progress sheet: 2019-03, 2019-W12
    basis = models.CharField(max_length=10, blank=True)  # of a progress sheet: reporting.choices.Basis
    unit = models.CharField(max_length=4, blank=True)  # 元, 万元, 亿元 where the file prints none
    mapping = models.JSONField(default=dict)  # heading → field, as core.sheets.mapping reads it
    file_name = models.CharField(max_length=200)
    file_digest = models.CharField(max_length=64)  # SHA-256 of the file; its bytes are an attachment
    reason = models.TextField(blank=True)  # why a cumulative amount falls
    approver = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=DraftState, default=DraftState.WAITING)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    job = models.UUIDField(null=True, blank=True)  # the background job that works on it
    entry = models.UUIDField(null=True, blank=True)  # the trail entry that applied it; no foreign key enters the trail
    # cache
    shape = models.CharField(max_length=32, blank=True)
    rows = models.PositiveIntegerField(default=0)
    report = models.JSONField(null=True, blank=True)
    preview = models.CharField(max_length=64, blank=True)  # digest of what was shown
    former = models.JSONField(default=dict)  # personal values as they were before it, which the trail has as digests

    class Meta:
        indexes = [models.Index(fields=["region", "state"], name="import_draft_region")]

    def __str__(self) -> str:
        return self.file_name


class OtherName(OfficeRow):
    """A name under which a project is found beside its own: one it bore before, or one that a person said means it.

    Rows are never deleted; one that no longer holds is withdrawn.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="other_names")
    name = models.CharField(max_length=160)
    match_key = models.CharField(max_length=160, db_index=True)
    how = models.CharField(max_length=8, choices=NameOrigin)
    since = models.DateTimeField()
    withdrawn = models.BooleanField(default=False)  # it holds no more

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "match_key"], condition=Q(withdrawn=False), name="other_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def trail_subject(self) -> tuple[str, str]:
        """A name belongs to its project's history."""
        return self.project.trail_subject()


class NotTheSame(OfficeRow):
    """A person said that a name does not mean this project, however alike: it is not asked again."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    match_key = models.CharField(max_length=160, db_index=True)
    since = models.DateTimeField()
    withdrawn = models.BooleanField(default=False)  # it holds no more

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "match_key"], condition=Q(withdrawn=False), name="not_the_same_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.match_key} {self.project_id}"


class ImportDecision(OfficeRow):
    """What was said of one doubtful row of an import under way. `key` is of the row's name and code, not of its place:
    a decision outlives every new check, and the columns being read otherwise.
    """

    draft = models.ForeignKey(ImportDraft, on_delete=models.PROTECT, related_name="decisions")
    key = models.CharField(max_length=220)
    name = models.CharField(max_length=160)
    choice = models.CharField(max_length=8, choices=DoubtChoice)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "key"], name="decision_once_a_row")]

    def __str__(self) -> str:
        return self.name


class RememberedMapping(OfficeRow):
    """What a person said about the columns of files of one shape; the next file of that shape is read the same way."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    shape = models.CharField(max_length=32)
    mapping = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "kind", "shape"], name="mapping_once_a_shape")]

    def __str__(self) -> str:
        return self.shape
