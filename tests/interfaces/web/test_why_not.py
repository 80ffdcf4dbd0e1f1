"""Why not this place? Asked in the browser, as each of the standing cast sees it."""

import pytest
from tests.interfaces.pages import answers
from tests.interfaces.web import results_world

from headway.actions import findings
from headway.records.models import Job, PublishedAnswer
from headway.terms import codec
from headway.terms.answer import CauseKind, Figure, Kpi, PlaceMove, Unit, WhyNot
from headway.terms.viewer import SYSTEM

pytestmark = pytest.mark.django_db
PATH = "/results/why-not/"
WEST = {"scope": "organisation", "place": "region=West"}
MOVE = PlaceMove(
    kind=CauseKind.RATE,
    contribution=-0.004,
    low=-0.012,
    high=0.003,
    p=0.6,
    z=-0.9,
    n_before=212,
    n_now=190,
    share=None,
    before=Figure(value=0.31, n=212),
    now=Figure(value=0.29, n=190),
    measure=Unit.SHARE,
    is_tested=True,
    is_unsure=False,
    least=30,
)


@pytest.fixture(autouse=True)
def world():
    return results_world.enter()


def kept(world, place: dict[str, str]) -> None:
    found = WhyNot(
        kpi=Kpi.BOOKINGS,
        slice=place,
        comparison=answers.FALLING.comparison,
        currency="EUR",
        moves=(MOVE,),
    )
    findings.add_why_not(
        viewer=SYSTEM,
        at=world.published_at,
        facts_id=world.facts_id,
        scope="organisation",
        comparison="default",
        found=found,
    )


def test_what_nobody_asked_is_asked_in_the_background_once() -> None:
    eve = results_world.signed_in("eve")
    first, second = eve.get(PATH, WEST), eve.get(PATH, WEST)
    job = Job.objects.get()
    assert (job.kind, job.wanted["place"]) == ("why_not", {"region": "West"})
    assert first.headers["Location"] == second.headers["Location"]
    assert first.headers["Location"].endswith("?scope=organisation&place=region%3DWest")


def test_what_was_asked_is_shown_with_its_sentence_and_figures(world) -> None:
    kept(world, {"region": "West"})
    page = results_world.signed_in("eve").get(PATH, WEST).content.decode()
    assert "from 31% to 29%" in page
    assert "by chance in 60 of 100 such searches" in page
    assert "212 before, 190 now" in page
    assert Job.objects.count() == 0


def test_the_job_leads_to_the_answer_about_the_place(world) -> None:
    eve = results_world.signed_in("eve")
    progress = eve.get(PATH, WEST).headers["Location"]
    Job.objects.update(state="done")
    kept(world, {"region": "West"})
    assert eve.get(progress).headers["Location"] == f"{PATH}?scope=organisation&place=region%3DWest"


def test_a_place_that_is_not_there_leads_back_to_the_form() -> None:
    eve = results_world.signed_in("eve")
    progress = eve.get(PATH, WEST).headers["Location"]
    Job.objects.update(state="failed", problem="There is no place with region = West.")
    page = eve.get(progress).content.decode()
    assert "There is no place with region = West." in page
    assert f'href="{PATH}?scope=organisation">Ask about another place' in page


@pytest.mark.parametrize(
    ("who", "scope"), [("mona", "organisation"), ("sam", "organisation"), ("opal", "organisation")]
)
def test_whoever_may_not_see_the_scope_neither_asks_nor_reads(who, scope, world) -> None:
    kept(world, {"region": "West"})
    client = results_world.signed_in(who)
    for place in ("region=West", "region=East"):
        page = client.get(PATH, {"scope": scope, "place": place})
        assert page.status_code == 404
        assert "29%" not in page.content.decode()
    assert Job.objects.count() == 0


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (["region"], "is no place"),
        (["=West"], "is no place"),
        (["region=West", "region=East"], "is told twice: West and East"),
        (["a=1", "b=2", "c=3", "d=4"], "Expected one to 3"),
    ],
)
def test_what_is_no_place_is_said_over_the_form(place: list[str], said: str) -> None:
    offer({"region": ["West", "East"]}, scope="organisation")
    page = results_world.signed_in("eve").get(PATH, {"scope": "organisation", "place": place})
    assert page.status_code == 400
    text = page.content.decode()
    assert said in text
    assert text.count('<select name="place">') == 3
    assert Job.objects.count() == 0


def test_a_place_of_three_conditions_is_asked_and_comes_back_as_it_was_chosen(world) -> None:
    place = {"region": "West", "product": "Pumps", "segment": "Small"}
    offer({name: [value] for name, value in place.items()}, scope="organisation")
    eve = results_world.signed_in("eve")
    chosen = [f"{name}={value}" for name, value in place.items()]
    progress = eve.get(PATH, {"scope": "organisation", "place": chosen}).headers["Location"]
    assert Job.objects.get().wanted["place"] == place
    Job.objects.update(state="done")
    kept(world, place)
    answer = eve.get(eve.get(progress).headers["Location"]).content.decode()
    assert "from 31% to 29%" in answer
    for condition in chosen:
        assert f'<option value="{condition}" selected>' in answer


def test_fields_left_empty_ask_for_nothing(world) -> None:
    kept(world, {"region": "West"})
    asked = {"scope": "organisation", "place": ["region=West", "", ""]}
    assert "from 31% to 29%" in results_world.signed_in("eve").get(PATH, asked).content.decode()


def offer(known: dict[str, list[str]], *, scope: str) -> None:
    row = PublishedAnswer.objects.get(scope=scope, kpi="bookings")
    for each in row.answer["localisations"]:
        each["known"] = known
    row.save()


def test_places_are_offered_by_dimension_and_sellers_only_those_one_may_see() -> None:
    offer({"region": ["West"], "seller": ["sam", "stan"]}, scope="seller@mona")
    page = results_world.signed_in("mona").get(PATH).content.decode()
    assert '<option value="region=West">West</option>' in page
    assert 'value="seller=sam"' in page
    assert 'value="seller=stan"' not in page


def test_the_page_says_how_places_were_looked_for() -> None:
    page = results_world.signed_in("eve").get("/results/").content.decode()
    assert "How was this found?" in page
    assert "We looked at 143 places by" in page
    assert "Compared: bookings in" in page
    assert "Had a typical place fallen by 31% or more" in page
    assert "If that range held zero, we would say that nobody can tell." in page


def test_a_place_stands_with_its_range_its_chance_and_the_rows_behind_it() -> None:
    page = results_world.signed_in("eve").get("/results/").content.decode()
    assert "−7.1 points to −3 points" in page
    assert "p 0.002" in page
    assert 'opportunities/?scope=organisation&amp;figure=place-1-1"' in page


def test_only_the_last_places_are_kept_and_each_once(world) -> None:
    for number in [*range(52), 51]:
        kept(world, {"region": f"R{number}"})
    row = PublishedAnswer.objects.get(scope="organisation", kpi="bookings")
    asked = codec.from_json(type(answers.FALLING), row.answer).asked
    assert [each.slice["region"] for each in asked][:2] == ["R51", "R50"]
    assert len(asked) == 50
