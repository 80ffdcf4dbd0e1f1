"""The opportunities behind a figure, where something of them is not known."""

from dataclasses import replace

import pytest
from tests import cast
from tests.interfaces.pages import answers
from tests.interfaces.web import results_world

from headway.queries.results import opportunities
from headway.queries.results.opportunities import OpportunityList
from headway.queries.results.published import Asked
from headway.records.models import OpportunityRow, PublishedAnswer
from headway.terms import codec
from headway.terms.scope import Scope

pytestmark = pytest.mark.django_db


def listed() -> OpportunityList:
    asked = Asked(scope=Scope().code)
    eve = cast.viewer("eve")
    found = opportunities.opportunities(eve, asked=asked, figure="", side="now", number=1)
    assert isinstance(found, OpportunityList)
    return found


def test_an_amount_that_is_not_known_is_left_blank() -> None:
    results_world.enter(decided=2)
    OpportunityRow.objects.filter(id="d-0").update(amount=None)
    amounts = {row.opportunity_id: row.amount for row in listed().rows}
    assert (amounts["d-0"], amounts["d-1"]) == ("", "€1,001")


def test_without_a_comparison_all_that_were_decided_are_listed() -> None:
    results_world.enter(decided=2)
    answer = codec.to_json(replace(answers.FALLING, comparison=None))
    PublishedAnswer.objects.update(answer=answer)
    assert {"d-0", "d-1"} <= {row.opportunity_id for row in listed().rows}
