"""Asking, answering by a link that works once, closing and coding; and who may do none of it."""

from datetime import timedelta

import pytest
from tests import cast, pulse_world
from tests.pulse_world import NOW

from headway.actions import action, pulse, pulse_coding
from headway.actions.action import NotAllowedError
from headway.actions.pulse import (
    AnswerError,
    ItemsError,
    TooFewAskedError,
    WaveOverError,
)
from headway.queries.sensitive import noted
from headway.records.models import (
    AuditEntry,
    Coding,
    IdempotencyKey,
    PulseAnswer,
    PulseInvitation,
    Wave,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everybody() -> None:
    pulse_world.enter(mona=6, olaf=6)


def test_everybody_below_is_asked_once_where_they_stand() -> None:
    wave = pulse_world.opened(cast.viewer("mona"), head="mona")
    asked = PulseInvitation.objects.filter(wave=wave).order_by("person_id")
    stands = {each.person_id: (each.team_manager, each.role) for each in asked}
    assert stands == {
        "max": ("mona", "manager"),
        **{f"mona-{number}": ("mona", "seller") for number in range(6)},
        "sam": ("max", "seller"),
        "sue": ("max", "seller"),
    }


@pytest.mark.parametrize("who", ["sam", "opal", "olaf", "max"])
def test_nobody_asks_the_people_of_others(who: str) -> None:
    with pytest.raises(NotAllowedError):
        pulse_world.opened(cast.viewer(who), head="mona")


def test_so_few_that_nothing_could_be_shown_are_not_asked() -> None:
    with pytest.raises(TooFewAskedError, match="2 people"):
        pulse_world.opened(cast.viewer("max"), head="max")


@pytest.mark.parametrize(
    ("wanted", "match"),
    [
        ({"items": ()}, "0 items"),
        ({"items": ("R1", "XX")}, "XX"),
        ({"items": ("R1", "RC1", "RC2", "RC3", "AU1", "EJ1", "DI1")}, "7 items"),
        ({"items": ("B1",)}, "R1"),
        ({"items": ("R1", "B1"), "priorities": ()}, "names a priority.*List, in your own words"),
        ({"items": ("R1", "U1")}, "U2"),
        ({"priorities": [(str(n), "P") for n in range(6)]}, "6 priorities"),
        ({"closes_on": NOW.date()}, "after today"),
    ],
)
def test_items_that_do_not_go_together_are_refused(wanted: dict[str, object], match: str) -> None:
    with pytest.raises(ItemsError, match=match):
        pulse_world.opened(cast.viewer("eve"), **wanted)


def test_recall_goes_first_whatever_the_order_asked_for() -> None:
    wave = pulse_world.opened(cast.viewer("eve"), items=("B1", "PS1", "R1"))
    assert Wave.objects.get(pk=wave).items == ["R1", "B1", "PS1"]


def test_the_same_items_are_never_asked_twice_running() -> None:
    eve = cast.viewer("eve")
    pulse_world.opened(eve)
    with pytest.raises(ItemsError, match="Exchange one"):
        pulse_world.opened(eve)
    pulse_world.opened(eve, items=("R1", "RC1"))
    pulse_world.opened(eve)


def test_a_link_takes_one_answer_that_names_nobody() -> None:
    wave = pulse_world.opened(cast.viewer("eve"))
    link = pulse_world.token(wave, "mona-1")
    given = {"R1": " the new product ", "WD1": "4", "RC1": "", "AU1": "5"}
    pulse.answer(viewer=None, at=NOW, token=link, given=given)
    [kept] = PulseAnswer.objects.values()
    assert (kept.pop("id") > 0, kept) == (
        True,
        {
            "wave_id": wave,
            "team_manager": "mona",
            "role": "seller",
            "values": {"WD1": "4"},
            "words": {"R1": "the new product"},
        },
    )
    with pytest.raises(WaveOverError):
        pulse.answer(viewer=None, at=NOW, token=link, given=given)
    assert PulseAnswer.objects.count() == 1
    # Whose link it was is not in the audit.
    entry = AuditEntry.objects.get(code="pulse.answer")
    assert (entry.account_id, entry.subject) == (None, f"wave:{wave}")


def test_a_link_that_is_none_or_late_takes_nothing() -> None:
    wave = pulse_world.opened(cast.viewer("eve"))
    link = pulse_world.token(wave, "mona-1")
    late = NOW + timedelta(days=11)
    for token, at in (("guess", NOW), (link, late)):
        with pytest.raises(WaveOverError):
            pulse.answer(viewer=None, at=at, token=token, given={})
    pulse.close(viewer=cast.viewer("eve"), at=NOW, wave_id=wave)
    with pytest.raises(WaveOverError):
        pulse.answer(viewer=None, at=NOW, token=link, given={})


@pytest.mark.parametrize("given", [{"WD1": "6"}, {"B1": "lazy"}, {"R1": "x" * 2001}])
def test_an_answer_that_was_not_offered_leaves_the_link_good(given: dict[str, str]) -> None:
    wave = pulse_world.opened(cast.viewer("eve"))
    link = pulse_world.token(wave, "mona-1")
    with pytest.raises(AnswerError):
        pulse.answer(viewer=None, at=NOW, token=link, given=given)
    pulse.answer(viewer=None, at=NOW, token=link, given={})


def test_who_is_signed_in_finds_their_own_link_and_no_other() -> None:
    wave = pulse_world.opened(cast.viewer("eve"))
    own = pulse.own_link(viewer=cast.viewer("sam"), at=NOW, wave_id=wave)
    assert own == pulse_world.token(wave, "sam")
    for who in ("eve", "opal"):
        with pytest.raises(WaveOverError):
            pulse.own_link(viewer=cast.viewer(who), at=NOW, wave_id=wave)


def test_nothing_in_the_audit_names_whoever_answers() -> None:
    wave = pulse_world.opened(cast.viewer("eve"))
    before = AuditEntry.objects.count()
    sam = cast.viewer("sam")
    with action.keyed("key of a form"):
        link = pulse.own_link(viewer=sam, at=NOW, wave_id=wave)
    pulse.answer(viewer=None, at=NOW, token=link, given={})
    written = AuditEntry.objects.order_by("number")[before:]
    assert [(each.code, each.account_id) for each in written] == [("pulse.answer", None)]
    assert not IdempotencyKey.objects.filter(account_id=sam.account_id).exists()


def test_answers_are_drawn_anew_when_the_wave_closes() -> None:
    wave = pulse_world.opened(cast.viewer("eve"))
    for number in range(6):
        pulse_world.answered(wave, f"mona-{number}", {"RC1": "3"})
    before = set(PulseAnswer.objects.values_list("id", flat=True))
    pulse.close(viewer=cast.viewer("eve"), at=NOW, wave_id=wave)
    after = set(PulseAnswer.objects.values_list("id", flat=True))
    assert (len(after), before & after) == (6, set())
    assert set(PulseInvitation.objects.values_list("token_sealed", flat=True)) == {""}


@pytest.mark.parametrize("who", ["mona", "sam", "opal"])
def test_only_who_leads_those_asked_closes_a_wave(who: str) -> None:
    wave = pulse_world.opened(cast.viewer("eve"))
    with pytest.raises(NotAllowedError):
        pulse.close(viewer=cast.viewer(who), at=NOW, wave_id=wave)


def coded(who: str, answer_id: int) -> None:
    viewer = cast.viewer(who)
    with noted():
        pulse_coding.code(
            viewer=viewer,
            at=NOW,
            answer_id=answer_id,
            named=("p2",),
            has_action=True,
            has_reason=False,
            themes=("Price ", "", "price"),
        )


def in_words(people: int) -> int:
    wave = pulse_world.opened(cast.viewer("eve"))
    names = [f"{manager}-{number}" for manager in ("mona", "olaf") for number in range(6)]
    for name in names[:people]:
        pulse_world.answered(wave, name, {"R1": "hospitals", "U1": "I call them"})
    pulse.close(viewer=cast.viewer("eve"), at=NOW, wave_id=wave)
    Wave.objects.filter(pk=wave).update(state="cut")
    return PulseAnswer.objects.values_list("id", flat=True)[0]


def test_a_person_codes_what_an_answer_says() -> None:
    coded("opal", in_words(10))
    assert Coding.objects.get().codes == {
        "R1": {"p1": "no", "p2": "yes"},
        "U1": {"p1": "action_only"},
        "themes": ["price"],
    }


@pytest.mark.parametrize("who", ["mona", "sam"])
def test_who_leads_or_sells_codes_nothing(who: str) -> None:
    answer_id = in_words(10)
    with pytest.raises(NotAllowedError):
        coded(who, answer_id)


def test_nobody_codes_the_words_of_fewer_than_ten() -> None:
    answer_id = in_words(9)
    with pytest.raises(NotAllowedError):
        coded("opal", answer_id)


def test_words_are_forgotten_after_a_year() -> None:
    in_words(10)
    assert pulse_coding.forget_words(at=NOW + timedelta(days=365)) == 0
    assert pulse_coding.forget_words(at=NOW + timedelta(days=366)) == 10
    assert set(map(str, PulseAnswer.objects.values_list("words", flat=True))) == {"{}"}
