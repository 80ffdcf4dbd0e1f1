"""Commitments keep everything that happened to them, not only moves."""

from datetime import UTC, date, datetime, time
from typing import Any

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, Q

_KINDS = {"kept": "done", "kept_late": "done", "released": "withdrawn", "broken": "broken"}


def tell(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Each move becomes an event, and so does what settled a commitment."""
    events = _rows(apps, "CommitmentEvent")
    for move in _rows(apps, "CommitmentMove").order_by("id"):
        events.create(
            commitment_id=move.commitment_id,
            by_id=move.by_id,
            kind="renegotiated",
            at=move.made_at,
            on=move.made_at.date(),
            from_on=move.from_on,
            to_on=move.to_on,
            note=move.reason,
        )
    settled = _rows(apps, "Commitment").filter(state__in=_KINDS)
    for each in settled.exclude(settled_on=None).order_by("id"):
        events.create(
            commitment_id=each.pk,
            kind=_KINDS[each.state],
            at=_noon(each.settled_on),
            on=each.settled_on,
        )


def forget(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Moves become rows of their own again; what was declined counts as released."""
    moves = _rows(apps, "CommitmentMove")
    events = _rows(apps, "CommitmentEvent")
    for each in events.filter(kind="renegotiated").exclude(to_on=None).order_by("id"):
        moves.create(
            commitment_id=each.commitment_id,
            by_id=each.by_id,
            made_at=each.at,
            from_on=each.from_on,
            to_on=each.to_on,
            reason=each.note,
        )
    declined = _rows(apps, "Commitment").filter(state="declined")
    declined.update(state="released")


def _rows(apps: Apps, name: str) -> Any:  # noqa: ANN401  a model as it was then has no type
    return apps.get_model("records", name).objects


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0016_name_what_reorganisations_declare"),
    ]

    operations = [
        migrations.AddField(
            model_name="commitment", name="cue", field=models.TextField(blank=True, default="")
        ),
        migrations.AddField(
            model_name="commitment", name="is_joint", field=models.BooleanField(default=False)
        ),
        migrations.AddField(
            model_name="commitment", name="is_shared", field=models.BooleanField(default=False)
        ),
        migrations.AddField(
            model_name="commitment", name="predicted_low", field=models.FloatField(null=True)
        ),
        migrations.AddField(
            model_name="commitment", name="predicted_high", field=models.FloatField(null=True)
        ),
        migrations.AddField(
            model_name="commitment", name="release_asked_at", field=models.DateTimeField(null=True)
        ),
        migrations.RemoveConstraint(model_name="commitment", name="commitment_state"),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=Q(
                    state__in=("open", "kept", "kept_late", "broken", "released", "declined")
                ),
                name="commitment_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=Q(is_joint=False) | Q(to__isnull=False), name="commitment_joint_of_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=Q(predicted_low=None)
                | (
                    Q(predicted_low__gte=0)
                    & Q(predicted_low__lte=F("predicted_share"))
                    & Q(predicted_share__lte=F("predicted_high"))
                    & Q(predicted_high__lte=1)
                ),
                name="commitment_predicted_in_its_range",
            ),
        ),
        migrations.CreateModel(
            name="CommitmentEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("on", models.DateField()),
                ("from_on", models.DateField(null=True)),
                ("to_on", models.DateField(null=True)),
                ("note", models.TextField(blank=True, default="")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="records.commitment",
                    ),
                ),
            ],
        ),
        migrations.RunPython(tell, forget),
        migrations.DeleteModel(name="CommitmentMove"),
    ]
