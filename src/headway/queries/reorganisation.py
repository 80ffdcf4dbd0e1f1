"""Reorganisations, handovers and trainings as one viewer may read them, and what can be chosen."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from headway.queries.access import NotSeenError
from headway.queries.results import figures
from headway.queries.strategy import declared as priorities
from headway.queries.words.language import gettext as _
from headway.records import reorganised, scopes
from headway.records.models import AccountRow, Handover, RoleChange
from headway.terms.access import Permission, allows
from headway.terms.reorganised import Part, sums
from headway.terms.viewer import Viewer

MOST_SHOWN = 200


@dataclass(frozen=True, kw_only=True)
class ReorganisationLine:
    """One reorganisation: since when, for which priority, how many of those one sees have a role.

    `lacks` says what its measurement still needs, "" where nothing.
    """

    number: int
    name: str
    effective: str
    priority: str
    people_count: int
    lacks: str


@dataclass(frozen=True, kw_only=True)
class HandoverLine:
    """One account that changes hands; `completed` "" = not yet, `is_late` where the day passed."""

    number: int
    version: int
    account: str
    giver: str
    taker: str
    planned: str
    completed: str
    is_late: bool
    reorganisation: str
    may_change: bool


@dataclass(frozen=True, kw_only=True)
class TrainingLine:
    """One training: how many came of those it was for, among whom one sees."""

    number: int
    version: int
    name: str
    held: str
    priority: str
    came_count: int
    invited_count: int
    may_change: bool


@dataclass(frozen=True, kw_only=True)
class ChangesPage:
    """Everything of the page, the newest first; `MOST_SHOWN` each of handovers and trainings.

    `handovers` are still to be done, `handed_over` done; `hidden_count` of both are not shown.
    """

    reorganisations: tuple[ReorganisationLine, ...]
    handovers: tuple[HandoverLine, ...]
    handed_over: tuple[HandoverLine, ...]
    hidden_count: int
    trainings: tuple[TrainingLine, ...]
    may_declare: bool


@dataclass(frozen=True, kw_only=True)
class ReorganisationSeen:
    """One reorganisation; `roles` are its roles with those one sees who have each, by name."""

    number: int
    version: int
    name: str
    effective_on: date
    effective: str
    priority: str
    parts: tuple[Part, ...]
    roles: tuple[tuple[str, tuple[str, ...]], ...]
    lacks: str
    may_change: bool


def page(viewer: Viewer, *, today: date) -> ChangesPage:
    """What was declared that concerns the viewer. Statements do not grow with what there is."""
    names = priorities.names(viewer, today=today)
    to_do = _handovers(viewer, today=today, is_done=False)
    done = _handovers(viewer, today=today, is_done=True)
    count = reorganised.visible_handovers(viewer).count()
    return ChangesPage(
        reorganisations=_reorganisations(viewer, names=names),
        handovers=to_do,
        handed_over=done,
        hidden_count=count - len(to_do) - len(done),
        trainings=_trainings(viewer, names=names),
        may_declare=allows(viewer, Permission.DECLARE),
    )


def one(viewer: Viewer, *, number: int, today: date) -> ReorganisationSeen:
    """One reorganisation.

    Raises:
        NotSeenError: there is none that concerns the viewer.
    """
    found = reorganised.visible_reorganisations(viewer).filter(pk=number).first()
    if found is None:
        raise NotSeenError
    names = priorities.names(viewer, today=today)
    parts = reorganised.parts(found)
    changes = list(_changes(viewer).filter(reorganisation=found).select_related("person"))
    return ReorganisationSeen(
        number=found.pk,
        version=found.version,
        name=found.name,
        effective_on=found.effective_on,
        effective=figures.day(found.effective_on),
        priority=names.get(found.priority, found.priority),
        parts=parts,
        roles=tuple(
            (role, tuple(sorted(each.person.name for each in changes if each.role_name == role)))
            for role in dict.fromkeys([*sums(parts), *(each.role_name for each in changes)])
        ),
        lacks=_lacks(parts, has_roles=found.changes.exists()),
        may_change=allows(viewer, Permission.DECLARE) and reorganised.may_change(viewer, found),
    )


def named(viewer: Viewer) -> tuple[tuple[str, str], ...]:
    """The reorganisations a handover can belong to, (number, name)."""
    if not allows(viewer, Permission.DECLARE):
        return ()
    found = reorganised.visible_reorganisations(viewer).order_by("-effective_on", "-id")
    return tuple((str(each.pk), each.name) for each in found)


def people(viewer: Viewer, *, are_here: bool) -> tuple[tuple[str, str], ...]:
    """People the viewer sees, (id, name) by name, for those who declare.

    Args:
        viewer: who declares.
        are_here: only those who have not left.
    """
    if not allows(viewer, Permission.DECLARE):
        return ()
    found = scopes.visible_people(viewer).order_by("name", "id")
    found = found.filter(is_active=True) if are_here else found
    return tuple(found.values_list("id", "name"))


def accounts(viewer: Viewer, *, giver: str) -> tuple[tuple[str, str], ...]:
    """The accounts on which somebody the viewer sees has opportunities, (id, name) by name."""
    if not allows(viewer, Permission.DECLARE):
        return ()
    theirs = scopes.visible_opportunities(viewer).filter(owner_id=giver)
    found = AccountRow.objects.filter(id__in=theirs.values("account_id")).order_by("name", "id")
    return tuple(found.values_list("id", "name"))


def _changes(viewer: Viewer) -> QuerySet[RoleChange]:
    return RoleChange.objects.filter(person__in=scopes.visible_people(viewer))


def _reorganisations(viewer: Viewer, *, names: dict[str, str]) -> tuple[ReorganisationLine, ...]:
    found = list(reorganised.visible_reorganisations(viewer).order_by("-effective_on", "-id"))
    counts = Counter(_changes(viewer).values_list("reorganisation_id", flat=True))
    with_roles = set(RoleChange.objects.values_list("reorganisation_id", flat=True).distinct())
    return tuple(
        ReorganisationLine(
            number=each.pk,
            name=each.name,
            effective=figures.day(each.effective_on),
            priority=names.get(each.priority, each.priority),
            people_count=counts[each.pk],
            lacks=_lacks(reorganised.parts(each), has_roles=each.pk in with_roles),
        )
        for each in found
    )


def _lacks(parts: tuple[Part, ...], *, has_roles: bool) -> str:
    if not parts:
        return _("nobody has written down what should differ")
    return "" if has_roles else _("nobody has a role yet")


def _handovers(viewer: Viewer, *, today: date, is_done: bool) -> tuple[HandoverLine, ...]:
    handovers = reorganised.visible_handovers(viewer).select_related("giver", "taker")
    rows = handovers.filter(completed_on__isnull=not is_done)
    found = list(rows.order_by("-planned_on", "-id")[:MOST_SHOWN])
    ids = {each.account for each in found}
    accounts = dict(AccountRow.objects.filter(id__in=ids).values_list("id", "name"))
    # A handover one sees may belong to a reorganisation that one does not see.
    visible = reorganised.visible_reorganisations(viewer)
    reorganisations = dict(visible.values_list("id", "name"))
    return tuple(
        _handover(
            each,
            account=accounts.get(each.account, each.account),
            reorganisation=reorganisations.get(each.reorganisation_id or 0, ""),
            viewer=viewer,
            today=today,
        )
        for each in found
    )


def _handover(
    found: Handover, *, account: str, reorganisation: str, viewer: Viewer, today: date
) -> HandoverLine:
    done = found.completed_on
    return HandoverLine(
        number=found.pk,
        version=found.version,
        account=account,
        giver=found.giver.name,
        taker=found.taker.name,
        planned=figures.day(found.planned_on),
        completed=figures.day(done) if done else "",
        is_late=done is None and found.planned_on < today,
        reorganisation=reorganisation,
        may_change=allows(viewer, Permission.DECLARE) and reorganised.may_change(viewer, found),
    )


def _trainings(viewer: Viewer, *, names: dict[str, str]) -> tuple[TrainingLine, ...]:
    seen = Q(attendances__person__in=scopes.visible_people(viewer))
    found = reorganised.visible_trainings(viewer).annotate(
        invited=Count("attendances", filter=seen, distinct=True),
        came=Count(
            "attendances",
            filter=seen & Q(attendances__attended_on__isnull=False),
            distinct=True,
        ),
    )
    return tuple(
        TrainingLine(
            number=each.pk,
            version=each.version,
            name=each.name,
            held=figures.day(each.held_on),
            priority=names.get(each.priority, each.priority),
            came_count=each.__dict__["came"],
            invited_count=each.__dict__["invited"],
            may_change=allows(viewer, Permission.DECLARE) and reorganised.may_change(viewer, each),
        )
        for each in found.order_by("-held_on", "-id")[:MOST_SHOWN]
    )
