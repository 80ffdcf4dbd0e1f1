"""A measure may be about one priority."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0022_add_notes_single_keys_and_folded_names"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="publishedmeasure",
            name="measure_once",
        ),
        migrations.AddField(
            model_name="publishedmeasure",
            name="subject",
            field=models.CharField(blank=True, default="", max_length=80),
        ),
        migrations.AddConstraint(
            model_name="publishedmeasure",
            constraint=models.UniqueConstraint(
                fields=("publication", "code", "role", "head", "subject"), name="measure_once"
            ),
        ),
    ]
