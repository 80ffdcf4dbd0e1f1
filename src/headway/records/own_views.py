"""What a manager says first of how much their people decide, before they see what these say."""

from datetime import date

from headway.records import quarters
from headway.records.models import OwnView, PublishedChain

AUTONOMY = "AU1"


def is_asked(person_id: str) -> bool:
    """Whether somebody leads people whose answers are told, and can be asked for their view."""
    lines = PublishedChain.objects.filter(publication__is_current=True, role="seller")
    return lines.filter(head=person_id).exists()


def waits(person_id: str, *, on: date) -> bool:
    """Whether somebody is asked and has sealed no view in the quarter of a day, or since."""
    sealed = OwnView.objects.filter(person_id=person_id, quarter_on__gte=quarters.first_day(on))
    return not sealed.exists() and is_asked(person_id)
