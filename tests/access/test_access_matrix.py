"""Role x record x verb x interface: everybody tries every door, and finds what the table says."""

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable

import pytest
from django.apps import apps
from tests.access import doors, world
from tests.access.doors import Visitor
from tests.access.table import NOT_ABOUT_PEOPLE, RECORDS, Record
from tests.access.world import WHO

from headway.records.models import Prediction, PublishedGap

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def shown(records, reply) -> list[str]:
    """Which records a reply tells of."""
    text = told(reply) + str(reply.headers)
    return [each.name for each in records if any(re.search(mark, text) for mark in each.marks)]


def told(reply) -> str:
    """What a reply says; of an archive, what its files say."""
    if reply.streaming:
        return ""
    if reply.content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(reply.content)) as packed:
            return "\n".join(packed.read(name).decode() for name in packed.namelist())
    return reply.content.decode(errors="replace")


def test_every_model_is_in_the_matrix() -> None:
    models = {model.__name__ for model in apps.get_app_config("records").get_models()}
    named = {name for each in RECORDS for name in each.models}
    assert models - named - set(NOT_ABOUT_PEOPLE) == set(), "who may see these? Say it in table.py"
    assert (named | set(NOT_ABOUT_PEOPLE)) - models == set()
    assert named & set(NOT_ABOUT_PEOPLE) == set()


def found_on(interface: str, ids: dict[str, str]) -> dict[str, dict[str, list[str]]]:
    """For each record and each of the cast, the addresses at which it was shown."""
    found: dict[str, dict[str, list[str]]] = {each.name: defaultdict(list) for each in RECORDS}
    walk = walk_of(interface)
    for who in WHO:
        visitor = Visitor(who)
        world.mark_audit()
        ask = visitor.page if interface == "page" else visitor.api
        for name, path, query in walk(ids):
            reply = ask(path, query)
            assert reply.status_code < 500, (who, path)
            for record in shown(RECORDS, reply):
                found[record][who].append(f"{name} {query}")
    return found


def walk_of(interface: str) -> Callable[[dict[str, str]], Iterable[tuple[str, str, str]]]:
    return doors.pages if interface == "page" else doors.endpoints


@pytest.mark.parametrize("interface", ["page", "api"])
def test_everybody_reads_what_the_table_says_and_nothing_else(
    interface: str, record_property
) -> None:
    ids = world.enter()
    found = found_on(interface, ids)
    record_property("cases", len(RECORDS) * len(WHO))
    record_property("replies", len(WHO) * sum(1 for _ in walk_of(interface)(ids)))
    wrong = {
        (each.name, who): found[each.name].get(who, "not shown")
        for each in RECORDS
        for who in WHO
        if (who in may_read(each, interface)) != (who in found[each.name])
    }
    assert wrong == {}, wrong


def may_read(record: Record, interface: str) -> frozenset[str]:
    return record.page if interface == "page" else record.api


def test_no_other_method_changes_or_shows_anything() -> None:
    ids = world.enter()
    paths = {path for _name, path, _query in (*doors.pages(ids), *doors.endpoints(ids))}
    before = everything()
    for who in WHO:
        visitor = Visitor(who)
        # Which methods a view takes does not depend on who asks: two of them by one suffice.
        methods = ("DELETE", "PUT", "PATCH") if who == "executive" else ("DELETE",)
        for path in sorted(paths):
            for method in methods:
                reply = visitor.try_method(method, path)
                assert reply.status_code in (302, 401, 403, 404, 405, 429), (who, method, path)
                assert shown(RECORDS, reply) == [], (who, method, path)
    assert everything() == before


def everything() -> dict[str, list]:
    """Every row of every record the table names; but what notes the crawl itself."""
    noting = {"AuditEntry", "ApiToken", "Session", "LogInFailure", "Account"}
    names = {name for each in RECORDS for name in each.models} - noting
    config = apps.get_app_config("records")
    return {
        name: list(config.get_model(name).objects.order_by("pk").values()) for name in sorted(names)
    }


def test_what_one_believes_changes_nothing_that_others_get() -> None:
    """A drawn belief carries no mark: what others get must be the same whatever it is."""
    ids = world.enter()
    visitors = {who: Visitor(who) for who in WHO}
    replies = [_lines(visitors, ids)]
    Prediction.objects.filter(person_id="max", share__isnull=False).update(
        share=0.11, low=0.1, high=0.2
    )
    gap = PublishedGap.objects.get(person="max")
    PublishedGap.objects.filter(pk=gap.pk).update(gap={**gap.gap, "predicted": 0.09})
    replies.append(_lines(visitors, ids))
    changed = {who for (who, path), text in replies[0].items() if replies[1][who, path] != text}
    assert changed == {"leader"}


def _lines(visitors: dict[str, Visitor], ids: dict[str, str]) -> dict[tuple[str, str], str]:
    found = {}
    for who, visitor in visitors.items():
        for walk, ask in ((doors.pages, visitor.page), (doors.endpoints, visitor.api)):
            for name, path, query in walk(ids):
                if name.startswith(("line", "chain", "predict", "belief", "commitment")):
                    text = re.sub(r'value="[\w-]{16,}"', "", ask(path, query).content.decode())
                    found[who, f"{path} {query}"] = text
    return found
