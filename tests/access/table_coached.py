"""Who reads what of coaching, of measures, and of what became of commitments."""

from tests.access.record import ABOVE, NOBODY, RESULTS, record

COACHED = (
    record(
        "how many of a group were coached",
        "PublishedCoaching",
        r"\b7,?419 of",
        ABOVE | {"seller", "peer"},
        "those who see how far the priority reaches there",
    ),
    record(
        "how a leader spends time with their people, in its first days",
        "PublishedCoaching",
        r'together: 0\.6% | "inspection": ?"0\.6%',
        frozenset({"leader above"}),
        "that leader alone, for five working days or until they comment",
    ),
    record(
        "a measure of a group",
        "PublishedMeasure",
        r"of 6,?373\b",
        ABOVE,
        "the leaders of a group of five and more",
    ),
    record(
        "whether those coached regularly stay, in a group",
        "PublishedStay",
        r"6272 of 6273",
        ABOVE,
        "the leaders of the group; it is told of many teams at once",
    ),
    record(
        "a measure of a group, in its first days",
        "PublishedMeasure",
        r"of 6,?575\b",
        frozenset({"leader above"}),
        "the leader of the group alone, for five working days or until they comment",
    ),
    record(
        "who could help somebody, before they offered to",
        "PublishedPeers",
        "could help with priority-m4rk",
        frozenset({"leader"}),
        "the coach in a session of theirs; the person once who could help has offered",
    ),
    record(
        "what one could teach",
        "PublishedPeers",
        r'You could teach | "to_offer": ?\[\{',
        frozenset({"peer"}),
        "that person alone",
    ),
    record(
        "what a team says of its leader's word and deed",
        "PublishedMeasure",
        r"of 6,?474\b",
        frozenset({"leader"}),
        "that leader alone",
    ),
    record(
        "how much a leader believes their people decide",
        "OwnView",
        r"What you believe</th><td[^>]*>82%",
        frozenset({"leader"}),
        "that leader alone",
        api=NOBODY,
    ),
    record(
        "what became of the link of a commitment",
        "Remeasurement",
        r"0\.3% \(range",
        frozenset({"seller"}),
        "its owner; and whom it was promised to, once it is settled and they see the line",
        api=NOBODY,
    ),
    record(
        "what has worked here",
        "PublishedRemedy",
        r"\b7,?575\b",
        RESULTS,
        "everybody who sees results: it is of five people or more, and names nobody",
        api=NOBODY,
    ),
)
