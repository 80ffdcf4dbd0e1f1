"""Results in the browser, as each of the standing cast sees it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.interfaces.web import results_world

from headway.records.models import Job, Objection, PublishedAnswer

pytestmark = pytest.mark.django_db
PLACE = "/results/evidence/place-1-1/"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def world() -> None:
    results_world.enter()


def text(answer) -> str:
    return answer.content.decode()


def test_an_executive_lands_on_the_whole_organisation() -> None:
    page = results_world.signed_in("eve").get("/results/")
    assert page.status_code == 200
    assert "Bookings are 12% down." in text(page)
    assert '<option value="organisation" selected>Whole organisation</option>' in text(page)


def test_a_manager_lands_on_their_people_and_a_seller_on_themselves() -> None:
    mona, sam = (results_world.signed_in(name).get("/results/") for name in ("mona", "sam"))
    assert '<option value="seller@mona" selected>' in text(mona)
    assert '<option value="person@sam" selected>' in text(sam)


@pytest.mark.parametrize(
    ("who", "scope"),
    [
        ("mona", "organisation"),
        ("mona", "seller@olaf"),
        ("sam", "person@sue"),
        ("sam", "seller@max"),
        ("eve", "nonsense"),
        ("stan", "seller@mona"),
    ],
)
@pytest.mark.parametrize(
    "path",
    ["/results/", PLACE, "/results/opportunities/", "/results/brief/", "/results/objection/"],
)
def test_what_may_not_be_seen_is_not_there(who: str, scope: str, path: str) -> None:
    page = results_world.signed_in(who).get(path, {"scope": scope})
    assert page.status_code == 404
    assert "12%" not in text(page)


def test_operations_see_no_results() -> None:
    assert results_world.signed_in("opal").get("/results/").status_code == 404


def test_a_figure_has_its_own_page_and_is_a_fragment_for_htmx() -> None:
    client = results_world.signed_in("eve")
    page, fragment = client.get(PLACE), client.get(PLACE, headers=HTMX)
    assert "<h1" in text(page)
    assert "<html" not in text(fragment)
    assert "<h2 data-focus>Product Service contract, region West: 38% to 19%</h2>" in text(fragment)
    assert {"HX-Request", "HX-History-Restore-Request"} <= set(fragment["Vary"].split(", "))


def test_going_back_in_the_browser_gives_the_whole_page_again() -> None:
    headers = {**HTMX, "HX-History-Restore-Request": "true"}
    page = results_world.signed_in("eve").get(PLACE, headers=headers)
    assert "<html" in text(page)


def test_a_figure_that_is_not_there_is_not_found() -> None:
    client = results_world.signed_in("eve")
    assert client.get("/results/evidence/stat-nothing/").status_code == 404


def test_the_drawer_goes_back_to_the_ladder() -> None:
    client = results_world.signed_in("eve")
    assert "From the problem you see" in text(client.get("/results/ladder/", headers=HTMX))
    assert client.get("/results/ladder/").headers["Location"] == "/results/?scope=organisation"


def test_only_opportunities_one_may_see_are_listed() -> None:
    eve, sam = (results_world.signed_in(name) for name in ("eve", "sam"))
    everybody = text(eve.get("/results/opportunities/"))
    own = text(sam.get("/results/opportunities/"))
    assert ("30 opportunities that you may see" in everybody, "of stan" in everybody) == (
        True,
        True,
    )
    assert ("10 opportunities that you may see" in own, "of stan" in own) == (True, False)


def test_the_opportunities_of_a_place_are_those_of_its_slice() -> None:
    client = results_world.signed_in("eve")
    both = [
        text(client.get("/results/opportunities/", {"figure": "place-1-1", "side": side}))
        for side in ("now", "before")
    ]
    assert "30 opportunities that you may see" in both[0]
    assert "0 opportunities that you may see" in both[1]


@pytest.mark.parametrize(
    ("asked", "shown"), [("2", "Page 2 of 2"), ("99", "Page 2 of 2"), ("x", "Page 1 of 2")]
)
def test_a_page_that_is_not_there_shows_the_nearest(asked: str, shown: str) -> None:
    page = results_world.signed_in("eve").get("/results/opportunities/", {"page": asked})
    assert shown in text(page)


def test_a_won_figure_lists_the_won_and_a_created_figure_the_created() -> None:
    client = results_world.signed_in("eve")
    won = text(client.get("/results/opportunities/", {"figure": "stat-bookings"}))
    made = text(client.get("/results/opportunities/", {"figure": "stat-opportunities_created"}))
    assert "15 opportunities that you may see" in won
    assert "Created in April to September 2026" in made


def test_a_reason_to_see_it_differently_stays_with_the_finding() -> None:
    eve, olaf = (results_world.signed_in(name) for name in ("eve", "olaf"))
    sent = eve.post("/results/objection/?scope=organisation", {"text": "Two moved to <January>."})
    assert sent.headers["Location"] == "/results/?scope=organisation"
    page = text(eve.get("/results/"))
    assert "Two moved to &lt;January&gt;." in page
    assert "Two moved" not in text(olaf.get("/results/"))


@pytest.mark.parametrize("said", ["", "   ", "x" * 2001])
def test_an_empty_or_endless_reason_is_asked_again_and_what_was_typed_is_kept(said: str) -> None:
    page = results_world.signed_in("eve").post("/results/objection/", {"text": said})
    assert (page.status_code, Objection.objects.count()) == (422, 0)
    assert said.strip() in text(page)


def test_one_takes_back_ones_own_reason_only() -> None:
    eve, mona = (results_world.signed_in(name) for name in ("eve", "mona"))
    mona.post("/results/objection/", {"text": "Not so."})
    kept = Objection.objects.get()
    eve.post(f"/results/objection/{kept.pk}/withdraw/")
    kept.refresh_from_db()
    assert kept.withdrawn_at is None
    assert mona.post(f"/results/objection/{kept.pk}/withdraw/").status_code == 302
    kept.refresh_from_db()
    assert "Not so." not in text(mona.get("/results/"))


def test_what_nobody_has_asked_for_is_worked_out_once() -> None:
    client = results_world.signed_in("sue")
    first, second = (client.get("/results/", {"scope": "person@sue"}) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    page = client.get(first.headers["Location"])
    assert "it is being worked out" in text(page)
    assert (Job.objects.count(), 'hx-trigger="every 1s"' in text(page)) == (1, True)


def test_a_job_that_is_done_leads_to_the_answer() -> None:
    client = results_world.signed_in("sue")
    path = client.get("/results/").headers["Location"]
    Job.objects.update(state="done")
    given = PublishedAnswer.objects.get(scope="organisation", kpi="bookings", comparison="default")
    PublishedAnswer.objects.create(
        publication=given.publication,
        scope="person@sue",
        kpi="bookings",
        comparison="default",
        answer=given.answer,
    )
    page, fragment = client.get(path), client.get(path, headers=HTMX)
    assert page.headers["Location"] == "/results/?scope=person%40sue"
    assert (fragment.status_code, fragment.headers["HX-Redirect"]) == (
        204,
        "/results/?scope=person%40sue",
    )


def test_a_job_that_ended_without_its_answer_says_so_and_asks_for_no_other() -> None:
    client = results_world.signed_in("sue")
    path = client.get("/results/").headers["Location"]
    Job.objects.update(state="done")
    page = client.get(path)
    assert "brought no answer to this question" in text(page)
    assert "every 1s" not in text(page)
    assert Job.objects.count() == 1


def test_the_result_is_chosen_beside_whose_it_is() -> None:
    client = results_world.signed_in("eve")
    page = text(client.get("/results/"))
    assert '<option value="win_rate">Win rate</option>' in page
    moved = client.get("/results/", {"kpi": "win_rate"})
    assert "kpi=win_rate" in moved.headers["Location"]
    assert client.get("/results/", {"kpi": "mood"}).status_code == 400


def test_a_place_leads_to_its_results_and_a_step_to_its_opportunities() -> None:
    client = results_world.signed_in("eve")
    place = text(client.get("/results/evidence/place-1-1/"))
    alone = "/results/?scope=organisation%2Cproduct%3DService+contract%2Cregion%3DWest"
    assert f'href="{alone}"' in place
    step = text(client.get("/results/evidence/factor-win_rate/"))
    assert "figure=factor-win_rate" in step
    assert "alone" not in step


def test_a_job_that_failed_says_why_and_offers_to_try_again() -> None:
    client = results_world.signed_in("sue")
    path = client.get("/results/").headers["Location"]
    Job.objects.update(state="failed", problem="There is no data yet. Load a file.")
    page = text(client.get(path))
    assert "There is no data yet. Load a file." in page
    assert "every 1s" not in page


def test_somebody_elses_job_is_not_found() -> None:
    path = results_world.signed_in("sue").get("/results/").headers["Location"]
    assert results_world.signed_in("sam").get(path.split("?")[0]).status_code == 404


def test_before_anything_is_published_the_two_ways_to_begin_are_shown() -> None:
    PublishedAnswer.objects.all().delete()
    assert "Two ways to begin" in text(results_world.signed_in("eve").get("/results/"))
    assert "Two ways to begin" in text(results_world.signed_in("opal").get("/results/begin/"))


@pytest.mark.parametrize(
    "compare", ["x", "2026-01-01..2026-02-01", "2026-01-01..2026-03-01~2026-02-01..2026-04-01"]
)
def test_periods_that_cannot_be_read_are_said_to_be_so(compare: str) -> None:
    page = results_world.signed_in("eve").get("/results/", {"compare": compare})
    assert page.status_code == 400
    assert "is no comparison" in text(page)


def test_days_chosen_by_hand_become_a_comparison() -> None:
    days = {"first": "2026-07-01", "last": "2026-09-30", "base_first": "2026-04-01",
            "base_last": "2026-06-30"}  # fmt: skip
    page = results_world.signed_in("eve").get("/results/", days)
    wanted = "2026-07-01..2026-10-01~2026-04-01..2026-07-01"
    assert Job.objects.get().wanted["comparison"] == wanted
    assert page.status_code == 302


def test_the_brief_holds_finding_picture_evidence_and_next_step() -> None:
    page = text(results_world.signed_in("eve").get("/results/brief/"))
    assert all(
        part in page
        for part in ("Bookings are 12% down.", '<svg class="waterfall', "Root cause", "Next step.")
    )  # fmt: skip


def statements(path: str, *, who: str) -> int:
    client = results_world.signed_in(who)
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


PAGES = ["/results/", PLACE, "/results/opportunities/", "/results/brief/"]


@pytest.mark.parametrize("who", ["eve", "mona"])
@pytest.mark.parametrize("path", PAGES)
def test_the_number_of_statements_does_not_grow_with_the_opportunities(path, who) -> None:
    few = statements(path, who=who)
    results_world.more(1000)
    many = statements(path, who=who)
    assert many == few
    assert few <= (12 if "opportunities" in path else 20)


def test_work_one_has_asked_for_is_stopped_from_its_page_and_asked_for_again() -> None:
    sue = results_world.signed_in("sue")
    asked = sue.get("/results/", {"scope": "person@sue"})
    where = asked.headers["Location"]
    path, _, query = where.partition("?")
    page = text(sue.get(where))
    assert f'action="{path}stop/?{query}"'.replace("&", "&amp;") in page
    stopped = sue.post(f"{path}stop/?{query}")
    assert stopped.headers["Location"] == where
    page = text(sue.get(where))
    assert "This was stopped" in page
    assert "Nothing of it was kept." in page
    assert ">Stop<" not in page
    assert results_world.signed_in("sam").post(f"{path}stop/?{query}").status_code == 403
    assert sue.post(f"{path}stop/?{query}").status_code == 409
    assert sue.get("/results/", {"scope": "person@sue"}).headers["Location"] != where
