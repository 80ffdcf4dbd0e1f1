"""What is loaded is published, also when the work was broken off between the two."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from headway import facts
from headway.cycle import jobs
from headway.facts.store import Store
from headway.queries import data
from headway.records.models import OpportunityRow
from headway.sources.protocol import in_silence
from headway.terms.organisation import Organisation
from headway.terms.viewer import SYSTEM

pytestmark = pytest.mark.django_db

AT = datetime(2026, 7, 1, 6, 0, tzinfo=UTC)


class BrokenOffError(Exception):
    """The worker was killed."""


def won(folder: Path, *, count: int) -> Path:
    """So many orders of one seller, a month apart."""
    made = facts.memory.of(
        {
            "seen/person": [{"person_id": "sam"}],
            "seen/opportunity": [
                {
                    "opportunity_id": f"o{number}",
                    "owner_id": "sam",
                    "stage": "Won",
                    "stage_group": "won",
                    "amount": 100.0,
                    "closed_at": datetime(2025, 1 + number, 2),  # noqa: DTZ001  in UTC, as facts are
                }
                for number in range(count)
            ],
        },
        organisation=Organisation(name="Example", currency="EUR"),
        as_of=date(2025, 1 + count, 1),
        data_from=date(2024, 7, 1),
    )
    return facts.bundle.write(made, folder)


@pytest.mark.parametrize(
    "step", [pytest.param("Opportunities for the lists", marks=pytest.mark.slow), "Publishing"]
)
def test_a_later_load_broken_off_before_it_was_published_is_published_when_repeated(
    step: str, settings, tmp_path: Path
) -> None:
    settings.HEADWAY_DATA = tmp_path / "installation"
    first, second = won(tmp_path / "1", count=3), won(tmp_path / "2", count=5)

    def broken_off(_share: float, what: str) -> None:
        if what == step:
            raise BrokenOffError

    jobs.load_and_publish(first, viewer=SYSTEM, at=AT, progress=in_silence, source="crm")
    with pytest.raises(BrokenOffError):
        jobs.load_and_publish(second, viewer=SYSTEM, at=AT, progress=broken_off, source="crm")
    jobs.load_and_publish(second, viewer=SYSTEM, at=AT, progress=in_silence, source="crm")
    publication = data.current_publication(SYSTEM)
    current = Store(settings.HEADWAY_DATA / "facts").current
    assert publication is not None
    assert current is not None
    assert publication.facts_id == current.facts_id
    assert OpportunityRow.objects.count() == 5
