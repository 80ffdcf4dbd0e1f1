"""What the head of sales keeps: promises, a programme, sessions, hours given back."""

from headway.actions import (
    coaching,
    coaching_plans,
    coaching_programmes,
    coaching_scorecards,
    commitment_course,
    commitments,
    direction,
    own_time,
    predictions,
)
from headway.cycle.lived import sessions
from headway.cycle.lived.stage import DISCOVERY, KEY_TEAMS, Clock, seen_as
from headway.queries.strategy import predicting
from headway.records import coaching as held
from headway.records.models import Commitment, Person
from headway.terms.belief import Sharing
from headway.terms.coaching_session import SessionKind, StepAhead
from headway.terms.declared import Channel, Repeat
from headway.terms.line import Link
from headway.terms.own_time import Stopped
from headway.terms.viewer import Role, Viewer

LEADERS = 3
"""How many have to report to the head, for all of it to be kept."""
_UNSURE = 0.1


def lead(head: Person, reports: list[Person], *, viewer: Viewer, clock: Clock) -> None:
    """Let the head keep all of it with those who report to them, of whom there are enough."""
    first, second, third = reports[:LEADERS]
    oda = seen_as(head, by=viewer, role=Role.EXECUTIVE)
    for each in reports:
        _share_beliefs(seen_as(each, by=viewer, role=Role.MANAGER), clock=clock)
    _keep_one(oda, second, clock=clock)
    _promise_one(oda, second, clock=clock)
    _move_one(oda, third, clock=clock)
    _run_programme(oda, second, viewer=viewer, clock=clock)
    _look_again(oda, seen_as(third, by=viewer, role=Role.MANAGER), clock=clock)
    _follow_up(oda, seen_as(second, by=viewer, role=Role.MANAGER), clock=clock)
    _meet(oda, seen_as(second, by=viewer, role=Role.MANAGER), clock=clock)
    say_again(
        oda,
        "Ask before you quote: what stands still there, and what does an hour of it cost?",
        repeat=Repeat(on=clock.ago(0).date(), every_weeks=4),
        clock=clock,
    )
    coaching.ask(
        viewer=seen_as(first, by=viewer, role=Role.MANAGER),
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


def _share_beliefs(leader: Viewer, *, clock: Clock) -> None:
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


def _keep_one(oda: Viewer, second: Person, *, clock: Clock) -> None:
    """A promise that was kept on time."""
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
            priority=DISCOVERY,
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


def _promise_one(oda: Viewer, second: Person, *, clock: Clock) -> None:
    """A promise that is due on the next working day."""
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
            priority=DISCOVERY,
        ),
    )


def _move_one(oda: Viewer, third: Person, *, clock: Clock) -> None:
    """A promise that was moved, with its reason, before its day."""
    moved = commitments.make(
        viewer=oda,
        at=clock.ago(30),
        wanted=commitments.Wanted(
            owner=str(oda.person_id),
            to=third.id,
            text="Say who speaks for each key account, in writing",
            seen_by="One page that every key account team has",
            due_on=clock.ago(5).date(),
            priority=KEY_TEAMS,
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


def _run_programme(oda: Viewer, second: Person, *, viewer: Viewer, clock: Clock) -> None:
    """One plan for all who report to the head; one of them has done the first step."""
    coaching_programmes.begin(
        viewer=oda,
        at=clock.ago(35),
        wanted=coaching_programmes.ProgrammeWanted(
            skill="Coach the discovery",
            goal="Everybody who leads listens to real discoveries, and agrees one practice",
            cadence_days=14,
            priority=DISCOVERY,
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
        viewer=seen_as(second, by=viewer, role=Role.MANAGER),
        at=clock.ago(22),
        plan_id=plan.pk,
        number=1,
        seen_version=plan.version,
    )


def _look_again(oda: Viewer, ilvar: Viewer, *, clock: Clock) -> None:
    """A session whose practice was looked at again, and what was seen; and a scorecard of both."""
    session = sessions.agreed(
        oda,
        ilvar,
        logged=coaching.Logged(
            held_at=clock.ago(29),
            minutes=45,
            kind=SessionKind.DEBRIEF,
            topic="The last visit to a key account, as a team",
            priority=KEY_TEAMS,
            is_work_observed=True,
            practice="Let the team agree before the visit who asks what",
            follow_up_on=clock.ago(15).date(),
        ),
        confirmed_at=clock.ago(28),
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


def _follow_up(oda: Viewer, hollis: Viewer, *, clock: Clock) -> None:
    """A session whose practice is to be looked at again today."""
    sessions.agreed(
        oda,
        hollis,
        logged=coaching.Logged(
            held_at=clock.ago(16),
            minutes=40,
            kind=SessionKind.JOINT_CALL,
            topic="How to coach the discovery, after listening to one together",
            priority=DISCOVERY,
            is_work_observed=True,
            practice="Ask the manager what they heard before saying what you heard",
            follow_up_on=clock.ago(0).date(),
        ),
        confirmed_at=clock.ago(15),
    )


def _meet(oda: Viewer, hollis: Viewer, *, clock: Clock) -> None:
    """A session to come, with what both want to talk about."""
    session = sessions.ahead(
        oda,
        hollis,
        at=clock.ago(3),
        planned=coaching.Planned(
            planned_at=clock.ahead(2),
            minutes=45,
            kind=SessionKind.ONE_TO_ONE,
            topic="Coaching in West and Central",
        ),
        said_at=clock.ago(2),
        said=(
            "Rune and Tamsin say that nobody has time to listen; what can we take away?",
            "Which discovery you listened to since we met, and what the seller made of it",
        ),
    )
    coaching.prepare(
        viewer=oda,
        at=clock.ago(1),
        session_id=session.session_id,
        text="Ask first. My own promise to listen in West and Central is due before we meet.",
    )


def say_again(leader: Viewer, text: str, *, repeat: Repeat, clock: Clock) -> None:
    """What a leader wrote to their people of the discovery, and when they mean to say it again."""
    at, me = clock.ago(9), str(leader.person_id)
    told = direction.Told(
        sender=me,
        head=me,
        told_on=at.date(),
        channel=Channel.EMAIL,
        text=text,
        priority=DISCOVERY,
        repeat=repeat,
    )
    direction.tell(viewer=leader, at=at, told=told)


def _version(made: commitments.CommitmentChanged) -> int:
    return Commitment.objects.values_list("version", flat=True).get(pk=made.commitment_id)
