"""Commitments held against the line on their day, and what has worked here."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests import cast
from tests.interfaces.web.results_world import signed_in
from tests.worked_line import measured

from headway.actions import findings
from headway.queries import remedies
from headway.records.models import Commitment, Remeasurement
from headway.terms.coaching import Coaching, EffectVerdict
from headway.terms.line import Chain, Link, LinkVerdict
from headway.terms.pattern import Pattern, PatternCode, PatternUnit, PatternVerdict
from headway.terms.strategy import StrategyFindings
from headway.terms.viewer import SYSTEM
from queries.strategy.test_published import chain, without_leader

pytestmark = pytest.mark.django_db

DUE = date(2026, 7, 20)
SELLERS = ("sam", "sue", "stan", "max", "mona", "olaf")


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


def standing(head: str, mean: float, *, link: Link = Link.PRACTISED) -> Chain:
    links = list(chain(head).links)
    links[list(Link).index(link)] = measured(
        link, 3, 9, LinkVerdict.STRAINED, mean=mean, low=mean - 0.1, high=mean + 0.1
    )
    return replace(chain(head), links=tuple(links))


def publish(
    mean: float,
    *,
    as_of: date,
    heads: tuple[str, ...] = ("max",),
    link: Link = Link.PRACTISED,
    **more: object,
) -> None:
    chains = tuple(standing(head, mean, link=link) for head in heads)
    findings.publish(
        viewer=SYSTEM,
        at=cast.NOW + (as_of - cast.NOW.date()),
        facts_id="f" * 64,
        policy_version="1",
        as_of=as_of,
        data_from=date(2024, 1, 1),
        answers=(),
        strategy=StrategyFindings(
            chains=chains,
            chains_for_others=tuple(without_leader(each) for each in chains),
            **more,
        ),
        marks=(),
    )


def promise(owner: str = "max", *, to: str | None = None, **more: object) -> Commitment:
    made: Commitment = Commitment.objects.create(
        **{
            "owner_id": owner,
            "to_id": to,
            "made_by_id": cast.viewer(owner).account_id,
            "made_at": cast.NOW + timedelta(days=1),
            "accepted_at": cast.NOW + timedelta(days=1),
            "text": "Role-play twice a week",
            "due_on": DUE,
            "first_due_on": DUE,
            "priority": "p1",
            "predicted_link": "practised",
            "predicted_share": 0.6,
            **more,
        }
    )
    return made


def outcome() -> Remeasurement:
    found: Remeasurement = Remeasurement.objects.get()
    return found


def test_a_link_is_measured_again_on_the_day_in_the_same_group() -> None:
    publish(0.3, as_of=date(2026, 6, 30))
    made = promise()
    # The baseline is what its maker was looking at, whatever is found the night after.
    publish(0.5, as_of=date(2026, 7, 2))
    kept = outcome()
    assert (kept.commitment, kept.group, kept.before_on) == (made, "seller@max", date(2026, 6, 30))
    assert kept.before["mean"] == 0.3
    publish(0.55, as_of=DUE - timedelta(days=1))
    assert outcome().outcome is None
    publish(0.65, as_of=DUE)
    publish(0.2, as_of=DUE + timedelta(days=1))
    # Measured on its day, and not once more.
    assert outcome().measured_on == DUE
    [own] = remedies.page(cast.viewer("max")).own
    assert (own.before, own.predicted, own.happened) == ("30%", "60%", "65% (range 55% to 75%)")
    assert (own.moved, own.note) == ("rose", "description only: nobody to compare with")


def test_without_anybody_to_compare_with_it_is_a_description_only_and_else_it_is_not() -> None:
    publish(0.3, as_of=date(2026, 6, 30))
    promise()
    effect = Coaching(
        scope="seller@max",
        priority="p1",
        covered=4,
        people=9,
        effect=None,
        allocation=None,
        inspection_share=None,
        micromanagement=None,
        verdict=EffectVerdict.HELPS,
    )
    publish(0.65, as_of=DUE, coaching=(effect,), coaching_for_others=(effect,))
    publish(0.65, as_of=DUE, coaching=(effect,), coaching_for_others=(effect,))
    [own] = remedies.page(cast.viewer("max")).own
    assert own.note == "beside people without it"


def test_one_that_was_let_off_or_predicts_nothing_is_not_measured() -> None:
    publish(0.3, as_of=date(2026, 6, 30))
    promise(state="released", settled_on=DUE)
    promise(predicted_link="", predicted_share=None)
    promise(priority="")
    publish(0.65, as_of=DUE)
    publish(0.65, as_of=DUE)
    assert [each.outcome for each in Remeasurement.objects.all()] == [None]


def test_one_made_before_what_is_published_has_no_baseline() -> None:
    publish(0.3, as_of=date(2026, 6, 30))
    promise(made_at=cast.NOW - timedelta(days=1))
    publish(0.4, as_of=date(2026, 7, 2))
    assert not Remeasurement.objects.exists()


def test_a_seller_is_measured_by_the_nearest_group_they_are_part_of() -> None:
    publish(0.3, as_of=date(2026, 6, 30), heads=("eve", "mona", "max", "olaf"))
    promise("sam")
    publish(0.4, as_of=date(2026, 7, 2), heads=("eve", "mona", "max", "olaf"))
    assert outcome().group == "seller@max"


def test_what_is_found_about_a_leader_is_no_baseline_of_their_people() -> None:
    publish(0.3, as_of=date(2026, 6, 30), link=Link.LED)
    promise("sam", predicted_link="led")
    promise("max", predicted_link="led")
    publish(0.4, as_of=date(2026, 7, 2), link=Link.LED)
    assert outcome().commitment.owner_id == "max"


def test_outcomes_are_for_the_two_sides_and_for_the_other_once_it_is_settled() -> None:
    publish(0.3, as_of=date(2026, 6, 30))
    made = promise("max", to="sam")
    publish(0.4, as_of=date(2026, 7, 2))
    publish(0.65, as_of=DUE)

    def seen() -> set[str]:
        return {
            name
            for name in cast.ROLES
            if remedies.of_commitment(cast.viewer(name), commitment_id=made.pk) is not None
        }

    assert seen() == {"max"}
    Commitment.objects.update(state="kept", settled_on=DUE)
    assert seen() == {"max", "sam"}
    # Stan is another's: he does not see the line it was measured in.
    Commitment.objects.update(to="stan")
    assert seen() == {"max"}


def test_the_page_of_one_sets_what_was_predicted_beside_what_happened() -> None:
    publish(0.3, as_of=date(2026, 6, 30))
    made = promise("max", to="sam")
    publish(0.4, as_of=date(2026, 7, 2))
    address = f"/commitments/{made.pk}/"
    said = "Predicted, and what happened"
    assert said not in signed_in("max").get(address).content.decode()
    publish(0.65, as_of=DUE)
    page = signed_in("max").get(address).content.decode()
    shown = ("30%", "30 Jun", "60%", "65% (range 55% to 75%)", "20 Jul", "description only")
    assert [each for each in (said, *shown) if each not in page] == []
    # The other side reads it once it is settled.
    assert said not in signed_in("sam").get(address).content.decode()


def by_pattern(head: str) -> Pattern:
    return Pattern(
        code=PatternCode.NEW_PROCESS_OLD_HABITS,
        priority="p1",
        place=f"seller@{head}",
        verdict=PatternVerdict.PRESENT,
        subtype=None,
        size=0.3,
        low=0.2,
        high=0.4,
        unit=PatternUnit.SHARE,
    )


def test_what_has_worked_is_told_by_link_and_pattern_of_five_people_and_names_nobody() -> None:
    heads = ("eve", "mona", "max", "olaf")
    patterns = tuple(by_pattern(head) for head in heads)
    publish(0.3, as_of=date(2026, 6, 30), heads=heads, patterns=patterns)
    for owner in SELLERS[:4]:
        promise(owner, state="kept", settled_on=DUE)
    publish(0.65, as_of=date(2026, 7, 2), heads=heads)
    publish(0.65, as_of=DUE, heads=heads)
    assert remedies.page(cast.viewer("eve")).by_link == ()
    for owner in SELLERS[4:]:
        promise(owner, made_at=cast.NOW + timedelta(days=30), due_on=DUE + timedelta(days=20))
    publish(0.65, as_of=DUE + timedelta(days=1), heads=heads, patterns=patterns)
    [row] = remedies.page(cast.viewer("stan")).by_link
    # Six people made one, four are done; those measured again are of four people: not told.
    assert (row.name, row.made, row.done, row.measured, row.happened) == (
        *("Practised", 6, 4, "–", "–"),
    )
    publish(0.65, as_of=DUE + timedelta(days=20), heads=heads)
    [row] = remedies.page(cast.viewer("stan")).by_link
    # Four rose from 30 to 65 %; two were made at 65 % and stayed there. Predicted were 60 %.
    assert (row.measured, row.rose, row.predicted, row.happened) == (
        *("6", "4", "+18 points", "+23 points"),
    )
    text = signed_in("eve").get("/commitments/worked/").content.decode()
    assert "6 commitments were measured again; in 4 of them the link rose." in text
    assert not any(name.title() in text for name in ("sam", "sue", "stan"))


def test_ones_own_predictions_are_counted_for_oneself() -> None:
    publish(0.3, as_of=date(2026, 6, 30))
    promise()
    promise(predicted_share=0.9)
    publish(0.4, as_of=date(2026, 7, 2))
    publish(0.65, as_of=DUE)
    page = remedies.page(cast.viewer("max"))
    assert page.own_sentence == ("2 predictions of yours have come due: 1 as measured, 1 higher.")
    assert remedies.page(cast.viewer("mona")).own == ()
