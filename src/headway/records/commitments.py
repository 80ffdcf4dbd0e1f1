"""Who sees which commitment, who may do what with it, and whom one may ask for one.

What is asked of one commitment is answered from its row, its events and who made it, which a query
of many fetches beforehand.
"""

from datetime import date

from django.db.models import Q, QuerySet

from headway.records import scopes
from headway.records.models import Commitment, CommitmentEvent, Person, ReportingLine
from headway.terms.commitment import EventKind, day_that_counts
from headway.terms.viewer import Viewer

# Who works outside the line of sales: delivery, product, and others on whom a promise can hang.
_OTHER_UNITS = ("engineer", "other")


def visible(viewer: Viewer) -> QuerySet[Commitment]:
    """The commitments `viewer` knows of: their own, and that their own people have made one.

    What became of it only those see who `sees_course`. Nobody sees one by rank.
    """
    found = Commitment.objects.all()
    if viewer.is_system:
        return found
    mine = _made_by(viewer)
    if viewer.person_id is not None:
        mine |= of_party(viewer)
        own = ReportingLine.objects.filter(manager_id=viewer.person_id, valid_to=None)
        people = own.values("person_id")
        does_it = Q(owner_id__in=people) | Q(is_joint=True, to_id__in=people)
        # What was asked and not agreed to is no promise yet.
        mine |= does_it & Q(accepted_at__isnull=False)
    return found.filter(mine)


def _made_by(viewer: Viewer) -> Q:
    """What the viewer's account made; through another's eyes, in the sample, nothing of it."""
    if viewer.account_id is None:
        return Q(pk__in=[])
    own = Q(made_by__person=None) | Q(made_by__person_id=viewer.person_id)
    return Q(made_by_id=viewer.account_id) & own


def of_party(viewer: Viewer) -> Q:
    """Those that are between the viewer and somebody, or that the viewer promised themselves."""
    if viewer.person_id is None:
        return Q(pk__in=[])
    return Q(owner_id=viewer.person_id) | Q(to_id=viewer.person_id)


def is_maker(found: Commitment, viewer: Viewer) -> bool:
    """Whether the viewer made it, or asked for it."""
    return found.made_by_id is not None and found.made_by_id == viewer.account_id


def sees_course(found: Commitment, viewer: Viewer) -> bool:
    """Whether the viewer, who knows of it, sees what became of it, and what belongs to it.

    Its two parties do, and everybody who knows of it where one of them shares it. Whoever asked
    for it sees the answer; what follows is between the two.
    """
    if viewer.is_system or found.is_shared or viewer.person_id in parties(found):
        return True
    return found.accepted_at is None and is_maker(found, viewer)


def parties(found: Commitment) -> frozenset[str]:
    """The people it is between."""
    return frozenset(person for person in (found.owner_id, found.to_id) if person is not None)


def doers(found: Commitment) -> frozenset[str]:
    """Who does what is promised: its owner, and both where it is joint."""
    return parties(found) if found.is_joint else frozenset({found.owner_id})


def agreeing(found: Commitment) -> frozenset[str]:
    """Who has to agree before it is a promise: of those who do it, whoever did not ask."""
    return doers(found) - {_maker(found)} or frozenset({found.owner_id})


def releasers(found: Commitment) -> frozenset[str]:
    """Who may end it without its being done.

    What nobody agreed to, whoever asked for it. What was promised to somebody, that person; of a
    joint one whoever did not ask to be released, once one of them has. What was promised to nobody
    else, its owner.
    """
    if found.accepted_at is None:
        maker = _maker(found)
        return frozenset() if maker is None else frozenset({maker})
    if not found.is_joint:
        return frozenset({found.to_id or found.owner_id})
    asked = release_asked_by(found)
    return frozenset() if asked is None else parties(found) - {asked}


def release_asked_by(found: Commitment) -> str | None:
    """Who asks to be let off at present."""
    if found.release_asked_at is None:
        return None
    wishes = [each for each in events(found) if each.kind == EventKind.RELEASE_ASKED]
    by = wishes[-1].by if wishes else None
    return by.person_id if by is not None else None


def reopeners(found: Commitment) -> frozenset[str]:
    """Who may take back how it ended: who does it, and of what is said to be done either party."""
    return parties(found) if found.state in ("kept", "kept_late") else doers(found)


def events(found: Commitment) -> list[CommitmentEvent]:
    """Everything that was said of it, in the order in which it was said."""
    return sorted(found.events.all(), key=lambda each: each.pk)


def kept_by(found: Commitment) -> date:
    """The day by which it is kept on time; see `day_that_counts`."""
    moves = [
        (each.on, each.to_on)
        for each in events(found)
        if each.kind == EventKind.RENEGOTIATED and each.to_on is not None
    ]
    return day_that_counts(found.first_due_on, moves)


def askable(viewer: Viewer) -> QuerySet[Person]:
    """Everybody here whom the viewer may ask to promise something; they agree before it counts.

    Themselves, the people they lead, and those who lead them; whoever leads anybody may also ask
    other leaders and people of other units, on whom what they promised may hang.
    """
    here = Person.objects.filter(is_active=True)
    if viewer.person_id is None:
        return scopes.visible_people(viewer).filter(is_active=True)
    lines = ReportingLine.objects.filter(valid_to=None)
    asked = (
        Q(id=viewer.person_id)
        | Q(id__in=scopes.visible_people(viewer).values("id"))
        | Q(id__in=scopes.leaders_of(viewer.person_id).values("id"))
    )
    if lines.filter(manager_id=viewer.person_id).exists():
        asked |= Q(id__in=lines.exclude(manager=None).values("manager_id"))
        asked |= Q(id__in=lines.filter(role__in=_OTHER_UNITS).values("person_id"))
    return here.filter(asked)


def _maker(found: Commitment) -> str | None:
    return found.made_by.person_id if found.made_by is not None else None
