"""Letting the people of the sample use Headway, once."""

from datetime import datetime
from itertools import pairwise

from django.db import transaction

from headway.actions import group_months
from headway.actions import sample as changes
from headway.cycle.lived import head as head_of_sales
from headway.cycle.lived import knowledge, pair, peers
from headway.cycle.lived.stage import DISCOVERY, Clock, seen_as
from headway.records import coaching as held
from headway.records import declared, sample
from headway.records.models import Person
from headway.terms.declared import Repeat
from headway.terms.viewer import Role, Viewer


def live(*, viewer: Viewer, at: datetime) -> None:
    """Let the leader who looks at the sample stand for its head, and its people live there.

    All of it or nothing; where it was done, nothing happens. The command line stands for nobody.
    """
    head = sample.representative(Role.EXECUTIVE)
    if viewer.account_id is None or head is None or not declared.is_known(DISCOVERY):
        return
    reports = sorted(held.reports_of(head.id))
    if (
        len(reports) < head_of_sales.LEADERS
        or held.plans(seen_as(head, by=viewer, role=Role.EXECUTIVE)).exists()
    ):
        return
    clock = Clock(at=at)
    with transaction.atomic():
        if Role.EXECUTIVE in viewer.roles:
            changes.lead(viewer=viewer, at=at)
        people = [Person.objects.get(id=each) for each in reports]
        head_of_sales.lead(head, people, viewer=viewer, clock=clock)
        manager = sample.representative(Role.MANAGER)
        if manager is not None:
            leading = seen_as(manager, by=viewer, role=Role.MANAGER)
            head_of_sales.say_again(
                leading,
                "In every first visit three questions come before any price.",
                repeat=Repeat(on=clock.ago(2).date()),
                clock=clock,
            )
        peers.teach(head, people, viewer=viewer, clock=clock)
        both = pair.pairs()
        for (_one, partner), (_other, asker) in pairwise(both):
            peers.meet(asker, partner, viewer=viewer, clock=clock)
        sellers = [person for _coach, person in both]
        knowledge.write_down(head, people, sellers=sellers, viewer=viewer, clock=clock)
        for coach, person in both:
            pair.work_together(coach, person, viewer=viewer, clock=clock)
            pair.promise_both_ways(coach, person, viewer=viewer, clock=clock)
        group_months.keep(viewer=viewer, at=at)
