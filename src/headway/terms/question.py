"""What somebody wants explained: which result, over which days, against which, and for whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from headway.terms.answer import Kpi
from headway.terms.period import Period

EVERYWHERE = "organisation"


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
