"""What the people of the sample keep with Headway itself, which no bundle brings.

Each of it is said through the ordinary action, by the one who may say it, and dated by today. The
words are those of Calder Works; another organisation has none.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction

from headway.actions import (
    coaching,
    coaching_plans,
    coaching_programmes,
    coaching_scorecards,
    commitment_course,
    commitments,
    own_time,
    predictions,
)
from headway.actions import sample as changes
from headway.queries.strategy import predicting
from headway.records import coaching as held
from headway.records import declared, lines, sample
from headway.records.models import Commitment, Person
from headway.terms.belief import Sharing
from headway.terms.coaching_session import SessionKind, StepAhead
from headway.terms.line import Link
from headway.terms.own_time import Stopped
from headway.terms.viewer import Role, Viewer

_DISCOVERY, _SERVICE, _KEY = "discovery", "service", "key-teams"
_MORNING = time(9)
_FRIDAY = 4
_LEADERS = 3
_UNSURE = 0.1


@dataclass(frozen=True, kw_only=True)
class _Clock:
    """Days of this sample: what lies behind and ahead of `at`, on working days."""

    at: datetime

    @property
    def today(self) -> date:
        return lines.today(self.at)

    def ago(self, days: int) -> datetime:
        """The morning of a working day, at least so many days ago."""
        on = self.today - timedelta(days=days)
        on -= timedelta(days=max(0, on.weekday() - _FRIDAY))
        return datetime.combine(on, _MORNING, tzinfo=self.at.tzinfo)

    def ahead(self, days: int) -> datetime:
        """The morning of a working day, at least so many days ahead."""
        on = self.today + timedelta(days=days)
        on += timedelta(days=7 - on.weekday() if on.weekday() > _FRIDAY else 0)
        return datetime.combine(on, _MORNING, tzinfo=self.at.tzinfo)


def live(*, viewer: Viewer, at: datetime) -> None:
    """Let the leader who looks at the sample stand for its head, and its people live there.

    All of it or nothing; where it was done, nothing happens. The command line stands for nobody.
    """
    head = sample.representative(Role.EXECUTIVE)
    if viewer.account_id is None or head is None or not declared.is_known(_DISCOVERY):
        return
    reports = sorted(held.reports_of(head.id))
    if len(reports) < _LEADERS or held.plans(_as(head, viewer, Role.EXECUTIVE)).exists():
        return
    clock = _Clock(at=at)
    with transaction.atomic():
        if Role.EXECUTIVE in viewer.roles:
            changes.lead(viewer=viewer, at=at)
        _lead(viewer, head, [Person.objects.get(id=each) for each in reports], clock=clock)
        for coach, person in _pairs():
            _coach(viewer, coach, person, clock=clock)


def _as(person: Person, viewer: Viewer, role: Role) -> Viewer:
    """Somebody of the sample, with the account of the one who looks, as from a seat."""
    return Viewer(person_id=person.id, account_id=viewer.account_id, roles=frozenset({role}))


# --- the head of sales ---------------------------------------------------------------------------


def _lead(viewer: Viewer, head: Person, reports: list[Person], *, clock: _Clock) -> None:
    first, second, third = reports[:_LEADERS]
    oda = _as(head, viewer, Role.EXECUTIVE)
    for each in reports:
        _share_beliefs(_as(each, viewer, Role.MANAGER), clock=clock)
    _promise(oda, second, third, clock=clock)
    _run_programme(oda, viewer, second, clock=clock)
    _look_again(oda, _as(third, viewer, Role.MANAGER), clock=clock)
    _follow_up(oda, _as(second, viewer, Role.MANAGER), clock=clock)
    _meet(oda, _as(second, viewer, Role.MANAGER), clock=clock)
    coaching.ask(
        viewer=_as(first, viewer, Role.MANAGER),
        at=clock.ago(1),
        coach=head.id,
        topic="How to bring service to the second meeting when the buyer only asks for a price",
    )
    own_time.give_back(
        viewer=oda,
        at=clock.ago(24),
        kind=Stopped.REPORT,
        text="The weekly list of open quotations, which nobody read",
        hours=1.5,
        since_on=clock.ago(24).date(),
        people=frozenset(each.id for each in reports),
    )


def _share_beliefs(leader: Viewer, *, clock: _Clock) -> None:
    """What a leader said in a survey of their own people, said again for those above to see."""
    believed: dict[tuple[str, str], dict[Link, predictions.Believed]] = {}
    for gap in predicting.own_gaps(leader):
        share = gap.predicted
        believed.setdefault((gap.priority, gap.group), {})[gap.link] = predictions.Believed(
            share=share, low=max(0.0, share - _UNSURE), high=min(1.0, share + _UNSURE)
        )
    for (priority, group), shares in sorted(believed.items()):
        predictions.seal(
            viewer=leader,
            at=clock.ago(6),
            priority=priority,
            group=group,
            believed=shares,
            shared_with=Sharing.LEADERS,
        )


def _promise(oda: Viewer, second: Person, third: Person, *, clock: _Clock) -> None:
    """One promise that was kept, one due soon, and one that was moved."""
    kept = commitments.make(
        viewer=oda,
        at=clock.ago(40),
        wanted=commitments.Wanted(
            owner=str(oda.person_id),
            to=second.id,
            text="Ask for the discovery before the forecast in each monthly call",
            seen_by="The agenda of the call begins with it",
            due_on=clock.ago(12).date(),
            cue="When I open the monthly call",
            priority=_DISCOVERY,
        ),
    )
    commitment_course.progress(
        viewer=oda,
        at=clock.ago(26),
        commitment_id=kept.commitment_id,
        note="Done in October; two of five managers had one to tell.",
    )
    commitment_course.keep(
        viewer=oda,
        at=clock.ago(13),
        commitment_id=kept.commitment_id,
        seen_version=_version(kept),
    )
    commitments.make(
        viewer=oda,
        at=clock.ago(9),
        wanted=commitments.Wanted(
            owner=str(oda.person_id),
            to=second.id,
            text="Listen to one discovery in West, and to one in Central",
            seen_by="Two dates in my calendar, and one sentence on each",
            due_on=clock.ahead(1).date(),
            cue="When the week is planned on Monday",
            priority=_DISCOVERY,
        ),
    )
    moved = commitments.make(
        viewer=oda,
        at=clock.ago(30),
        wanted=commitments.Wanted(
            owner=str(oda.person_id),
            to=third.id,
            text="Say who speaks for each key account, in writing",
            seen_by="One page that every key account team has",
            due_on=clock.ago(5).date(),
            priority=_KEY,
        ),
    )
    commitment_course.move(
        viewer=oda,
        at=clock.ago(8),
        commitment_id=moved.commitment_id,
        due_on=clock.ahead(9).date(),
        reason="Two teams have not named anybody yet; without them the page is not whole.",
        seen_version=_version(moved),
    )


def _run_programme(oda: Viewer, viewer: Viewer, second: Person, *, clock: _Clock) -> None:
    """One plan for all who report to the head; one of them has done the first step."""
    coaching_programmes.begin(
        viewer=oda,
        at=clock.ago(35),
        wanted=coaching_programmes.ProgrammeWanted(
            skill="Coach the discovery",
            goal="Everybody who leads listens to real discoveries, and agrees one practice",
            cadence_days=14,
            priority=_DISCOVERY,
            steps=(
                StepAhead(
                    text="Listen to one discovery, and say only what you heard", after_days=14
                ),
                StepAhead(
                    text="Agree one practice after it, with a day to look again", after_days=42
                ),
                StepAhead(text="Look again, and tell the team what became easier", after_days=70),
            ),
        ),
    )
    plan = held.plans(oda).get(person=second)
    coaching_plans.finish_step(
        viewer=_as(second, viewer, Role.MANAGER),
        at=clock.ago(22),
        plan_id=plan.pk,
        number=1,
        seen_version=plan.version,
    )


def _look_again(oda: Viewer, ilvar: Viewer, *, clock: _Clock) -> None:
    """A session whose practice was looked at again, and what was seen; and a scorecard of both."""
    session = coaching.log(
        viewer=oda,
        at=clock.ago(29),
        person=str(ilvar.person_id),
        logged=coaching.Logged(
            held_at=clock.ago(29),
            minutes=45,
            kind=SessionKind.DEBRIEF,
            topic="The last visit to a key account, as a team",
            priority=_KEY,
            is_work_observed=True,
            practice="Let the team agree before the visit who asks what",
            follow_up_on=clock.ago(15).date(),
        ),
    )
    session = coaching.confirm(
        viewer=ilvar,
        at=clock.ago(28),
        session_id=session.session_id,
        seen_version=session.version,
    )
    coaching.look_again(
        viewer=ilvar,
        at=clock.ago(14),
        session_id=session.session_id,
        sentence="Three visits were agreed before; in the fourth two of us asked the same.",
        seen_version=session.version,
    )
    card = coaching_scorecards.begin(
        viewer=oda,
        at=clock.ago(14),
        person=str(ilvar.person_id),
        skill="Lead a team that does not report to me",
        points=(
            "Everybody knows the goal of the visit",
            "Each has a part",
            "What was heard is written down for all",
        ),
    )
    for each, scores in ((oda, (4, 3, 2)), (ilvar, (4, 4, 3))):
        card = coaching_scorecards.score(
            viewer=each,
            at=clock.ago(13),
            scorecard_id=card.scorecard_id,
            scores=scores,
            seen_version=card.version,
        )


def _follow_up(oda: Viewer, hollis: Viewer, *, clock: _Clock) -> None:
    """A session whose practice is to be looked at again today."""
    session = coaching.log(
        viewer=oda,
        at=clock.ago(16),
        person=str(hollis.person_id),
        logged=coaching.Logged(
            held_at=clock.ago(16),
            minutes=40,
            kind=SessionKind.JOINT_CALL,
            topic="How to coach the discovery, after listening to one together",
            priority=_DISCOVERY,
            is_work_observed=True,
            practice="Ask the manager what they heard before saying what you heard",
            follow_up_on=clock.ago(0).date(),
        ),
    )
    coaching.confirm(
        viewer=hollis,
        at=clock.ago(15),
        session_id=session.session_id,
        seen_version=session.version,
    )


def _meet(oda: Viewer, hollis: Viewer, *, clock: _Clock) -> None:
    """A session to come, with what both want to talk about."""
    session = coaching.plan(
        viewer=oda,
        at=clock.ago(3),
        person=str(hollis.person_id),
        planned=coaching.Planned(
            planned_at=clock.ahead(2),
            minutes=45,
            kind=SessionKind.ONE_TO_ONE,
            topic="Coaching in West and Central",
        ),
    )
    for each, text in (
        (hollis, "Rune and Tamsin say that nobody has time to listen; what can we take away?"),
        (oda, "Which discovery you listened to since we met, and what the seller made of it"),
    ):
        coaching.add_item(viewer=each, at=clock.ago(2), session_id=session.session_id, text=text)
    coaching.prepare(
        viewer=oda,
        at=clock.ago(1),
        session_id=session.session_id,
        text="Ask first. My own promise to listen in West and Central is due before we meet.",
    )


# --- a manager and a seller, through whose eyes one can look -------------------------------------


def _pairs() -> list[tuple[Person, Person]]:
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


def _coach(viewer: Viewer, coach: Person, person: Person, *, clock: _Clock) -> None:
    """A plan of the two, a session whose practice waits, one to confirm, and one to come."""
    leader, seller = _as(coach, viewer, Role.MANAGER), _as(person, viewer, Role.SELLER)
    plan = coaching_plans.begin(
        viewer=leader,
        at=clock.ago(33),
        person=person.id,
        wanted=coaching_plans.PlanWanted(
            skill="Discovery before quotation",
            goal="I know what a standstill costs them before I say what a pump costs",
            cadence_days=14,
            priority=_DISCOVERY,
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
    agreed = coaching.log(
        viewer=leader,
        at=clock.ago(15),
        person=person.id,
        logged=coaching.Logged(
            held_at=clock.ago(15),
            minutes=35,
            kind=SessionKind.JOINT_CALL,
            topic="A first meeting that went to the price too soon",
            priority=_DISCOVERY,
            is_work_observed=True,
            practice="Ask three questions about the line before the pump is named",
            follow_up_on=clock.ago(0).date(),
        ),
    )
    coaching.confirm(
        viewer=seller,
        at=clock.ago(14),
        session_id=agreed.session_id,
        seen_version=agreed.version,
    )
    coaching.log(
        viewer=leader,
        at=clock.ago(2),
        person=person.id,
        logged=coaching.Logged(
            held_at=clock.ago(2),
            minutes=30,
            kind=SessionKind.ROLE_PLAY,
            topic="The second meeting, with service at the table",
            priority=_SERVICE,
            is_work_observed=True,
            practice="Open with hours of lost output",
            follow_up_on=clock.ahead(12).date(),
        ),
    )
    session = coaching.plan(
        viewer=leader,
        at=clock.ago(1),
        person=person.id,
        planned=coaching.Planned(
            planned_at=clock.ahead(3),
            minutes=30,
            kind=SessionKind.ONE_TO_ONE,
            topic="What the next two visits are for",
        ),
    )
    for each, text in (
        (seller, "One food plant wants a price by mail; how do I get a meeting?"),
        (leader, "Which question opened the last conversation"),
    ):
        coaching.add_item(viewer=each, at=clock.ago(1), session_id=session.session_id, text=text)


def _version(made: commitments.CommitmentChanged) -> int:
    return Commitment.objects.values_list("version", flat=True).get(pk=made.commitment_id)
