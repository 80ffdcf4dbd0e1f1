"""Whose hours somebody sees: their own, and what was given back by them or to them."""

import hashlib
from datetime import date

from django.db.models import Q, QuerySet

from headway.records.models import HoursBack, Person, PublishedTime, TimeLog
from headway.terms.viewer import Viewer


def key(person_id: str, *, week_on: date, category: str, priority: str) -> str:
    """The name among the facts of what somebody logged for a category of a week."""
    text = f"{person_id}\0{week_on.isoformat()}\0{category}\0{priority}"
    return hashlib.sha256(text.encode()).hexdigest()[:40]


def own_log(viewer: Viewer) -> QuerySet[TimeLog]:
    """The hours the viewer logged; nobody sees those of others, whatever their role."""
    return TimeLog.objects.filter(person_id=viewer.person_id or "")


def own_published(viewer: Viewer) -> QuerySet[PublishedTime]:
    """What was found of the viewer's own sessions."""
    return PublishedTime.objects.filter(publication__is_current=True, person=viewer.person_id or "")


def visible_hours_back(viewer: Viewer) -> QuerySet[HoursBack]:
    """What the viewer gave back, and what was given back to them."""
    me = viewer.person_id or ""
    return HoursBack.objects.filter(Q(given_by_id=me) | Q(people__person_id=me)).distinct()


def led_directly(viewer: Viewer) -> QuerySet[Person]:
    """The people who report to the viewer now, by name."""
    return Person.objects.filter(
        lines__manager_id=viewer.person_id or "", lines__valid_to=None, is_active=True
    ).order_by("name", "id")
