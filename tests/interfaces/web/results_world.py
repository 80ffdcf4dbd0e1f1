"""The standing cast with published answers and decided opportunities, for the pages of Results."""

from datetime import date, timedelta

from django.test import Client
from tests import cast
from tests.interfaces.pages import answers

from headway.records.models import Account, OpportunityRow, Publication, PublishedAnswer
from headway.terms import codec
from headway.terms.scope import Scope


def enter(*, decided: int = 30) -> Publication:
    """Everybody, one publication, and so many decided opportunities of sam, sue and stan."""
    cast.enter()
    made = cast.publication()
    PublishedAnswer.objects.filter(publication=made).update(answer=codec.to_json(answers.FALLING))
    PublishedAnswer.objects.filter(scope=Scope(person="sue").code).delete()
    OpportunityRow.objects.bulk_create(
        _decided(number, owner=("sam", "sue", "stan")[number % 3]) for number in range(decided)
    )
    return made


def signed_in(name: str) -> Client:
    """A browser of one of the cast."""
    client = Client()
    client.force_login(Account.objects.get(email=f"{name}@example.com"))
    return client


def _decided(number: int, *, owner: str) -> OpportunityRow:
    on = date(2026, 4, 1) + timedelta(days=number % 180)
    return OpportunityRow(
        id=f"d-{number}",
        name=f"Decided {number} of {owner}",
        owner_id=owner,
        account_id="acme",
        stage="Closed",
        stage_group=("won", "lost")[number % 2],
        amount=1000 + number,
        created_on=on - timedelta(days=90),
        close_on=on,
        closed_on=on,
        dimensions={"region": "West", "product": "Service contract"},
    )


def more(count: int) -> None:
    """So many decided opportunities beside those that are there."""
    OpportunityRow.objects.bulk_create(
        _decided(number, owner=("sam", "sue", "stan")[number % 3])
        for number in range(10_000, 10_000 + count)
    )
