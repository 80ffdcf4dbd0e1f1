"""What leaves the house: a webhook, a mail given up, what sam chose, and sam's calendar."""

from datetime import date

from tests import cast

from headway.actions import reminders
from headway.records.models import (
    Account,
    CalendarAddress,
    Outgoing,
    PulseInvitation,
    ReminderChoice,
    Webhook,
)


def enter(open_wave: str) -> dict[str, str]:
    """All of it; gives what stands in addresses, by name."""
    sam = Account.objects.get(person_id="sam")
    ReminderChoice.objects.create(account=sam, kinds=["moved"])
    CalendarAddress.objects.create(
        account=sam,
        secret_hash="secret-m4rk-c",
        made_at=cast.NOW,
        last_used_on=date(2017, 3, 3),
    )
    hook = Webhook.objects.create(
        name="hook-m4rk",
        form="text",
        host="chat.example.com",
        address_sealed="secret-m4rk-a",
        secret_sealed="secret-m4rk-b",
        made_at=cast.NOW,
    )
    Outgoing.objects.create(
        kind="invitation",
        key="invitation",
        invitation=PulseInvitation.objects.get(wave=open_wave, person="sue"),
        made_at=cast.NOW,
        next_at=cast.NOW,
        state="given_up",
        problem="mail-m4rk",
        over_at=cast.NOW,
    )
    return {
        "webhook_id": str(hook.pk),
        "secret": "s3cret",
        "stop_token": reminders.stop_token(sam.pk),
    }
