from datetime import date

from headway.facts.bundle import circles


def line(
    row: int, person: str, manager: str, first: date, end: date | None = None
) -> dict[str, object]:
    return {
        "row": row,
        "person_id": person,
        "manager_id": manager,
        "valid_from": first,
        "valid_to": end,
    }


def test_a_line_that_had_ended_closes_no_circle() -> None:
    spring, summer = date(2026, 3, 1), date(2026, 6, 1)
    assert circles.closing([line(0, "a", "b", spring, summer), line(1, "b", "a", summer)]) == []
    assert circles.closing([line(0, "a", "b", spring), line(1, "b", "a", summer)]) == [1]
