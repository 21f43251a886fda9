"""Projects, who answers for them, their stages, the annual lists and what each list says of a project."""

from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from guatu.core.dated import DatedFact, DatedQuerySet, known_on
from guatu.core.fields import MoneyField, OfficeRow
from guatu.library.choices import (
    AmendmentKind,
    DoubtChoice,
    DraftState,
    EntryKind,
    InvestorKind,
    Level,
    ListState,
    ManagementLayer,
    NameOrigin,
    Nature,
    Role,
    Secrecy,
    Stage,
    StartBase,
    TimeBasis,
)
from guatu.people.models import Post, Region, Unit

STANDS = Q(superseded_at__isnull=True)


def stands_once(name: str, *fields: str) -> models.UniqueConstraint:
    """Of a fact only one row of its dates stands."""
    return models.UniqueConstraint(fields=[*fields, "effective_on", "booked_on"], condition=STANDS, name=name)


class ProjectClass(OfficeRow):
    """A class of a region's lists, from their category rows; two levels (一、产业类 / （一）先进制造)."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    order = models.IntegerField(default=0)
    withdrawn = models.BooleanField(default=False)  # made by an import that was undone; core.undoing

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region", "parent", "name"], nulls_distinct=False, name="class_once_in_region"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Theme(OfficeRow):
    """A strategic theme (都市圈、十四五、城市更新); a project may have several, so cuts by theme do not add up."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    order = models.IntegerField(default=0)
    withdrawn = models.BooleanField(default=False)  # made by an import that was undone

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "name"], name="theme_once_in_region")]

    def __str__(self) -> str:
        return self.name


class Project(OfficeRow):
    """One construction project, from idea to full output: its identity and what no figure counts.

    Counted attributes are `ProjectProfile` facts. Only actions write the cache, `guatu check-caches` recomputes it;
    `total_investment`, `unit` and `lead` hold from `held_from` to before `held_until`. `withdrawn`: an import that was
    undone had made it; it is in no list, page or search, and registered again it comes back under its public id.
    """

    name = models.CharField(max_length=160)
    initials = models.CharField(max_length=160)  # pinyin initials, for search
    sort_key = models.CharField(max_length=200, db_index=True)  # pinyin, for order
    match_key = models.CharField(max_length=160, db_index=True)  # name without brackets, spaces and marks
    code = models.CharField(max_length=40, blank=True, db_index=True)  # as typed
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="projects")
    scale = models.TextField(blank=True)
    content = models.TextField(blank=True)
    address = models.CharField(max_length=200, blank=True)
    longitude = models.DecimalField(max_digits=10, decimal_places=7, null=True, blank=True)  # CGCS2000, degrees
    latitude = models.DecimalField(max_digits=10, decimal_places=7, null=True, blank=True)
    boundary = models.JSONField(null=True, blank=True)  # GeoJSON polygon, CGCS2000
    years = models.CharField(max_length=40, blank=True)  # 起止年限 as typed
    owner_name = models.CharField(max_length=120, blank=True)
    owner_credit_code = models.CharField(max_length=18, blank=True)  # as typed
    contact = models.CharField(max_length=60, blank=True)
    contact_phone = models.CharField(max_length=30, blank=True)
    funding = models.CharField(max_length=200, blank=True)
    intensity_per_mu = MoneyField(null=True, blank=True)  # yuan per 亩
    tax_per_mu = MoneyField(null=True, blank=True)  # yuan per 亩 and year
    land_mu = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    jobs = models.IntegerField(null=True, blank=True)
    secrecy = models.CharField(max_length=10, choices=Secrecy, default=Secrecy.OPEN)
    promoted = models.BooleanField(default=False)  # 招商引资 or social capital: only these are signed and landed
    is_package = models.BooleanField(default=False)
    package = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="sub_projects")
    plan_document = models.CharField(max_length=160, blank=True)  # 一套方案: the paper that holds the plan
    remark = models.TextField(blank=True)
    confirmed = models.BooleanField(default=True)
    withdrawn = models.BooleanField(default=False)
    # cache
    code_doubts = models.CharField(max_length=40, blank=True)  # kinds of code that break their rule
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.IDEA)
    stage_on = models.DateField(null=True, blank=True)
    last_reading_on = models.DateField(null=True, blank=True)
    last_cumulative = MoneyField(null=True, blank=True)
    total_investment = MoneyField(null=True, blank=True)  # of the profile
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")  # responsible
    lead = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    held_from = models.DateField(null=True, blank=True)
    held_until = models.DateField(null=True, blank=True)
    CACHED_KEYS = frozenset({"unit", "lead"})  # no row is in use by them
    TRAIL_PERSONAL = frozenset({"contact", "contact_phone"})

    class Meta:
        indexes = [
            models.Index(fields=["region", "sort_key"], name="project_region_name"),
            models.Index(
                # All that the counts and sums over a whole library ask: they are read from here, not from the rows.
                fields=[
                    "region",
                    "withdrawn",
                    "package",
                    "held_from",
                    "held_until",
                    "total_investment",
                    "last_cumulative",
                ],
                name="project_sums",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def trail_salt(self) -> str:
        """Salt of the contact's fields in the trail."""
        return str(self.public_id)


class ProjectProfile(DatedFact):
    """The attributes of a project that figures count or cut by, from a date on."""

    KEY = ("project_id",)

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="profiles")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    industry = models.CharField(max_length=10, blank=True)  # GB/T 4754, as far as it is known
    nature = models.CharField(max_length=12, choices=Nature, blank=True)
    investor = models.CharField(max_length=8, choices=InvestorKind, blank=True)
    total_investment = MoneyField(null=True, blank=True)
    themes = models.JSONField(default=list)  # ids of Theme, sorted

    class Meta:
        constraints = [stands_once("profile_stands_once", "project")]
        indexes = [models.Index(fields=["project", "effective_on"], name="profile_project")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.effective_on}"


class StageQuerySet(DatedQuerySet["StageChange"]):
    """Reading steps: their date is what they say, so the latest booking of a step decides, not the latest date."""

    def reached(self, day: date, *, known: date | None = None, restated: bool = False) -> Self:
        """The steps that had been taken at the end of `day`: as booked, or restated."""
        rows = self.filter(known_on(known))
        if not restated:
            rows = rows.filter(Q(booked_on__lte=day))
        rank = Window(
            RowNumber(),
            partition_by=[F(name) for name in self.model.KEY],
            order_by=[F("booked_on").desc(), F("id").desc()],
        )
        last = rows.annotate(_rank=rank).filter(_rank=1).values("pk")
        return self.filter(pk__in=last, effective_on__lte=day, withdrawn=False)


class StageChange(DatedFact):
    """A project's step to a stage, with the day of the step. `resumed` marks a return to work after a stop.

    A project may stop and resume more than once: `occurrence` counts. A step that turned out not to have been taken is
    `withdrawn` by a later booking. A gate that was not met names who let it pass and why; that stays on the project
    for ever. Read steps by `objects.reached(day)`, not by `as_of`.
    """

    KEY = ("project_id", "stage", "resumed", "occurrence")

    objects: ClassVar[Any] = StageQuerySet.as_manager()

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="stage_changes")
    stage = models.CharField(max_length=20, choices=Stage)
    resumed = models.BooleanField(default=False)
    occurrence = models.PositiveSmallIntegerField(default=0)
    withdrawn = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    document = models.CharField(max_length=160, blank=True)
    unmet = models.JSONField(default=list)
    passed_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [stands_once("stage_stands_once", "project", "stage", "resumed", "occurrence")]
        indexes = [models.Index(fields=["project", "effective_on"], name="stage_project")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.stage} {self.effective_on}"


class Assignment(DatedFact):
    """Who answers for a project in a role from a date on; a row with neither unit nor post ends the role."""

    KEY = ("project_id", "role", "slot")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=16, choices=Role)
    slot = models.PositiveSmallIntegerField(default=0)  # several supporting units: 0, 1, 2 …
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments")
    document = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [stands_once("assignment_stands_once", "project", "role", "slot")]
        indexes = [
            models.Index(fields=["project", "role"], name="assignment_project"),
            models.Index(fields=["unit", "role"], name="assignment_unit"),
            models.Index(fields=["post", "role"], name="assignment_post"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.role}"


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


class Gate(OfficeRow):
    """The conditions a region demands before a stage: rules over named facts, as data, with dates of validity."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="gates")
    stage = models.CharField(max_length=20, choices=Stage)
    rules = models.JSONField(default=list)  # [{"fact", "op", "value", "why"}]
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.region} {self.stage}"


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
