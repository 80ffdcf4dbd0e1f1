"""Chains as people read them: where the line breaks first, and what is known of each link."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from headway.queries.results import figures
from headway.queries.words import links
from headway.queries.words.language import gettext as _
from headway.terms.answer import Figure, Unit
from headway.terms.group import head_of, role_of
from headway.terms.line import (
    BreakKind,
    Chain,
    Effect,
    Link,
    LinkReason,
    LinkState,
    LinkVerdict,
    NextMeasurement,
)
from headway.terms.pattern import Pattern, PatternCode, PatternUnit, PatternVerdict
from headway.terms.period import Period
from headway.terms.strategy import StrategyFindings

PATTERNS = {
    PatternCode.NEW_PRODUCT_OLD_MIX: "New product, old selling",
    PatternCode.NEW_MARKET_OLD_ACCOUNTS: "New market, old accounts",
    PatternCode.NEW_PROCESS_OLD_HABITS: "New process, old habits",
    PatternCode.TRAINING_NOT_STICKING: "Training that does not stick",
    PatternCode.REORGANISED_NOT_ACTED: "Reorganised, nobody acts",
}
VERDICTS = {
    LinkVerdict.HOLDING: "holding",
    LinkVerdict.STRAINED: "strained",
    LinkVerdict.BROKEN: "broken",
    LinkVerdict.UNKNOWN: "not enough evidence",
    LinkVerdict.BLOCKED: "not shown",
}
GLYPHS = {
    LinkVerdict.HOLDING: "disc",
    LinkVerdict.STRAINED: "half",
    LinkVerdict.BROKEN: "slip",
    LinkVerdict.UNKNOWN: "open",
    LinkVerdict.BLOCKED: "dash",
}
REASONS = {
    LinkReason.NOT_MEASURED: "not measured",
    LinkReason.TOO_FEW: "too few cases",
    LinkReason.LOW_RESPONSE: "too few of those asked have answered",
    LinkReason.ANONYMITY: "so few have answered that it could give a person away",
    LinkReason.TOO_EARLY: "too early to say",
    LinkReason.MISSING_PARTS: "parts of what makes a priority are missing",
}


_CERTAIN = 0.995


@dataclass(frozen=True, kw_only=True)
class LinkLine:
    """One link: `count` such as "2 of 9", `range` of its posterior, and what else is known.

    `glyph` is the sign of its verdict, so that colour is never alone.
    """

    name: str
    glyph: str
    word: str
    count: str
    range: str
    note: str


@dataclass(frozen=True, kw_only=True)
class ChainPage:
    """One priority in one group: the answer, the nine links, and what to measure next."""

    priority: str
    group: str
    window: str
    finding: str
    is_break: bool
    links: tuple[LinkLine, ...]
    next_step: str


@dataclass(frozen=True, kw_only=True)
class PriorityPage:
    """One priority: its widest group, which is shown whole, the others, and patterns present."""

    priority: str
    widest: ChainPage
    others: tuple[ChainPage, ...]
    patterns: tuple[str, ...]


def priorities(found: StrategyFindings, *, names: Mapping[str, str]) -> tuple[PriorityPage, ...]:
    """Each priority in words; its chains stand together, the widest group first.

    Where none is declared there is nothing to show. People whose name is not known stand by their
    id.
    """
    pages = []
    declared = [chain for chain in found.chains if chain.priority]
    for priority, of_one in groupby(declared, key=lambda chain: chain.priority):
        widest, *others = (_page(chain, names=names) for chain in of_one)
        patterns = [each for each in found.patterns if each.priority == priority]
        pages.append(
            PriorityPage(
                priority=widest.priority,
                widest=widest,
                others=tuple(others),
                patterns=tuple(_pattern(each, names=names) for each in patterns if _is(each)),
            )
        )
    return tuple(pages)


def undeclared(found: StrategyFindings) -> str:
    """That no priority is declared, where people report to somebody; "" where one is."""
    if not any(not chain.priority for chain in found.chains):
        return ""
    return _("No priority is declared, so there is no line of sight to follow.")


def _is(pattern: Pattern) -> bool:
    return pattern.verdict is PatternVerdict.PRESENT


def _pattern(pattern: Pattern, *, names: Mapping[str, str]) -> str:
    """A pattern that is present, where, and how far the conduct falls short of what was planned."""
    if pattern.unit is PatternUnit.SHIFT:
        return _("{pattern}: {group} are {share} of the way to their new roles.").format(
            pattern=_(PATTERNS[pattern.code]),
            group=_group(pattern.place, names=names),
            share=way(pattern),
        )
    return _("{pattern}: {group} fall {size} short of what was planned.").format(
        pattern=_(PATTERNS[pattern.code]),
        group=_group(pattern.place, names=names),
        size=figures.points(pattern.size or 0.0, is_signed=False),
    )


def way(pattern: Pattern) -> str:
    """How much of the way to their new roles people have gone; none where they moved away."""
    shift = next((one.value for one in pattern.evidence if one.code == "shift"), None)
    return figures.percent(max(shift or 0.0, 0.0))


def _page(chain: Chain, *, names: Mapping[str, str]) -> ChainPage:
    return ChainPage(
        priority=chain.name or chain.priority,
        group=_group(chain.group, names=names),
        window=figures.days_of(Period(first=chain.window_from, end=chain.window_to)),
        finding=finding(chain),
        is_break=chain.first_break.kind is BreakKind.NAMED,
        links=tuple(_line(state) for state in chain.links),
        next_step=next_step(chain.next_measurement),
    )


def _group(group: str, *, names: Mapping[str, str]) -> str:
    role, person = role_of(group), head_of(group)
    head = names.get(person) or person
    words = {
        "seller": _("sellers under {head}"),
        "manager": _("managers under {head}"),
    }
    return words.get(role, _("{role} under {head}")).format(role=role, head=head)


def finding(chain: Chain) -> str:
    """Where the line breaks first, as far as anybody can say."""
    found = chain.first_break
    names = figures.listed(tuple(_(links.NAMES[link]) for link in found.links))
    likely = _likely(found.probability or 0.0)
    match found.kind:
        case BreakKind.NAMED:
            return _("First break: {link} ({likely} likely).").format(link=names, likely=likely)
        case BreakKind.SET:
            return _("The first break is one of {links} ({likely} likely).").format(
                links=names, likely=likely
            )
        case BreakKind.FIRST_MEASURED:
            return _(
                "The first measured break is {link}; {before} before it: not measured."
            ).format(link=names, before=figures.listed(_unmeasured_before(chain, found.links[0])))
        case BreakKind.NONE:
            return _("The line holds as far as it is measured.")
        case BreakKind.UNKNOWN:
            return _("Not enough evidence to say where the line breaks.")


def _likely(probability: float) -> str:
    """In per cent; what nobody can be sure of never reads as certain."""
    if _CERTAIN <= probability < 1:
        return _("over 99%")
    return figures.percent(probability)


def _unmeasured_before(chain: Chain, link: Link) -> tuple[str, ...]:
    order = list(Link)
    return tuple(
        _(links.NAMES[state.link])
        for state in chain.links
        if order.index(state.link) < order.index(link) and not state.is_measured
    )


def _line(state: LinkState) -> LinkLine:
    return LinkLine(
        name=_(links.NAMES[state.link]),
        glyph=GLYPHS[state.verdict],
        word=_(VERDICTS[state.verdict]),
        count=count(state),
        range=span(state),
        note=note(state),
    )


def count(state: LinkState) -> str:
    """What was counted, "2 of 9"; "" where nothing was."""
    if state.k is None or not state.n:
        return ""
    return _("{k} of {n}").format(k=f"{state.k:g}", n=f"{state.n:g}")


def span(state: LinkState) -> str:
    """The range of a link's share, "12 to 50%"; "" where there is none."""
    # A census has no range.
    is_census = state.low == state.high
    is_unknown = state.reason in (LinkReason.NOT_MEASURED, LinkReason.TOO_EARLY)
    if is_unknown or state.low is None or is_census:
        return ""
    return figures.span(
        Figure(value=state.mean, low=state.low, high=state.high), unit=Unit.SHARE, currency=""
    )


def note(state: LinkState) -> str:
    """What else is known of a link; "" where the figures say all."""
    parts = []
    if state.reason is not None:
        parts.append(_(REASONS[state.reason]))
    if state.depth is not None:
        parts.append(
            _("in {share} of the work where it could be").format(
                share=figures.share_of(state.depth.k / state.depth.n, n=state.depth.n)
            )
        )
    if state.effect is not None:
        parts.append(_effect(state.effect))
    if state.is_by_followers:
        parts.append(_("as those led answer"))
    if state.kept is not None:
        parts.append(
            _("{share} of those who practised still do in the last 30 days").format(
                share=figures.share_of(state.kept.k / state.kept.n, n=state.kept.n)
            )
        )
    if state.more is not None:
        parts.append(_("{count} more would settle it").format(count=state.more))
    return "; ".join(parts)


def moved_by(effect: Effect) -> str:
    """The effect with its sign.

    >>> moved_by(Effect(estimate=0.04, low=-0.01, high=0.09, unit="share"))
    '+4 points'
    """
    return _change(effect.estimate, effect=effect)


def _effect(effect: Effect) -> str:
    low, high = (_change(end, effect=effect) for end in (effect.low, effect.high))
    if effect.is_year_ago:
        words = _("range {low} to {high} against the same days of the year before")
    else:
        words = _("range {low} to {high} against those who do not practise")
    return words.format(low=low, high=high)


def _change(amount: float, *, effect: Effect) -> str:
    unit = Unit(effect.unit)
    if unit is Unit.COUNT:
        return f"{amount:+,.1f}".replace("-", "−")
    if unit is not Unit.MONEY:
        return figures.change(amount, unit=unit, currency="", before=None)
    divisor, letter = figures.scale_of((effect.estimate, effect.low, effect.high))
    return figures.in_scale(amount, divisor=divisor, is_signed=True) + letter


def next_step(following: NextMeasurement | None) -> str:
    """What to measure next, and what it costs; "" where nothing is left to ask."""
    if following is None:
        return ""
    return _("Measure {link} next: {count} answers, about {minutes} minutes together.").format(
        link=_(links.NAMES[following.link]),
        count=following.answer_count,
        minutes=f"{following.minutes:.0f}",
    )
