"""What was entered before gets the name among the facts that it has had so far."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat

_NAMES = {
    "PlanVersion": ("plan-", "number"),
    "Message": ("told-", "id"),
    "Card": ("card-", "id"),
    "Wave": ("pulse-", "id"),
    "Commitment": ("promised-", "id"),
}


def named(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    for model, (prefix, field) in _NAMES.items():
        name = Concat(Value(prefix), Cast(F(field), CharField()))
        apps.get_model("records", model).objects.filter(fact_id=None).update(fact_id=name)


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0012_mark_what_came_with_a_load"),
    ]

    operations = [
        migrations.RunPython(named, migrations.RunPython.noop),
    ]
