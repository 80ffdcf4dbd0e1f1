"""What a question is about: the opportunities of its people and scope, and its periods."""

from dataclasses import dataclass
from typing import ClassVar

from headway.analysis.results import book as books
from headway.analysis.results.book import Book
from headway.facts import Facts
from headway.findings.results import periods
from headway.findings.results.periods import Chosen, Extent
from headway.terms.errors import HeadwayError
from headway.terms.policy import Policy
from headway.terms.question import Question


class UnknownScopeError(HeadwayError):
    """A scope names a dimension that is not recorded."""

    code: ClassVar[str] = "results.unknown_scope"

    def __init__(self, name: str, *, found: tuple[str, ...]) -> None:
        self.name, self.found = name, found
        super().__init__(
            f"Nothing is recorded by '{name}'. Recorded are: {', '.join(found) or 'no dimension'}. "
            "Choose one of these, or map a column to it."
        )


@dataclass(frozen=True, kw_only=True)
class Scoped:
    """What all results of one scope and one comparison share."""

    facts: Facts
    book: Book
    question: Question
    extent: Extent
    chosen: Chosen
    policy: Policy
    seed: int


def of(facts: Facts, *, question: Question, policy: Policy, seed: int) -> Scoped:
    """The opportunities a question is about, and the periods it compares.

    Raises:
        UnknownScopeError: the scope names a dimension that is not recorded.
    """
    everything = books.of(facts)
    for name in question.scope:
        if name not in everything.dimensions:
            raise UnknownScopeError(name, found=tuple(everything.dimensions))
    # How far records reach is the organisation's, also for a seller who has begun nothing since.
    extent = periods.extent(
        closings=everything.decided_on,
        creations=everything.created_on,
        has_open=everything.has_open,
        data_from=facts.data_from,
        as_of=facts.as_of,
    )
    chosen = periods.chosen(question=question, extent=extent, organisation=facts.organisation)
    return Scoped(
        facts=facts,
        book=everything.of_people(question.people).within(question.scope),
        question=question,
        extent=extent,
        chosen=chosen,
        policy=policy,
        seed=seed,
    )
