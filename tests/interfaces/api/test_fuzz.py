"""Whatever is sent to any endpoint: it is answered or refused, and never our mistake."""

import json
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.access import world
from tests.interfaces.api.client import ROOT, Program
from tests.interfaces.api.test_reading import ANYTHING, value

from headway.interfaces.api.urls import ENDPOINTS
from headway.terms import codec

pytestmark = pytest.mark.django_db
PROBLEM = "application/problem+json"
# The world stays; what one example changes, another may find.
EXAMPLES = settings(
    max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


@pytest.fixture
def ids(db) -> dict[str, str]:
    return world.enter()


@pytest.mark.slow
@pytest.mark.parametrize("each", ENDPOINTS, ids=lambda each: each.name)
@EXAMPLES
@given(data=st.data())
def test_whatever_is_sent_is_answered_or_refused(ids, each, data) -> None:
    text = st.text(max_size=8) | st.sampled_from(sorted(ids.values()))
    path = each.template.removeprefix(ROOT)
    for one in each.in_path:
        found = data.draw(st.integers(0, 2**70) if one.kind is int else text.filter(bool))
        path = path.replace(f"{{{one.name}}}", quote(str(found), safe=""))
    program = Program(data.draw(st.sampled_from(["eve", "max", "opal"])))
    if each.method == "GET":
        names = [one.name for one in each.in_query] + ["limit", "offset"]
        query = data.draw(st.dictionaries(st.sampled_from(names), text | st.integers().map(str)))
        reply = program.get(path, **query)
    else:
        meant = value(each.body).map(codec.to_json) if each.body else st.none()
        reply = program.post(path, data.draw(meant | ANYTHING))
    assert reply.status_code < 500, (path, reply.content)
    if reply.status_code >= 400:
        said = json.loads(reply.content)
        assert (reply["Content-Type"], said["status"]) == (PROBLEM, reply.status_code)
