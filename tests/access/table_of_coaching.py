"""Who reads what of coaching, and why."""

from tests.access.record import NOBODY, record

RECORDS = (
    record(
        "the words of a session",
        "CoachingSession AgendaItem",
        "session-m4rk | agenda-m4rk | practice-m4rk",
        frozenset({"leader", "seller"}),
        "the two it is between; no rank opens it",
    ),
    record(
        "what one noted before a session",
        "Preparation",
        "prepared-m4rk",
        frozenset({"leader"}),
        "its writer alone, until the session is logged",
        api=NOBODY,
    ),
    record(
        "a coaching plan",
        "CoachingPlan CoachingStep",
        "plan-skill-m4rk | worked-m4rk | step-m4rk",
        frozenset({"leader", "seller"}),
        "the two it is between; no rank opens it",
    ),
    record(
        "a coaching programme",
        "CoachingProgramme CoachingStart",
        "programme-m4rk",
        frozenset({"leader"}),
        "who began it; who is in it reads their own plan",
    ),
    record(
        "a scorecard",
        "Scorecard",
        "scorecard-m4rk | point-m4rk",
        frozenset({"leader", "seller"}),
        "the two it is between; no rank opens it",
    ),
    record(
        "scores of one before both are in",
        "Scorecard",
        r"\b48484848\b",
        frozenset({"leader"}),
        "who gave them; the page has them in their form, their own archive spells them out",
    ),
    record(
        "how many sessions a team had",
        "CoachingSession",
        r'Sessions held">11< | "session_count": ?11\b',
        frozenset({"executive", "leader above"}),
        "those above the leader, of five people and more",
    ),
)
