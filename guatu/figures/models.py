"""Snapshots (a closing, a named snapshot and an issued bulletin are one thing), outside figures, rules of lights."""

from django.db import models

from guatu.core.dated import DatedFact
from guatu.core.editions import RuleEdition
from guatu.core.fields import OfficeRow
from guatu.library.models import AnnualList, Project
from guatu.people.models import Region
from guatu.reporting.choices import Basis


class Snapshot(OfficeRow):
    """A pair (as of, known at) with a name: its facts and printed figures are kept as rows and never computed again."""

    kind = models.CharField(max_length=10)  # named, closing, bulletin
    name = models.CharField(max_length=120)
    annual_list = models.ForeignKey(AnnualList, on_delete=models.PROTECT, related_name="snapshots")
    as_of = models.DateField()
    known_at = models.DateTimeField()
    basis = models.CharField(max_length=10)
    settings = models.JSONField()  # the list's settings at the time, and the truth asked for

    def __str__(self) -> str:
        return self.name


class SnapshotFact(models.Model):
    """One project's facts as they stood in a snapshot, as JSON of the figures' input."""

    id = models.BigAutoField(primary_key=True)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="facts")
    project_id = models.BigIntegerField()
    facts = models.JSONField()

    ABOUT = "snapshot"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["snapshot", "project_id"], name="snapshot_fact_once")]

    def __str__(self) -> str:
        return f"{self.snapshot_id} {self.project_id}"


class SnapshotFigure(models.Model):
    """One printed figure of a snapshot: which cut, which group, which indicator, its exact and its printed value."""

    id = models.BigAutoField(primary_key=True)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="figures")
    cut = models.CharField(max_length=40)  # "" for the whole, "class", "unit", "class,unit"
    group = models.CharField(max_length=200)  # group keys joined by a tab; empty for the whole
    indicator = models.CharField(max_length=40)
    value = models.CharField(max_length=40)  # integer or decimal as text; empty: no figure
    printed = models.CharField(max_length=40)

    ABOUT = "snapshot"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "cut", "group", "indicator"], name="snapshot_figure_once")
        ]

    def __str__(self) -> str:
        return f"{self.cut} {self.group} {self.indicator}"


class OutsideSeries(DatedFact):
    """A figure that somebody else published (growth of fixed-asset investment, rank, points above the city)."""

    KEY = ("region_id", "indicator", "period")
    ABOUT = "region"

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="outside_series")
    indicator = models.CharField(max_length=40)  # growth_percent, rank, points_above_parent …
    period = models.CharField(max_length=20)  # 2021-01..02: the statistics have no January
    value = models.CharField(max_length=40)  # decimal as text
    unit = models.CharField(max_length=20)
    source = models.CharField(max_length=160)

    def __str__(self) -> str:
        return f"{self.indicator} {self.period}"


class PublishedFigure(DatedFact):
    """One figure of a table that somebody else published: of a unit (or of the whole), in a cut, for a period.

    Kept as printed. The unit is the paper's own word, for it may be no unit of ours; a public paper is seen by all who
    see figures.
    """

    KEY = ("region_id", "source", "period", "cut", "stated_in", "item", "indicator")
    ABOUT = "region"

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="published_figures")
    source = models.CharField(max_length=160)
    period = models.CharField(max_length=20)  # 2021-09: the year's to the end of September
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.DISPATCH)
    cut = models.CharField(max_length=40, blank=True)  # 隶属, 类别; "" where the paper has one table only
    stated_in = models.CharField(max_length=20, blank=True)  # 正文, 汇总表: where the paper says it
    item = models.CharField(max_length=80, blank=True)  # 吉首市; "" for the whole
    indicator = models.CharField(max_length=40)
    value = models.CharField(max_length=40)  # a plain decimal as printed
    measure = models.CharField(max_length=10, blank=True)  # 亿元 or 万元, of amounts

    def __str__(self) -> str:
        return f"{self.period} {self.item} {self.indicator}"


class LightRuleSet(RuleEdition):
    """One edition of a region's rules of lights: a draft, or in force from a day on and then never edited.

    `rules` holds what `guatu.domain.lights.read_rules` reads, but for the columns here (code, name, edition, days).
    """

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="light_rules")
    rules = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "code", "edition"], name="light_rules_edition_once"),
            models.UniqueConstraint(
                fields=["region", "valid_from"],
                condition=models.Q(valid_from__isnull=False),
                name="light_rules_one_from_a_day",
            ),
        ]


class LightExemption(DatedFact):
    """A project's light is excused from a day (`effective_on`) to `until`, for a good reason, by somebody's approval.

    The light stays to be seen with this mark and does not count. To end one earlier, it is recorded again.
    """

    KEY = ("project_id",)

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="light_exemptions")
    until = models.DateField()
    reason = models.CharField(max_length=300)
    approved_by = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"{self.project} {self.effective_on} {self.until}"


class LightExplanation(OfficeRow):
    """What the unit says of its project's light; it stands beside the light, and a later one does not replace it."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="light_explanations")
    on = models.DateField()  # the day of the light
    text = models.CharField(max_length=500)
    said_by = models.CharField(max_length=120)  # the post's title, never a person's name
    said_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.project} {self.on}"
