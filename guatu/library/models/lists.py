"""The annual lists: their batches, adjustments, check points, what each says of a project, and what is closed."""

from django.db import models
from django.db.models import Q

from guatu.core.dated import DatedFact
from guatu.core.fields import MoneyField, OfficeRow
from guatu.library.choices import (
    AmendmentKind,
    EntryKind,
    Level,
    ListState,
    ManagementLayer,
    StartBase,
    TimeBasis,
)
from guatu.library.models.projects import Project, ProjectClass, stands_once
from guatu.people.models import Region


class AnnualList(OfficeRow):
    """The year's list of one level and region. Its settings say how its figures are counted and printed."""

    level = models.CharField(max_length=10, choices=Level)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="lists")
    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=12, choices=ListState, default=ListState.PROVISIONAL)
    start_base = models.CharField(max_length=12, choices=StartBase, default=StartBase.NEW_STARTS)
    time_basis = models.CharField(max_length=8, choices=TimeBasis, default=TimeBasis.MONTHS)
    decimals = models.PositiveSmallIntegerField(default=1)  # places of printed rates
    kinds_exclusive = models.BooleanField(default=False)
    counts_preliminary_cost = models.BooleanField(default=False)
    cut_off_day = models.PositiveSmallIntegerField(default=0)  # day of the month that closes it; 0: the last day
    withdrawn = models.BooleanField(default=False)  # made by an import that was undone, and empty

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "level", "year"], name="list_once")]

    def __str__(self) -> str:
        return self.name


class ListBatch(OfficeRow):
    """One issue of a list, with its document number and date."""

    annual_list = models.ForeignKey(AnnualList, on_delete=models.PROTECT, related_name="batches")
    number = models.PositiveSmallIntegerField(default=1)
    document_number = models.CharField(max_length=80, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    withdrawn = models.BooleanField(default=False)  # as of a list

    class Meta:
        constraints = [models.UniqueConstraint(fields=["annual_list", "number"], name="batch_once")]

    def __str__(self) -> str:
        return f"{self.annual_list} {self.number}"


class CheckPoint(OfficeRow):
    """A named date of a list (双过半, 国庆前), set once and used by trajectory, bulletins and the wall chart."""

    annual_list = models.ForeignKey(AnnualList, on_delete=models.PROTECT, related_name="check_points")
    name = models.CharField(max_length=40)
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["annual_list", "name"], name="check_point_once")]

    def __str__(self) -> str:
        return self.name


class Amendment(OfficeRow):
    """An adjustment document: projects taken in, taken out or changed, with the totals before and after."""

    annual_list = models.ForeignKey(AnnualList, on_delete=models.PROTECT, related_name="amendments")
    kind = models.CharField(max_length=8, choices=AmendmentKind)
    document = models.CharField(max_length=160)
    reason = models.TextField()
    approved_by = models.CharField(max_length=120)
    effective_on = models.DateField()
    projects_before = models.IntegerField()
    projects_after = models.IntegerField()
    total_before = MoneyField()
    total_after = MoneyField()
    planned_before = MoneyField()
    planned_after = MoneyField()

    def __str__(self) -> str:
        return self.document


class ListEntry(DatedFact):
    """What a list says of a project from a date on: its kind this year and its year's plan. `listed=False` ends it."""

    KEY = ("annual_list_id", "project_id")

    annual_list = models.ForeignKey(AnnualList, on_delete=models.PROTECT, related_name="entries")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="entries")
    listed = models.BooleanField(default=True)
    batch = models.ForeignKey(ListBatch, on_delete=models.PROTECT, null=True, blank=True, related_name="entries")
    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, null=True, blank=True, related_name="entries")
    number = models.PositiveIntegerField(default=0)  # 序号
    kind = models.CharField(max_length=12, choices=EntryKind, blank=True)
    completes_this_year = models.BooleanField(default=False)
    project_class = models.ForeignKey(ProjectClass, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    planned_investment = MoneyField(null=True, blank=True)
    planned_start = models.DateField(null=True, blank=True)
    planned_finish = models.DateField(null=True, blank=True)
    planned_resume = models.DateField(null=True, blank=True)
    goal = models.TextField(blank=True)
    quarter_goals = models.JSONField(default=list)  # up to four texts
    layer = models.CharField(max_length=14, choices=ManagementLayer, blank=True)
    document = models.CharField(max_length=160, blank=True)  # the document and clause that it carries out
    mark = models.CharField(max_length=4, blank=True)  # ★ ☆ ▲ as printed

    class Meta:
        constraints = [stands_once("entry_stands_once", "annual_list", "project")]
        indexes = [
            models.Index(fields=["annual_list", "effective_on"], name="entry_list"),
            models.Index(fields=["project"], name="entry_project"),
        ]

    def __str__(self) -> str:
        return f"{self.annual_list_id} {self.project_id}"


class ClosedPeriod(OfficeRow):
    """A list's figures up to a day are locked: a later correction names this period and is booked in an open one.

    It is opened again by two posts, one that asks and one that approves; the row stays and says so. What the closing
    kept (its snapshot) stays as it was.
    """

    annual_list = models.ForeignKey(AnnualList, on_delete=models.PROTECT, related_name="closed_periods")
    until = models.DateField()
    closed_at = models.DateTimeField()
    closed_by = models.CharField(max_length=120, blank=True)  # the post's title; empty in rows of before it was kept
    open_items = models.JSONField(default=dict)  # by check, how many points were open when it was closed
    reason = models.CharField(max_length=300, blank=True)  # why it was closed with open points
    reopen_reason = models.CharField(max_length=300, blank=True)
    reopen_asked_by = models.CharField(max_length=120, blank=True)
    reopen_asked_by_user = models.BigIntegerField(null=True, blank=True)
    reopen_asked_at = models.DateTimeField(null=True, blank=True)
    reopened_by = models.CharField(max_length=120, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["annual_list", "until"], condition=Q(reopened_at__isnull=True), name="closed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.annual_list} {self.until}"
