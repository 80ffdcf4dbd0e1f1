"""Who reads what of own time, hours given back, pairs and what works, and why."""

from tests.access.record import ABOVE, NOBODY, RESULTS, record

RECORDS = (
    record(
        "the hours a leader logged",
        "TimeLog",
        r"151\.373",
        frozenset({"leader"}),
        "that leader alone, whatever anybody's role",
    ),
    record(
        "the sessions a leader held and who got them",
        "PublishedTime",
        r"\b1,?919\b",
        frozenset({"leader"}),
        "that leader alone",
    ),
    record(
        "what changed for a leader since they began to coach",
        "PublishedTime",
        r"range \+6\.2 points",
        frozenset({"leader"}),
        "that leader alone",
    ),
    record(
        "what leaders below one did with their hours in a month",
        "GroupMonth",
        r"131\.9",
        frozenset({"leader"}),
        "whose people they are; means over five and more, kept once",
    ),
    record(
        "what pairs among a leader's people came to in a month",
        "GroupMonth",
        r"\b13\.79\b",
        frozenset({"leader"}),
        "whose people they are; five and more, kept once",
    ),
    record(
        "hours given back in the whole organisation",
        "GroupMonth",
        r"141\.9 hours",
        ABOVE | {"other leader"},
        "leaders; five people and more, kept once",
        api=NOBODY,
    ),
    record(
        "something a leader stopped",
        "HoursBack HoursBackTo",
        "stopped-m4rk",
        frozenset({"leader", "seller"}),
        "who stopped it, and those whose hours it is",
        api=NOBODY,
    ),
    record(
        "a skill on the list, and who offers to teach",
        "Skill SkillSaid",
        "taught-m4rk | teach-m4rk",
        RESULTS,
        "everybody who sees results: it is offered to all",
    ),
    record(
        "what somebody wants to learn",
        "SkillSaid",
        "learn-m4rk",
        frozenset({"peer"}),
        "that person alone",
    ),
    record(
        "a pair, its meetings and what was written",
        "Pair PeerMeeting PeerNote",
        "about-m4rk | peernote-m4rk",
        frozenset({"peer", "stranger"}),
        "the two, and nobody else",
    ),
    record(
        "something that works, written down",
        "KnowledgeItem",
        "works-m4rk | doing-m4rk",
        RESULTS,
        "everybody who sees results: it was written down for them",
    ),
    record(
        "what somebody said came of using it",
        "KnowledgeUse",
        "thanks-m4rk",
        frozenset({"peer", "stranger"}),
        "its author, and who said it; others see how often it was used",
    ),
    record(
        "what the whole organisation reused in a month",
        "GroupMonth",
        r"\b1717\b",
        ABOVE | {"other leader"},
        "leaders; months in which five people and more took part, kept once",
    ),
)
