"""The mail that asks somebody to answer a pulse."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _

from headway.actions import seal
from headway.records.models import Outgoing


def mail(row: Outgoing) -> EmailMessage | None:
    """The mail of one invitation; None = answered, or the wave is closed."""
    invitation = row.invitation
    assert invitation is not None  # noqa: S101  a constraint of the table
    wave = invitation.wave
    if invitation.has_answered or wave.state != "open":
        return None
    token = seal.opened(invitation.token_sealed)
    address = settings.HEADWAY_URL + reverse("pulse-answer", kwargs={"token": token})
    text = _(
        "We would like to know how our direction reaches your daily work.\n\n"
        "It is {count} short questions and takes under three minutes:\n{address}\n\n"
        "The link is yours and works once, until {day}. Your answer is kept without your name, and "
        "nothing is shown of fewer than {least} people.\n"
    )
    body = text.format(count=len(wave.items), address=address, day=wave.closes_on, least=wave.least)
    return EmailMessage(subject=_("A few short questions"), body=body, to=[invitation.person.email])
