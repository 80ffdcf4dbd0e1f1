"""Commitments against a plain model of their rules: many lives of fifty steps each."""

import os
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest
from tests import cast

from headway.actions import commitment_course as course
from headway.actions import commitments
from headway.actions.action import NotAllowedError, StaleVersionError
from headway.actions.commitments import (
    CommitmentDayError,
    CommitmentPartError,
    CommitmentTextError,
    SettledError,
    Wanted,
)
from headway.records.models import Commitment
from headway.terms.errors import HeadwayError

RUNS, STEPS = int(os.environ.get("HEADWAY_RUNS", "200")), 50
ACTORS = ("sam", "max", "sue", "stan")
ERRORS = {
    NotAllowedError: "not allowed",
    StaleVersionError: "stale",
    SettledError: "settled",
    CommitmentDayError: "day",
    CommitmentPartError: "part",
    CommitmentTextError: "text",
}
# Who makes it, for whom, to whom, and whether both do it.
KINDS = (
    ("sam", "sam", "max", False),
    ("sam", "sam", None, False),
    ("max", "sam", None, False),
    ("max", "sam", "sue", False),
    ("sam", "sam", "max", True),
    ("max", "sam", "max", True),
)


class RefusedError(Exception):
    """The model says no."""


@dataclass
class Model:
    """One commitment by its rules alone: no row, no query, no word of the code under test."""

    maker: str
    owner: str
    to: str | None
    both: bool
    first: date
    agreed: bool = False
    state: str = "open"
    due: date = field(init=False)
    promised: date = field(init=False)
    is_too_late: bool = False
    wish_of: str | None = None
    shared: bool = False
    version: int = 1
    said: int = 0
    settled: date | None = None

    def __post_init__(self) -> None:
        self.due = self.promised = self.first
        self.agreed = self.maker == self.owner and not self.both
        if self.to is None and self.maker != self.owner:
            self.to = self.maker

    def step(self, verb: str, *, by: str, on: date, word: str, day: date, version: int) -> str:
        """What comes of it: "" or why not."""
        try:
            getattr(self, f"_{verb}")(by=by, on=on, word=word, day=day, version=version)
        except RefusedError as refusal:
            return str(refusal)
        return ""

    @property
    def two(self) -> set[str]:
        return {self.owner} | ({self.to} if self.to else set())

    @property
    def hands(self) -> set[str]:
        return self.two if self.both else {self.owner}

    @property
    def asked(self) -> str:
        if self.both and self.maker == self.owner:
            return str(self.to)
        return self.owner

    @property
    def free_it(self) -> set[str]:
        if not self.agreed:
            return {self.maker}
        if not self.both:
            return {self.to or self.owner}
        return self.two - {self.wish_of} if self.wish_of else set()

    def _accept(self, *, by: str, **_: object) -> None:
        _need(by == self.asked, "not allowed")
        _need(self.state == "open", "settled")
        if not self.agreed:
            self.agreed = True
            self.version += 1

    def _decline(self, *, by: str, on: date, word: str, **_: object) -> None:
        _need(bool(word), "text")
        _need(by == self.asked, "not allowed")
        _need(self.state == "open", "settled")
        _need(not self.agreed, "part")
        self._end("declined", on=on)

    def _share(self, *, by: str, version: int, **_: object) -> None:
        _need(by in self.two, "not allowed")
        _need(version == self.version, "stale")
        self.shared = not self.shared
        self.version += 1

    def _progress(self, *, by: str, word: str, **_: object) -> None:
        _need(bool(word), "text")
        self._speak(by in self.hands)

    def _hold_check(self, *, by: str, word: str, **_: object) -> None:
        _need(bool(word), "text")
        self._speak(by in self.two)

    def _plan_check(self, *, by: str, on: date, day: date, **_: object) -> None:
        _need(day > on, "day")
        self._speak(by in self.two)

    def _move(self, *, by: str, on: date, word: str, day: date, version: int) -> None:
        _need(bool(word), "text")
        _need(day > on, "day")
        self._own(by, version)
        if not self.is_too_late and on <= self.promised:
            self.promised = day
        else:
            self.is_too_late = True
        self.due = day
        self.version += 1
        self.said += 1

    def _keep(self, *, by: str, on: date, version: int, **_: object) -> None:
        self._own(by, version)
        self._end("kept" if on <= self.promised else "kept_late", on=on)

    def _give_up(self, *, by: str, on: date, version: int, **_: object) -> None:
        self._own(by, version)
        self._end("broken", on=on)

    def _ask_release(self, *, by: str, word: str, version: int, **_: object) -> None:
        _need(bool(word), "text")
        self._own(by, version)
        _need(self.to is not None, "part")
        self.wish_of = by
        self.version += 1
        self.said += 1

    def _refuse_release(self, *, by: str, word: str, version: int, **_: object) -> None:
        _need(bool(word), "text")
        self._other(by, version)
        _need(self.wish_of is not None, "part")
        self.wish_of = None
        self.version += 1
        self.said += 1

    def _release(self, *, by: str, on: date, version: int, **_: object) -> None:
        self._other(by, version)
        self._end("released", on=on)

    def _reopen(self, *, by: str, word: str, version: int, **_: object) -> None:
        _need(bool(word), "text")
        is_done = self.state in {"kept", "kept_late"}
        _need(by in (self.two if is_done else self.hands), "not allowed")
        _need(self.state != "open", "part")
        _need(version == self.version, "stale")
        _need(self.agreed, "part")
        self.state, self.settled = "open", None
        self.version += 1
        self.said += 1

    def _speak(self, may: bool) -> None:
        _need(may, "not allowed")
        _need(self.state == "open", "settled")
        _need(self.agreed, "part")
        self.said += 1

    def _own(self, by: str, version: int) -> None:
        _need(by in self.hands, "not allowed")
        _need(self.state == "open", "settled")
        _need(version == self.version, "stale")
        _need(self.agreed, "part")

    def _other(self, by: str, version: int) -> None:
        _need(by in self.free_it, "not allowed")
        _need(self.state == "open", "settled")
        _need(version == self.version, "stale")

    def _end(self, state: str, *, on: date) -> None:
        self.state, self.settled, self.wish_of = state, on, None
        self.version += 1
        self.said += 1


def _need(is_so: bool, otherwise: str) -> None:
    if not is_so:
        raise RefusedError(otherwise)


TAKES: dict[str, tuple[Callable[..., object], tuple[str, ...]]] = {
    "accept": (commitments.accept, ()),
    "decline": (commitments.decline, ("reason",)),
    "share": (commitments.share, ("is_shared", "seen_version")),
    "progress": (course.progress, ("note",)),
    "hold_check": (course.hold_check, ("note",)),
    "plan_check": (course.plan_check, ("on",)),
    "move": (course.move, ("due_on", "reason", "seen_version")),
    "keep": (course.keep, ("seen_version",)),
    "give_up": (course.give_up, ("seen_version",)),
    "ask_release": (course.ask_release, ("reason", "seen_version")),
    "refuse_release": (course.refuse_release, ("reason", "seen_version")),
    "release": (course.release, ("seen_version",)),
    "reopen": (course.reopen, ("reason", "seen_version")),
}
# Endings are rarer, so that a life has a course before it.
WEIGHTS = [4, 1, 2, 4, 2, 2, 5, 2, 1, 3, 2, 2, 5]


def life(drawn: random.Random, *, tally: dict[str, int]) -> None:
    """One commitment, fifty steps; after each both say the same."""
    maker, owner, to, both = drawn.choice(KINDS)
    at, due = cast.NOW, cast.NOW.date() + timedelta(days=14)
    wanted = Wanted(
        owner=owner, to=to, is_joint=both, text="Agree cards", seen_by="Cards", due_on=due
    )
    number = commitments.make(viewer=VIEWERS[maker], at=at, wanted=wanted).commitment_id
    model = Model(maker=maker, owner=owner, to=to, both=both, first=due)
    for _ in range(STEPS):
        at += timedelta(days=drawn.choice((0, 0, 0, 1, 3, 7)))
        [verb] = drawn.choices(list(TAKES), WEIGHTS)
        # The two are there more often than others.
        by = drawn.choice((*ACTORS, "sam", "sam", "max"))
        word = "" if drawn.random() < 0.05 else "Two are away"
        day = at.date() + timedelta(days=drawn.randint(-1, 12))
        version = model.version - (drawn.random() < 0.1)
        sent = {
            "reason": word,
            "note": word,
            "on": day,
            "due_on": day,
            "seen_version": version,
            "is_shared": not model.shared,
        }
        said = _done(verb, by=by, at=at, number=number, sent=sent)
        expected = model.step(verb, by=by, on=at.date(), word=word, day=day, version=version)
        assert (said, *_row(number)) == (expected, *_told(model)), (verb, by)
        tally[f"{verb}: {said or 'done'}"] = tally.get(f"{verb}: {said or 'done'}", 0) + 1


def _done(verb: str, *, by: str, at: datetime, number: int, sent: dict[str, object]) -> str:
    change, names = TAKES[verb]
    try:
        change(
            viewer=VIEWERS[by], at=at, commitment_id=number, **{name: sent[name] for name in names}
        )
    except HeadwayError as refusal:
        return ERRORS[type(refusal)]
    return ""


def _row(number: int) -> tuple[object, ...]:
    found = Commitment.objects.get(pk=number)
    return (
        found.state,
        found.accepted_at is not None,
        found.due_on,
        found.settled_on,
        found.release_asked_at is not None,
        found.is_shared,
        found.version,
        found.events.count(),
    )


def _told(model: Model) -> tuple[object, ...]:
    return (
        model.state,
        model.agreed,
        model.due,
        model.settled,
        model.wish_of is not None,
        model.shared,
        model.version,
        model.said,
    )


VIEWERS: dict[str, object] = {}


def lives(count: int, *, seed: int) -> dict[str, int]:
    """So many lives; gives how often each step was done or refused."""
    cast.enter()
    VIEWERS.update({name: cast.viewer(name) for name in ACTORS})
    drawn, tally = random.Random(seed), dict[str, int]()
    for _ in range(count):
        life(drawn, tally=tally)
    return tally


@pytest.mark.django_db
def test_twenty_lives_go_as_the_rules_say() -> None:
    assert sum(lives(20, seed=1).values()) == 20 * STEPS


@pytest.mark.slow
@pytest.mark.django_db
def test_many_lives_go_as_the_rules_say() -> None:
    tally = lives(RUNS, seed=2)
    assert sum(tally.values()) == RUNS * STEPS
    # Every verb was done, and refused for each reason it can be: nothing was left untried.
    assert {verb for verb in TAKES if tally.get(f"{verb}: done", 0) < RUNS // 20} == set()
    reasons = {step.split(": ")[1] for step in tally}
    assert reasons == {"done", *ERRORS.values()}
