from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from headway.facts import days

ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"]
INSTANTS = st.datetimes(
    min_value=datetime.fromisoformat("1990-01-01"), max_value=datetime.fromisoformat("2035-01-01")
)


@given(st.lists(INSTANTS, min_size=1, max_size=20), st.sampled_from(ZONES))
def test_the_local_day_is_that_of_the_zone(instants: list[datetime], zone: str) -> None:
    found = days.of(np.array(instants, dtype="datetime64[us]"), time_zone=zone)

    expected = [
        instant.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date() for instant in instants
    ]
    assert found.astype(object).tolist() == expected


@given(INSTANTS, st.sampled_from(ZONES))
def test_a_day_ends_where_the_next_begins(instant: datetime, zone: str) -> None:
    day = days.of(np.array([instant], dtype="datetime64[us]"), time_zone=zone)[0].astype(object)

    assert instant < days.end(day, time_zone=zone)


def test_an_unknown_instant_has_no_day() -> None:
    found = days.of(np.array(["NaT"], dtype="datetime64[us]"), time_zone="Europe/Berlin")

    assert np.isnat(found).tolist() == [True]


def test_instants_that_stand_for_never_keep_their_day() -> None:
    text = ["0001-01-01T12:00", "2026-01-31T23:30", "9999-12-31T12:00"]
    found = days.of(np.array(text, dtype="datetime64[us]"), time_zone="Europe/Berlin")

    assert found.astype(str).tolist() == ["0001-01-01", "2026-02-01", "9999-12-31"]


def test_the_day_of_the_change_of_clocks_has_23_hours() -> None:
    before = days.end(date(2026, 3, 28), time_zone="Europe/Berlin")
    after = days.end(date(2026, 3, 29), time_zone="Europe/Berlin")

    assert (after - before).total_seconds() == 23 * 3600
