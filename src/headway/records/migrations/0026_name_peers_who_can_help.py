"""Who could help whom is published, and what somebody can teach may be a priority."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0025_draw_who_starts_when"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublishedPeers",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("person", models.CharField(max_length=80)),
                ("priority", models.CharField(max_length=80)),
                ("peers", models.JSONField()),
                ("is_ahead", models.BooleanField()),
                ("is_first", models.BooleanField()),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="peers",
                        to="records.publication",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("publication", "person", "priority"), name="peers_once"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="skillsaid",
            name="priority",
            field=models.CharField(blank=True, default="", max_length=80),
        ),
        migrations.AddConstraint(
            model_name="skillsaid",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("priority", ""), models.Q(("side", "teach"), ("skill", None)), _connector="OR"
                ),
                name="skill_said_of_priority",
            ),
        ),
    ]
