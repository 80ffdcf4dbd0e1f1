"""What the work of a plan's person shows of it, at the start and now."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0027_tell_what_is_called_off"),
    ]

    operations = [
        migrations.AddField(
            model_name="coachingplan",
            name="practice",
            field=models.JSONField(null=True),
        ),
    ]
