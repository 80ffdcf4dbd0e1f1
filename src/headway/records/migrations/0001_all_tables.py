import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

import headway.records.models.brought
import headway.records.models.folded


class Migration(migrations.Migration):
    replaces = [
        ("records", "0001_add_people_access_and_publications"),
        ("records", "0002_add_what_a_load_was_told"),
        ("records", "0003_remove_maintainers"),
        ("records", "0004_mark_loads_of_the_sample"),
        ("records", "0005_publish_the_line_of_sight"),
        ("records", "0006_add_commitments_and_predictions"),
        ("records", "0007_add_strategy"),
        ("records", "0008_add_pulse"),
        ("records", "0009_try_mail_again"),
        ("records", "0010_share_predictions_and_keep_profiles"),
        ("records", "0011_add_moves_leave_and_reorganisations"),
        ("records", "0012_mark_what_came_with_a_load"),
        ("records", "0013_name_what_was_entered"),
        ("records", "0014_expect_a_name_among_the_facts"),
        ("records", "0015_add_api_tokens"),
        ("records", "0016_name_what_reorganisations_declare"),
        ("records", "0017_tell_the_course_of_commitments"),
        ("records", "0018_add_own_time_and_pairs"),
        ("records", "0019_publish_coaching_and_measures"),
        ("records", "0020_add_coaching"),
        ("records", "0021_write_what_leaves_the_house"),
        ("records", "0022_add_notes_single_keys_and_folded_names"),
        ("records", "0023_measures_by_priority"),
        ("records", "0024_say_when_a_session_changed"),
        ("records", "0025_draw_who_starts_when"),
        ("records", "0026_name_peers_who_can_help"),
        ("records", "0027_tell_what_is_called_off"),
        ("records", "0028_keep_practice_of_plans"),
    ]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("name", models.TextField()),
                (
                    "folded_name",
                    headway.records.models.folded.FoldedField(
                        db_index=True, default="", editable=False, max_length=200
                    ),
                ),
                ("email", models.TextField(blank=True, default="")),
                ("title", models.TextField(blank=True, default="")),
                ("is_active", models.BooleanField(default=True)),
                ("hired_on", models.DateField(null=True)),
                ("left_on", models.DateField(null=True)),
                ("is_entered", models.BooleanField(default=False)),
                ("is_named_by_hand", models.BooleanField(default=False)),
                ("is_dated_by_hand", models.BooleanField(default=False)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("name", models.TextField()),
                ("is_executive", models.BooleanField(default=False)),
                ("is_manager", models.BooleanField(default=False)),
                ("is_seller", models.BooleanField(default=False)),
                ("is_operations", models.BooleanField(default=False)),
                ("is_active", models.BooleanField(default=True)),
                ("factor_sealed", models.TextField(blank=True, default="")),
                ("factor_last_step", models.BigIntegerField(default=0)),
                ("theme", models.CharField(blank=True, default="", max_length=5)),
                ("has_single_keys", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "person",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="records.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_executive", True),
                            ("is_manager", True),
                            ("is_seller", True),
                            ("is_operations", True),
                            _connector="OR",
                        ),
                        name="account_has_a_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("theme__in", ("", "light", "dark"))),
                        name="account_theme",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person__isnull", False),
                            models.Q(("is_manager", False), ("is_seller", False)),
                            _connector="OR",
                        ),
                        name="account_tied_to_a_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountRow",
            fields=[
                ("id", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("name", models.TextField()),
                (
                    "folded_name",
                    headway.records.models.folded.FoldedField(
                        db_index=True, default="", editable=False, max_length=200
                    ),
                ),
                ("segment", models.TextField(null=True)),
                ("industry", models.TextField(null=True)),
                ("country", models.TextField(null=True)),
            ],
        ),
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
                ("seed", models.PositiveIntegerField(null=True)),
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
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("cadence_days__gte", 1)),
                        name="programme_cadence_is_days",
                    )
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
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["report", "meeting", "check", "other"])),
                        name="hours_back_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hours__gt", 0)), name="hours_back_some"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on", None),
                            ("ended_on__gte", models.F("since_on")),
                            _connector="OR",
                        ),
                        name="hours_back_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LeaderFinding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("finding", models.CharField(max_length=64, unique=True)),
                ("leader", models.CharField(max_length=80)),
                ("first_published_at", models.DateTimeField()),
                ("opens_at", models.DateTimeField()),
                ("comment", models.TextField(blank=True, default="")),
                ("commented_at", models.DateTimeField(null=True)),
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
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("asked", "agreed", "declined", "ended"))),
                        name="pair_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("asker", models.F("partner")), _negated=True),
                        name="pair_of_two",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("asked", "agreed"))),
                        fields=("asker", "partner"),
                        name="pair_once_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PredicateCount",
            fields=[
                ("identity", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("matched", models.PositiveBigIntegerField(default=0)),
                ("total", models.PositiveBigIntegerField(default=0)),
                ("problem", models.TextField(blank=True, default="")),
                ("counted_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Wave",
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
                ("items", models.JSONField()),
                ("priorities", models.JSONField(default=list)),
                ("least", models.PositiveSmallIntegerField(default=5)),
                ("opened_at", models.DateTimeField()),
                ("closes_on", models.DateField()),
                ("state", models.CharField(default="open", max_length=8)),
                ("closed_at", models.DateTimeField(null=True)),
                ("alpha", models.FloatField(null=True)),
                ("themes", models.JSONField(default=list)),
                (
                    "head",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.person",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("open", "closed", "cut", "counted"))),
                        name="wave_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "open"), ("closed_at__isnull", False), _connector="OR"
                        ),
                        name="wave_closed_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("least__gte", 5)), name="wave_least_five"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PulseAnswer",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("team_manager", models.CharField(max_length=80)),
                ("role", models.CharField(max_length=20)),
                ("values", models.JSONField(default=dict)),
                ("words", models.JSONField(default=dict)),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="records.wave",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PulseCell",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cell_id", models.CharField(max_length=160, unique=True)),
                ("manager", models.CharField(max_length=80)),
                ("role", models.CharField(max_length=20)),
                ("is_remainder", models.BooleanField()),
                ("teams", models.JSONField()),
                ("answered_count", models.PositiveIntegerField(null=True)),
                ("again_count", models.PositiveIntegerField(default=0)),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cells",
                        to="records.wave",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["wave", "manager"], name="cell_of_manager")],
            },
        ),
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
            name="Source",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.TextField(unique=True)),
                ("kind", models.CharField(default="files", max_length=20)),
                ("shape", models.CharField(blank=True, default="", max_length=40)),
                ("added_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
            ],
        ),
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
            name="AuditEntry",
            fields=[
                ("number", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("account_id", models.BigIntegerField(null=True)),
                ("code", models.CharField(max_length=60)),
                ("subject", models.CharField(max_length=600)),
                ("previous_hash", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "indexes": [models.Index(fields=["account_id", "number"], name="audit_by_account")],
            },
        ),
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("count", models.PositiveBigIntegerField(default=0)),
                ("hash", models.CharField(max_length=64)),
                ("seal", models.CharField(max_length=64)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="audit_head_is_one")
                ],
            },
        ),
        migrations.CreateModel(
            name="BeliefProfile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quarter_on", models.DateField()),
                ("level", models.CharField(max_length=10)),
                ("leader_count", models.PositiveIntegerField()),
                ("profile", models.JSONField()),
                ("opens_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("quarter_on", "level"), name="belief_profile_once"
                    )
                ],
            },
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
                ("practice", models.JSONField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "programme",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="plans",
                        to="records.coachingprogramme",
                    ),
                ),
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
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("coach", models.F("person")), _negated=True),
                        name="coaching_plan_of_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cadence_days__gte", 1)),
                        name="coaching_plan_cadence_is_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on", None), ("outcome", "")),
                            models.Q(
                                ("closed_on__isnull", False),
                                ("outcome__in", ("reached", "ended", "left")),
                            ),
                            _connector="OR",
                        ),
                        name="coaching_plan_outcome",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_on", None), ("programme__isnull", False)),
                        fields=("programme", "person"),
                        name="coaching_plan_once_a_programme",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("facts_id", models.CharField(max_length=64)),
                ("policy_version", models.CharField(max_length=20)),
                ("as_of", models.DateField()),
                ("data_from", models.DateField()),
                ("published_at", models.DateTimeField()),
                ("is_current", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)),
                        fields=("is_current",),
                        name="publication_one_current",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Commitment",
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
                ("made_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("text", models.TextField()),
                ("seen_by", models.TextField(blank=True, default="")),
                ("cue", models.TextField(blank=True, default="")),
                ("is_joint", models.BooleanField(default=False)),
                ("is_shared", models.BooleanField(default=False)),
                ("due_on", models.DateField()),
                ("first_due_on", models.DateField()),
                ("priority", models.CharField(blank=True, default="", max_length=80)),
                ("finding", models.CharField(blank=True, default="", max_length=64)),
                ("predicted_link", models.CharField(blank=True, default="", max_length=20)),
                ("predicted_share", models.FloatField(null=True)),
                ("predicted_low", models.FloatField(null=True)),
                ("predicted_high", models.FloatField(null=True)),
                ("state", models.CharField(default="open", max_length=12)),
                ("settled_on", models.DateField(null=True)),
                ("release_asked_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
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
                    "to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
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
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="commitment_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to", None),
                            models.Q(("to", models.F("owner")), _negated=True),
                            _connector="OR",
                        ),
                        name="commitment_not_to_oneself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ("open", "kept", "kept_late", "broken", "released", "declined"),
                            )
                        ),
                        name="commitment_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "open"), ("settled_on__isnull", False), _connector="OR"
                        ),
                        name="commitment_settled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_joint", False), ("to__isnull", False), _connector="OR"
                        ),
                        name="commitment_joint_of_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("predicted_low", None),
                            models.Q(
                                ("predicted_low__gte", 0),
                                ("predicted_low__lte", models.F("predicted_share")),
                                ("predicted_share__lte", models.F("predicted_high")),
                                ("predicted_high__lte", 1),
                            ),
                            _connector="OR",
                        ),
                        name="commitment_predicted_in_its_range",
                    ),
                ],
            },
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
            name="IdempotencyKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("account_id", models.BigIntegerField()),
                ("action", models.CharField(max_length=60)),
                ("key", models.CharField(max_length=255)),
                ("asked_hash", models.CharField(max_length=64)),
                ("reply_sealed", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("account_id", "action", "key"), name="idempotency_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LogInFailure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("about_hash", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["about_hash", "at"], name="failure_about_at")],
            },
        ),
        migrations.CreateModel(
            name="Message",
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
                ("priority", models.CharField(blank=True, default="", max_length=80)),
                ("sent_at", models.DateTimeField()),
                ("channel", models.CharField(max_length=20)),
                ("text", models.TextField(blank=True, default="")),
                ("is_ask", models.BooleanField(default=False)),
                ("is_external", models.BooleanField(default=False)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "logged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "head",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.person",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="records.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["priority", "sent_at"], name="message_of_priority")
                ],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("currency", models.CharField(max_length=3)),
                ("time_zone", models.TextField(default="UTC")),
                ("fiscal_year_start_month", models.PositiveSmallIntegerField(default=1)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="organisation_is_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fiscal_year_start_month__range", (1, 12))),
                        name="organisation_fiscal_month",
                    ),
                ],
            },
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
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("partner")), _negated=True),
                        name="peer_meeting_of_two",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PeopleStop",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("facts_id", models.CharField(max_length=64, unique=True)),
                ("brake", models.JSONField()),
                ("found_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OwnView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quarter_on", models.DateField()),
                ("share", models.FloatField()),
                ("sealed_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="own_views",
                        to="records.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "quarter_on"), name="own_view_once"),
                    models.CheckConstraint(
                        condition=models.Q(("share__gte", 0), ("share__lte", 1)),
                        name="own_view_is_a_share",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OpportunityRow",
            fields=[
                ("id", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("name", models.TextField()),
                (
                    "folded_name",
                    headway.records.models.folded.FoldedField(
                        db_index=True, default="", editable=False, max_length=200
                    ),
                ),
                ("stage", models.TextField()),
                ("stage_group", models.CharField(max_length=4)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ("created_on", models.DateField(null=True)),
                ("close_on", models.DateField(null=True)),
                ("closed_on", models.DateField(null=True)),
                ("dimensions", models.JSONField(default=dict)),
                ("is_missing", models.BooleanField(default=False)),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="records.accountrow",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="records.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("stage_group__in", ("open", "won", "lost"))),
                        name="opportunity_stage_group",
                    )
                ],
                "indexes": [
                    models.Index(fields=["owner", "closed_on"], name="opportunity_owner_closed"),
                    models.Index(fields=["closed_on", "id"], name="opportunity_closed"),
                ],
            },
        ),
        migrations.CreateModel(
            name="OneTimeLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("purpose", models.CharField(max_length=6)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("email", models.EmailField(blank=True, default="", max_length=254)),
                ("name", models.TextField(blank=True, default="")),
                ("roles", models.JSONField(default=list)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, to="records.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("purpose__in", ("invite", "reset", "log_in"))),
                        name="link_purpose",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("account", None), ("purpose", "invite")),
                            models.Q(
                                models.Q(("purpose", "invite"), _negated=True),
                                ("account__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="link_has_its_account",
                    ),
                ],
            },
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="note_says_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period_end_on__gt", models.F("period_first_on"))),
                        name="note_period_ends_after_start",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["scope", "kpi", "period_first_on"], name="note_of_answer")
                ],
            },
        ),
        migrations.CreateModel(
            name="Move",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
                ("role", models.CharField(max_length=20)),
                ("team", models.TextField(null=True)),
                ("region", models.TextField(null=True)),
                ("state", models.CharField(default="planned", max_length=9)),
                ("entered_at", models.DateTimeField()),
                (
                    "entered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "manager",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moves",
                        to="records.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "withdrawn"), _negated=True),
                        fields=("person", "from_on"),
                        name="move_one_per_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("planned", "holds", "circle", "withdrawn"))
                        ),
                        name="move_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on", None),
                            ("until_on__gt", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="move_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("manager", None),
                            models.Q(("manager", models.F("person")), _negated=True),
                            _connector="OR",
                        ),
                        name="move_not_to_oneself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MessageReceipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("received_on", models.DateField(null=True)),
                ("basis", models.CharField(blank=True, default="", max_length=12)),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="receipts",
                        to="records.message",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="receipts",
                        to="records.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("message", "person"), name="receipt_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("basis__in", ("", "attended", "acknowledged", "opened"))
                        ),
                        name="receipt_basis",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("basis", ""), ("received_on__isnull", False), _connector="OR"
                        ),
                        name="receipt_has_its_basis",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Leave",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_on", models.DateField()),
                ("to_on", models.DateField(null=True)),
                ("entered_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("is_brought", models.BooleanField(default=False)),
                (
                    "entered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="leaves",
                        to="records.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on", None), ("to_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="leave_ends_after_start",
                    )
                ],
            },
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
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "person"), name="hours_back_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="CoachingStart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("planned_on", models.DateField()),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="starts",
                        to="records.coachingprogramme",
                    ),
                ),
                (
                    "manager",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "manager"), name="coaching_start_once"
                    )
                ],
            },
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
                ("changed_at", models.DateTimeField(null=True)),
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
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("coach", models.F("person")), _negated=True),
                        name="session_of_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("asked", "planned", "held", "called_off"))
                        ),
                        name="session_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "planned"), _negated=True),
                            ("planned_at__isnull", False),
                            _connector="OR",
                        ),
                        name="session_planned_has_its_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "held"), _negated=True),
                            ("held_at__isnull", False),
                            _connector="OR",
                        ),
                        name="session_held_has_its_time",
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("practice", ""), ("is_practice_agreed", True), _connector="OR"
                        ),
                        name="session_practice_agreed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Card",
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
                ("priority", models.CharField(max_length=80)),
                ("version", models.PositiveIntegerField(default=1)),
                ("items", models.JSONField()),
                ("written_on", models.DateField()),
                ("author_agreed_on", models.DateField(null=True)),
                ("person_agreed_on", models.DateField(null=True)),
                ("withdrawn_on", models.DateField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cards",
                        to="records.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cards_with_leader",
                        to="records.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("person", None), ("withdrawn_on", None)),
                        fields=("author", "priority"),
                        name="card_own_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False), ("withdrawn_on", None)),
                        fields=("author", "person", "priority"),
                        name="card_with_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person", None),
                            models.Q(("person", models.F("author")), _negated=True),
                            _connector="OR",
                        ),
                        name="card_not_oneself",
                    ),
                ],
            },
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
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agenda",
                        to="records.coachingsession",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlanVersion",
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
                ("number", models.PositiveIntegerField(unique=True)),
                ("content", models.JSONField()),
                ("written_at", models.DateTimeField()),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PredicateColumn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("table", models.CharField(max_length=40)),
                ("column", models.CharField(max_length=60)),
                ("kind", models.CharField(max_length=12)),
                ("choices", models.JSONField(default=list)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("table", "column"), name="predicate_column_once"
                    )
                ],
            },
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
                ("shared_with", models.CharField(default="nobody", max_length=10)),
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
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "priority", "group", "link", "quarter_on"),
                        name="prediction_once_a_quarter",
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(("shared_with__in", ("nobody", "leaders", "team"))),
                        name="prediction_shared_with",
                    ),
                ],
            },
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
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("session", "writer"), name="preparation_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Priority",
            fields=[
                ("id", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1)),
                ("declared_on", models.DateField()),
                ("ended_on", models.DateField(null=True)),
                ("is_brought", models.BooleanField(default=False)),
                (
                    "declared_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on", None),
                            ("ended_on__gte", models.F("declared_on")),
                            _connector="OR",
                        ),
                        name="priority_ends_after_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PriorityVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("content", models.JSONField()),
                ("written_at", models.DateTimeField()),
                (
                    "priority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="records.priority",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("priority", "number"), name="priority_version_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("finding", models.CharField(max_length=64)),
                ("scope", models.CharField(max_length=500)),
                ("text", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="objection_says_something",
                    )
                ],
                "indexes": [models.Index(fields=["scope", "finding"], name="objection_of_finding")],
            },
        ),
        migrations.CreateModel(
            name="CheckMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=60)),
                ("table", models.CharField(max_length=60)),
                ("row_count", models.PositiveBigIntegerField()),
                ("share", models.FloatField()),
                ("affects", models.JSONField(default=list)),
                ("figures", models.JSONField(default=dict)),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks",
                        to="records.publication",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("publication", "code", "table"), name="mark_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("share__range", (0, 1))), name="mark_share"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("scope", models.CharField(max_length=500)),
                ("kpi", models.CharField(max_length=40)),
                ("comparison", models.CharField(default="default", max_length=60)),
                ("answer", models.JSONField()),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="records.publication",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("publication", "scope", "kpi", "comparison"), name="answer_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedCalibration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("person", models.CharField(max_length=80)),
                ("calibration", models.JSONField()),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calibrations",
                        to="records.publication",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("publication", "person"), name="calibration_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedChain",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("priority", models.CharField(max_length=80)),
                ("role", models.CharField(max_length=20)),
                ("head", models.CharField(max_length=80)),
                ("position", models.PositiveIntegerField()),
                ("chain", models.JSONField()),
                ("for_others", models.JSONField()),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="chains",
                        to="records.publication",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("publication", "priority", "role", "head"), name="chain_once"
                    )
                ],
                "indexes": [
                    models.Index(
                        fields=["publication", "head", "role", "position"], name="chain_of_head"
                    ),
                    models.Index(
                        fields=["publication", "role", "position", "head"], name="chain_in_order"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedCoaching",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("scope", models.CharField(max_length=100)),
                ("head", models.CharField(max_length=80)),
                ("priority", models.CharField(max_length=80)),
                ("coaching", models.JSONField()),
                ("for_others", models.JSONField()),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="coaching",
                        to="records.publication",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("publication", "scope", "priority"), name="coaching_once"
                    )
                ],
                "indexes": [models.Index(fields=["publication", "head"], name="coaching_of_head")],
            },
        ),
        migrations.CreateModel(
            name="PublishedGap",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("person", models.CharField(max_length=80)),
                ("priority", models.CharField(max_length=80)),
                ("group", models.CharField(max_length=100)),
                ("gap", models.JSONField()),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="gaps",
                        to="records.publication",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["publication", "person"], name="gap_of_person")],
            },
        ),
        migrations.CreateModel(
            name="PublishedMeasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("role", models.CharField(max_length=20)),
                ("head", models.CharField(max_length=80)),
                ("subject", models.CharField(blank=True, default="", max_length=80)),
                ("people", models.PositiveIntegerField()),
                ("measure", models.JSONField()),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="measures",
                        to="records.publication",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("publication", "code", "role", "head", "subject"),
                        name="measure_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedPattern",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("priority", models.CharField(max_length=80)),
                ("head", models.CharField(max_length=80)),
                ("pattern", models.JSONField()),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="patterns",
                        to="records.publication",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["publication", "head"], name="pattern_of_head")],
            },
        ),
        migrations.CreateModel(
            name="PublishedPeers",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("person", models.CharField(max_length=80)),
                ("priority", models.CharField(max_length=80)),
                ("peers", models.JSONField()),
                ("is_ahead", models.BooleanField()),
                ("is_first", models.BooleanField()),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="peers",
                        to="records.publication",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("publication", "person", "priority"), name="peers_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedRemedy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("code", models.CharField(max_length=40)),
                ("remedy", models.JSONField()),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remedies",
                        to="records.publication",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("publication", "kind", "code"), name="remedy_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("link", "pattern"))), name="remedy_kind"
                    ),
                ],
            },
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
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("publication", "person"), name="published_time_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Coding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("coder", models.CharField(max_length=6)),
                ("codes", models.JSONField()),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="codings",
                        to="records.pulseanswer",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("answer", "coder"), name="coding_once"),
                    models.CheckConstraint(
                        condition=models.Q(("coder__in", ("rule", "person"))), name="coding_coder"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PulseCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("item", models.CharField(max_length=8)),
                ("subject", models.CharField(blank=True, default="", max_length=80)),
                ("value", models.CharField(max_length=40)),
                ("answer_count", models.PositiveIntegerField()),
                (
                    "cell",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="counts",
                        to="records.pulsecell",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("cell", "item", "subject", "value"), name="pulse_count_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code_hash", models.CharField(max_length=64)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recovery_codes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("account", "code_hash"), name="recovery_code_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Remeasurement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("group", models.CharField(max_length=100)),
                ("pattern", models.CharField(blank=True, default="", max_length=40)),
                ("before", models.JSONField()),
                ("before_on", models.DateField()),
                ("outcome", models.JSONField(null=True)),
                ("measured_on", models.DateField(null=True)),
                (
                    "commitment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remeasurement",
                        to="records.commitment",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("measured_on", None), ("outcome__isnull", True)),
                            models.Q(("measured_on__isnull", False), ("outcome__isnull", False)),
                            _connector="OR",
                        ),
                        name="remeasurement_has_its_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reorganisation",
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
                ("priority", models.CharField(max_length=80)),
                ("name", models.TextField()),
                ("effective_on", models.DateField()),
                ("profiles", models.JSONField(default=list)),
                ("version", models.PositiveIntegerField(default=1)),
                ("declared_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "declared_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Handover",
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
                ("account", models.CharField(max_length=80)),
                ("planned_on", models.DateField()),
                ("completed_on", models.DateField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("declared_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "declared_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.person",
                    ),
                ),
                (
                    "taker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.person",
                    ),
                ),
                (
                    "reorganisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="handovers",
                        to="records.reorganisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("giver", models.F("taker")), _negated=True),
                        name="handover_not_to_oneself",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportingLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("role", models.CharField(max_length=20)),
                ("team", models.TextField(null=True)),
                ("region", models.TextField(null=True)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                (
                    "manager",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reports",
                        to="records.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="records.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to", None)),
                        fields=("person",),
                        name="line_one_current",
                    ),
                    models.UniqueConstraint(
                        fields=("person", "valid_from"), name="line_one_per_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None),
                            ("valid_to__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="line_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("manager", None),
                            models.Q(("manager", models.F("person")), _negated=True),
                            _connector="OR",
                        ),
                        name="line_not_to_oneself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("role_name", models.TextField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.person",
                    ),
                ),
                (
                    "reorganisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="records.reorganisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reorganisation", "person"), name="role_change_once"
                    )
                ],
            },
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
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("coach", models.F("person")), _negated=True),
                        name="scorecard_of_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("own_on", None), ("own_scores__isnull", True)),
                            models.Q(("own_on__isnull", False), ("own_scores__isnull", False)),
                            _connector="OR",
                        ),
                        name="scorecard_own_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("coach_on", None), ("coach_scores__isnull", True)),
                            models.Q(("coach_on__isnull", False), ("coach_scores__isnull", False)),
                            _connector="OR",
                        ),
                        name="scorecard_coach_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "session_key",
                    models.CharField(
                        max_length=40, primary_key=True, serialize=False, verbose_name="session key"
                    ),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("started_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "abstract": False,
            },
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
                ("priority", models.CharField(blank=True, default="", max_length=80)),
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
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("side__in", ("teach", "learn"))), name="skill_said_side"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("skill", None), ("words", ""), _connector="XOR"),
                        name="skill_said_one_of_both",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("priority", ""),
                            models.Q(("side", "teach"), ("skill", None)),
                            _connector="OR",
                        ),
                        name="skill_said_of_priority",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("columns_hash", models.CharField(max_length=64)),
                ("proposal", models.JSONField()),
                ("choices", models.JSONField(default=dict)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mappings",
                        to="records.source",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("source", "columns_hash"), name="mapping_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Load",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("upload", models.TextField()),
                ("content_hash", models.CharField(blank=True, default="", max_length=64)),
                ("rows_in_count", models.PositiveBigIntegerField(default=0)),
                ("kept_count", models.PositiveBigIntegerField(default=0)),
                ("rejected_count", models.PositiveBigIntegerField(default=0)),
                ("files", models.JSONField(default=list)),
                ("rejections", models.TextField(blank=True, default="")),
                ("snapshot_id", models.CharField(blank=True, default="", max_length=64)),
                ("refusal", models.TextField(blank=True, default="")),
                ("notes", models.JSONField(default=list)),
                ("asked_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
                ("is_sample", models.BooleanField(default=False)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mapping",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="records.mapping",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="loads",
                        to="records.source",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ("waiting", "kept", "unchanged", "refused", "undone", "discarded"),
                            )
                        ),
                        name="load_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "rows_in_count",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("kept_count"), "+", models.F("rejected_count")
                                ),
                            )
                        ),
                        name="load_nothing_silent",
                    ),
                ],
                "indexes": [models.Index(fields=["source", "-asked_at"], name="load_newest")],
            },
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
            options={
                "constraints": [
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(("hours__gte", 0)), name="time_hours"
                    ),
                ],
                "indexes": [models.Index(fields=["person", "week_on"], name="time_of_week")],
            },
        ),
        migrations.CreateModel(
            name="Training",
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
                ("priority", models.CharField(max_length=80)),
                ("name", models.TextField()),
                ("held_on", models.DateField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("declared_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "declared_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("attended_on", models.DateField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.person",
                    ),
                ),
                (
                    "training",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendances",
                        to="records.training",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("training", "person"), name="attendance_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PulsePooled",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("item", models.CharField(max_length=8)),
                ("least", models.PositiveIntegerField()),
                ("most", models.PositiveIntegerField()),
                ("of", models.PositiveIntegerField()),
                ("team_count", models.PositiveIntegerField()),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pooled",
                        to="records.wave",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("wave", "item"), name="pulse_pooled_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PulseInvitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("team_manager", models.CharField(max_length=80)),
                ("role", models.CharField(max_length=20)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("token_sealed", models.TextField(blank=True)),
                ("has_answered", models.BooleanField(default=False)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.person",
                    ),
                ),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="records.wave",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("wave", "person"), name="invitation_once")
                ],
            },
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
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("form__in", ("text", "event"))), name="webhook_form"
                    )
                ],
            },
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
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("waiting", "sent", "given_up"))),
                        name="outgoing_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "waiting"), ("over_at__isnull", False), _connector="OR"
                        ),
                        name="outgoing_over_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("invitation__isnull", False), ("kind", "invitation")),
                            models.Q(
                                ("account__isnull", False),
                                ("kind__in", ("reminders", "called_off")),
                            ),
                            models.Q(
                                ("kind__in", ("week", "event", "test")), ("webhook__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="outgoing_goes_somewhere",
                    ),
                ],
                "indexes": [models.Index(fields=["state", "next_at"], name="outgoing_due")],
            },
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("may_write", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("last_used_on", models.DateField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("made_at"))),
                        name="token_expires_after_it_is_made",
                    )
                ],
            },
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
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "number"), name="coaching_step_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("identity", models.CharField(max_length=64)),
                ("wanted", models.JSONField(default=dict)),
                ("state", models.CharField(default="waiting", max_length=8)),
                ("step", models.CharField(blank=True, default="", max_length=60)),
                ("done_count", models.PositiveIntegerField(default=0)),
                ("total_count", models.PositiveIntegerField(default=0)),
                ("attempt_count", models.PositiveSmallIntegerField(default=0)),
                ("problem", models.TextField(blank=True, default="")),
                ("task_id", models.CharField(blank=True, default="", max_length=40)),
                ("asked_at", models.DateTimeField()),
                ("beat_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("waiting", "running"))),
                        fields=("identity",),
                        name="job_one_of_a_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("waiting", "running", "done", "failed"))),
                        name="job_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("done_count__lte", models.F("total_count"))),
                        name="job_within_total",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PeopleFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("rows", models.JSONField()),
                ("columns", models.JSONField()),
                ("from_on", models.DateField()),
                ("is_whole", models.BooleanField(default=False)),
                ("state", models.CharField(default="waiting", max_length=7)),
                ("brought_at", models.DateTimeField()),
                (
                    "brought_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("waiting", "applied", "dropped"))),
                        name="people_file_state",
                    )
                ],
            },
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
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="records.peermeeting",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "author"), name="peer_note_one_each")
                ],
            },
        ),
    ]
