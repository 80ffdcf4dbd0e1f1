import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0004_mark_loads_of_the_sample"),
    ]

    operations = [
        migrations.CreateModel(
            name="LeaderFinding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("finding", models.CharField(max_length=64, unique=True)),
                ("leader", models.CharField(max_length=80)),
                ("first_published_at", models.DateTimeField()),
                ("opens_at", models.DateTimeField()),
                ("comment", models.TextField(blank=True, default="")),
                ("commented_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="PublishedChain",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("priority", models.CharField(max_length=80)),
                ("role", models.CharField(max_length=20)),
                ("head", models.CharField(max_length=80)),
                ("position", models.PositiveIntegerField()),
                ("chain", models.JSONField()),
                ("for_others", models.JSONField()),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="chains",
                        to="records.publication",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["publication", "head", "role", "position"], name="chain_of_head"
                    ),
                    models.Index(
                        fields=["publication", "role", "position", "head"], name="chain_in_order"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("publication", "priority", "role", "head"), name="chain_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedGap",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("person", models.CharField(max_length=80)),
                ("priority", models.CharField(max_length=80)),
                ("group", models.CharField(max_length=100)),
                ("gap", models.JSONField()),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="gaps",
                        to="records.publication",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["publication", "person"], name="gap_of_person")],
            },
        ),
        migrations.CreateModel(
            name="PublishedPattern",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("priority", models.CharField(max_length=80)),
                ("head", models.CharField(max_length=80)),
                ("pattern", models.JSONField()),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="patterns",
                        to="records.publication",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["publication", "head"], name="pattern_of_head")],
            },
        ),
    ]
