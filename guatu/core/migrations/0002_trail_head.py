"""The trail's head: the one row that every writing transaction locks last."""

from django.db import migrations


def start_chain(apps, schema_editor):
    """The head before the first entry."""
    apps.get_model("core", "TrailHead").objects.get_or_create(id=1, defaults={"number": 0, "digest": "0" * 64})


class Migration(migrations.Migration):
    dependencies = [("core", "0001_first")]
    operations = [migrations.RunPython(start_chain, migrations.RunPython.noop)]
