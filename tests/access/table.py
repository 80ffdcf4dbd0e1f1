"""Who may what, and why: the declared truth that the matrix tries on every interface.

A record names its models, the marks by which it would be known in a reply, and who reads it on
pages and over the API. Everybody else must not find a mark anywhere.
"""

from dataclasses import dataclass

from tests.access.world import WHO

EVERYBODY = frozenset(WHO) - {"disabled", "signed out"}
RESULTS = EVERYBODY - {"operations"}
RUNNING = frozenset({"executive", "operations"})
ABOVE = frozenset({"executive", "leader above", "leader"})
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Record:
    """One kind of record; `marks` are patterns, any of which tells that it was shown."""

    name: str
    models: tuple[str, ...]
    marks: tuple[str, ...]
    page: frozenset[str]
    api: frozenset[str]
    why: str


def record(
    name: str,
    models: str,
    marks: str,
    page: frozenset[str],
    why: str,
    *,
    api: frozenset[str] | None = None,
) -> Record:
    return Record(
        name=name,
        models=tuple(models.split()),
        marks=tuple(marks.split(" | ")),
        page=page,
        api=page if api is None else api,
        why=why,
    )


RECORDS = (
    record(
        "a person in the data",
        "Person ReportingLine",
        "Person-m4rk",
        ABOVE | {"seller", "operations"},
        "the reporting line decides; who runs access sees names, and no results",
        api=ABOVE | {"seller"},
    ),
    record(
        "an account",
        "Account",
        "Account-m4rk",
        RUNNING | {"seller"},
        "those who manage access, and whose it is",
    ),
    record(
        "passwords, codes, keys, hashes of links and tokens",
        "RecoveryCode LogInFailure IdempotencyKey Session",
        "secret-m4rk",
        NOBODY,
        "kept so that nobody can read them back",
    ),
    record(
        "a token for a program",
        "ApiToken",
        "token-m4rk",
        frozenset({"seller"}),
        "its owner",
        api=NOBODY,
    ),
    record(
        "an open link", "OneTimeLink", "link-m4rk", RUNNING, "those who manage access", api=NOBODY
    ),
    record(
        "the audit",
        "AuditEntry",
        "audit-m4rk",
        RUNNING,
        "ids and codes only; each reading is an entry",
    ),
    record(
        "an opportunity and its customer",
        "OpportunityRow AccountRow",
        "opportunity-m4rk | customer-m4rk",
        ABOVE | {"seller"},
        "its owner, and those to whom the reporting line leads",
    ),
    record(
        "results of one person",
        "PublishedAnswer",
        "answer-m4rk",
        ABOVE | {"seller"},
        "that person, and those to whom the reporting line leads",
    ),
    record(
        "an objection to a group's finding",
        "Objection",
        "objection-m4rk",
        ABOVE,
        "those who see the finding",
    ),
    record(
        "work in the background",
        "Job",
        "job-m4rk",
        RUNNING | {"leader"},
        "who asked for it, and who sees data; it holds no result",
    ),
    record("the plan", "PlanVersion", "plan-m4rk", RESULTS, "everybody who sees results"),
    record(
        "a priority and how many rows it selects",
        "Priority PriorityVersion PredicateCount",
        "priority-m4rk | 36,?917",
        RESULTS,
        "everybody who sees results: it is told to be known",
    ),
    record(
        "values that conditions are made of",
        "PredicateColumn",
        "choice-m4rk",
        frozenset({"executive", "leader"}),
        "who may change the priority",
        api=NOBODY,
    ),
    record(
        "a message",
        "Message",
        "message-m4rk",
        ABOVE | {"seller", "peer"},
        "those it was for, who said it, and the leaders above them",
    ),
    record(
        "how many a message reached",
        "MessageReceipt",
        "1 of 2 have it",
        ABOVE,
        "those who see the sender; who exactly, nobody",
    ),
    record(
        "a leader's own card", "Card", "owncard-m4rk", ABOVE, "its author, and the leaders above"
    ),
    record(
        "a card between two",
        "Card",
        "pair-m4rk",
        ABOVE | {"seller"},
        "the two, and the leaders above the author",
    ),
    record(
        "a commitment and why it was moved",
        "Commitment CommitmentMove",
        "commitment-m4rk | move-m4rk",
        frozenset({"leader", "seller"}),
        "its two sides and the owner's own manager; no rank opens it",
    ),
    record(
        "the prediction in a commitment",
        "Commitment",
        r"at 37\D{1,3}by then",
        frozenset({"seller"}),
        "its owner, until it is settled",
    ),
    record(
        "a prediction about one's own people",
        "Prediction PublishedGap",
        r"0\.71371 | 0\.42421",
        NOBODY,
        "who sealed it, and nobody else; on the page it is drawn",
        api=frozenset({"leader"}),
    ),
    record(
        "a prediction that was shared with those who lead",
        "Prediction",
        r"0\.58585",
        NOBODY,
        "who sealed it, and those it was shared with; on the page it is drawn",
        api=frozenset({"executive", "other leader"}),
    ),
    record(
        "how well a leader knows their people",
        "PublishedCalibration",
        r"\b5,?151\b",
        frozenset({"leader"}),
        "that leader alone",
    ),
    record(
        "what the leaders of a level believe together",
        "BeliefProfile",
        r"\b6,?161\b",
        frozenset({"executive"}),
        "executives; a mean over five leaders and more",
    ),
    record(
        "a finding about a leader, in its first days",
        "LeaderFinding",
        r"\b1,?234\b",
        frozenset({"leader"}),
        "that leader alone, for five working days or until they comment",
    ),
    record(
        "a finding about another leader, open",
        "LeaderFinding",
        r"\b2,?345\b",
        frozenset({"executive", "other leader", "stranger"}),
        "those who see the group",
    ),
    record(
        "a leader's comment",
        "LeaderFinding",
        "comment-m4rk",
        frozenset({"executive", "other leader", "stranger"}),
        "it stands beside the finding",
    ),
    record(
        "how far a priority reaches in a group",
        "PublishedChain",
        r"\b7,?411\b",
        ABOVE | {"seller", "peer"},
        "executives, the group's leaders and theirs, everybody in the group",
    ),
    record(
        "a pattern in a group",
        "PublishedPattern",
        r"61.{1,12}short | 0\.6137",
        ABOVE | {"seller", "peer"},
        "those who see how far the priority reaches there",
    ),
    record(
        "how many of a group were coached",
        "PublishedCoaching",
        r"\b7,?419 of",
        ABOVE | {"seller", "peer"},
        "those who see how far the priority reaches there",
        api=NOBODY,
    ),
    record(
        "how a leader spends time with their people, in its first days",
        "PublishedCoaching",
        r"together: 0\.6%",
        frozenset({"leader above"}),
        "that leader alone, for five working days or until they comment",
        api=NOBODY,
    ),
    record(
        "a measure of a group",
        "PublishedMeasure",
        r"of 6,?373\b",
        ABOVE,
        "the leaders of a group of five and more",
        api=NOBODY,
    ),
    record(
        "what a team says of its leader's word and deed",
        "PublishedMeasure",
        r"of 6,?474\b",
        frozenset({"leader"}),
        "that leader alone",
        api=NOBODY,
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
    record(
        "counts of a pulse",
        "PulseCell PulseCount",
        r"\b4,?747\b",
        ABOVE,
        "the leaders of a group of five and more",
    ),
    record(
        "counts of what is asked about a manager",
        "PulseCount",
        r"\b5,?858\b",
        frozenset({"leader"}),
        "that manager alone",
    ),
    record(
        "what is asked about managers, over all together",
        "PulsePooled",
        r"\b6,?262\b",
        ABOVE,
        "who leads everybody who was asked",
    ),
    record("themes of a pulse", "Wave", "theme-m4rk", ABOVE, "those whose people were asked"),
    record(
        "words written in a pulse",
        "PulseAnswer",
        "words-m4rk",
        RUNNING,
        "who codes them, one by one, without whose team they are",
        api=NOBODY,
    ),
    record(
        "codes of words, and trouble with a mail",
        "Coding PulseInvitation",
        "coding-m4rk | mail-m4rk",
        NOBODY,
        "only counted",
    ),
    record(
        "a source and its loads",
        "Source Load",
        "source-m4rk",
        RUNNING,
        "those who see data",
        api=NOBODY,
    ),
    record(
        "a doubt about the data", "CheckMark", "96,?431", RUNNING, "those who see data", api=NOBODY
    ),
    record(
        "where a person will stand",
        "Move",
        "stand-m4rk",
        ABOVE | {"seller", "operations"},
        "that person, the leaders above, and those who may change it",
        api=NOBODY,
    ),
    record(
        "leave of a person",
        "Leave",
        r"9 Mar 2017 | 2017-03-09 | on leave",
        ABOVE | {"seller", "operations"},
        "that person, the leaders above, and those who may change it; each reading is an entry",
        api=NOBODY,
    ),
    record(
        "a list of people that waits",
        "PeopleFile",
        "list-m4rk | listed-m4rk",
        RUNNING,
        "those who manage access",
        api=NOBODY,
    ),
    record(
        "a load that waits because of its people",
        "PeopleStop",
        r"\b71,?717\b",
        RUNNING,
        "those who manage access",
        api=NOBODY,
    ),
    record(
        "a reorganisation",
        "Reorganisation",
        "reorganisation-m4rk",
        ABOVE | {"seller", "peer"},
        "executives, who declared it, and those whom it gives a role with the leaders above them",
        api=NOBODY,
    ),
    record(
        "a reorganisation of others",
        "Reorganisation",
        "elsewhere-m4rk",
        ABOVE,
        "the same; a handover that belongs to it does not name it to others",
        api=NOBODY,
    ),
    record(
        "who has which role after a reorganisation",
        "RoleChange",
        r"role-m4rk<small>[^<]*Person-m4rk",
        ABOVE | {"seller"},
        "of each the part about oneself and the people one sees",
        api=NOBODY,
    ),
    record(
        "an account that changes hands",
        "Handover",
        "handed-m4rk",
        ABOVE | {"peer"},
        "executives, who declared it, and the two with the leaders above them",
        api=NOBODY,
    ),
    record(
        "a training",
        "Training",
        "training-m4rk",
        ABOVE | {"seller", "peer"},
        "executives, who logged it, and those it was for with the leaders above them",
        api=NOBODY,
    ),
    record(
        "how many came to a training",
        "Attendance",
        r"\b3 of 7\b",
        ABOVE,
        "counted among the people one sees; who exactly, nobody",
        api=NOBODY,
    ),
)

# Models without anything about a person, and why.
NOT_ABOUT_PEOPLE = {
    "AuditHead": "how long the audit is, sealed",
    "Mapping": "names of columns",
    "Organisation": "the name everybody signed in may know",
    "Publication": "the day until which data reach, for everybody signed in",
}
