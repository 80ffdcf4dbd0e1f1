"""What is kept about one person: every table that speaks of people, and whose its rows are.

A test compares these two lists with the tables: none is forgotten.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from headway.records.models import AuditEntry, OneTimeLink

_Row = dict[str, Any]  # Any: columns of several types


@dataclass(frozen=True, kw_only=True)
class Own:
    """Which columns tell whose a row is, by person or account, and what is not handed out."""

    person: tuple[str, ...] = ()
    account: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


OWN: Mapping[str, Own] = {
    "Person": Own(person=("id",)),
    "Account": Own(account=("id",), without=("password", "factor_sealed", "factor_last_step")),
    "ReportingLine": Own(person=("person",)),
    "Move": Own(person=("person",)),
    "Leave": Own(person=("person",)),
    "RoleChange": Own(person=("person",)),
    "Attendance": Own(person=("person",)),
    "Handover": Own(person=("giver", "taker")),
    "OpportunityRow": Own(person=("owner",)),
    "Commitment": Own(person=("owner", "to")),
    "CommitmentEvent": Own(account=("by",)),
    "Card": Own(person=("author", "person")),
    "Message": Own(person=("sender",)),
    "MessageReceipt": Own(person=("person",)),
    "MessageRepeat": Own(person=("sender",)),
    "Prediction": Own(person=("person",)),
    "PublishedGap": Own(person=("person",)),
    "PublishedCalibration": Own(person=("person",)),
    "LeaderFinding": Own(person=("leader",)),
    "TimeLog": Own(person=("person",)),
    "PublishedTime": Own(person=("person",)),
    "PublishedOwnSkills": Own(person=("person",)),
    "PublishedPeers": Own(person=("person",), without=("peers",)),
    "CoachingSession": Own(person=("coach", "person")),
    "AgendaItem": Own(person=("by",)),
    "Preparation": Own(person=("writer",)),
    "CoachingPlan": Own(person=("coach", "person")),
    "CoachingProgramme": Own(person=("head",)),
    "CoachingStart": Own(person=("manager",)),
    "Scorecard": Own(person=("coach", "person")),
    "OwnView": Own(person=("person",)),
    "HoursBack": Own(person=("given_by",)),
    "HoursBackTo": Own(person=("person",)),
    "SkillSaid": Own(person=("person",)),
    "Pair": Own(person=("asker", "partner")),
    "PeerMeeting": Own(person=("person", "partner")),
    "PeerNote": Own(person=("author",)),
    "KnowledgeItem": Own(person=("author", "checked_by")),
    "KnowledgeUse": Own(person=("person",)),
    "Objection": Own(account=("by",)),
    "ReminderChoice": Own(account=("account",)),
    "Note": Own(person=("person",)),
    "ApiToken": Own(account=("account",), without=("token_hash",)),
    "AuditEntry": Own(account=("account_id",), without=("previous_hash", "hash")),
}
"""By table."""

NOT_OWN: Mapping[str, str] = {
    "Session": "a browser that is signed in",
    "OneTimeLink": "a link that lets somebody in once",
    "RecoveryCode": "a code that lets somebody in once",
    "CalendarAddress": "a secret address; what it shows are commitments and sessions",
    "Outgoing": "a mail on its way; what it is about is here",
    "Webhook": "an address of the organisation",
    "IdempotencyKey": "keeps a second press from a second effect",
    "Job": "work of the machine",
    "Load": "says who brought which files",
    "PeopleStop": "says who confirmed a load",
    "PeopleFile": "says who brought a list",
    "Wave": "says who opened a pulse",
    "PulseInvitation": "that somebody was asked; answers are kept without a name",
    "Reorganisation": "the organisation's",
    "Training": "the organisation's",
    "PlanVersion": "the organisation's",
    "Priority": "the organisation's",
    "PriorityVersion": "the organisation's",
    "PublishedChain": "about a group",
    "PublishedPattern": "about a group",
    "PublishedCoaching": "about a group, or a manager who reads it on the page of coaching",
    "PublishedMeasure": "about a group",
    "PublishedStay": "about a group",
    "PublishedSkill": "about a group of five or more",
    "GroupMonth": "about a group of five or more",
}
"""Tables that name people and are no data about them, with the reason."""


def _of_commitment(row: _Row, person_id: str | None) -> tuple[str, ...]:
    """A prediction is its owner's alone until it is settled."""
    if row["state"] != "open" or row["owner_id"] == person_id:
        return ()
    return ("predicted_link", "predicted_share", "predicted_low", "predicted_high")


def _of_scorecard(row: _Row, person_id: str | None) -> tuple[str, ...]:
    """Neither has the other's scores before both are in."""
    if row["own_scores"] is not None and row["coach_scores"] is not None:
        return ()
    is_coach = row["coach_id"] == person_id
    return ("own_scores", "own_on") if is_coach else ("coach_scores", "coach_on")


_SEALED: Mapping[str, Callable[[_Row, str | None], tuple[str, ...]]] = {
    "Commitment": _of_commitment,
    "Scorecard": _of_scorecard,
}

READS: Mapping[str, str] = {"people.person": "person", "access.sight": "account"}
"""Sensitive reads that are about one person, by their code: what their subject is the id of."""

NO_READS: Mapping[str, str] = {
    "people.list": "about everybody",
    "pulse.words": "nobody knows whose words they are",
    "audit.entries": "about everybody",
}
"""The other sensitive reads, with the reason."""


def rows_of(*, person_id: str | None, account_id: int | None) -> Iterator[tuple[str, list[_Row]]]:
    """Each table of `OWN` with the rows that are this person's, every column by its name."""
    for name, own in OWN.items():
        model = apps.get_model("records", name)
        yield name, list(_rows(model, own, person_id=person_id, account_id=account_id))


def reads_of(*, person_id: str | None, account_id: int | None) -> QuerySet[AuditEntry]:
    """When somebody else looked at what is sensitive about this person, the newest first.

    Whoever made a link for their new password, or removed their second factor, could log in as
    they: that is told too.
    """
    ids = {"person": person_id, "account": None if account_id is None else str(account_id)}
    mine = Q(pk__in=[])
    for code, kind in READS.items():
        if ids[kind] is not None:
            mine |= Q(code=f"read:{code}", subject=ids[kind])
    if account_id is not None:
        links = OneTimeLink.objects.filter(account_id=account_id, purpose="reset")
        made = [f"link:{number}" for number in links.values_list("pk", flat=True)]
        mine |= Q(code="access.make_reset_link", subject__in=made)
        mine |= Q(code="accounts.remove_second_factor", subject=f"account:{account_id}")
    others = AuditEntry.objects.filter(mine).exclude(account_id=account_id)
    return others.order_by("-number")


def _rows(
    model: type[Model], own: Own, *, person_id: str | None, account_id: int | None
) -> Iterator[_Row]:
    mine = Q(pk__in=[])
    if person_id is not None:
        for name in own.person:
            mine |= Q(**{name: person_id})
    if account_id is not None:
        for name in own.account:
            mine |= Q(**{name: account_id})
    shown = [each for each in model._meta.concrete_fields if each.name not in own.without]
    for row in model._default_manager.filter(mine).order_by("pk"):
        told = {each.attname: getattr(row, each.attname) for each in shown}
        sealed = _SEALED.get(model.__name__)
        yield told | dict.fromkeys(sealed(told, person_id) if sealed else ())
