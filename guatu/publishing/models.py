"""Bulletins: the text that the office issues, the figures it prints, and the numbers it takes from elsewhere."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from guatu.core.fields import OfficeRow
from guatu.core.models import Attachment
from guatu.figures.models import Snapshot
from guatu.library.models import AnnualList
from guatu.people.models import Post, Region, User
from guatu.publishing.choices import BulletinState


class Bulletin(OfficeRow):
    """One issue of a bulletin on some lists at a date (通报). Issued, its text, tables and files never change again.

    `blocks` is the text with the key of the figure at every bound place; `tables` stay empty until the issue, when they
    are frozen. `number` counts the issues of a kind in a region's year; `document_number` is the one that the
    government's office gives to the signed copy.
    """

    kind = models.CharField(max_length=20)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="bulletins")
    year = models.PositiveSmallIntegerField()
    as_of = models.DateField()
    basis = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=BulletinState, default=BulletinState.DRAFT)
    masthead = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    issued_by = models.CharField(max_length=120)  # the unit that edits and prints it, as printed
    issued_on = models.DateField(null=True, blank=True)
    copies_to = models.TextField(blank=True)  # one a line
    blocks = models.JSONField(default=list)
    tables = models.JSONField(default=list)
    drafted_user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    drafted_post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField()
    issued_user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    issued_post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=80, blank=True)  # who signed on paper, where one person drafts and issues
    approval = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    docx = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    pdf = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    document_number = models.CharField(max_length=80, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "region", "year", "number"],
                condition=Q(number__isnull=False),
                name="bulletin_number_once",
            )
        ]
        indexes = [models.Index(fields=["region", "as_of"], name="bulletin_region_day")]

    def as_sent(self, values: dict[str, Any]) -> list[tuple[str, str, str]]:
        """(name, label, text) as the editing page sends head and blocks; `values` are columns of now or of before."""
        head = (("title", _("标题")), ("masthead", _("红头")), ("issued_by", _("编印单位")), ("copies_to", _("抄送")))
        blocks = enumerate(values["blocks"] or (), start=1)
        told = [(name, str(words), str(values[name])) for name, words in head]
        return told + [(f"b.{block['id']}", _("第 %s 段") % place, str(block["text"])) for place, block in blocks]

    def __str__(self) -> str:
        return self.title


class BulletinList(models.Model):
    """A list that a bulletin speaks of, and the snapshot that its issue took of it."""

    id = models.BigAutoField(primary_key=True)
    bulletin = models.ForeignKey(Bulletin, on_delete=models.PROTECT, related_name="lists")
    annual_list = models.ForeignKey(AnnualList, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    ABOUT = "bulletin"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bulletin", "annual_list"], name="bulletin_list_once")]

    def __str__(self) -> str:
        return f"{self.bulletin_id} {self.annual_list_id}"


class BulletinBinding(models.Model):
    """One printed figure of an issued bulletin: where it stands, which cut, group and indicator it states, and of what
    exact value it was printed."""

    id = models.BigAutoField(primary_key=True)
    bulletin = models.ForeignKey(Bulletin, on_delete=models.PROTECT, related_name="bindings")
    block = models.CharField(max_length=120)
    start = models.PositiveIntegerField()
    printed = models.CharField(max_length=40)
    cut = models.CharField(max_length=40)
    group = models.CharField(max_length=200)
    indicator = models.CharField(max_length=60)
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=80)  # a whole number, or a fraction as "numerator/denominator"

    ABOUT = "bulletin"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bulletin", "block", "start"], name="bulletin_binding_once")]

    def __str__(self) -> str:
        return f"{self.bulletin_id} {self.cut} {self.group} {self.indicator}"


class OutsideFigure(OfficeRow):
    """A number in a bulletin that comes from outside our data, with its source and who answers for it.

    It is known again by its print and the words before it, so it moves along when the text around it is edited.
    """

    bulletin = models.ForeignKey(Bulletin, on_delete=models.PROTECT, related_name="outside_figures")
    block = models.CharField(max_length=120)
    printed = models.CharField(max_length=40)
    before = models.CharField(max_length=20)
    source = models.CharField(max_length=160)
    signer = models.CharField(max_length=80)
    marked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "block", "printed", "before"], name="outside_figure_once")
        ]

    def __str__(self) -> str:
        return f"{self.printed} ({self.source})"
