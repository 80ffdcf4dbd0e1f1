"""Which of several nested groups are told beside each other, so that no difference is of a few."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import Q, Subquery

from headway.records import scopes
from headway.records.models import Publication, PublishedChain, ReportingLine
from headway.terms.survey import LEAST_ANSWERS
from headway.terms.viewer import Viewer

Above = Mapping[str, str | None]


def above() -> Above:
    """Whom each person reported to on the last day of what is published."""
    day = Subquery(Publication.objects.filter(is_current=True).values("as_of")[:1])
    ends = Q(valid_to=None) | Q(valid_to__gt=day)
    rows = ReportingLine.objects.filter(ends, valid_from__lte=day)
    return dict(rows.values_list("person_id", "manager_id"))


def too_near(viewer: Viewer) -> set[tuple[str, str]]:
    """Role and head of the groups that are not told to `viewer`, who is but part of them.

    Of the groups above them each has nobody more than the one below it, or five people: else the
    two would tell somebody of a few colleagues what each of these does.
    """
    if viewer.person_id is None or scopes.sees_everybody(viewer):
        return set()
    current = Publication.objects.filter(is_current=True).values("id")[:1]
    above_ = scopes.leaders_of(viewer.person_id).values("id")
    around = Q(head=viewer.person_id) | Q(head__in=above_)
    rows = PublishedChain.objects.filter(around, publication=Subquery(current))
    found: set[tuple[str, str]] = set()
    last: dict[str, int] = {}
    for people, role, head in sorted(set(rows.values_list("chain__people", "role", "head"))):
        if 0 < people - last.get(role, people) < LEAST_ANSWERS:
            found.add((role, head))
        else:
            last[role] = people
    return found


def told(counts: Mapping[str, Sequence[int]], *, above: Above, own: str | None) -> set[str]:
    """The heads whose groups are told.

    A group and those within it differ by the people of none of them. Where these are one to four,
    in any of the counts, the smallest group within is left out, until they are nobody or five. The
    viewer's own group stays, if need be in place of the wider one.

    Args:
        counts: people of each group that could be told, by its head; of each the same counts.
        above: the leader above each leader.
        own: whose own group stays.

    Examples:
        >>> lines = {"ben": "ada", "cy": "ada"}
        >>> sorted(told({"ada": (12,), "ben": (6,), "cy": (5,)}, above=lines, own="ada"))
        ['ada', 'ben']
        >>> sorted(told({"ada": (11,), "ben": (6,), "cy": (5,)}, above=lines, own="ada"))
        ['ada', 'ben', 'cy']
    """
    found = set(counts)
    while (one := _too_many(found, counts, above=above, own=own)) is not None:
        found.discard(one)
    return found


def _too_many(
    heads: set[str], counts: Mapping[str, Sequence[int]], *, above: Above, own: str | None
) -> str | None:
    """One to leave out; None where no difference is of a few."""
    for head, inside in sorted(_inside(heads, above=above).items()):
        if _is_few(counts[head], [counts[each] for each in inside]):
            least = min(inside, key=lambda each: (each == own, counts[each], each))
            return head if least == own else least
    return None


def _inside(heads: set[str], *, above: Above) -> Mapping[str, list[str]]:
    """The groups that lie within each, without those that lie within one of these."""
    found: dict[str, list[str]] = defaultdict(list)
    for head in heads:
        passed, wider = {head}, above.get(head)
        while wider is not None and wider not in heads and wider not in passed:
            passed.add(wider)
            wider = above.get(wider)
        if wider is not None and wider in heads and wider != head:
            found[wider].append(head)
    return found


def _is_few(whole: Sequence[int], parts: Sequence[Sequence[int]]) -> bool:
    """Whether one to four people of a group are in none of its parts."""
    rests = (count - sum(part) for count, *part in zip(whole, *parts, strict=True))
    return any(0 < rest < LEAST_ANSWERS for rest in rests)
