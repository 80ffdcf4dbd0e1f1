"""What somebody wants explained: which result, over which days, against which, and for whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from headway.terms.answer import Kpi
from headway.terms.errors import HeadwayError
from headway.terms.period import Period

EVERYWHERE = "organisation"


class OverlapError(HeadwayError):
    """A period is to be compared with one that shares days with it."""

    code = "question.overlap"

    def __init__(self, *, actual: Period, against: Period) -> None:
        self.actual, self.against = actual, against
        super().__init__(
            f"{actual.first} to {actual.last} and {against.first} to {against.last} share days: "
            "what fell into both would be compared with itself. Choose two that share none."
        )


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question to Results.

    `actual` and `against` None = the default comparison is found in the data. `scope` maps a
    dimension (region, team, product ...) to the one value looked at; `people` are the owners looked
    at, None = all. `has_sellers` lets a manager's own run look at their people one by one; the
    published run of the whole organisation never does. `name` is the scope's stable name where it
    has one of its own, such as a group ("seller@p014").
    """

    kpi: Kpi = Kpi.BOOKINGS
    actual: Period | None = None
    against: Period | None = None
    scope: Mapping[str, str] = field(default_factory=dict)
    people: frozenset[str] | None = None
    has_sellers: bool = False
    name: str | None = None

    def __post_init__(self) -> None:
        actual, against = self.actual, self.against
        if actual is None or against is None:
            return
        if actual.first < against.end and against.first < actual.end:
            raise OverlapError(actual=actual, against=against)

    @property
    def scope_name(self) -> str:
        """The scope in one stable text.

        >>> Question(scope={"region": "North", "product": "Core"}).scope_name
        'organisation,product=Core,region=North'
        >>> Question().scope_name
        'organisation'
        """
        if self.name is not None:
            return self.name
        people = None if self.people is None else "people=" + "+".join(sorted(self.people))
        slices = [f"{dimension}={value}" for dimension, value in sorted(self.scope.items())]
        return ",".join([people or EVERYWHERE, *slices])
