"""Sessions of coaching with plans, programmes and scorecards."""

import django.db.models.deletion
from django.db import migrations, models

import headway.records.models.brought


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0019_publish_coaching_and_measures"),
    ]

    operations = [
        migrations.CreateModel(
            name="CoachingProgramme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("skill", models.TextField()),
                ("goal", models.TextField(blank=True, default="")),
                ("cadence_days", models.PositiveSmallIntegerField()),
                ("priority", models.CharField(blank=True, default="", max_length=80)),
                ("steps", models.JSONField(default=list)),
                ("starts_on", models.DateField()),
                ("ended_on", models.DateField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "head",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="programmes",
                        to="records.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CoachingPlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("skill", models.TextField()),
                ("goal", models.TextField(blank=True, default="")),
                ("cadence_days", models.PositiveSmallIntegerField()),
                ("priority", models.CharField(blank=True, default="", max_length=80)),
                ("started_on", models.DateField()),
                ("closed_on", models.DateField(null=True)),
                ("outcome", models.CharField(blank=True, default="", max_length=8)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "coach",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plans_coached",
                        to="records.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="coaching_plans",
                        to="records.person",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="plans",
                        to="records.coachingprogramme",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CoachingSession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "fact_id",
                    models.CharField(
                        default=headway.records.models.brought.fresh, max_length=80, unique=True
                    ),
                ),
                ("is_brought", models.BooleanField(default=False)),
                ("state", models.CharField(max_length=10)),
                ("kind", models.CharField(default="one_to_one", max_length=20)),
                ("made_at", models.DateTimeField()),
                ("planned_at", models.DateTimeField(null=True)),
                ("held_at", models.DateTimeField(null=True)),
                ("minutes", models.FloatField(default=30)),
                ("topic", models.TextField(blank=True, default="")),
                ("priority", models.CharField(blank=True, default="", max_length=80)),
                ("is_work_observed", models.BooleanField(null=True)),
                ("practice", models.TextField(blank=True, default="")),
                ("is_practice_agreed", models.BooleanField(null=True)),
                ("follow_up_on", models.DateField(null=True)),
                ("followed_up_on", models.DateField(null=True)),
                ("looked_at", models.TextField(blank=True, default="")),
                ("coach_confirmed_on", models.DateField(null=True)),
                ("person_confirmed_on", models.DateField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "coach",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions_given",
                        to="records.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to="records.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("made_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.person",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agenda",
                        to="records.coachingsession",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CoachingStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                ("due_on", models.DateField()),
                ("done_on", models.DateField(null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="records.coachingplan",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Preparation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="preparations",
                        to="records.coachingsession",
                    ),
                ),
                (
                    "writer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Scorecard",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("skill", models.TextField()),
                ("points", models.JSONField()),
                ("made_on", models.DateField()),
                ("own_scores", models.JSONField(null=True)),
                ("own_on", models.DateField(null=True)),
                ("coach_scores", models.JSONField(null=True)),
                ("coach_on", models.DateField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "coach",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scorecards_given",
                        to="records.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scorecards",
                        to="records.person",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="coachingprogramme",
            constraint=models.CheckConstraint(
                condition=models.Q(("cadence_days__gte", 1)), name="programme_cadence_is_days"
            ),
        ),
        migrations.AddConstraint(
            model_name="coachingplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("coach", models.F("person")), _negated=True),
                name="coaching_plan_of_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="coachingplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("cadence_days__gte", 1)), name="coaching_plan_cadence_is_days"
            ),
        ),
        migrations.AddConstraint(
            model_name="coachingplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_on", None), ("outcome", "")),
                    models.Q(
                        ("closed_on__isnull", False), ("outcome__in", ("reached", "ended", "left"))
                    ),
                    _connector="OR",
                ),
                name="coaching_plan_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="coachingplan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_on", None), ("programme__isnull", False)),
                fields=("programme", "person"),
                name="coaching_plan_once_a_programme",
            ),
        ),
        migrations.AddConstraint(
            model_name="coachingsession",
            constraint=models.CheckConstraint(
                condition=models.Q(("coach", models.F("person")), _negated=True),
                name="session_of_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="coachingsession",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("asked", "planned", "held", "called_off"))),
                name="session_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="coachingsession",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "planned"), _negated=True),
                    ("planned_at__isnull", False),
                    _connector="OR",
                ),
                name="session_planned_has_its_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="coachingsession",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "held"), _negated=True),
                    ("held_at__isnull", False),
                    _connector="OR",
                ),
                name="session_held_has_its_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="coachingsession",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("held", "called_off")),
                    models.Q(
                        ("coach_confirmed_on", None),
                        ("followed_up_on", None),
                        ("person_confirmed_on", None),
                    ),
                    _connector="OR",
                ),
                name="session_confirmed_when_held",
            ),
        ),
        migrations.AddConstraint(
            model_name="coachingsession",
            constraint=models.CheckConstraint(
                condition=models.Q(("practice", ""), ("is_practice_agreed", True), _connector="OR"),
                name="session_practice_agreed",
            ),
        ),
        migrations.AddConstraint(
            model_name="coachingstep",
            constraint=models.UniqueConstraint(
                fields=("plan", "number"), name="coaching_step_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="preparation",
            constraint=models.UniqueConstraint(
                fields=("session", "writer"), name="preparation_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="scorecard",
            constraint=models.CheckConstraint(
                condition=models.Q(("coach", models.F("person")), _negated=True),
                name="scorecard_of_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="scorecard",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("own_on", None), ("own_scores__isnull", True)),
                    models.Q(("own_on__isnull", False), ("own_scores__isnull", False)),
                    _connector="OR",
                ),
                name="scorecard_own_dated",
            ),
        ),
        migrations.AddConstraint(
            model_name="scorecard",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("coach_on", None), ("coach_scores__isnull", True)),
                    models.Q(("coach_on__isnull", False), ("coach_scores__isnull", False)),
                    _connector="OR",
                ),
                name="scorecard_coach_dated",
            ),
        ),
    ]
