"""What every metric is asked: which opportunities, which two periods, by which rules."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from headway.analysis.methods import evidence
from headway.analysis.methods.evidence import Range, TooFew
from headway.analysis.results import figures
from headway.analysis.results.book import Book
from headway.analysis.results.history import History
from headway.terms.answer import Metric, Point, Unit
from headway.terms.period import Period
from headway.terms.policy import Policy

DRAWS = 1000
"""How often opportunities are drawn for the range of a sum or a mean."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Asked:
    """The book with its history, the two periods, the policy and the seed of chance."""

    book: Book
    history: History
    base: Period
    actual: Period
    policy: Policy
    seed: int

    @property
    def level(self) -> float:
        """Of the intervals."""
        return self.policy.interval_level

    def metric(
        self,
        code: str,
        *,
        unit: Unit,
        of: Callable[[Period], Range | TooFew | None],
        change: Range | TooFew | None = None,
        said: "Said | None" = None,
    ) -> Metric:
        """A metric of both periods; `change` stands in for the difference of their ranges.

        The difference is given from 30 cases a period on.
        """
        now, before = of(self.actual), of(self.base)
        more = said or Said()
        return Metric(
            code=code,
            unit=unit,
            now=figures.of(now),
            before=figures.of(before),
            change=figures.of(change or self.difference(now, before)),
            series=more.series,
            caveats=more.caveats,
            figures=dict(more.figures),
        )

    def difference(
        self, now: Range | TooFew | None, before: Range | TooFew | None
    ) -> Range | TooFew | None:
        """Now less before, or too few cases in either period to compare."""
        needed = self.policy.min_cases_to_compare
        if now is None or before is None:
            return None
        if isinstance(now, TooFew):
            return TooFew(seen=now.seen, needed=needed)
        if isinstance(before, TooFew):
            return TooFew(seen=before.seen, needed=needed)
        fewest = min(now.n, before.n)
        if fewest < needed:
            return TooFew(seen=fewest, needed=needed)
        return evidence.difference(now, before)


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is said beside a metric: its course, what it does not know, and the numbers of that."""

    series: tuple[Point, ...] = ()
    caveats: tuple[str, ...] = ()
    figures: Mapping[str, float | str] = field(default_factory=dict)


def not_measured(code: str, *, unit: Unit) -> Metric:
    """A metric the source does not record enough for."""
    nothing = figures.NOT_MEASURED
    return Metric(code=code, unit=unit, now=nothing, before=nothing, change=nothing)
