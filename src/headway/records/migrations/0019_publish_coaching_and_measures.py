"""Coaching and measures are published, and commitments are measured again on their day."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0018_add_own_time_and_pairs"),
    ]

    operations = [
        migrations.CreateModel(
            name="OwnView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quarter_on", models.DateField()),
                ("share", models.FloatField()),
                ("sealed_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="own_views",
                        to="records.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "quarter_on"), name="own_view_once"),
                    models.CheckConstraint(
                        condition=models.Q(("share__gte", 0), ("share__lte", 1)),
                        name="own_view_is_a_share",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedCoaching",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("scope", models.CharField(max_length=100)),
                ("head", models.CharField(max_length=80)),
                ("priority", models.CharField(max_length=80)),
                ("coaching", models.JSONField()),
                ("for_others", models.JSONField()),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="coaching",
                        to="records.publication",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["publication", "head"], name="coaching_of_head")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("publication", "scope", "priority"), name="coaching_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedMeasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("role", models.CharField(max_length=20)),
                ("head", models.CharField(max_length=80)),
                ("people", models.PositiveIntegerField()),
                ("measure", models.JSONField()),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="measures",
                        to="records.publication",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("publication", "code", "role", "head"), name="measure_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedRemedy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("code", models.CharField(max_length=40)),
                ("remedy", models.JSONField()),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remedies",
                        to="records.publication",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("publication", "kind", "code"), name="remedy_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("link", "pattern"))), name="remedy_kind"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Remeasurement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("group", models.CharField(max_length=100)),
                ("pattern", models.CharField(blank=True, default="", max_length=40)),
                ("before", models.JSONField()),
                ("before_on", models.DateField()),
                ("outcome", models.JSONField(null=True)),
                ("measured_on", models.DateField(null=True)),
                (
                    "commitment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remeasurement",
                        to="records.commitment",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("measured_on", None), ("outcome__isnull", True)),
                            models.Q(("measured_on__isnull", False), ("outcome__isnull", False)),
                            _connector="OR",
                        ),
                        name="remeasurement_has_its_day",
                    )
                ],
            },
        ),
    ]
