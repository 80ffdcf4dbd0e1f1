"""Sessions know when they last changed, and who kept to the usual reminders has those of sessions."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_BEFORE, _SINCE = ["due"], ["due", "practice", "session"]


def told(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What goes unasked was written down when it was first looked what somebody is told."""
    choices = apps.get_model("records", "ReminderChoice").objects
    choices.filter(kinds=_BEFORE).update(kinds=_SINCE)


def untold(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """As it was."""
    choices = apps.get_model("records", "ReminderChoice").objects
    choices.filter(kinds=_SINCE).update(kinds=_BEFORE)


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0023_measures_by_priority"),
    ]

    operations = [
        migrations.AddField(
            model_name="coachingsession",
            name="changed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(told, untold),
    ]
