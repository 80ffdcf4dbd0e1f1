"""The order in which teams start a programme of coaching may be drawn by lot."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0024_say_when_a_session_changed"),
    ]

    operations = [
        migrations.AddField(
            model_name="coachingprogramme",
            name="seed",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.CreateModel(
            name="CoachingStart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("planned_on", models.DateField()),
                (
                    "manager",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.person",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="starts",
                        to="records.coachingprogramme",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "manager"), name="coaching_start_once"
                    )
                ],
            },
        ),
    ]
