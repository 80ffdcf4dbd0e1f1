"""Who stands for a role of the sample, and what counts as data of one's own."""

import pytest
from tests import cast

from headway.records import sample
from headway.records.models import Load, Person, Source
from headway.terms.viewer import Role

pytestmark = pytest.mark.django_db


def load(*, state: str, is_sample: bool) -> None:
    source, _ = Source.objects.get_or_create(name="s", defaults={"added_at": cast.NOW})
    Load.objects.create(
        source=source, upload="u", asked_at=cast.NOW, state=state, is_sample=is_sample
    )


def name_of(role: Role) -> str | None:
    found = sample.representative(role)
    return found.id if found else None


def test_each_role_has_who_leads_or_sells_most() -> None:
    cast.enter()
    cast.opportunity(owner="sue", number=1).save()
    # eve leads and reports to nobody; max leads two, mona and olaf one each; sue has two, sam one.
    assert [name_of(role) for role in (Role.EXECUTIVE, Role.MANAGER, Role.SELLER)] == [
        "eve",
        "max",
        "sue",
    ]
    assert name_of(Role.OPERATIONS) is None


def test_those_who_left_stand_for_nobody() -> None:
    cast.enter()
    Person.objects.filter(id__in=("eve", "max", "sam")).update(is_active=False)
    assert name_of(Role.EXECUTIVE) is None
    assert name_of(Role.MANAGER) == "mona"
    # One opportunity each: the first by id.
    assert name_of(Role.SELLER) == "stan"


def test_a_flat_organisation_has_sellers_alone() -> None:
    Person.objects.create(id="ann", name="Ann")
    cast.opportunity(owner="ann").save()
    assert [name_of(role) for role in (Role.EXECUTIVE, Role.MANAGER, Role.SELLER)] == [
        None,
        None,
        "ann",
    ]


@pytest.mark.parametrize("state", ["waiting", "kept", "unchanged"])
def test_the_sample_counts_from_the_moment_it_waits(state: str) -> None:
    load(state=state, is_sample=True)
    assert (sample.is_loaded(), sample.has_own_data()) == (True, False)


@pytest.mark.parametrize(
    ("state", "counts"),
    [
        ("waiting", True),
        ("kept", True),
        ("unchanged", True),
        # Its people stay when it is taken back, and may have accounts.
        ("undone", True),
        ("refused", False),
        ("discarded", False),
    ],
)
def test_own_files_count_once_they_wait_or_were_read(state: str, *, counts: bool) -> None:
    load(state=state, is_sample=False)
    assert (sample.is_loaded(), sample.has_own_data()) == (False, counts)


def test_a_refused_sample_is_not_loaded() -> None:
    load(state="refused", is_sample=True)
    assert (sample.is_loaded(), sample.has_own_data()) == (False, False)
