"""Projects, what is said of them, their stages, and who answers for them."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from guatu.core.dated import DatedFact, DatedQuerySet, known_on
from guatu.core.fields import MoneyField, OfficeRow
from guatu.library.choices import (
    InvestorKind,
    Nature,
    Role,
    Secrecy,
    Stage,
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


class Gate(OfficeRow):
    """The conditions a region demands before a stage: rules over named facts, as data, with dates of validity."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="gates")
    stage = models.CharField(max_length=20, choices=Stage)
    rules = models.JSONField(default=list)  # [{"fact", "op", "value", "why"}]
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.region} {self.stage}"
