"""Find by name, as far as one may: people, accounts, opportunities, priorities, what works."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from headway.queries.access import NotSeenError
from headway.queries.results import figures
from headway.queries.strategy import declared as priorities
from headway.queries.words.language import gettext as _
from headway.records import finding, knowledge, scopes
from headway.records.models import (
    AccountRow,
    KnowledgeItem,
    OpportunityRow,
    Organisation,
    Person,
)
from headway.terms.names import holds
from headway.terms.scope import Scope
from headway.terms.viewer import Viewer

LONGEST = 80


@dataclass(frozen=True, kw_only=True)
class Found:
    """One thing with that name: its kind, what to call it, what tells it apart, and its id.

    `kind` is person, opportunity, account, priority or knowledge; the id of a person is the code of
    their scope, as Results take it.
    """

    kind: str
    name: str
    hint: str
    subject: str


def found(viewer: Viewer, *, text: str, today: date) -> tuple[Found, ...]:
    """What has a name that holds every word of `text`; a few of each kind at most."""
    # No database searches for a null character.
    asked = text.replace("\0", "").strip()[:LONGEST]
    if not asked:
        return ()
    return (
        *_people(viewer, asked),
        *_priorities(viewer, asked, today=today),
        *_knowledge(asked),
        *_accounts(viewer, asked),
        *_opportunities(viewer, asked),
    )


@dataclass(frozen=True, kw_only=True)
class OpportunityLine:
    """One opportunity in words, as it was recorded last."""

    opportunity_id: str
    name: str
    account_id: str
    account: str
    owner: str
    stage: str
    amount: str
    created: str
    closes: str


@dataclass(frozen=True, kw_only=True)
class AccountSeen:
    """One account and its opportunities that the viewer may see, the newest first."""

    name: str
    hint: str
    opportunities: tuple[OpportunityLine, ...]


MOST_OF_ACCOUNT = 50


def opportunity(viewer: Viewer, *, opportunity_id: str) -> OpportunityLine:
    """One opportunity.

    Raises:
        NotSeenError: there is none, or not for this viewer.
    """
    seen = scopes.visible_opportunities(viewer).select_related("account", "owner")
    row = seen.filter(id=opportunity_id).first()
    if row is None:
        raise NotSeenError
    return _line(row, currency=_currency())


def account(viewer: Viewer, *, account_id: str) -> AccountSeen:
    """One account, with its opportunities.

    Raises:
        NotSeenError: there is none, or not for this viewer.
    """
    row = scopes.visible_accounts(viewer).filter(id=account_id).first()
    if row is None:
        raise NotSeenError
    seen = scopes.visible_opportunities(viewer).filter(account_id=account_id)
    rows = seen.select_related("account", "owner").order_by("-created_on", "id")
    currency = _currency()
    known = tuple(each for each in (row.segment, row.industry, row.country) if each)
    return AccountSeen(
        name=row.name,
        hint=figures.listed(known),
        opportunities=tuple(_line(each, currency=currency) for each in rows[:MOST_OF_ACCOUNT]),
    )


def _currency() -> str:
    return Organisation.objects.values_list("currency", flat=True).first() or ""


def _line(row: OpportunityRow, *, currency: str) -> OpportunityLine:
    closes = row.closed_on or row.close_on
    return OpportunityLine(
        opportunity_id=row.id,
        name=row.name,
        account_id=row.account_id or "",
        account=row.account.name if row.account else "",
        owner=row.owner.name if row.owner else _("nobody"),
        stage=row.stage,
        amount=figures.money(float(row.amount), currency=currency)
        if row.amount is not None
        else "",
        created=figures.day(row.created_on) if row.created_on else "",
        closes=figures.day(closes) if closes else "",
    )


def _people(viewer: Viewer, text: str) -> Iterator[Found]:
    people = scopes.visible_people(viewer).filter(is_active=True)
    for each in finding.named(people, text, shown=Person.objects.all()):
        scope = Scope(person=each.id)
        yield Found(kind="person", name=each.name, hint=each.title, subject=scope.code)


def _accounts(viewer: Viewer, text: str) -> Iterator[Found]:
    for each in finding.named(
        scopes.visible_accounts(viewer), text, shown=AccountRow.objects.all()
    ):
        yield Found(kind="account", name=each.name, hint="", subject=each.id)


def _opportunities(viewer: Viewer, text: str) -> Iterator[Found]:
    seen = scopes.visible_opportunities(viewer)
    shown = OpportunityRow.objects.select_related("owner")
    for each in finding.named(seen, text, shown=shown):
        owner = each.owner.name if each.owner else _("nobody")
        yield Found(
            kind="opportunity",
            name=each.name,
            hint=figures.listed((each.stage, owner)),
            subject=each.id,
        )


def _priorities(viewer: Viewer, text: str, *, today: date) -> Iterator[Found]:
    for line in priorities.priorities(viewer, today=today):
        if holds(line.name, text):
            yield Found(kind="priority", name=line.name, hint=line.owner, subject=line.priority_id)


def _knowledge(text: str) -> Iterator[Found]:
    for each in finding.named(knowledge.current(), text, shown=KnowledgeItem.objects.all()):
        yield Found(kind="knowledge", name=each.name, hint=each.helps_when, subject=f"{each.pk}")
