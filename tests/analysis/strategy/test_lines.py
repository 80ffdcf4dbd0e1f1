"""Each link is counted as worked out by hand, in a small organisation."""

from typing import Any

import pytest
from tests import small_line
from tests.small_line import MANAGERS, NORTH, WINDOW, priority, session, with_tables

from headway.analysis.strategy import declared, lines
from headway.analysis.strategy.verdict import Counted
from headway.facts import Facts
from headway.terms.line import Link, LinkReason

FIELDS = (
    *("meaning", "stop", "begin", "modify", "behaviour", "skill", "measure", "coach", "reinforce"),
)


def counted(facts: Facts, link: Link, group: str = "seller@mia") -> Counted:
    (line,) = [each for each in lines.of(facts, window=WINDOW) if each.group.name == group]
    (found,) = [each for each in line.links if each.link is link]
    return found


def share(facts: Facts, link: Link, group: str = "seller@mia") -> tuple[float | None, float | None]:
    found = counted(facts, link, group)
    return found.k, found.n


def test_every_link_behind_the_first_stands_there_in_order() -> None:
    first = lines.of(with_tables(), window=WINDOW)[0]
    assert [each.link for each in first.links] == list(Link)[1:]
    # No table of it is there: nothing is measured, nothing is zero.
    assert {(each.k, each.n) for each in first.links} == {(None, None)}


def test_without_a_priority_there_is_one_line_of_nothing() -> None:
    tables = small_line.people()
    del tables["meant/priority"]
    (line,) = lines.of(small_line.of(tables), window=WINDOW)
    assert (line.priority.parts, line.group.name) == (frozenset(), "seller@lena")


# --- declared -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("missing", "parts"), [("why", 7), ("eligibility", 7), ("result_due_on", 7), ("audience", 7)]
)
def test_a_part_is_there_when_all_of_it_is(missing: str, parts: int) -> None:
    tables = {**small_line.people(), "meant/priority": [priority(**{missing: None})]}
    (found,) = declared.priorities(small_line.of(tables), window=WINDOW)
    assert len(found.parts) == parts


def test_priorities_that_ended_before_or_come_later_are_not_in_force() -> None:
    rows = [
        priority(priority_id="ended", ended_on="2026-04-02"),
        priority(priority_id="ends", ended_on="2026-04-03"),
        priority(priority_id="later", declared_on="2026-07-01"),
    ]
    tables = {**small_line.people(), "meant/priority": rows}
    found = declared.priorities(small_line.of(tables), window=WINDOW)
    assert [each.priority_id for each in found] == ["ends"]


def test_a_ramp_holds_from_the_day_it_has_reached() -> None:
    steps = (
        ("told", "share", 0, 0.4),
        ("told", "share", 171, 0.6),
        ("told", "share", 172, 0.9),
        ("practised", "depth", 0, 0.9),
    )
    columns = ("link", "measure", "from_days", "target_share")
    ramp = [{"priority_id": "p1", **dict(zip(columns, step, strict=True))} for step in steps]
    # From 10 January to 30 June are 171 days.
    facts = with_tables(meant__priority_target=ramp)
    assert counted(facts, Link.TOLD).target == 0.6
    assert counted(facts, Link.PRACTISED).target == 0.6
    assert counted(facts, Link.CONNECTED).target == 0.7


# --- told ---------------------------------------------------------------------------------------


def messages() -> list[dict[str, Any]]:
    def sent(number: int, sender: str, channel: str, **more: object) -> dict[str, Any]:
        at = f"2026-05-{number:02d}T10:00:00Z"
        made = {"message_id": f"m{number}", "priority_id": "p1", "sender_id": sender}
        return {**made, "sent_at": at, "channel": channel, **more}

    return [
        sent(1, "lena", "all_hands"),
        sent(2, "lena", "email"),
        sent(3, "mia", "team_meeting", is_ask=True),
        sent(4, "mia", "email"),
    ]


def receipt(message: int, person: str, day: str | None = "2026-05-10") -> dict[str, Any]:
    return {"message_id": f"m{message}", "person_id": person, "received_on": day}


def test_told_takes_three_receipts_two_channels_and_the_own_manager() -> None:
    receipts = [
        *(receipt(number, "n1") for number in (1, 2, 3)),
        # Two only.
        *(receipt(number, "n2") for number in (1, 3)),
        # None from the own manager.
        *(receipt(number, "s1") for number in (1, 2, 3)),
        # One channel: both are mail, and one was never received.
        receipt(2, "n3"),
        receipt(4, "n3"),
        receipt(1, "n3", None),
        # The third came before the window.
        *(receipt(number, "n4") for number in (2, 3)),
        receipt(1, "n4", "2026-04-01"),
    ]
    facts = with_tables(meant__message=messages(), meant__message_receipt=receipts)
    assert share(facts, Link.TOLD) == (1, 6)
    assert share(facts, Link.TOLD, "seller@max") == (0, 6)
    assert share(facts, Link.TOLD, "seller@lena") == (1, 12)


def test_no_message_is_nobody_told() -> None:
    facts = with_tables(meant__message=[], meant__message_receipt=[])
    assert share(facts, Link.TOLD) == (0, 6)


# --- recalled and understood --------------------------------------------------------------------


def surveyed(north: int | None = 5, south: int | None = 6, **more: object) -> Facts:
    """Five of six answered in the north, of whom two recall it; all in the south, of whom four."""
    answers = {"mia": (north, 2), "max": (south, 4)}
    cells, teams, counts = [], [], []
    for manager, (answered, yes) in answers.items():
        cell = {"cell_id": manager, "round_id": "r2", "manager_id": manager, "role": "seller"}
        asked = {"is_remainder": False, "invited_count": 6, "answered_count": answered}
        cells.append({**cell, **asked})
        teams.append({"cell_id": manager, "team_manager_id": manager, "invited_count": 6})
        if answered is not None:
            given = {"yes": yes, "no": answered - yes}
            counts += [
                {
                    "cell_id": manager,
                    "item": "R1",
                    "subject": "p1",
                    "value": value,
                    "answer_count": n,
                }
                for value, n in given.items()
            ]
    rounds = [
        {"round_id": "r2", "kind": "pulse", "opened_on": "2026-06-01", "closed_on": "2026-06-08"}
    ]
    tables: dict[str, Any] = {
        "said__survey_round": rounds,
        "said__survey_cell": cells,
        "said__survey_cell_team": teams,
        "said__survey_count": counts,
    }
    return with_tables(**{**tables, **more})


def test_recall_is_the_sum_of_the_cells_below_a_leader() -> None:
    facts = surveyed()
    assert share(facts, Link.RECALLED) == (2, 5)
    assert share(facts, Link.RECALLED, "seller@lena") == (6, 11)
    assert counted(facts, Link.RECALLED, "seller@lena").asked == 12
    # The round did not ask it.
    assert share(facts, Link.UNDERSTOOD) == (None, None)
    assert counted(facts, Link.UNDERSTOOD).reason is None


def test_what_was_cut_stays_unknown_and_counts_as_silence_above() -> None:
    facts = surveyed(north=None)
    assert counted(facts, Link.RECALLED).reason is LinkReason.ANONYMITY
    above = counted(facts, Link.RECALLED, "seller@lena")
    assert (above.k, above.n, above.asked) == (4, 6, 12)


def test_a_team_poured_into_a_larger_cell_has_no_number_of_its_own() -> None:
    rows = {"cell_id": "rest", "round_id": "r2", "manager_id": "lena", "role": "seller"}
    cell = {**rows, "is_remainder": True, "invited_count": 12, "answered_count": 7}
    teams = [
        {"cell_id": "rest", "team_manager_id": manager, "invited_count": 6} for manager in MANAGERS
    ]
    counts = [
        {"cell_id": "rest", "item": "U1", "subject": "p1", "value": value, "answer_count": n}
        for value, n in (("action_and_reason", 3), ("action_only", 2), ("neither", 2))
    ]
    facts = surveyed(
        said__survey_cell=[cell], said__survey_cell_team=teams, said__survey_count=counts
    )
    assert counted(facts, Link.UNDERSTOOD).reason is LinkReason.ANONYMITY
    # Only those with an action and a reason understand it.
    assert share(facts, Link.UNDERSTOOD, "seller@lena") == (3, 7)


def test_only_rounds_that_closed_in_the_window_count() -> None:
    old = [
        {"round_id": "r2", "kind": "pulse", "opened_on": "2026-03-01", "closed_on": "2026-04-01"}
    ]
    assert share(surveyed(said__survey_round=old), Link.RECALLED) == (None, None)


# --- connected and led --------------------------------------------------------------------------


def sheet(name: str, person: str | None, **more: object) -> dict[str, Any]:
    made = {"sheet_id": name, "author_id": "mia", "person_id": person, "priority_id": "p1"}
    return {**made, "written_on": "2026-05-01", "agreed_on": "2026-05-02", **more}


def items(name: str, *, without: tuple[str, ...] = (), **more: object) -> list[dict[str, Any]]:
    return [
        {"sheet_id": name, "item_no": n, "field": field, "text": "x", "measure": "y", **more}
        for n, field in enumerate(FIELDS)
        if field not in without
    ]


def test_connected_takes_a_whole_agreed_and_recent_sheet() -> None:
    sheets = [
        sheet("whole", "n1"),
        sheet("no stop", "n2"),
        sheet("either", "n3"),
        # Agreed 180 days before the last day, and one day later.
        sheet("old", "n4", written_on="2026-01-01", agreed_on="2026-01-01"),
        sheet("still", "n5", written_on="2026-01-02", agreed_on="2026-01-02"),
        sheet("withdrawn", "n6", withdrawn_on="2026-06-30"),
        sheet("not agreed", "s1", agreed_on=None),
        sheet("no measure", "s2"),
    ]
    without = {"no stop": ("stop",), "either": ("begin",)}
    rows = [
        item
        for one in sheets
        for item in items(one["sheet_id"], without=without.get(one["sheet_id"], ()))
    ]
    for row in rows:
        if row["sheet_id"] == "no measure" and row["field"] == "behaviour":
            row["measure"] = None
    facts = with_tables(meant__sheet=sheets, meant__sheet_item=rows)
    # n1, n3 and n5.
    assert share(facts, Link.CONNECTED) == (3, 6)
    assert share(facts, Link.CONNECTED, "seller@max") == (0, 6)


def test_led_counts_what_the_leader_did_before_asking() -> None:
    own = sheet("own", None, agreed_on=None)
    days = {"stop": "2026-05-02", "begin": "2026-05-03", "modify": None, "behaviour": "2026-05-01"}
    rows = items("own")
    for row in rows:
        row["enacted_on"] = days.get(row["field"])
    receipts = [receipt(3, person) for person in NORTH]
    facts = with_tables(
        meant__sheet=[own],
        meant__sheet_item=rows,
        meant__message=messages(),
        meant__message_receipt=receipts,
    )
    # Mia asked on 3 May: stop and behaviour came before, begin on the day, modify never.
    assert share(facts, Link.LED) == (2, 4)
    # Max has no sheet of his own: too few items to say.
    assert counted(facts, Link.LED, "seller@max").reason is LinkReason.TOO_FEW
    assert counted(facts, Link.LED, "seller@lena").asked == 3


# --- coached ------------------------------------------------------------------------------------


def test_coached_takes_a_session_that_counts_and_practice_looked_at_again() -> None:
    sessions = [
        session(1, "n1", "2026-06-10"),
        # 30 days before the last day is too old for the session.
        session(2, "n2", "2026-05-31"),
        # Held lately, but what was looked at again is that of May.
        session(3, "n3", "2026-06-15", followed_up_on=None),
        session(4, "n3", "2026-05-10"),
        session(5, "n4", "2026-06-15", kind="pipeline_review"),
        session(6, "n5", "2026-06-15", is_work_observed=False),
        session(7, "n6", "2026-06-15", is_work_observed=False, kind="role_play"),
        session(8, "s1", "2026-06-15", priority_id=None),
        session(9, "s2", "2026-07-02"),
        session(10, "s3", "2026-06-15", follow_up_on=None),
    ]
    facts = with_tables(said__coaching_session=sessions)
    # n1, n3 and n6.
    assert share(facts, Link.COACHED) == (3, 6)
    assert share(facts, Link.COACHED, "seller@max") == (0, 6)


def test_where_both_confirm_a_session_it_takes_both() -> None:
    sessions = [
        session(1, "n1", "2026-06-10", person_confirmed_on="2026-06-11"),
        session(2, "n2", "2026-06-10", person_confirmed_on=None),
    ]
    assert share(with_tables(said__coaching_session=sessions), Link.COACHED) == (1, 6)
