"""Groups hold those who were there, and nobody is shown in a group under five."""

from tests import small_line
from tests.small_line import NORTH, SOUTH, WINDOW, line

from headway.analysis.strategy import groups


def found(tables: small_line.Tables) -> dict[str, groups.Group]:
    organisation = groups.of(small_line.of(tables), window=WINDOW)
    return {group.name: group for group in organisation.groups}


def test_sellers_stand_under_each_person_above_them_the_widest_group_first() -> None:
    whole = found(small_line.people())
    # Two managers are too few for a group of their own.
    assert list(whole) == ["seller@lena", "seller@max", "seller@mia"]
    assert whole["seller@lena"].members == {*NORTH, *SOUTH}
    assert whole["seller@lena"].leaders == {"lena", "mia", "max"}
    assert whole["seller@mia"].leaders == {"mia"}
    assert [group.is_team for group in whole.values()] == [False, True, True]


def test_nobody_under_five_gets_a_chain() -> None:
    tables = small_line.people()
    tables["seen/person"][2]["left_on"] = "2026-06-30"
    tables["seen/person"][3]["is_service_user"] = True
    # Mia's six are four; all twelve are ten.
    groups_now = found(tables)
    assert list(groups_now) == ["seller@lena", "seller@max"]
    assert len(groups_now["seller@lena"].members) == 10


def test_who_was_there_for_less_than_forty_five_days_does_not_count() -> None:
    tables = small_line.people()
    # Of the window of 90 days: away for 46, there for 44; away for 45, there for 45.
    tables["seen/absence"] = [
        {"person_id": "n1", "valid_from": "2026-04-02", "valid_to": "2026-05-18"},
        {"person_id": "n2", "valid_from": "2026-04-02", "valid_to": "2026-05-17"},
    ]
    assert found(tables)["seller@mia"].members == {*NORTH} - {"n1"}


def test_a_move_counts_where_one_stands_on_the_last_day() -> None:
    tables = small_line.people()
    lines = [row for row in tables["seen/reporting_line"] if row["person_id"] != "n1"]
    lines.append(line("n1", "mia", "seller", valid_to="2026-04-20"))
    lines.append(line("n1", "max", "seller", valid_from="2026-04-20"))
    lines.append(line("s1", "mia", "seller", valid_from="2026-07-01"))
    tables["seen/reporting_line"] = lines
    moved = found(tables)
    assert moved["seller@max"].members == {*SOUTH, "n1"}
    assert "n1" not in moved["seller@mia"].members


def test_a_circle_of_reports_ends() -> None:
    tables = small_line.people()
    tables["seen/reporting_line"][0]["manager_id"] = "mia"
    assert "seller@mia" in found(tables)


def test_without_reporting_lines_there_is_no_group() -> None:
    tables = small_line.people()
    del tables["seen/reporting_line"]
    assert found(tables) == {}
