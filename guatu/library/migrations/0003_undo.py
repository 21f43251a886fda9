"""Undo: rows that an undone import made, the entry that applied a draft, and what the trail does not keep of it."""

import json

from django.db import migrations, models

STATES = [
    ("waiting", "待核对"),
    ("checked", "已核对"),
    ("wrong", "需改正"),
    ("applied", "已导入"),
    ("discarded", "已放弃"),
    ("undone", "已撤销"),
]


def find_entries(apps, schema_editor):
    """Drafts that were applied before: the entry in which their state became so."""
    drafts = apps.get_model("library", "ImportDraft")
    changes = apps.get_model("core", "TrailChange")
    for draft in drafts.objects.filter(state="applied", entry__isnull=True).iterator():
        about = changes.objects.filter(about_kind="library.importdraft", about_id=str(draft.public_id), kind="change")
        for change in about.order_by("-id"):
            if json.loads(change.values).get("state", ["", ""])[1] == "applied":
                drafts.objects.filter(pk=draft.pk).update(entry=change.entry_id)
                break


class Migration(migrations.Migration):
    dependencies = [("core", "0002_trail_head"), ("library", "0002_other_names")]

    operations = [
        migrations.AddField("annuallist", "withdrawn", models.BooleanField(default=False)),
        migrations.AddField("listbatch", "withdrawn", models.BooleanField(default=False)),
        migrations.AddField("project", "withdrawn", models.BooleanField(default=False)),
        migrations.AddField("projectclass", "withdrawn", models.BooleanField(default=False)),
        migrations.AddField("importdraft", "entry", models.UUIDField(blank=True, null=True)),
        migrations.AddField("importdraft", "former", models.JSONField(default=dict)),
        migrations.AlterField(
            "importdraft", "state", models.CharField(choices=STATES, default="waiting", max_length=10)
        ),
        migrations.RunPython(find_entries, migrations.RunPython.noop),
    ]
