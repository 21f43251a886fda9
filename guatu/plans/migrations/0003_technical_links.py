from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0002_sittings_places_templates"),
    ]

    operations = [
        migrations.AddField(
            model_name="link",
            name="technical",
            field=models.BooleanField(default=True),
        ),
    ]
