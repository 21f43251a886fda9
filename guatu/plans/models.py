"""Plans: nodes and links, their dates as dated facts, drafts and approved versions; targets and their sheets."""

from django.db import models
from django.db.models import Q

from guatu.core.dated import DatedFact
from guatu.core.fields import MoneyField, OfficeRow
from guatu.library.models import AnnualList, Project, stands_once
from guatu.people.models import Region, Unit
from guatu.plans.choices import Dates, DraftState, DurationUnit, ItemStep, LinkType, PeriodKind, Profile


class Plan(OfficeRow):
    """A project's plan of nodes. What it says was approved; whoever would change it makes a `PlanDraft`."""

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="plan")
    deadline = models.DateField(null=True, blank=True)
    template = models.CharField(max_length=80, blank=True)  # what it was made from, in words
    approved = models.PositiveSmallIntegerField(default=0)  # number of the last approved version; 0 before the first

    def __str__(self) -> str:
        return f"plan of {self.project_id}"


class Node(OfficeRow):
    """One dated step of a plan; of no length it is a milestone. Its dates are `NodeDates`, its quantity `NodeQuantity`.

    `opens` and `closes` name the stage (library.choices.Stage) that the project reaches when the node begins or is
    done, so that the plan and the project's stages are held against each other.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="nodes")
    order = models.PositiveIntegerField()
    name = models.CharField(max_length=80)
    weight = models.PositiveIntegerField(default=1)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    evidence = models.CharField(max_length=160, blank=True)  # 佐证: what proves that it is done
    duration = models.PositiveIntegerField()
    duration_unit = models.CharField(max_length=8, choices=DurationUnit, default=DurationUnit.WORKDAY)
    start_no_earlier = models.DateField(null=True, blank=True)
    finish_no_later = models.DateField(null=True, blank=True)
    must_start = models.DateField(null=True, blank=True)
    must_finish = models.DateField(null=True, blank=True)
    crash_most = models.PositiveIntegerField(default=0)  # days by which it can be shortened
    crash_cost = MoneyField(default=0)  # yuan a day
    cost = MoneyField(default=0)  # yuan of the investment that the node makes up
    measure = models.CharField(max_length=10, blank=True)  # 户、亩、平方米、米、根、个
    quantity = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)  # total, in `measure`
    opens = models.CharField(max_length=20, blank=True)
    closes = models.CharField(max_length=20, blank=True)
    paper = models.BooleanField(default=False)  # 手续: counts the offices' work days, which no closure of sites stops
    sitting = models.CharField(max_length=60, blank=True)  # 会期: the body on whose sitting days alone it can be
    counts = models.CharField(max_length=12, choices=ItemStep, blank=True)  # 征迁: the step that its quantity counts
    withdrawn = models.BooleanField(default=False)  # dropped by a later version; its history stays

    class Meta:
        indexes = [models.Index(fields=["plan", "order"], name="node_order")]
        constraints = [
            models.UniqueConstraint(fields=["plan", "name"], condition=Q(withdrawn=False), name="node_once_in_plan")
        ]

    def __str__(self) -> str:
        return self.name


class Link(OfficeRow):
    """One node waits for another; `lag` counts days of the later node's calendar, negative ones overlap. Only
    what is not `technical` (工艺) may be offered to run side by side.
    """

    before = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="links_out")
    after = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="links_in")
    type = models.CharField(max_length=2, choices=LinkType, default=LinkType.FS)
    lag = models.IntegerField(default=0)
    technical = models.BooleanField(default=True)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["before", "after", "type"], condition=Q(withdrawn=False), name="link_once")
        ]

    def __str__(self) -> str:
        return f"{self.before_id} {self.type} {self.after_id}"


class NodeDates(DatedFact):
    """When a node begins and ends as planned, as expected, or as it was; true from the day it was decided or known."""

    KEY = ("node_id", "sort")
    ABOUT = "node"

    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="dates")
    sort = models.CharField(max_length=8, choices=Dates)
    start = models.DateField(null=True, blank=True)
    finish = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [stands_once("node_dates_stand_once", "node", "sort")]
        indexes = [models.Index(fields=["node", "sort", "effective_on"], name="node_dates_of")]

    def __str__(self) -> str:
        return f"{self.node_id} {self.sort} {self.start} {self.finish}"


class NodeQuantity(DatedFact):
    """How much of a node's quantity was done by a day: cumulative, in the node's measure."""

    KEY = ("node_id",)
    ABOUT = "node"

    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="quantities")
    done = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        constraints = [stands_once("quantity_stands_once", "node")]

    def __str__(self) -> str:
        return f"{self.node_id} {self.done}"


class NodeItem(OfficeRow):
    """One household or structure of a node that is counted one by one (征迁): its place and number there.

    `place` is the community or village in words, as the streets' registers have it; two of one name differ by it.
    """

    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="items")
    name = models.CharField(max_length=80)
    place = models.CharField(max_length=60, blank=True)
    number = models.CharField(max_length=30, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")  # the street
    amount = models.DecimalField(max_digits=14, decimal_places=2, default=1)  # in the node's measure
    withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["node", "place", "number", "name"], condition=Q(withdrawn=False), name="item_once_in_place"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ItemState(DatedFact):
    """How far one household or structure is, from a day on, and what holds it."""

    KEY = ("item_id",)
    ABOUT = "item"

    item = models.ForeignKey(NodeItem, on_delete=models.PROTECT, related_name="states")
    step = models.CharField(max_length=12, choices=ItemStep)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [stands_once("item_state_stands_once", "item")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.step}"


class PlanDraft(OfficeRow):
    """A plan being made or changed: its content as `plans.compute` reads it. It touches nothing until it is approved.

    `base` is the plan's version it was begun from; a plan that was approved meanwhile is a conflict, never overwritten.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="plan_drafts")
    content = models.JSONField()
    base = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=DraftState, default=DraftState.OPEN)
    reason = models.TextField(blank=True)
    made_by = models.CharField(max_length=120, blank=True)
    made_by_user = models.BigIntegerField(null=True)
    submitted_by_user = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    answered_by = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(state__in=[DraftState.OPEN, DraftState.SUBMITTED, DraftState.RETURNED]),
                name="one_draft_of_a_project",
            )
        ]

    def __str__(self) -> str:
        return f"draft of {self.project_id} {self.state}"


class PlanVersion(OfficeRow):
    """A version of a plan as it was approved (原计划 is the first): frozen, with who approved it, when and why."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    deadline = models.DateField(null=True, blank=True)
    approved_on = models.DateField()
    approved_by = models.CharField(max_length=120)
    document = models.CharField(max_length=160, blank=True)
    reason = models.TextField(blank=True)
    content = models.JSONField()  # the draft as it was approved: nodes, links, constraints

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="version_once")]

    def __str__(self) -> str:
        return f"{self.plan_id} v{self.number}"


class VersionNode(models.Model):
    """The dates of one node in an approved version; slip is measured against these."""

    id = models.BigAutoField(primary_key=True)
    plan_version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="nodes")
    node = models.ForeignKey(Node, on_delete=models.PROTECT, related_name="versions")
    start = models.DateField()
    finish = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan_version", "node"], name="node_once_in_version")]

    def __str__(self) -> str:
        return f"{self.plan_version_id} {self.node_id}"


class PlanTemplate(OfficeRow):
    """A ready plan for a type of project; a region's own stands before the ones that came with the product."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    words = models.TextField(blank=True)  # when to use it, and where it comes from
    content = models.JSONField()
    order = models.PositiveIntegerField(default=0)
    changed_by = models.CharField(max_length=120, blank=True)  # the post's title, never a person's name
    changed_on = models.DateField(null=True, blank=True)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region", "code"],
                condition=Q(withdrawn=False),
                nulls_distinct=False,
                name="template_once_in_region",
            )
        ]

    def __str__(self) -> str:
        return self.name


class TargetProfile(DatedFact):
    """How a project's year target in a list is spread; the target itself is the entry's planned investment."""

    KEY = ("project_id", "annual_list_id")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="target_profiles")
    annual_list = models.ForeignKey(AnnualList, on_delete=models.PROTECT, related_name="+")
    profile = models.CharField(max_length=8, choices=Profile, default=Profile.EVEN)
    weights = models.JSONField(default=list)  # twelve whole numbers where the profile is weights
    capacity_daily = MoneyField(null=True, blank=True)  # yuan a work day, where it was stated

    class Meta:
        constraints = [stands_once("target_profile_stands_once", "project", "annual_list")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.profile}"


class Target(DatedFact):
    """A target given by hand for one period of a project in a list (第n季, n月, 某周, 某日); the rest is spread."""

    KEY = ("project_id", "annual_list_id", "kind", "start")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="targets")
    annual_list = models.ForeignKey(AnnualList, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=PeriodKind)
    start = models.DateField()  # first day of the period
    amount = MoneyField(null=True)  # yuan; none takes the hand-given target back

    class Meta:
        constraints = [stands_once("target_stands_once", "project", "annual_list", "kind", "start")]
        indexes = [models.Index(fields=["annual_list", "project"], name="target_of_list")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.kind} {self.start}"


class TargetSheet(OfficeRow):
    """A target sheet (目标任务书) as it was issued with its number: frozen amounts of every project and period."""

    annual_list = models.ForeignKey(AnnualList, on_delete=models.PROTECT, related_name="target_sheets")
    document_number = models.CharField(max_length=80)
    issued_on = models.DateField()
    issued_by = models.CharField(max_length=120)
    title = models.CharField(max_length=160)
    content = models.JSONField()  # rows: project public id, name, unit, year, quarters, months

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["annual_list", "document_number"], name="target_sheet_once_in_list")
        ]

    def __str__(self) -> str:
        return self.title
