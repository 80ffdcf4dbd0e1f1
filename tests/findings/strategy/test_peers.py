"""Who could help whom, by what work shows: among colleagues of one role, and of the window."""

from tests import small_work
from tests.small_line import NORTH, SOUTH, of

from headway.findings.strategy import peers
from headway.terms.peers import Peers
from headway.terms.policy import DEFAULT

DAY = "2026-05-05"


def found(*work: small_work.Work) -> dict[str, Peers]:
    told = peers.found(of(small_work.worked(*work)), policy=DEFAULT)
    assert {each.priority for each in told} <= {"p1"}
    return {each.person: each for each in told}


def usual(*, without: tuple[str, ...] = ()) -> list[small_work.Work]:
    return [(each, DAY, 20, 3) for each in (*NORTH, *SOUTH) if each not in without]


def test_who_clearly_shows_it_more_often_could_help_the_others_across_teams() -> None:
    told = found(*usual(without=("n1",)), ("n1", DAY, 20, 19))
    others = {*NORTH, *SOUTH} - {"n1"}
    assert told == {
        "n1": Peers(person="n1", priority="p1", peers=(), is_ahead=True, is_first=False),
        **{
            each: Peers(person=each, priority="p1", peers=("n1",), is_ahead=False, is_first=True)
            for each in others
        },
    }


def test_what_lies_before_the_window_does_not_count() -> None:
    assert found(*usual(without=("n1",)), ("n1", "2026-03-05", 20, 19)) == {}


def test_where_all_do_alike_nobody_is_said_to_be_ahead() -> None:
    assert found(*usual()) == {}
