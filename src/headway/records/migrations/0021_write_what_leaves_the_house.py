"""What leaves the house waits in one place: invitations to a pulse move there with their state."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# By name: these are the tables as they stood here, which the models of today do not describe.
_INVITATION, _OUTGOING = "PulseInvitation", "Outgoing"


def taken_over(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What waits is sent, what was sent is not sent again, what failed keeps its reason."""
    invitations = apps.get_model("records", _INVITATION).objects
    apps.get_model("records", _OUTGOING).objects.bulk_create(
        apps.get_model("records", _OUTGOING)(
            kind="invitation",
            key=f"invitation:{each.pk}",
            invitation=each,
            made_at=each.wave.opened_at,
            next_at=each.wave.opened_at,
            state="sent" if each.is_mailed else "given_up" if each.mail_problem else "waiting",
            problem=each.mail_problem,
            over_at=each.wave.opened_at if each.is_mailed or each.mail_problem else None,
        )
        for each in invitations.filter(wave__state="open").select_related("wave")
        # Who has answered leaves no trace of when.
        if each.is_mailed or each.mail_problem or not each.has_answered
    )


def given_back(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    for each in apps.get_model("records", _OUTGOING).objects.filter(kind="invitation"):
        apps.get_model("records", _INVITATION).objects.filter(pk=each.invitation_id).update(
            is_mailed=each.state == "sent",
            mail_problem=each.problem if each.state == "given_up" else "",
        )


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0020_add_coaching"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarAddress",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="calendar",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("secret_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("last_used_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ReminderChoice",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="reminders",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("kinds", models.JSONField()),
                ("gathered_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Webhook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("form", models.CharField(max_length=5)),
                ("host", models.CharField(max_length=253)),
                ("address_sealed", models.TextField()),
                ("secret_sealed", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("tried_at", models.DateTimeField(null=True)),
                ("problem", models.CharField(blank=True, default="", max_length=200)),
                ("stopped_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Outgoing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("key", models.CharField(max_length=120, unique=True)),
                ("about", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField()),
                ("next_at", models.DateTimeField()),
                ("attempt_count", models.PositiveSmallIntegerField(default=0)),
                ("state", models.CharField(default="waiting", max_length=8)),
                ("problem", models.CharField(blank=True, default="", max_length=200)),
                ("over_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outgoing",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "invitation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outgoing",
                        to="records.pulseinvitation",
                    ),
                ),
                (
                    "webhook",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outgoing",
                        to="records.webhook",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="webhook",
            constraint=models.CheckConstraint(
                condition=models.Q(("form__in", ("text", "event"))), name="webhook_form"
            ),
        ),
        migrations.AddIndex(
            model_name="outgoing",
            index=models.Index(fields=["state", "next_at"], name="outgoing_due"),
        ),
        migrations.AddConstraint(
            model_name="outgoing",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("waiting", "sent", "given_up"))),
                name="outgoing_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "waiting"), ("over_at__isnull", False), _connector="OR"
                ),
                name="outgoing_over_at",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("invitation__isnull", False), ("kind", "invitation")),
                    models.Q(("account__isnull", False), ("kind", "reminders")),
                    models.Q(("kind__in", ("week", "event", "test")), ("webhook__isnull", False)),
                    _connector="OR",
                ),
                name="outgoing_goes_somewhere",
            ),
        ),
        migrations.RunPython(taken_over, given_back),
        migrations.RemoveField(
            model_name="pulseinvitation",
            name="is_mailed",
        ),
        migrations.RemoveField(
            model_name="pulseinvitation",
            name="mail_problem",
        ),
        migrations.RemoveField(
            model_name="pulseinvitation",
            name="mail_tried_at",
        ),
    ]
