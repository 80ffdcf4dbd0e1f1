"""Coaching and measures in words. What is said about a leader describes, and names no fault."""

from collections.abc import Mapping

from headway.queries.results import figures
from headway.queries.words.language import gettext as _
from headway.terms.coaching import Coaching, Measure, Micromanagement
from headway.terms.group import leader_of, role_of
from headway.terms.line import LinkVerdict
from headway.terms.policy import DEFAULT

_ROLES = {"seller": "Sellers of {name}", "manager": "Managers of {name}"}
_MEASURES = {
    "kept_on_time": "Commitments kept by their day",
    "silent_miss": "Commitments past their day without a word for a week",
    "checks_held": "Looks at commitments held, of those planned",
    "persistence": "Weeks with a word on what was promised for {priority}",
    "dropped": "Commitments dropped within 13 weeks: four weeks without a word",
    "overloaded": "People who serve more than {most} priorities at once",
    "word_deed": "Agree that their leader’s deeds follow their words",
    "autonomy": "Agree that they decide how to do their work",
}
_TO_ONESELF = {
    Micromanagement.PRESENT: (
        "Three signs stand together: more of your time with people is inspection than with other "
        "managers, your people say they decide less than others say, and you step into their "
        "opportunities more than you did. Ask them what they would rather decide themselves."
    ),
    Micromanagement.ABSENT: (
        "The three signs of deciding too much for one’s people do not stand together."
    ),
    Micromanagement.CANNOT_TELL: (
        "Too little is recorded to say whether you decide much for your people."
    ),
}
_OF_OTHERS = {
    Micromanagement.PRESENT: (
        "Three signs stand together: more inspection than others, people who say they decide less, "
        "and more steps into their opportunities than before."
    ),
    Micromanagement.ABSENT: "The three signs do not stand together.",
    Micromanagement.CANNOT_TELL: "Too little is recorded to say.",
}


def group(name: str, *, names: Mapping[str, str]) -> str:
    """Whose people a group is."""
    role, head = role_of(name), leader_of(name)
    whose = names.get(head, head)
    return _(_ROLES[role]).format(name=whose) if role in _ROLES else whose


def covered(one: Coaching) -> str:
    """How many had a session that counts."""
    if one.covered is None or one.people is None:
        return _("no session is on record")
    return _("{k} of {n}").format(k=one.covered, n=one.people)


def inspection(one: Coaching) -> str:
    """How much of a coach's time is inspection; a dash where nothing may be told."""
    return "–" if one.inspection_share is None else figures.percent(one.inspection_share)


def to_oneself(one: Coaching) -> str:
    """What the signs say, to the manager they are about."""
    return _(_TO_ONESELF[one.micromanagement or Micromanagement.CANNOT_TELL])


def of_another(one: Coaching) -> str:
    """The same to those who lead that manager; "" where they may not see it yet."""
    return "" if one.micromanagement is None else _(_OF_OTHERS[one.micromanagement])


def measure(one: Measure, *, priorities: Mapping[str, str]) -> str:
    """What a measure is of; `priorities` are names by id."""
    if one.code not in _MEASURES:
        return one.code
    return _(_MEASURES[one.code]).format(
        priority=priorities.get(one.subject or "", one.subject or ""),
        most=DEFAULT.most_priorities_at_once,
    )


def share(one: Measure) -> str:
    """A measure with its cases and its range."""
    if one.verdict is LinkVerdict.BLOCKED:
        return _("not told: too few have answered")
    if one.mean is None or one.low is None or one.high is None:
        return _("nothing to count")
    return _("{share} of {n} (range {low} to {high})").format(
        share=figures.percent(one.mean),
        n=one.n,
        low=figures.percent(one.low),
        high=figures.percent(one.high),
    )
