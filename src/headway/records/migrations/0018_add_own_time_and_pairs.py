"""Own time, hours given back, and pairs of peers."""

import django.db.models.deletion
from django.db import migrations, models

import headway.records.models.brought


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0017_tell_the_course_of_commitments"),
    ]

    operations = [
        migrations.CreateModel(
            name="Skill",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True)),
                ("is_retired", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="GroupMonth",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("head", models.CharField(blank=True, max_length=80)),
                ("month_on", models.DateField()),
                ("kind", models.CharField(max_length=8)),
                ("people_count", models.PositiveIntegerField()),
                ("figures", models.JSONField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("head", "month_on", "kind"), name="group_month_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("people_count__gte", 5)), name="group_month_of_five"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("time", "pairs", "released"))),
                        name="group_month_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HoursBack",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=8)),
                ("text", models.TextField()),
                ("hours", models.FloatField()),
                ("since_on", models.DateField()),
                ("ended_on", models.DateField(null=True)),
                ("entered_at", models.DateTimeField()),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HoursBackTo",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="people",
                        to="records.hoursback",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Pair",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("about", models.CharField(max_length=80)),
                ("first_on", models.DateField()),
                ("weeks", models.PositiveSmallIntegerField()),
                ("asked_at", models.DateTimeField()),
                ("state", models.CharField(default="asked", max_length=8)),
                (
                    "asker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.person",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PeerMeeting",
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
                ("planned_on", models.DateField()),
                ("met_on", models.DateField(null=True)),
                ("advice_given_count", models.PositiveIntegerField(null=True)),
                ("advice_used_count", models.PositiveIntegerField(null=True)),
                (
                    "pair",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meetings",
                        to="records.pair",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PeerNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("worked", models.TextField(blank=True, default="")),
                ("stuck", models.TextField(blank=True, default="")),
                ("advice", models.TextField(blank=True, default="")),
                ("is_used", models.BooleanField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.person",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="records.peermeeting",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PublishedTime",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("person", models.CharField(max_length=80)),
                ("time", models.JSONField()),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="times",
                        to="records.publication",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SkillSaid",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("side", models.CharField(max_length=5)),
                ("words", models.CharField(blank=True, default="", max_length=80)),
                ("said_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="skills_said",
                        to="records.person",
                    ),
                ),
                (
                    "skill",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.skill",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TimeLog",
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
                ("week_on", models.DateField()),
                ("category", models.CharField(max_length=14)),
                ("priority", models.CharField(blank=True, default="", max_length=80)),
                ("hours", models.FloatField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.person",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="hoursback",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["report", "meeting", "check", "other"])),
                name="hours_back_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="hoursback",
            constraint=models.CheckConstraint(
                condition=models.Q(("hours__gt", 0)), name="hours_back_some"
            ),
        ),
        migrations.AddConstraint(
            model_name="hoursback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_on", None), ("ended_on__gte", models.F("since_on")), _connector="OR"
                ),
                name="hours_back_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="hoursbackto",
            constraint=models.UniqueConstraint(fields=("entry", "person"), name="hours_back_once"),
        ),
        migrations.AddConstraint(
            model_name="pair",
            constraint=models.CheckConstraint(
                condition=models.Q(("asker", models.F("partner")), _negated=True),
                name="pair_of_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="pair",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("asked", "agreed", "declined", "ended"))),
                name="pair_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="pair",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("asked", "agreed"))),
                fields=("asker", "partner"),
                name="pair_once_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="peermeeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("person", models.F("partner")), _negated=True),
                name="peer_meeting_of_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="peernote",
            constraint=models.UniqueConstraint(
                fields=("meeting", "author"), name="peer_note_one_each"
            ),
        ),
        migrations.AddConstraint(
            model_name="publishedtime",
            constraint=models.UniqueConstraint(
                fields=("publication", "person"), name="published_time_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="skillsaid",
            constraint=models.CheckConstraint(
                condition=models.Q(("side__in", ("teach", "learn"))), name="skill_said_side"
            ),
        ),
        migrations.AddConstraint(
            model_name="skillsaid",
            constraint=models.CheckConstraint(
                condition=models.Q(("skill", None), ("words", ""), _connector="XOR"),
                name="skill_said_one_of_both",
            ),
        ),
        migrations.AddIndex(
            model_name="timelog",
            index=models.Index(fields=["person", "week_on"], name="time_of_week"),
        ),
        migrations.AddConstraint(
            model_name="timelog",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "category__in",
                        [
                            "development",
                            "inspection",
                            "field",
                            "own_selling",
                            "communication",
                            "administration",
                            "other",
                        ],
                    )
                ),
                name="time_category",
            ),
        ),
        migrations.AddConstraint(
            model_name="timelog",
            constraint=models.CheckConstraint(
                condition=models.Q(("hours__gte", 0)), name="time_hours"
            ),
        ),
    ]
