"""Readings, the stored fact of progress; the reports that bring them; what they rest on; the sheets that go and come.

A report is the unit's paper for a period. What it says of money becomes `Reading` facts step by step: claimed when it
is submitted, checked when the unit approves it, confirmed when the office accepts it.
"""

from django.db import models
from django.db.models import Q

from guatu.core.dated import DatedFact
from guatu.core.editions import RuleEdition
from guatu.core.fields import MoneyField, OfficeRow
from guatu.core.models import Attachment
from guatu.domain.mix import InvestmentMix
from guatu.domain.periods import Period
from guatu.library.models import AnnualList, Project, stands_once
from guatu.people.models import Post, Region, Unit
from guatu.plans.models import Node
from guatu.reporting.choices import (
    Basis,
    EvidenceKind,
    FindingState,
    Means,
    ReadBackState,
    ReportKind,
    ReportState,
    ReturnState,
    Truth,
)


class Reading(DatedFact):
    """How far a project had come on a day, by one basis: cumulative since the start and this year's to date.

    A period's amount is the difference of two readings. `ytd` and `cumulative` follow from each other by the reading of
    the last year's end; either may be empty while that is not known.
    """

    KEY = ("project_id", "basis", "truth")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="readings")
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.DISPATCH)
    truth = models.CharField(max_length=10, choices=Truth, default=Truth.CONFIRMED)
    cumulative = MoneyField(null=True, blank=True)
    ytd = MoneyField(null=True, blank=True)
    preliminary_cost = MoneyField(default=0)  # 前期费用 of this year, shown apart
    percent = models.IntegerField(null=True, blank=True)  # physical progress in hundredths of a per cent
    words = models.TextField(blank=True)
    problem = models.TextField(blank=True)
    next_plan = models.TextField(blank=True)
    remark = models.TextField(blank=True)
    # the composition, as far as it was told; of which amount it is, `InvestmentMix.of` tells
    mix_construction = MoneyField(null=True, blank=True)
    mix_installation = MoneyField(null=True, blank=True)
    mix_equipment = MoneyField(null=True, blank=True)
    mix_other = MoneyField(null=True, blank=True)
    estimate = models.BooleanField(default=False)  # 预计数, after the cut-off
    period = models.CharField(max_length=12, blank=True)  # 2019-03, 2019-W12: what it was reported for
    source = models.CharField(max_length=160, blank=True)  # the file or way it came by

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "basis", "truth", "effective_on", "booked_on"],
                condition=Q(superseded_at__isnull=True),
                name="reading_stands_once",
            )
        ]
        indexes = [models.Index(fields=["basis", "project", "effective_on"], name="reading_series")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.effective_on}"

    @property
    def mix(self) -> InvestmentMix:
        """The composition that was told."""
        return InvestmentMix(self.mix_construction, self.mix_installation, self.mix_equipment, self.mix_other)

    @mix.setter
    def mix(self, told: InvestmentMix) -> None:
        self.mix_construction, self.mix_installation = told.construction, told.installation
        self.mix_equipment, self.mix_other = told.equipment, told.other


# -- what is asked for, and when ---------------------------------------------------------------------------------------
class Campaign(OfficeRow):
    """A watch with an end (开复工日调度、汛期值守): daily sheets are asked for as long as it runs, and never after.

    `fields` are the columns of its day sheet as `domain.watch` reads them: code, name, kind, measure.
    """

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="campaigns")
    annual_list = models.ForeignKey(AnnualList, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=80)
    starts_on = models.DateField()
    ends_on = models.DateField()
    document = models.CharField(max_length=160, blank=True)  # the paper that ordered it
    fields = models.JSONField()
    withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region", "name"], condition=Q(withdrawn=False), name="campaign_once_in_region"
            )
        ]

    def __str__(self) -> str:
        return self.name


class CampaignDay(DatedFact):
    """What one project said on a day of a campaign: the values of the sheet's fields by code."""

    KEY = ("campaign_id", "project_id")

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="days")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="campaign_days")
    values = models.JSONField()
    means = models.CharField(max_length=10, choices=Means, default=Means.PRODUCT)

    class Meta:
        constraints = [stands_once("campaign_day_stands_once", "campaign", "project")]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.project_id} {self.effective_on}"


class ReportRule(RuleEdition):
    """One edition of what a region asks for: which projects report how often, what, and by when.

    `rule` is data that `domain.rhythm` reads: whom it asks, the due day and hour, the cut-off, the fields, and where
    fewer reports do. A draft, or in force from a day on and then never edited.
    """

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="report_rules")
    kind = models.CharField(max_length=10, choices=ReportKind)
    rule = models.JSONField()
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, null=True, blank=True, related_name="rules")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "code", "edition"], name="report_rule_edition_once"),
            models.UniqueConstraint(
                fields=["region", "code", "valid_from"],
                condition=Q(valid_from__isnull=False),
                name="report_rule_one_from_a_day",
            ),
        ]


# -- the report --------------------------------------------------------------------------------------------------------
class Report(OfficeRow):
    """One project's report for one period. What it says is `content` (`reporting.content`), typed once.

    `on` is the day of which its money is true: the period's cut-off. `estimate`: what lies after the cut-off is
    expected, not done, and is replaced later.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=10, choices=ReportKind)
    period = models.CharField(max_length=12)  # 2026-W12, 2026-03
    start = models.DateField()
    end = models.DateField()
    on = models.DateField()
    due = models.DateTimeField(null=True, blank=True)  # as it was asked for when the report was begun
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.DRAFT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="reports")
    content = models.JSONField(default=dict)
    edition = models.PositiveIntegerField(default=0)  # how often it was submitted
    estimate = models.BooleanField(default=False)
    means = models.CharField(max_length=10, choices=Means, default=Means.PRODUCT)
    submitted_by = models.CharField(max_length=120, blank=True)  # the post's title, never a person's name
    submitted_by_user = models.BigIntegerField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.CharField(max_length=120, blank=True)
    checked_by_user = models.BigIntegerField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    check_means = models.CharField(max_length=10, choices=Means, blank=True)
    accepted_by = models.CharField(max_length=120, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.CharField(max_length=120, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_reason = models.TextField(blank=True)
    to_confirm = models.BooleanField(default=False)  # 代录: said by phone, the unit has still to confirm it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "kind", "period"], name="report_once_in_period")]
        indexes = [
            models.Index(fields=["kind", "period", "state"], name="report_of_period"),
            models.Index(fields=["unit", "state"], name="report_of_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.period}"

    @property
    def period_words(self) -> str:
        """Its period in words."""
        return Period.parse(self.period).label_zh


class ReportEdition(models.Model):
    """A report as it was submitted each time: what was said, by which post, in which way. Never changed."""

    id = models.BigAutoField(primary_key=True)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    means = models.CharField(max_length=10, choices=Means)
    submitted_by = models.CharField(max_length=120)
    submitted_at = models.DateTimeField()

    ABOUT = "report"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="report_edition_once")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.number}"


# -- evidence ----------------------------------------------------------------------------------------------------------
class EvidenceRule(OfficeRow):
    """What counts as evidence in a region: for a node by what it closes or is called, or for a reported figure.

    `rule` is data that `domain.evidence` reads: to what it applies, which kinds are asked for, and how many.
    """

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="evidence_rules")
    name = models.CharField(max_length=80)
    rule = models.JSONField()
    order = models.PositiveIntegerField(default=0)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Evidence(OfficeRow):
    """A photo or paper behind a reported fact. The original is kept as it came; its thumbnail is made from it.

    Time and place are the picture's own words (EXIF), empty where it has none, which is normal: WeChat strips them.
    `prints` are its perceptual hashes (core.pictures): of the whole, mirrored, of its parts.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="evidence")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence")
    node = models.ForeignKey(Node, on_delete=models.PROTECT, null=True, blank=True, related_name="proofs")
    kind = models.CharField(max_length=14, choices=EvidenceKind, default=EvidenceKind.PHOTO)
    original = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    thumbnail = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    number = models.CharField(max_length=80, blank=True)  # of a permit or voucher
    caption = models.CharField(max_length=160, blank=True)
    on = models.DateField()  # of which day it speaks: as told, else as taken, else as handed in
    taken_at = models.DateTimeField(null=True, blank=True)
    longitude = models.DecimalField(max_digits=10, decimal_places=7, null=True, blank=True)  # CGCS2000, degrees
    latitude = models.DecimalField(max_digits=10, decimal_places=7, null=True, blank=True)
    prints = models.BinaryField(default=bytes)
    client_id = models.UUIDField(null=True, blank=True, unique=True)  # made by the phone, so that it is kept once
    withdrawn = models.BooleanField(default=False)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["project", "on"], name="evidence_of_project")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.kind} {self.on}"


class EvidenceFinding(OfficeRow):
    """Something about a picture or paper that somebody has to look at (待核实): never a verdict, a light or a score."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="findings")
    code = models.CharField(max_length=40)  # evidence.reused, evidence.before_period, evidence.off_site …
    against = models.ForeignKey(Evidence, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    params = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=FindingState, default=FindingState.OPEN)
    answer = models.CharField(max_length=300, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evidence", "code", "against"], name="finding_once", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return f"{self.evidence_id} {self.code}"


# -- sheets that go out and come back ----------------------------------------------------------------------------------
class SentWorkbook(OfficeRow):
    """A unit's workbook or printed sheet as it went out: its rows and values at that moment are the base of a merge."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="workbooks")
    annual_list = models.ForeignKey(AnnualList, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=10, choices=ReportKind)
    period = models.CharField(max_length=12)
    on = models.DateField()
    check_code = models.CharField(max_length=16, unique=True)  # printed on the sheet
    content = models.JSONField()  # columns and rows as sent, by project public id and column code
    paper = models.BooleanField(default=False)  # printed to be stamped, not a workbook
    sent_to = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sent_by = models.CharField(max_length=120)
    sent_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["unit", "kind", "period"], name="workbook_of_period")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.period} {self.check_code}"

    @property
    def period_words(self) -> str:
        """Its period in words."""
        return Period.parse(self.period).label_zh


class WorkbookReturn(OfficeRow):
    """A workbook or stamped sheet that came back: what it says beside what was sent, and what was decided of it."""

    sent = models.ForeignKey(SentWorkbook, on_delete=models.PROTECT, related_name="returns")
    original = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()  # rows as returned
    decisions = models.JSONField(default=dict)  # of conflicts, by row and column
    state = models.CharField(max_length=10, choices=ReturnState, default=ReturnState.WAITING)
    returned_by = models.CharField(max_length=120)
    returned_at = models.DateTimeField()
    merged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sent", "original"], name="workbook_returned_once")]

    def __str__(self) -> str:
        return f"return of {self.sent_id}"


# -- sheets of other systems -------------------------------------------------------------------------------------------
class SheetLayout(OfficeRow):
    """One edition of another system's sheet as a region uses it; `layout` is data that `layouts.schema` reads.

    Never edited: changed columns are a new edition, and the former one is `replaced`.
    """

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="sheet_layouts")
    code = models.CharField(max_length=40)
    edition = models.PositiveIntegerField()
    layout = models.JSONField()
    made_by = models.CharField(max_length=120)  # the post's title, never a person's name
    made_at = models.DateTimeField()
    replaced = models.BooleanField(default=False)  # by a later edition, or no longer in use

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "code", "edition"], name="sheet_layout_edition_once"),
            models.UniqueConstraint(
                fields=["region", "code"], condition=Q(replaced=False), name="sheet_layout_one_in_use"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.layout.get('name', self.code)} {self.edition}"


class LayoutExport(OfficeRow):
    """A sheet that was filled for another system: which cells it took over, so that nobody has to type them there."""

    layout = models.ForeignKey(SheetLayout, on_delete=models.PROTECT, related_name="exports")
    annual_list = models.ForeignKey(AnnualList, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=12)
    filled = models.JSONField()  # project public id → codes of the sources that were filled
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["period", "made_at"], name="layout_export_of_period")]

    def __str__(self) -> str:
        return f"{self.layout_id} {self.period}"


class LayoutReturn(OfficeRow):
    """Another system's export that was read back: the file as it came, what was decided of its rows."""

    layout = models.ForeignKey(SheetLayout, on_delete=models.PROTECT, related_name="returns")
    annual_list = models.ForeignKey(AnnualList, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=12)
    as_of = models.DateField()
    original = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    counts = models.JSONField(default=dict)
    decisions = models.JSONField(default=dict)  # of doubtful rows: row → project public id, "" for none of ours
    state = models.CharField(max_length=10, choices=ReadBackState, default=ReadBackState.WAITING)
    returned_by = models.CharField(max_length=120)
    returned_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["layout", "annual_list", "period", "original"], name="layout_returned_once")
        ]

    def __str__(self) -> str:
        return f"{self.layout_id} {self.period}"

    @property
    def period_words(self) -> str:
        """Its period in words."""
        return Period.parse(self.period).label_zh


class HeldValue(OfficeRow):
    """What another system holds of a project for a period: it is not typed here. `source` is of `layouts.sources`."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="held_values")
    source = models.CharField(max_length=60)
    period = models.CharField(max_length=12)
    system = models.CharField(max_length=40)  # in its own words: 统计联网直报
    value = models.JSONField()  # yuan, hundredths of a per cent, ISO day or text, as the source's kind has it
    as_of = models.DateField()
    read_at = models.DateTimeField()
    returned = models.ForeignKey(LayoutReturn, on_delete=models.PROTECT, related_name="values")
    withdrawn = models.BooleanField(default=False)  # the file was taken back: it is typed here again

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "source", "period", "system"], name="held_value_once")
        ]
        indexes = [models.Index(fields=["period", "project"], name="held_of_period")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.source} {self.period}"
