from datetime import date, datetime, timedelta

import pytest

from headway import facts
from headway.facts.memory import of
from headway.terms.period import Period

FIRST = date(2024, 1, 1)


def opportunities(*, created: list[date], closed: list[date | None]) -> list[dict[str, object]]:
    return [
        {
            "opportunity_id": f"o{i}",
            "stage": "x",
            "stage_group": "won" if closing else "open",
            "created_at": datetime.combine(creation, datetime.min.time()) + timedelta(hours=12),
            "close_on": closing,
        }
        for i, (creation, closing) in enumerate(zip(created, closed, strict=True))
    ]


def every_day(first: date, days: int, *, step: int = 1) -> list[date]:
    return [first + timedelta(days=i) for i in range(0, days, step)]


def test_closings_begin_where_they_were_first_recorded() -> None:
    # Engaged from January on, first closing on 1 June: what closed before was not recorded.
    created = every_day(FIRST, 366)
    closed = [max(day + timedelta(days=20), date(2024, 6, 1)) for day in created]

    known = of(
        {"seen/opportunity": opportunities(created=created, closed=closed)},
        as_of=date(2024, 12, 31),
        data_from=FIRST,
    )

    assert known.extent == facts.extent.Extent(
        creations=Period(first=FIRST, end=date(2025, 1, 1)),
        closings=Period(first=date(2024, 6, 1), end=date(2025, 1, 1)),
    )
    assert ("left_truncated", "2024-06-01") in [
        (mark.code, mark.figures.get("closings_from")) for mark in known.marks
    ]


def test_creations_end_where_they_were_last_recorded() -> None:
    created = every_day(FIRST, 91)  # to 31 March
    closed = [day + timedelta(days=90) for day in created]

    known = of(
        {"seen/opportunity": opportunities(created=created, closed=closed)},
        as_of=date(2024, 6, 29),
        data_from=FIRST,
    )

    assert known.extent.creations == Period(first=FIRST, end=date(2024, 4, 1))
    assert ("right_truncated", "2024-03-31") in [
        (mark.code, mark.figures.get("creations_to")) for mark in known.marks
    ]


def test_silences_as_long_as_usual_are_covered() -> None:
    # Booked every 30 days: 25 silent days before the last day inside are nothing unusual.
    booked = every_day(FIRST, 361, step=30)

    known = of(
        {"seen/opportunity": opportunities(created=booked, closed=list(booked))},
        as_of=booked[-1] + timedelta(days=25),
        data_from=FIRST,
    )

    assert known.extent.closings == Period(first=FIRST, end=booked[-1] + timedelta(days=26))
    assert "right_truncated" not in [mark.code for mark in known.marks]


def test_a_wrong_date_far_outside_moves_nothing() -> None:
    created = [date(2020, 1, 1), *every_day(FIRST, 300)]

    known = of(
        {"seen/opportunity": opportunities(created=created, closed=[None] * 301)},
        as_of=date(2024, 10, 26),
        data_from=date(2019, 1, 1),
    )

    assert known.extent.creations == Period(first=FIRST, end=date(2024, 10, 27))
    assert known.extent.closings is None


@pytest.mark.parametrize("created", [[], [None, None]])
def test_without_a_date_there_is_no_extent(created: list[None]) -> None:
    rows = [
        {"opportunity_id": f"o{i}", "stage": "x", "stage_group": "open", "created_at": day}
        for i, day in enumerate(created)
    ]

    known = of({"seen/opportunity": rows})

    assert known.extent == facts.extent.Extent(creations=None, closings=None)


def test_deleted_opportunities_do_not_count() -> None:
    rows = opportunities(created=every_day(FIRST, 60), closed=[None] * 60)
    for row in rows[30:]:
        row["is_deleted"] = True

    known = of({"seen/opportunity": rows}, as_of=date(2024, 2, 29), data_from=FIRST)

    assert known.extent.creations == Period(first=FIRST, end=date(2024, 1, 31))
