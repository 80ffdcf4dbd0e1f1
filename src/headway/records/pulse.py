"""Who sees which wave, who is asked in one, and which answers wait to be coded."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from headway.records import scopes
from headway.records.models import Coding, PulseAnswer, PulseCell, PulseInvitation, Wave
from headway.terms.access import Permission, allows
from headway.terms.viewer import Viewer

# Words are read by people only where so many wrote some.
LEAST_WORDS = 10


def led_waves(viewer: Viewer) -> QuerySet[Wave]:
    """The waves that asked nobody but people `viewer` leads; all for those who see everybody."""
    found = Wave.objects.all()
    if scopes.sees_everybody(viewer):
        return found
    if viewer.person_id is None or not allows(viewer, Permission.PULSE):
        return found.none()
    below = scopes.people_of(viewer.person_id).values("id")
    return found.filter(Q(head=viewer.person_id) | Q(head__in=below))


def visible_waves(viewer: Viewer) -> QuerySet[Wave]:
    """The waves that asked people `viewer` leads, others among them or not.

    Of one that came with a load nobody knows whom it asked: who leads one of its groups sees it.
    """
    found = Wave.objects.all()
    if scopes.sees_everybody(viewer):
        return found
    if viewer.person_id is None or not allows(viewer, Permission.PULSE):
        return found.none()
    theirs = scopes.people_of(viewer.person_id).values("id")
    asked = PulseInvitation.objects.filter(person__in=theirs)
    brought = visible_cells(viewer).filter(wave__is_brought=True)
    return found.filter(Q(pk__in=asked.values("wave")) | Q(pk__in=brought.values("wave")))


def visible_cells(viewer: Viewer) -> QuerySet[PulseCell]:
    """The cells of the viewer's own people, and of those below them."""
    found = PulseCell.objects.all()
    if scopes.sees_everybody(viewer):
        return found
    if viewer.person_id is None or not allows(viewer, Permission.PULSE):
        return found.none()
    below = scopes.people_of(viewer.person_id).values("id")
    return found.filter(Q(manager=viewer.person_id) | Q(manager__in=below))


def waiting(viewer: Viewer, *, today: date) -> QuerySet[PulseInvitation]:
    """The viewer's own open invitations that they have not answered."""
    return PulseInvitation.objects.filter(
        person_id=viewer.person_id or "",
        has_answered=False,
        wave__state="open",
        wave__closes_on__gte=today,
    )


def to_code(viewer: Viewer) -> QuerySet[PulseAnswer]:
    """Answers in words of waves that are cut and not counted, for those who may code.

    None of waves in which fewer than ten wrote something: nobody reads the words of a few.
    """
    found = PulseAnswer.objects.filter(wave__state="cut").exclude(words={})
    if not allows(viewer, Permission.CODING):
        return found.none()
    enough = [
        wave.pk
        for wave in Wave.objects.filter(state="cut")
        if PulseAnswer.objects.filter(wave=wave).exclude(words={}).count() >= LEAST_WORDS
    ]
    return found.filter(wave__in=enough)


def uncoded(viewer: Viewer) -> QuerySet[PulseAnswer]:
    """Those of them that no person has coded yet."""
    by_person = Coding.objects.filter(answer=OuterRef("pk"), coder="person")
    return to_code(viewer).filter(~Exists(by_person))
