"""A column whose dates are written in several ways says so, with two lines and what to do."""

import pytest
from written import column, read, rejections, report

WAYS = "are written in several ways, such as"
DO = "Write all of them in one way, best as 2025-02-28, and bring the file again."


def row(number: int, created: str) -> str:
    return f"006{number},Deal {number},Acme,Ada,Closed Won,100,{created},2025-04-0{number}"


def test_what_most_dates_are_not_like_is_told_with_its_line_and_the_row_kept(tmp_path) -> None:
    days = ("01/02/2025", "2025-02-01", "13.02.2025")
    path = report(tmp_path, *(row(n, day) for n, day in enumerate(days, start=1)))
    found = read(path, tmp_path / "read")
    (said,) = [note for note in found.notes if WAYS in note]
    assert said == (
        f'The dates of "Created Date" in report.csv {WAYS} "01/02/2025" in line 2 and '
        '"2025-02-01" in line 3. Most are read with the day first; those written otherwise (1) are '
        f"left unknown and listed, and their rows are kept. {DO}"
    )
    (count,) = found.counts
    assert (count.rows_in, count.kept, count.rejected, count.unread_fields) == (3, 3, 0, 1)
    why = "not a day or time as this column writes them; left unknown"
    assert rejections(found) == [f"report.csv,3,Created Date,2025-02-01,{why}"]


def test_days_with_two_marks_are_told_though_all_can_be_read(tmp_path) -> None:
    path = report(tmp_path, row(1, "01/02/2025"), row(2, "13.02.2025"))
    found = read(path, tmp_path / "read")
    (said,) = [note for note in found.notes if WAYS in note]
    assert said == (
        f'The dates of "Created Date" in report.csv {WAYS} "01/02/2025" in line 2 and '
        f'"13.02.2025" in line 3. All are read with the day first. {DO}'
    )
    months = [day.month for day in column(found, "seen/opportunity", "created_at")]
    assert months == [2, 2]


def test_two_files_with_the_same_columns_are_told_by_the_line_of_each(tmp_path) -> None:
    folder = tmp_path / "both"
    folder.mkdir()
    report(folder, row(1, "2025-01-02"), row(2, "2025-01-03"), name="a.csv")
    report(folder, row(3, "2025-01-04"), row(4, "05.01.2025"), name="b.csv")
    found = read(folder, tmp_path / "read")
    (said,) = [note for note in found.notes if WAYS in note]
    assert '"2025-01-02" in line 2 of a.csv and "05.01.2025" in line 3 of b.csv' in said


@pytest.mark.parametrize("odd", ["soon", "2025-02-31", "", "0000-00-00"])
def test_one_way_of_writing_is_nothing_to_tell(tmp_path, odd: str) -> None:
    path = report(tmp_path, row(1, "2025-02-01"), row(2, "2025-02-02"), row(3, odd))
    assert [note for note in read(path, tmp_path / "read").notes if WAYS in note] == []


def test_a_day_that_no_calendar_has_is_no_other_way(tmp_path) -> None:
    path = report(tmp_path, row(1, "01/02/2025"), row(2, "31.02.2025"))
    assert [note for note in read(path, tmp_path / "read").notes if WAYS in note] == []
