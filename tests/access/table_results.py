"""Who reads results, and what people say beside them."""

from tests.access.record import ABOVE, record

RECORDS = (
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
        "a note beside a number",
        "Note",
        "beside-m4rk",
        ABOVE | {"seller"},
        "whose number it is, and those who see the number",
    ),
)
