from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_feed_tokens"),
    ]

    operations = [
        migrations.AddField(
            model_name="delegation",
            name="actions",
            field=models.JSONField(default=list),
        ),
    ]
