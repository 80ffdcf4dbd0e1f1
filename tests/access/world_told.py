"""What max told in the world, means to say again, and wrote on cards."""

from datetime import date

from tests import cast

from headway.records.models import Account, Card, Message, MessageReceipt, MessageRepeat
from headway.terms.declared import OWN_FIELDS, CardField


def enter(priority: str) -> dict[str, str]:
    message = Message.objects.create(
        priority=priority,
        sender_id="max",
        head_id="max",
        sent_at=cast.NOW,
        channel="team_meeting",
        text="message-m4rk",
        logged_by=Account.objects.get(name="Max"),
    )
    MessageReceipt.objects.create(message=message, person_id="sam")
    MessageReceipt.objects.create(
        message=message, person_id="sue", received_on=cast.NOW.date(), basis="attended"
    )
    repeat = MessageRepeat.objects.create(
        sender_id="max",
        head_id="max",
        priority=priority,
        due_on=date(2087, 5, 7),
        every_weeks=4,
        set_by=Account.objects.get(name="Max"),
        changed_at=cast.NOW,
    )
    for person, text in ((None, "owncard-m4rk"), ("sam", "pair-m4rk")):
        items = [
            {"field": each.value, "text": text, "measure": "Two a week"}
            for each in (CardField if person else OWN_FIELDS)
        ]
        card = Card.objects.create(
            author_id="max",
            person_id=person,
            priority=priority,
            items=items,
            written_on=cast.NOW.date(),
        )
    return {
        "message_id": str(message.pk),
        "repeat_id": str(repeat.pk),
        "card_id": str(card.pk),
    }
