"""Whoever is reminded of sessions is told when one is called off."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_OFF, _SESSION = "called_off", "session"


def told(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Who chose to be reminded of sessions, or chose nothing, hears of those called off, too."""
    for each in apps.get_model("records", "ReminderChoice").objects.all():
        if _SESSION in each.kinds:
            each.kinds = sorted({*each.kinds, _OFF})
            each.save(update_fields=["kinds"])


def untold(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """As it was; what waits to be told of them goes."""
    for each in apps.get_model("records", "ReminderChoice").objects.all():
        each.kinds = [kind for kind in each.kinds if kind != _OFF]
        each.save(update_fields=["kinds"])
    apps.get_model("records", "Outgoing").objects.filter(kind=_OFF).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0026_name_peers_who_can_help"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="outgoing", name="outgoing_goes_somewhere"),
        migrations.AddConstraint(
            model_name="outgoing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("invitation__isnull", False),
                    ("kind", "invitation"),
                )
                | models.Q(
                    ("account__isnull", False),
                    ("kind__in", ("reminders", "called_off")),
                )
                | models.Q(
                    ("kind__in", ("week", "event", "test")),
                    ("webhook__isnull", False),
                ),
                name="outgoing_goes_somewhere",
            ),
        ),
        migrations.RunPython(told, untold),
    ]
