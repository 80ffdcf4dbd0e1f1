"""One chain as a row of the picture."""

from collections.abc import Mapping
from enum import Enum

from headway.queries.strategy import sentences, wording
from headway.queries.strategy.page import LineRow
from headway.queries.strategy.reaching import reaches
from headway.queries.words.language import gettext as _
from headway.terms.line import Chain, Link
from headway.terms.pattern import Pattern, PatternVerdict

Patterns = Mapping[tuple[str, str], Pattern]


class Named(Enum):
    """What a row is called: its priority, or whose people they are."""

    BY_PRIORITY = "by_priority"
    BY_HEAD = "by_head"


def row(
    chain: Chain,
    *,
    named: Named,
    names: Mapping[str, str],
    believed: Mapping[Link, float],
    believer: str,
    patterns: Patterns,
) -> LineRow:
    """One priority in one group, as it is drawn; `believer` as `LineRow` has it."""
    whose = names.get(chain.head, chain.head)
    is_priority = named is Named.BY_PRIORITY
    return LineRow(
        priority=chain.priority,
        head=chain.head,
        role=chain.role,
        name=(chain.name or chain.priority) if is_priority else whose,
        note=_of_priority(chain, names=names, patterns=patterns)
        if is_priority
        else people(chain.people),
        people=chain.people,
        finding=wording.finding(chain),
        believer=believer,
        reaches=reaches(chain, believed=believed),
    )


def people(count: int) -> str:
    """How many people, in words.

    >>> people(9)
    '9 people'
    """
    return _("{count} people").format(count=count)


def _of_priority(chain: Chain, *, names: Mapping[str, str], patterns: Patterns) -> str:
    owner = names.get(chain.owner or "", chain.owner) or _("Nobody owns it")
    found = patterns.get((chain.priority, chain.group))
    if found is None or found.verdict is not PatternVerdict.PRESENT:
        return owner
    return _("{owner}. {pattern}").format(owner=owner, pattern=sentences.pattern_name(found.code))
