"""What a manager and a seller keep, through whose eyes one can look."""

from headway.actions import coaching, coaching_plans, commitments
from headway.cycle.lived import sessions
from headway.cycle.lived.stage import DISCOVERY, FOOD, SERVICE, Clock, seen_as
from headway.records import coaching as held
from headway.records import sample
from headway.records.models import Person
from headway.terms.coaching_session import SessionKind
from headway.terms.viewer import Role, Viewer


def pairs() -> list[tuple[Person, Person]]:
    """The manager with somebody of theirs, and whoever leads the seller with the seller."""
    manager, seller = (sample.representative(role) for role in (Role.MANAGER, Role.SELLER))
    found = []
    if manager is not None and (people := sorted(held.reports_of(manager.id))):
        found.append((manager, Person.objects.get(id=people[0])))
    if seller is not None:
        for manager_id, people_ids in held.reports().items():
            if seller.id in people_ids:
                found.append((Person.objects.get(id=manager_id), seller))
    return list(dict.fromkeys(found))


def work_together(coach: Person, person: Person, *, viewer: Viewer, clock: Clock) -> None:
    """A plan of the two, a session whose practice waits, one to confirm, and one to come."""
    leader = seen_as(coach, by=viewer, role=Role.MANAGER)
    seller = seen_as(person, by=viewer, role=Role.SELLER)
    _plan(leader, seller, clock=clock)
    _sessions(leader, seller, clock=clock)
    _meet(leader, seller, clock=clock)


def _plan(leader: Viewer, seller: Viewer, *, clock: Clock) -> None:
    """A plan in the seller's words, its first step done."""
    plan = coaching_plans.begin(
        viewer=leader,
        at=clock.ago(33),
        person=str(seller.person_id),
        wanted=coaching_plans.PlanWanted(
            skill="Discovery before quotation",
            goal="I know what a standstill costs them before I say what a pump costs",
            cadence_days=14,
            priority=DISCOVERY,
            steps=(
                coaching_plans.StepWanted(
                    text="Meet the operations lead at two plants", due_on=clock.ago(12).date()
                ),
                coaching_plans.StepWanted(
                    text="Work out one hour of standstill with a plant",
                    due_on=clock.ahead(7).date(),
                ),
            ),
        ),
    )
    coaching_plans.finish_step(
        viewer=seller,
        at=clock.ago(13),
        plan_id=plan.plan_id,
        number=1,
        seen_version=plan.version,
    )


def _sessions(leader: Viewer, seller: Viewer, *, clock: Clock) -> None:
    """One whose practice is to be looked at again today, and one that the seller has to confirm."""
    sessions.agreed(
        leader,
        seller,
        logged=coaching.Logged(
            held_at=clock.ago(15),
            minutes=35,
            kind=SessionKind.JOINT_CALL,
            topic="A first meeting that went to the price too soon",
            priority=DISCOVERY,
            is_work_observed=True,
            practice="Ask three questions about the line before the pump is named",
            follow_up_on=clock.ago(0).date(),
        ),
        confirmed_at=clock.ago(14),
    )
    sessions.held(
        leader,
        seller,
        logged=coaching.Logged(
            held_at=clock.ago(2),
            minutes=30,
            kind=SessionKind.ROLE_PLAY,
            topic="The second meeting, with service at the table",
            priority=SERVICE,
            is_work_observed=True,
            practice="Open with hours of lost output",
            follow_up_on=clock.ahead(12).date(),
        ),
    )


def _meet(leader: Viewer, seller: Viewer, *, clock: Clock) -> None:
    """A session to come, with what both want to talk about."""
    sessions.ahead(
        leader,
        seller,
        at=clock.ago(1),
        planned=coaching.Planned(
            planned_at=clock.ahead(3),
            minutes=30,
            kind=SessionKind.ONE_TO_ONE,
            topic="What the next two visits are for",
        ),
        said_at=clock.ago(1),
        said=(
            "One food plant wants a price by mail; how do I get a meeting?",
            "Which question opened the last conversation",
        ),
    )


def promise_both_ways(coach: Person, person: Person, *, viewer: Viewer, clock: Clock) -> None:
    """What each of the two promised the other, and is not done yet."""
    for role, owner, to, text, seen_by, days in (
        (
            *(Role.SELLER, person, coach, "Ask operations at two food plants for a first meeting"),
            *("Two meetings with operations in my calendar", 1),
        ),
        (
            *(Role.MANAGER, coach, person, "Get you an hour with service before your next visit"),
            *("Somebody from service has said yes, with a day", 6),
        ),
    ):
        commitments.make(
            viewer=seen_as(owner, by=viewer, role=role),
            at=clock.ago(4),
            wanted=commitments.Wanted(
                owner=owner.id,
                to=to.id,
                text=text,
                seen_by=seen_by,
                due_on=clock.ahead(days).date(),
                priority=FOOD if role is Role.SELLER else SERVICE,
            ),
        )
