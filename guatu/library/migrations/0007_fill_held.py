import datetime

from django.db import migrations

_STANDS = "f.project_id = library_project.id AND f.superseded_at IS NULL"
_LAST = "ORDER BY f.effective_on DESC, f.booked_on DESC, f.id DESC LIMIT 1"
_PROFILE = f"FROM library_projectprofile f WHERE {_STANDS}"
_HOLDER = f"FROM library_assignment f WHERE {_STANDS} AND f.slot = 0 AND f.role"
_FILL = f"""
UPDATE library_project SET
    total_investment = (SELECT f.total_investment {_PROFILE} {_LAST}),
    unit_id = (SELECT f.unit_id {_HOLDER} = 'responsible' {_LAST}),
    lead_id = (SELECT f.post_id {_HOLDER} = 'lead' {_LAST}),
    held_from = COALESCE((SELECT MAX(f.effective_on) {_PROFILE}), %s),
    held_until = %s
"""
_LATER = f"""
UPDATE library_project SET
    held_from = (SELECT MAX(f.effective_on) {_HOLDER} IN ('responsible', 'lead'))
WHERE held_from < (SELECT MAX(f.effective_on) {_HOLDER} IN ('responsible', 'lead'))
"""


def fill(apps, schema_editor):
    """What holds once every fact that is known has begun; of the days before, a page asks the facts themselves."""
    adapt = schema_editor.connection.ops.adapt_datefield_value
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(_FILL, [adapt(datetime.date.min), adapt(datetime.date.max)])
        cursor.execute(_LATER)


class Migration(migrations.Migration):
    dependencies = [("library", "0006_held_today")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
