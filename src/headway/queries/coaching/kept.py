"""How promises are kept in the groups a viewer leads: of five people or more, never of one."""

from dataclasses import dataclass
from datetime import datetime

from headway.queries.coaching import published, wording
from headway.records import declared
from headway.records.models import Person, ReportingLine
from headway.terms.coaching import Measure
from headway.terms.group import head_of, role_of
from headway.terms.viewer import Viewer

CODES = ("kept_on_time", "silent_miss", "checks_held", "persistence", "dropped", "overloaded")


@dataclass(frozen=True, kw_only=True)
class KeptRow:
    """One measure of one group; `share` has its cases and its range."""

    name: str
    group: str
    share: str


def of_groups(viewer: Viewer, *, at: datetime) -> tuple[KeptRow, ...]:
    """What is kept in the viewer's own groups, then in those of the leaders right below, by name.

    The leader of a group sees it before anybody above does. Nothing for who leads nobody, of groups
    of fewer than five, and where there is nothing to count.
    """
    me = viewer.person_id
    if me is None:
        return ()
    now = ReportingLine.objects.filter(valid_to=None, manager=me)
    heads = {me, *now.values_list("person_id", flat=True)}
    found = [
        each
        for each in published.measures(viewer, at=at, heads=heads)
        if each.code in CODES and each.mean is not None
    ]
    names = dict(Person.objects.filter(id__in=heads).values_list("id", "name"))
    priorities = {number: each.name or number for number, each in declared.contents().items()}

    def place(one: Measure) -> tuple[bool, str, str, int, str]:
        head = head_of(one.group)
        return (
            head != me,
            names.get(head, head),
            role_of(one.group),
            CODES.index(one.code),
            one.subject or "",
        )

    return tuple(
        KeptRow(
            name=wording.measure(each, priorities=priorities),
            group=wording.group(each.group, names=names),
            share=wording.share(each),
        )
        for each in sorted(found, key=place)
    )
