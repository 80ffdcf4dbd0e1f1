"""Naming the condition below a fall: weak where it fell, in two kinds of record, and before it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from headway.analysis.methods.posterior import JEFFREYS, Beta
from headway.analysis.strategy import dose, groups
from headway.analysis.strategy import window as windows
from headway.analysis.strategy.groups import Organisation
from headway.facts import Facts, asof
from headway.findings.results import ladder
from headway.findings.results.evidence import untested
from headway.findings.results.rungs import TABLES
from headway.findings.strategy import chains
from headway.terms.answer import Answer, Kpi, LadderLine, Standing, Verdict
from headway.terms.group import head_of
from headway.terms.line import Chain, Link, LinkVerdict
from headway.terms.pattern import PatternCode, PatternVerdict
from headway.terms.period import Period
from headway.terms.policy import Policy
from headway.terms.strategy import StrategyFindings
from headway.terms.survey import LEAST_ANSWERS

# What says where people stand; other dimensions say what they sell, and to whom.
_OF_PEOPLE = ("region", "team")
# A link differs between the place and its peers with this probability, and is broken with that.
_DIFFERS, _IS_BROKEN = 0.90, 0.80
# One manager's people are no place: what is found about a leader is theirs to see first.
_FEWEST_TEAMS = 2
_KINDS_NEEDED = 2
_PROMISES = ("kept_on_time", "checks_held")


class SourceKind(StrEnum):
    """Where a support comes from: what systems recorded, leaders logged, or people said."""

    FACTS = "facts"
    LOGGED = "logged"
    SAID = "said"


_KIND_OF: Mapping[Link, SourceKind] = {
    Link.TOLD: SourceKind.LOGGED,
    Link.RECALLED: SourceKind.SAID,
    Link.UNDERSTOOD: SourceKind.SAID,
    Link.COACHED: SourceKind.LOGGED,
}
_LINKS: Mapping[str, tuple[Link, ...]] = {
    "leadership": (Link.TOLD, Link.RECALLED, Link.UNDERSTOOD),
    "coaching": (Link.COACHED,),
}
_REASONS = {"leadership": "rung.leadership_named", "coaching": "rung.coaching_named"}


@dataclass(frozen=True, kw_only=True)
class _Counts:
    """Cases that meet a link, in the place and among its peers."""

    there: tuple[float, float]
    elsewhere: tuple[float, float]
    target: float

    def figures(self) -> dict[str, float | str]:
        """The cases of both sides, as sentences name them."""
        (there_k, there_n), (else_k, else_n) = self.there, self.elsewhere
        return {"there_k": there_k, "there_n": there_n, "else_k": else_k, "else_n": else_n}

    def is_weak_there(self, *, margin: float) -> bool:
        """Broken in the place, and weaker than among its peers."""
        place, peers = (JEFFREYS.given(*each) for each in (self.there, self.elsewhere))
        return place.at_most(self.target - margin) >= _IS_BROKEN and _is_below(place, peers)


@dataclass(frozen=True, kw_only=True)
class _Root:
    """A rung that is named, and the step above it: what people there do less of."""

    line: LadderLine
    conduct: LadderLine


def _is_below(one: Beta, other: Beta) -> bool:
    return one.chance_below(other) >= _DIFFERS


@dataclass(frozen=True, kw_only=True)
class _Place:
    """Where a result fell: the teams of sellers there, and those of their peers."""

    name: str
    teams: frozenset[str]
    peers: frozenset[str]
    organisation: Organisation


@dataclass(frozen=True, kw_only=True)
class Roots:
    """Names roots in the answers of one set of facts; what was known on a day is read once.

    Args:
        facts: those that the strategy was followed in.
        found: what was found about the strategy in them.
        policy: margins and windows.

    References:
        Domain model, 4.2 and 4.3.
    """

    facts: Facts
    found: StrategyFindings
    policy: Policy
    _then: dict[date, tuple[Chain, ...]] = field(default_factory=dict)

    def on(self, answers: Sequence[Answer], *, head: str | None) -> tuple[Answer, ...]:
        """The answers, with the condition below a fall named where the whole rule holds.

        A rung is named where nothing else is left that could explain the change, the line of one
        priority breaks on it where the result fell and not elsewhere, two kinds of source say so,
        it was so before, nothing refutes it, and the rival nearest to it is tested and weaker.

        Args:
            answers: of one scope, with the rungs the line of sight feeds.
            head: whose people the scope is; None = everybody.
        """
        return tuple(self._on(answer, head=head) for answer in answers)

    def _on(self, answer: Answer, *, head: str | None) -> Answer:
        place = self._place(answer, head=head)
        if place is None:
            return answer
        lines = {each.code: each for each in answer.ladder}
        if self.facts.has("meant/commitment"):
            lines["accountability"] = self._accountability(place)
        if answer.comparison is not None and _is_cleared(lines.values()):
            began = answer.comparison.actual.first
            is_kept = lines["accountability"].standing is Standing.RULED_OUT
            for code in _LINKS:
                root = self._root(code, place=place, began=began, is_kept=is_kept)
                if root is not None:
                    lines[code] = root.line
                    lines.setdefault("conduct", root.conduct)
        return replace(answer, ladder=ladder.in_order(lines.values()))

    def _place(self, answer: Answer, *, head: str | None) -> _Place | None:
        """The teams where the result fell; None where no people can be told apart by it."""
        where = _where(answer)
        if where is None or answer.verdict is not Verdict.FALLING or answer.kpi is Kpi.CYCLE_DAYS:
            return None
        organisation, stood = self._organisation, self._standing
        inside: set[str] = set()
        outside: set[str] = set()
        for group in organisation.groups:
            is_asked = head is None or organisation.is_within(group.head, head)
            if not group.is_team or group.role != "seller" or not is_asked:
                continue
            there = sum(
                all(stood[who][name] == value for name, value in where.items())
                for who in group.members
            )
            (inside if 2 * there > len(group.members) else outside).add(group.name)
        if len(inside) < _FEWEST_TEAMS or not outside:
            return None
        return _Place(
            name=", ".join(where.values()),
            teams=frozenset(inside),
            peers=frozenset(outside),
            organisation=organisation,
        )

    def _accountability(self, place: _Place) -> LadderLine:
        """Whether people there keep less of what they promise than their peers."""
        code = "accountability"
        there, elsewhere = (self._kept(teams) for teams in (place.teams, place.peers))
        if not there["kept_on_time"][1]:
            return LadderLine(
                code=code,
                standing=Standing.RULED_OUT,
                reason="rung.nothing_promised",
                refuters=("no_commitments",),
            )
        if min(self._promised(teams) for teams in (place.teams, place.peers)) < LEAST_ANSWERS:
            # What becomes of promises of so few is between them and who holds them to it.
            return untested(code, reason="rung.few_promised")
        low = [
            name
            for name in _PROMISES
            if _is_below(JEFFREYS.given(*there[name]), JEFFREYS.given(*elsewhere[name]))
        ]
        (k, n), (k_else, n_else) = there["kept_on_time"], elsewhere["kept_on_time"]
        return LadderLine(
            code=code,
            standing=Standing.CANDIDATE if low else Standing.RULED_OUT,
            reason="rung.promises_weaker" if low else "rung.promises_alike",
            place=place.name if low else None,
            supports=tuple(low),
            refuters=() if low else ("kept_as_elsewhere",),
            figures={"there_k": k, "there_n": n, "else_k": k_else, "else_n": n_else},
        )

    def _promised(self, teams: frozenset[str]) -> int:
        """How many people of these teams had promised something that fell due."""
        code = _PROMISES[0]
        return sum(
            each.people for each in self.found.measures if each.code == code and each.group in teams
        )

    def _kept(self, teams: frozenset[str]) -> Mapping[str, tuple[float, float]]:
        return {
            code: _summed(
                (each.k, each.n)
                for each in self.found.measures
                if each.code == code and each.group in teams
            )
            for code in _PROMISES
        }

    def _root(self, code: str, *, place: _Place, began: date, is_kept: bool) -> "_Root | None":
        """The rung, named for the first priority of which all holds."""
        told, margin = self.found.chains_for_others, self.policy.broken_margin
        for priority in dict.fromkeys(chain.priority for chain in told):
            weak = {
                link: counts
                for link in (Link.PRACTISED, *_LINKS[code])
                if (counts := _counted(told, priority, link, place=place)) is not None
                and counts.is_weak_there(margin=margin)
            }
            practised = weak.pop(Link.PRACTISED, None)
            if practised is None or not weak:
                continue
            if self._is_refuted(code, priority, place=place, is_kept=is_kept):
                continue
            supports = {f"not_{link.value}": {_KIND_OF[link]} for link in weak}
            if code == "coaching":
                supports |= self._of_coaching(priority, place=place)
            link, now = next(iter(weak.items()))
            kinds = set().union(*supports.values())
            then = None
            if len(kinds) >= _KINDS_NEEDED:
                then = _counted(self._known_on(began), priority, link, place=place)
            if then is None or not then.is_weak_there(margin=margin):
                continue
            name = next(each.name for each in told if each.priority == priority) or priority
            (then_k, then_n) = then.there
            return _Root(
                line=LadderLine(
                    code=code,
                    standing=Standing.NAMED,
                    reason=_REASONS[code],
                    place=place.name,
                    supports=tuple(sorted(supports)),
                    figures={
                        "priority": name,
                        "link": link.value,
                        **now.figures(),
                        "then_k": then_k,
                        "then_n": then_n,
                    },
                ),
                conduct=LadderLine(
                    code="conduct",
                    standing=Standing.NAMED,
                    reason="rung.conduct_differs",
                    place=place.name,
                    figures={"priority": name, **practised.figures()},
                    is_exported=False,
                ),
            )
        return None

    def _is_refuted(self, code: str, priority: str, *, place: _Place, is_kept: bool) -> bool:
        """Whether something speaks against the rung, or its nearest rival is as likely."""
        told = [each for each in self.found.chains_for_others if each.priority == priority]
        if code == "coaching":
            # Who was never told lacks direction; who keeps no promise lacks a follow-up.
            ready = (Link.TOLD, Link.RECALLED, Link.UNDERSTOOD)
            knows_not = any(_is_broken_in(told, link, teams=place.teams) for link in ready)
            return knows_not or not is_kept
        # The same words from the same leader reached other people, who do it.
        leaders = {place.organisation.above(head_of(team))[:1] for team in place.teams}
        return any(
            place.organisation.above(each.head)[:1] in leaders
            and each.at(Link.PRACTISED).verdict is LinkVerdict.HOLDING
            for each in told
            if each.group in place.peers
        )

    def _of_coaching(self, priority: str, *, place: _Place) -> dict[str, set[SourceKind]]:
        """Supports that are no link: what was trained is forgotten; who is coached does it."""
        found = {}
        if self._is_forgotten(priority, place=place):
            found["training_decayed"] = {SourceKind.FACTS}
        given = dose.of(self.facts, priority, window=self._window)
        if given is not None and given.is_clear:
            found["dose_response"] = {SourceKind.LOGGED, SourceKind.FACTS}
        return found

    def _is_forgotten(self, priority: str, *, place: _Place) -> bool:
        return any(
            each.code is PatternCode.TRAINING_NOT_STICKING
            and each.priority == priority
            and each.verdict is PatternVerdict.PRESENT
            and each.subtype == "decayed"
            and self._lies_in(each.place, place=place)
            for each in self.found.patterns
        )

    def _lies_in(self, group: str, *, place: _Place) -> bool:
        below = {
            team
            for team in place.teams | place.peers
            if place.organisation.is_within(head_of(team), head_of(group))
        }
        return bool(below) and below <= place.teams

    @cached_property
    def _window(self) -> Period:
        return windows.of(self.facts, policy=self.policy)

    @cached_property
    def _organisation(self) -> Organisation:
        return groups.of(self.facts, window=self._window)

    @cached_property
    def _standing(self) -> Mapping[str, Mapping[str, object]]:
        return groups.standing(self.facts, on=self._window.last)

    def _known_on(self, day: date) -> tuple[Chain, ...]:
        if day not in self._then:
            known = chains.followed(asof.cut(self.facts, day), policy=self.policy)
            self._then[day] = tuple(each.for_others for each in known)
        return self._then[day]


def _is_cleared(lines: Iterable[LadderLine]) -> bool:
    """Whether all that could explain a change before anybody's conduct was tested and ruled out."""
    ground = [each for each in lines if each.code not in {*TABLES, *ladder.EXCUSES}]
    return bool(ground) and all(each.standing is Standing.RULED_OUT for each in ground)


def _where(answer: Answer) -> Mapping[str, str] | None:
    """The first place that goes with the fall, as far as it tells people apart."""
    found = (
        {name: value for name, value in cause.slice.items() if name in _OF_PEOPLE}
        for each in sorted(answer.localisations, key=lambda each: each.kpi is not answer.kpi)
        for cause in each.causes
        if cause.contribution < 0
    )
    return next(filter(None, found), None)


def _counted(told: Sequence[Chain], priority: str, link: Link, *, place: _Place) -> _Counts | None:
    """One link of one priority over the teams of the place and of its peers."""
    found = [each for each in told if each.priority == priority]
    states = {each.group: each.at(link) for each in found}
    there, elsewhere = (
        _summed((states[team].k, states[team].n) for team in sorted(teams & states.keys()))
        for teams in (place.teams, place.peers)
    )
    if not states or not there[1] or not elsewhere[1]:
        return None
    return _Counts(there=there, elsewhere=elsewhere, target=next(iter(states.values())).target)


def _is_broken_in(told: Sequence[Chain], link: Link, *, teams: frozenset[str]) -> bool:
    return any(each.at(link).verdict is LinkVerdict.BROKEN for each in told if each.group in teams)


def _summed(counts: Iterator[tuple[float | None, float | None]]) -> tuple[float, float]:
    known = [(k, n) for k, n in counts if k is not None and n is not None]
    return sum(k for k, _ in known), sum(n for _, n in known)
