"""Notes beside numbers, single keys for those who want them, and names as they are looked for."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import headway.records.models.folded
from headway.terms.names import folded

_BATCH, _LONGEST = 500, 200


def fold(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Names that are there already are found like those to come."""
    for name in ("Person", "AccountRow", "OpportunityRow"):
        model = apps.get_model("records", name)
        rows = list(model.objects.only("pk", "name"))
        for row in rows:
            row.folded_name = folded(row.name)[:_LONGEST]
        model.objects.bulk_update(rows, ["folded_name"], batch_size=_BATCH)


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0021_write_what_leaves_the_house"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="has_single_keys",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="accountrow",
            name="folded_name",
            field=headway.records.models.folded.FoldedField(
                db_index=True, default="", editable=False, max_length=200
            ),
        ),
        migrations.AddField(
            model_name="opportunityrow",
            name="folded_name",
            field=headway.records.models.folded.FoldedField(
                db_index=True, default="", editable=False, max_length=200
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="folded_name",
            field=headway.records.models.folded.FoldedField(
                db_index=True, default="", editable=False, max_length=200
            ),
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("scope", models.CharField(max_length=500)),
                ("kpi", models.CharField(max_length=40)),
                ("figure", models.CharField(max_length=200)),
                ("number", models.TextField()),
                ("period_first_on", models.DateField()),
                ("period_end_on", models.DateField()),
                ("text", models.TextField()),
                ("written_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["scope", "kpi", "period_first_on"], name="note_of_answer")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="note_says_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period_end_on__gt", models.F("period_first_on"))),
                        name="note_period_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.RunPython(fold, migrations.RunPython.noop),
    ]
