import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0005_publish_the_line_of_sight"),
    ]

    operations = [
        migrations.CreateModel(
            name="Commitment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("text", models.TextField()),
                ("seen_by", models.TextField()),
                ("due_on", models.DateField()),
                ("first_due_on", models.DateField()),
                ("priority", models.CharField(blank=True, default="", max_length=80)),
                ("finding", models.CharField(blank=True, default="", max_length=64)),
                ("predicted_link", models.CharField(blank=True, default="", max_length=20)),
                ("predicted_share", models.FloatField(null=True)),
                ("state", models.CharField(default="open", max_length=12)),
                ("settled_on", models.DateField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="commitments",
                        to="records.person",
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="records.publication",
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="records.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CommitmentMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("from_on", models.DateField()),
                ("to_on", models.DateField()),
                ("reason", models.TextField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moves",
                        to="records.commitment",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Prediction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("priority", models.CharField(max_length=80)),
                ("group", models.CharField(max_length=100)),
                ("link", models.CharField(blank=True, default="", max_length=20)),
                ("share", models.FloatField(null=True)),
                ("low", models.FloatField(null=True)),
                ("high", models.FloatField(null=True)),
                ("quarter_on", models.DateField()),
                ("sealed_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="predictions",
                        to="records.person",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="commitment_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("to", None),
                    models.Q(("to", models.F("owner")), _negated=True),
                    _connector="OR",
                ),
                name="commitment_not_to_oneself",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("open", "kept", "kept_late", "broken", "released"))
                ),
                name="commitment_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "open"), ("settled_on__isnull", False), _connector="OR"
                ),
                name="commitment_settled",
            ),
        ),
        migrations.AddConstraint(
            model_name="prediction",
            constraint=models.UniqueConstraint(
                fields=("person", "priority", "group", "link", "quarter_on"),
                name="prediction_once_a_quarter",
            ),
        ),
        migrations.AddConstraint(
            model_name="prediction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("share", None),
                    models.Q(
                        ("low__gte", 0),
                        ("low__lte", models.F("share")),
                        ("share__lte", models.F("high")),
                        ("high__lte", 1),
                    ),
                    _connector="OR",
                ),
                name="prediction_in_its_range",
            ),
        ),
    ]
