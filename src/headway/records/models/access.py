"""Who may log in, and with what."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q


class Account(AbstractBaseUser):
    """Somebody who may log in. Roles add up; `person` ties the account to somebody in the data.

    `factor_sealed` holds the secret of the second factor, encrypted; empty = none.
    `factor_last_step` is the last time step a code was accepted for, so that no code works twice.
    """

    email = models.EmailField(unique=True)
    name = models.TextField()
    person = models.OneToOneField("records.Person", models.PROTECT, null=True)
    is_executive = models.BooleanField(default=False)
    is_manager = models.BooleanField(default=False)
    is_seller = models.BooleanField(default=False)
    is_operations = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    factor_sealed = models.TextField(blank=True, default="")
    factor_last_step = models.BigIntegerField(default=0)
    theme = models.CharField(max_length=5, blank=True, default="")
    has_single_keys = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    USERNAME_FIELD = "email"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_executive=True)
                | Q(is_manager=True)
                | Q(is_seller=True)
                | Q(is_operations=True),
                name="account_has_a_role",
            ),
            # A manager or seller without a person would see nobody, not even themselves.
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(is_manager=False, is_seller=False),
                name="account_tied_to_a_person",
            ),
            models.CheckConstraint(
                condition=Q(theme__in=("", "light", "dark")), name="account_theme"
            ),
        ]


class Session(AbstractBaseSession):
    """One signed-in browser; without an account, one that has begun to log in."""

    account = models.ForeignKey(
        "records.Account", models.CASCADE, null=True, related_name="sessions"
    )
    started_at = models.DateTimeField()


class OneTimeLink(models.Model):
    """A link that works once, until it expires. Only the hash of its token is kept.

    `purpose`: invite (makes an account with these roles), reset (a new password for `account`),
    log_in (signs `account` in; printed by the command line that owns the data folder).
    """

    purpose = models.CharField(max_length=6)
    token_hash = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey("records.Account", models.CASCADE, null=True, related_name="links")
    person = models.ForeignKey("records.Person", models.CASCADE, null=True)
    email = models.EmailField(blank=True, default="")
    name = models.TextField(blank=True, default="")
    roles = models.JSONField(default=list)
    made_by = models.ForeignKey("records.Account", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=("invite", "reset", "log_in")), name="link_purpose"
            ),
            models.CheckConstraint(
                condition=Q(purpose="invite", account=None)
                | (~Q(purpose="invite") & Q(account__isnull=False)),
                name="link_has_its_account",
            ),
        ]


class ApiToken(models.Model):
    """A secret by which a program acts as an account; only the hash of the secret is kept.

    It reads what the account may read, and changes things too where `may_write`. `last_used_on` is
    a day, null = never used; `revoked_at` null = not ended before its time.
    """

    account = models.ForeignKey("records.Account", models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    may_write = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="token_expires_after_it_is_made"
            ),
        ]


class RecoveryCode(models.Model):
    """A code to be used once instead of the second factor; only its hash is kept."""

    account = models.ForeignKey("records.Account", models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "code_hash"], name="recovery_code_once"),
        ]


class LogInFailure(models.Model):
    """One failed try; `about_hash` is the hash of the mail address or network address tried."""

    about_hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["about_hash", "at"], name="failure_about_at")]
