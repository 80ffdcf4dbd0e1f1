"""A session goes through its states as a plain model of it says, whatever the order of events."""

import os
import random
from dataclasses import dataclass
from datetime import timedelta

import pytest
from tests import cast
from tests.actions.test_coaching import LATER, TODAY, logged, planned

from headway.actions import coaching
from headway.actions.action import NotAllowedError, StaleVersionError
from headway.actions.coaching import SessionStateError
from headway.records.models import CoachingSession, Preparation

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

RUNS, STEPS = int(os.environ.get("HEADWAY_RUNS", "100")), 50
REFUSED = (NotAllowedError, SessionStateError, StaleVersionError)
WHO = ("max", "sam", "mona")


@dataclass
class Model:
    """A session in a dozen lines: what the database, the audit and the locks leave of it."""

    state: str = "asked"
    version: int = 1
    confirmed: frozenset[str] = frozenset()
    is_agreed: bool = False
    is_followed: bool = False
    prepared: frozenset[str] = frozenset()

    def do(self, event: str, who: str) -> bool:
        """Let it happen; whether it may."""
        if who == "mona" or not getattr(self, f"_{event}")(who):
            return False
        self.version += event != "prepare"
        return True

    def _set_time(self, who: str) -> bool:
        may = self.state == "planned" or (self.state == "asked" and who == "max")
        self.state = "planned" if may else self.state
        return may

    def _log(self, who: str) -> bool:
        return self._logged(who, is_agreed=True)

    def _log_without(self, who: str) -> bool:
        return self._logged(who, is_agreed=False)

    def _logged(self, who: str, *, is_agreed: bool) -> bool:
        if self.state == "called_off":
            return False
        self.state, self.confirmed, self.prepared = "held", frozenset({who}), frozenset()
        self.is_agreed = is_agreed
        self.is_followed = self.is_followed and is_agreed
        return True

    def _confirm(self, who: str) -> bool:
        may = self.state == "held"
        self.confirmed |= {who} if may else frozenset()
        return may

    def _look_again(self, _who: str) -> bool:
        may = self.state == "held" and self.is_agreed and not self.is_followed
        self.is_followed = self.is_followed or may
        return may

    def _call_off(self, _who: str) -> bool:
        may = self.state != "called_off" and self.confirmed != {"max", "sam"}
        if may:
            self.state, self.prepared = "called_off", frozenset()
        return may

    def _prepare(self, who: str) -> bool:
        may = self.state in ("asked", "planned")
        self.prepared |= {who} if may else frozenset()
        return may


EVENTS = ("set_time", "log", "log_without", "confirm", "look_again", "call_off", "prepare")
# What is called off stays so: seldom enough that most runs live for most of their steps.
WEIGHTS = (20, 10, 10, 20, 20, 1, 20)


def happen(event: str, who: str, session: int, *, seen: int, viewers) -> None:
    """The same event in earnest."""
    both = {"viewer": viewers[who], "at": cast.NOW, "session_id": session}
    if event == "prepare":
        coaching.prepare(**both, text="For me")
    elif event == "set_time":
        coaching.plan(**both, person="sam", planned=planned(planned_at=LATER), seen_version=seen)
    elif event.startswith("log"):
        nothing = {"practice": "", "follow_up_on": None}
        said = logged(**(nothing if event == "log_without" else {}))
        coaching.log(**both, person="sam", logged=said, seen_version=seen)
    elif event == "look_again":
        coaching.look_again(**both, sentence="Seen", seen_version=seen)
    else:
        getattr(coaching, event)(**both, seen_version=seen)


def found(session: int) -> Model:
    """What the records say of it, in the words of the model."""
    row = CoachingSession.objects.get(pk=session)
    marks = {"max": row.coach_confirmed_on, "sam": row.person_confirmed_on}
    writers = Preparation.objects.filter(session=row).values_list("writer_id", flat=True)
    return Model(
        state=row.state,
        version=row.version,
        confirmed=frozenset(who for who, day in marks.items() if day),
        is_agreed=bool(row.is_practice_agreed),
        is_followed=row.followed_up_on is not None,
        prepared=frozenset(writers),
    )


@pytest.mark.parametrize("batch", range(2))
def test_a_session_is_what_the_model_says_after_every_event(batch: int) -> None:
    cast.enter()
    viewers = {who: cast.viewer(who) for who in WHO}
    done = refused = stale = 0
    for run in range(RUNS // 2):
        draw = random.Random(batch * RUNS + run)
        made = coaching.ask(viewer=viewers["sam"], at=cast.NOW, coach="max", topic="Pricing")
        model = Model()
        for _step in range(STEPS):
            event, who = draw.choices(EVENTS, WEIGHTS)[0], draw.choices(WHO, (10, 10, 1))[0]
            is_stale = event != "prepare" and draw.random() < 0.05
            seen = model.version - is_stale
            may = not is_stale and model.do(event, who)
            try:
                happen(event, who, made.session_id, seen=seen, viewers=viewers)
                is_done = True
            except REFUSED:
                is_done = False
            assert is_done is may, (batch, run, event, who, model)
            done, refused, stale = done + may, refused + (not may), stale + is_stale
        assert found(made.session_id) == model, (batch, run)
    # Each batch did and refused a good part of its events.
    assert min(done, refused) > RUNS * STEPS // 10
    assert stale > RUNS // 4
    assert CoachingSession.objects.filter(follow_up_on__lt=TODAY - timedelta(days=1)).count() == 0
