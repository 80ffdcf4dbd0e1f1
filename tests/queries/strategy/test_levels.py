"""How far it came down, level by level: whom it is shown to, and when."""

from dataclasses import replace

import pytest
from django.utils import timezone
from tests import cast
from tests.interfaces.web.results_world import signed_in
from tests.worked_line import measured, state

from headway.queries.strategy import levels
from headway.records import quarters
from headway.records.models import Prediction, Wave
from headway.terms.line import Chain, Link, LinkVerdict
from queries.strategy.test_published import chain, publish

pytestmark = pytest.mark.django_db


def managers(head: str, *, recalled: tuple[float, float] | None) -> Chain:
    links = list(chain(head).links)
    at = list(Link).index(Link.RECALLED)
    links[at] = (
        measured(Link.RECALLED, *recalled, LinkVerdict.HOLDING)
        if recalled
        else state(Link.RECALLED)
    )
    return replace(chain(head), group=f"manager@{head}", links=tuple(links))


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()
    # Eve and Mona were asked what they believe of their people, and skipped it.
    Prediction.objects.bulk_create(
        Prediction(
            person_id=head,
            priority="p1",
            group=f"seller@{head}",
            quarter_on=quarters.first_day(timezone.localdate()),
            sealed_at=timezone.now(),
        )
        for head in ("eve", "mona")
    )


def seen(who: str) -> list[tuple[str, str, str, str]]:
    found = levels.levels(cast.viewer(who), at=timezone.now())
    return [(each.priority, each.level, each.heard["recalled"], each.drop) for each in found]


def test_managers_stand_first_and_the_drop_is_told_from_them() -> None:
    publish(chain("eve"), managers("eve", recalled=(9, 10)))
    assert seen("eve") == [
        ("Sell the new line", "Managers", "90%, 9 of 10", ""),
        ("Sell the new line", "Sellers", "75%, 6 of 8", "−15 points"),
    ]


def test_where_a_level_is_not_measured_there_is_no_drop() -> None:
    publish(chain("eve"), managers("eve", recalled=None))
    assert [each[2:] for each in seen("eve")] == [("not measured", ""), ("75%, 6 of 8", "")]


def test_a_priority_of_which_nothing_is_measured_is_left_out() -> None:
    whole = chain("eve")
    links = tuple(
        state(each.link) if each.link in (Link.TOLD, Link.RECALLED, Link.UNDERSTOOD) else each
        for each in whole.links
    )
    publish(replace(whole, links=links))
    assert seen("eve") == []


def test_a_leader_says_first_what_they_believe() -> None:
    publish(chain("mona"), chain("max"))
    assert [each[1] for each in seen("mona")] == ["Sellers"]
    assert seen("max") == []


def test_who_sees_no_line_sees_no_level() -> None:
    publish(chain("mona"))
    assert seen("opal") == []
    assert seen("olaf") == []


def test_direction_shows_the_levels_and_the_themes_of_the_last_pulse() -> None:
    publish(chain("eve"), managers("eve", recalled=(9, 10)))
    wave = Wave.objects.create(
        head_id="eve",
        opened_at=cast.NOW,
        closes_on=cast.NOW.date(),
        items=[],
        themes=[["prices", 12], ["tools", 10]],
    )
    page = signed_in("eve").get("/direction/").content.decode()
    assert "How far it came down" in page
    assert "−15 points" in page
    assert "prices (12), tools (10)" in page
    assert f'href="/pulse/{wave.pk}/"' in page
    assert "prices" not in signed_in("olaf").get("/direction/").content.decode()
