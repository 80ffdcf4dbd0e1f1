"""What people below a leader did together in a month: kept once, of five and more, for that leader.

A month that is kept never changes, whoever logs later: so nobody's part follows from two looks.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, timedelta
from statistics import fmean

from headway.actions.action import action
from headway.actions.strategy import Kept
from headway.records import lines, pairs
from headway.records.models import (
    GroupMonth,
    HoursBackTo,
    KnowledgeItem,
    KnowledgeUse,
    PeerMeeting,
    ReportingLine,
    TimeLog,
)
from headway.terms import codec
from headway.terms.access import Permission
from headway.terms.own_time import Category, FieldMonth
from headway.terms.period import shifted
from headway.terms.policy import DEFAULT
from headway.terms.viewer import Viewer

# So long after its end a month may still be logged; and so far back months are looked at.
_LATE = timedelta(days=7)
_MONTHS = 3
_LONGEST_LINE = 50

_Below = Mapping[str, Collection[str]]


@action("group_months.keep", permission=Permission.DATA)
def keep(*, viewer: Viewer, at: datetime) -> Kept:
    """Keep the months that have ended, of groups of five and more that took part."""
    del viewer
    below = _below()
    count = 0
    for month_on in _months(lines.today(at)):
        end = shifted(month_on, months=1)
        made = [
            *_times(month_on, end=end, below=below),
            *_pairs(month_on, end=end, below=below),
            *_released(month_on, end=end),
            *_reused(month_on, end=end),
        ]
        count += len(GroupMonth.objects.bulk_create(made, ignore_conflicts=True))
    return Kept(count=count)


@action("group_months.keep_field", permission=Permission.DATA)
def keep_field(*, viewer: Viewer, at: datetime, months: tuple[FieldMonth, ...]) -> Kept:
    """Keep the months in which five leaders and more were with customers beside their people."""
    del viewer, at
    made = GroupMonth.objects.bulk_create(
        (
            GroupMonth(
                head=each.head,
                month_on=each.month_on,
                kind="field",
                people_count=each.leaders,
                figures={"thirds": codec.to_json(each.thirds)},
            )
            for each in months
        ),
        ignore_conflicts=True,
    )
    return Kept(count=len(made))


def _months(today: date) -> Iterator[date]:
    """The first days of the last months that have ended, the oldest first."""
    this = (today - _LATE).replace(day=1)
    for back in range(_MONTHS, 0, -1):
        yield shifted(this, months=-back)


def _below() -> _Below:
    """Everybody whose reporting line leads to each leader now, without the leader."""
    rows = ReportingLine.objects.filter(valid_to=None, manager__isnull=False)
    manager_of = dict(rows.values_list("person_id", "manager_id"))
    found: dict[str, set[str]] = defaultdict(set)
    for person in manager_of:
        head = manager_of.get(person)
        for _ in range(_LONGEST_LINE):
            if head is None or head == person:
                break
            found[head].add(person)
            head = manager_of.get(head)
    return found


def _times(month_on: date, *, end: date, below: _Below) -> Iterator[GroupMonth]:
    """Mean hours a week of the leaders below each leader; each leader counts once."""
    rows = TimeLog.objects.filter(
        week_on__gte=month_on, week_on__lt=end, hours__gt=0, person_id__in=below
    )
    hours: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    weeks: dict[str, set[date]] = defaultdict(set)
    for row in rows:
        hours[row.person_id][row.category] += row.hours
        weeks[row.person_id].add(row.week_on)
    for head, people in below.items():
        leaders = [each for each in people if each in hours]
        if len(leaders) >= DEFAULT.min_leaders_of_level:
            means = {
                category.value: fmean(
                    hours[each][category.value] / len(weeks[each]) for each in leaders
                )
                for category in Category
            }
            yield GroupMonth(
                head=head,
                month_on=month_on,
                kind="time",
                people_count=len(leaders),
                figures={name: round(mean, 1) for name, mean in means.items()},
            )


def _pairs(month_on: date, *, end: date, below: _Below) -> Iterator[GroupMonth]:
    """Meetings of pairs with somebody below each leader."""
    found = PeerMeeting.objects.filter(planned_on__gte=month_on, planned_on__lt=end)
    meetings = list(found.prefetch_related("notes"))
    for head, people in below.items():
        inside = [each for each in meetings if {each.person_id, each.partner_id} & set(people)]
        partners: dict[str, set[str]] = defaultdict(set)
        for each in inside:
            for one, other in (
                (each.person_id, each.partner_id),
                (each.partner_id, each.person_id),
            ):
                if one in people:
                    partners[one] |= {other} if each.met_on else set()
        if len(partners) >= DEFAULT.min_leaders_of_level:
            advice = [pairs.advice(each) for each in inside]
            yield GroupMonth(
                head=head,
                month_on=month_on,
                kind="pairs",
                people_count=len(partners),
                figures={
                    "planned": len(inside),
                    "met": sum(each.met_on is not None for each in inside),
                    "given": sum(given for given, _used in advice),
                    "used": sum(used for _given, used in advice),
                    "partners": round(fmean(len(each) for each in partners.values()), 1),
                },
            )


def _released(month_on: date, *, end: date) -> Iterator[GroupMonth]:
    """Hours a week that people have again by the end of a month, in the whole organisation.

    Where what began or ended since the month kept before concerns fewer than five people, that
    month stands: what they have would follow from both.
    """
    entries: dict[int, set[str]] = defaultdict(set)
    hours = 0.0
    rows = HoursBackTo.objects.filter(entry__since_on__lt=end).select_related("entry")
    for row in rows:
        if row.entry.ended_on is None or row.entry.ended_on >= end:
            entries[row.entry_id].add(row.person_id)
            hours += row.entry.hours
    before = GroupMonth.objects.filter(kind="released").order_by("-month_on").first()
    known = set(before.figures["entries"]) if before else set()
    changed = HoursBackTo.objects.filter(entry_id__in=known ^ set(entries))
    people = set().union(*entries.values())
    concerned = set(changed.values_list("person_id", flat=True))
    least = DEFAULT.min_leaders_of_level
    is_newer = before is None or before.month_on < month_on
    if is_newer and len(people) >= least and len(concerned) >= least:
        yield GroupMonth(
            head="",
            month_on=month_on,
            kind="released",
            people_count=len(people),
            figures={"hours": round(hours, 1), "entries": sorted(entries)},
        )


def _reused(month_on: date, *, end: date) -> Iterator[GroupMonth]:
    """What is written down in the organisation by the end of a month, and how far it is reused.

    People take part who wrote something down in that month, or said that they used something.
    """
    uses = KnowledgeUse.objects.filter(used_on__lt=end)
    lately = uses.filter(used_on__gte=month_on)
    items = KnowledgeItem.objects.filter(captured_on__lt=end).exclude(retired_on__lt=end)
    new = items.filter(captured_on__gte=month_on)
    people = {*lately.values_list("person_id", flat=True), *new.values_list("author_id", flat=True)}
    if len(people) >= DEFAULT.min_leaders_of_level:
        yield GroupMonth(
            head="",
            month_on=month_on,
            kind="reuse",
            people_count=len(people),
            figures={
                "items": items.count(),
                "reused": items.filter(pk__in=uses.values("item_id")).count(),
                "uses": lately.count(),
            },
        )
