"""Reorganisations, handovers and trainings may come with a load; each has its name in the facts."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat

import headway.records.models.brought

# What was entered before keeps the name that it has had so far.
_NAMES = {"Reorganisation": "declared-", "Handover": "handed-", "Training": "trained-"}


def named(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    for model, prefix in _NAMES.items():
        name = Concat(Value(prefix), Cast(F("id"), CharField()))
        apps.get_model("records", model).objects.filter(fact_id=None).update(fact_id=name)


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0015_add_api_tokens"),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name=model.lower(),
                name="fact_id",
                field=models.CharField(max_length=80, null=True, unique=True),
            )
            for model in _NAMES
        ),
        *(
            migrations.AddField(
                model_name=model.lower(),
                name="is_brought",
                field=models.BooleanField(default=False),
            )
            for model in _NAMES
        ),
        migrations.RunPython(named, migrations.RunPython.noop),
        *(
            migrations.AlterField(
                model_name=model.lower(),
                name="fact_id",
                field=models.CharField(
                    default=headway.records.models.brought.fresh, max_length=80, unique=True
                ),
            )
            for model in _NAMES
        ),
        *(
            migrations.AlterField(
                model_name=model.lower(),
                name="declared_by",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            )
            for model in _NAMES
        ),
        migrations.AlterField(
            model_name="handover",
            name="reorganisation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="handovers",
                to="records.reorganisation",
            ),
        ),
    ]
