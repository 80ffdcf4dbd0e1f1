"""What works over the API: written, found, checked, used and retired as on the pages."""

import pytest
from tests import cast
from tests.interfaces.api.client import Program
from tests.interfaces.api.test_daily_work import code_of, told

from headway.actions import pairs

pytestmark = pytest.mark.django_db


@pytest.fixture
def item() -> dict[str, object]:
    cast.enter()
    skill = pairs.keep_skill(viewer=cast.viewer("max"), at=cast.NOW, name="Discovery").number
    return {
        "name": "Ask for the standstill",
        "helps_when": "The buyer asks for a price",
        "steps": ["Ask what an hour costs"],
        "skill_id": skill,
    }


def test_it_is_written_changed_checked_used_and_retired(item: dict[str, object]) -> None:
    sam, sue, eve = Program("sam"), Program("sue"), Program("eve")
    number = told(sam.post("knowledge", item), 201)["item_id"]
    path = f"knowledge/{number}"
    better = {"item": {**item, "steps": ["Ask", "Send the sum"]}, "seen_version": 1}
    assert code_of(sue.post(f"{path}/change", better)) == (403, "actions.not_allowed")
    assert told(sam.post(f"{path}/change", better))["version"] == 2
    assert code_of(sam.post(f"{path}/change", better)) == (409, "actions.stale_version")
    assert code_of(sam.post(f"{path}/check", {"seen_version": 2})) == (409, "knowledge.settled")
    told(sue.post(f"{path}/check", {"seen_version": 2}))
    use = told(sue.post(f"{path}/uses", {"words": "It worked"}), 201)["use_id"]
    found = told(eve.get("knowledge", text="sum"))
    assert [(each["name"], each["use_count"]) for each in found["items"]] == [(item["name"], 1)]
    assert told(eve.get("knowledge", text="tender"))["items"] == []
    [mine] = told(sam.get("knowledge"))["mine"]
    assert [each["words"] for each in mine["thanks"]] == ["It worked"]
    assert b"It worked" not in eve.get(path).content + eve.get("knowledge").content
    told(sue.post(f"knowledge/uses/{use}/take-back"))
    assert told(eve.get(path))["line"]["use_count"] == 0
    told(sam.post(f"{path}/retire", {"seen_version": 3}))
    assert code_of(eve.get(path)) == (404, "queries.not_seen")


def test_what_is_not_said_is_refused_in_words(item: dict[str, object]) -> None:
    sam = Program("sam")
    for wrong in ({"steps": []}, {"name": ""}, {"skill_id": None}):
        assert code_of(sam.post("knowledge", {**item, **wrong})) == (422, "knowledge.words")
    assert code_of(Program("opal").post("knowledge", item))[0] == 404
    assert code_of(Program("opal").get("knowledge"))[0] == 404
