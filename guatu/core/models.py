"""Core's rows: the trail and its head, the access log, requests already answered, files, settings, jobs."""

from django.conf import settings
from django.db import models

from guatu.core.dated import DatedFact
from guatu.core.fields import OfficeRow


class TrailEntry(models.Model):
    """One action that was carried out: who, when, in which post, by which way, on what, why. Chained by digests.

    The digest covers these columns, the digest of its change rows and the digest of the entry before.
    No foreign key leaves the trail: it is proof, and is never read for a figure.
    """

    id = models.UUIDField(primary_key=True)
    number = models.BigIntegerField(unique=True)
    action = models.CharField(max_length=80)
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    for_post_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=120)
    way = models.CharField(max_length=8)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    reason = models.TextField()
    params = models.TextField()  # JSON: what the sentence of the action names
    changes_count = models.IntegerField()
    changes_digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "number"], name="trail_subject"),
            models.Index(fields=["at"], name="trail_at"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.action}"


class TrailChange(models.Model):
    """One row changed by an entry: its columns before and after, as canonical JSON."""

    id = models.BigAutoField(primary_key=True)
    entry_id = models.UUIDField()
    sequence = models.IntegerField()
    kind = models.CharField(max_length=9)  # add, change, supersede
    model = models.CharField(max_length=60)
    row_id = models.CharField(max_length=40)
    about_kind = models.CharField(max_length=60)
    about_id = models.CharField(max_length=60)
    values = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry_id", "sequence"], name="trail_change_once")]
        indexes = [models.Index(fields=["about_kind", "about_id", "id"], name="trail_change_about")]

    def __str__(self) -> str:
        return f"{self.kind} {self.model} {self.row_id}"


class TrailHead(models.Model):
    """The last entry's number and digest: one row, locked last in every writing transaction."""

    id = models.SmallIntegerField(primary_key=True)
    number = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:12]}"


class AccessLog(models.Model):
    """Refusals, sign-ins, exports and looks at personal data. Kept apart from the trail; holds no personal value."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    event = models.CharField(max_length=40)
    user_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    way = models.CharField(max_length=8)
    address = models.CharField(max_length=45)
    subject = models.CharField(max_length=160)
    detail = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.event}"


class AnsweredRequest(models.Model):
    """A writing request that was carried out and what was answered: sent again, it gets the same answer, once done."""

    id = models.UUIDField(primary_key=True)
    user_id = models.BigIntegerField(null=True)
    content_digest = models.CharField(max_length=64)
    answer = models.TextField()  # JSON
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.id)


class Attachment(OfficeRow):
    """A file that was handed in, stored under its SHA-256 in the data folder before this row was committed.

    It is served only through the policy of the object it belongs to (`about_kind`, `about_id`).
    """

    digest = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    about_kind = models.CharField(max_length=60)
    about_id = models.CharField(max_length=60)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["about_kind", "about_id"], name="attachment_about")]

    def __str__(self) -> str:
        return self.name


class SettingRow(DatedFact):
    """The value of one setting of the installation, or of a region, with its history."""

    KEY = ("name", "region_id")
    ABOUT = "name"

    name = models.CharField(max_length=80)
    region_id = models.BigIntegerField(default=0)  # 0: the whole installation
    value = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name", "region_id", "effective_on", "booked_on"],
                condition=models.Q(superseded_at__isnull=True),
                name="setting_stands_once",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Job(OfficeRow):
    """A long piece of work that a person started: its state, progress, wish to cancel, heartbeat and result."""

    kind = models.CharField(max_length=60)
    words = models.CharField(max_length=200)
    state = models.CharField(max_length=10, default="waiting")  # waiting running done failed cancelled
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    step = models.CharField(max_length=120, blank=True)
    cancel_wished = models.BooleanField(default=False)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    post_id = models.BigIntegerField(null=True)
    payload = models.JSONField(default=dict)
    result = models.JSONField(null=True)
    created_at = models.DateTimeField()
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class SavedView(OfficeRow):
    """A table's filters, order, groups and columns under a name. It is the post's, so that a successor finds it; a
    shared one is seen by every post of the region and below it. Rows are never deleted, only withdrawn.
    """

    table = models.CharField(max_length=80)
    name = models.CharField(max_length=40)
    state = models.CharField(max_length=2000, blank=True)  # the address's table part
    post_id = models.BigIntegerField()
    made_by = models.CharField(max_length=120)  # the actor's label when it was saved
    region_path = models.CharField(max_length=200, blank=True)
    shared = models.BooleanField(default=False)
    withdrawn = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["table", "post_id", "name"],
                condition=models.Q(withdrawn=False),
                name="saved_view_named_once",
            )
        ]
        indexes = [models.Index(fields=["table", "region_path"], name="saved_view_shared")]

    def __str__(self) -> str:
        return f"{self.table} {self.name}"
