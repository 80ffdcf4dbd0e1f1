"""Peers who teach each other: what they offer and want, pairs both agree to, weekly meetings."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from headway.actions.action import NotAllowedError, action
from headway.actions.direction import UnknownPriorityError
from headway.records import declared, lines, pairs
from headway.records.models import Pair, PeerMeeting, PeerNote, Person, Skill, SkillSaid
from headway.terms.access import Permission
from headway.terms.errors import HeadwayError
from headway.terms.own_time import Side
from headway.terms.viewer import Viewer

MAX_LENGTH = 80
MAX_WORDS = 1000
MOST_WEEKS = 12
MOST_SAID = 20
MOST_SKILLS = 40
FURTHEST = timedelta(days=60)


class SkillError(HeadwayError):
    """A skill is not said, is said twice, or there are too many."""

    code = "pairs.skill"

    def __init__(self, found: str, *, expected: str) -> None:
        super().__init__(f"{found} Expected {expected}.")


class PairError(HeadwayError):
    """Two people cannot become a pair as it was asked."""

    code = "pairs.pair"

    def __init__(self, found: str, *, expected: str) -> None:
        super().__init__(f"{found} Expected {expected}.")


class SettledPairError(HeadwayError):
    """A pair is not in the state that the step needs."""

    code = "pairs.settled"
    status = 409

    def __init__(self, state: str) -> None:
        super().__init__(f"This pair is {state} already. Load the page again.")


class MeetingError(HeadwayError):
    """A meeting cannot have been held as it is told."""

    code = "pairs.meeting"

    def __init__(self, found: str, *, expected: str) -> None:
        super().__init__(f"{found} Expected {expected}.")


@dataclass(frozen=True, kw_only=True)
class PairChanged:
    """Something of a pair, or of what people teach, was said or changed."""

    kind: str
    number: int

    @property
    def subject(self) -> str:
        """Which."""
        return f"{self.kind}:{self.number}"


@action("pairs.keep_skill", permission=Permission.DECLARE)
def keep_skill(*, viewer: Viewer, at: datetime, name: str) -> PairChanged:
    """Put a skill on the organisation's list, or back on it.

    Raises:
        SkillError: no name, a long one, or the list is full.
    """
    del viewer, at
    name = name.strip()
    _expect_words(name, what="The skill")
    on_list = Skill.objects.filter(is_retired=False)
    known = Skill.objects.filter(name__iexact=name).first()
    if (known is None or known.is_retired) and on_list.count() >= MOST_SKILLS:
        raise SkillError(
            f"There are {MOST_SKILLS} skills.", expected="a small list: retire one first"
        )
    if known is None:
        known = Skill.objects.create(name=name)
    elif known.is_retired:
        known.is_retired = False
        known.save(update_fields=["is_retired"])
    return PairChanged(kind="skill", number=known.pk)


@action("pairs.retire_skill", permission=Permission.DECLARE)
def retire_skill(*, viewer: Viewer, at: datetime, skill_id: int) -> PairChanged:
    """Take a skill off the list; what people said of it stays theirs.

    Raises:
        NotAllowedError: there is no such skill.
    """
    del viewer, at
    if not Skill.objects.filter(pk=skill_id).update(is_retired=True):
        raise NotAllowedError(f"skill:{skill_id}")
    return PairChanged(kind="skill", number=skill_id)


@action("pairs.say", permission=Permission.RESULTS)
def say(
    *, viewer: Viewer, at: datetime, side: Side, skill_id: int | None, words: str
) -> PairChanged:
    """Say what one can teach, or wants to learn; said twice, it stands once.

    Args:
        viewer: whose skill it is.
        at: now.
        side: what everybody may see one teaches, or what one wants to learn, which nobody sees.
        skill_id: of the organisation's list; None = in own words.
        words: 1 to 80 characters where there is no skill.

    Raises:
        NotAllowedError: the viewer is nobody in the organisation.
        SkillError: no such skill, no words, or too many.
    """
    person = _person(viewer)
    words = "" if skill_id is not None else words.strip()
    if skill_id is None:
        _expect_words(words, what="What you say in own words")
    elif not Skill.objects.filter(pk=skill_id, is_retired=False).exists():
        raise SkillError(f"There is no skill {skill_id} on the list.", expected="one of the list")
    which = Q(skill=None, words__iexact=words) if skill_id is None else Q(skill_id=skill_id)
    made = SkillSaid(person_id=person, side=side.value, skill_id=skill_id, words=words, said_at=at)
    return _said(made, same=which)


@action("pairs.offer", permission=Permission.RESULTS)
def offer(*, viewer: Viewer, at: datetime, priority: str) -> PairChanged:
    """Offer to teach what a priority asks for; everybody may see it, and who is asked can say no.

    Raises:
        NotAllowedError: the viewer is nobody in the organisation.
        UnknownPriorityError: there is no such priority.
    """
    person = _person(viewer)
    known = declared.contents().get(priority)
    if known is None:
        raise UnknownPriorityError(priority)
    words = (known.name or priority)[:MAX_LENGTH]
    made = SkillSaid(
        person_id=person, side=Side.TEACH.value, words=words, priority=priority, said_at=at
    )
    return _said(made, same=Q(priority=priority))


@action("pairs.unsay", permission=Permission.RESULTS)
def unsay(*, viewer: Viewer, at: datetime, said_id: int) -> PairChanged:
    """Take back what one said one teaches or wants to learn.

    Raises:
        NotAllowedError: it is not the viewer's own.
    """
    del at
    deleted, _models = SkillSaid.objects.filter(pk=said_id, person_id=_person(viewer)).delete()
    if not deleted:
        raise NotAllowedError(f"skill_said:{said_id}")
    return PairChanged(kind="skill_said", number=said_id)


@action("pairs.ask", permission=Permission.RESULTS)
def ask(
    *, viewer: Viewer, at: datetime, partner: str, about: str, first_on: date, weeks: int
) -> PairChanged:
    """Ask somebody who offers to teach to meet once a week.

    Args:
        viewer: who asks.
        at: now.
        partner: somebody who said what they can teach.
        about: what it is about, 1 to 80 characters.
        first_on: the first meeting, from today on and within 60 days.
        weeks: how many meetings, 1 to 12.

    Raises:
        NotAllowedError: the viewer is nobody in the organisation.
        PairError: the partner offers nothing, the two are a pair already, or a part is not right.
    """
    asker = _person(viewer)
    _expect_pair(about=about, first_on=first_on, weeks=weeks, today=lines.today(at))
    offers = SkillSaid.objects.filter(person_id=partner, side=Side.TEACH, person__is_active=True)
    if partner == asker or not offers.exists():
        raise PairError("They offer nothing to teach.", expected="somebody on the list, not you")
    both = Q(asker_id=asker, partner_id=partner) | Q(asker_id=partner, partner_id=asker)
    if Pair.objects.filter(both, state__in=("asked", "agreed")).exists():
        raise PairError("The two of you are a pair, or one has asked.", expected="another partner")
    made = Pair.objects.create(
        asker_id=asker,
        partner_id=partner,
        about=about.strip(),
        first_on=first_on,
        weeks=weeks,
        asked_at=at,
    )
    return PairChanged(kind="pair", number=made.pk)


@action("pairs.agree", permission=Permission.RESULTS)
def agree(*, viewer: Viewer, at: datetime, pair_id: int) -> PairChanged:
    """Agree to meet; the weekly meetings are planned from the first day, or from today on.

    Raises:
        NotAllowedError: nobody asked the viewer.
        SettledPairError: it is agreed, declined or ended.
    """
    asked = Pair.objects.select_for_update().filter(pk=pair_id, partner_id=_person(viewer))
    found = _in(asked.first(), pair_id, states=("asked",))
    found.state = "agreed"
    found.save(update_fields=["state"])
    first = max(found.first_on, lines.today(at))
    PeerMeeting.objects.bulk_create(
        PeerMeeting(
            pair=found,
            person_id=found.asker_id,
            partner_id=found.partner_id,
            planned_on=first + timedelta(weeks=number),
        )
        for number in range(found.weeks)
    )
    return PairChanged(kind="pair", number=pair_id)


@action("pairs.decline", permission=Permission.RESULTS)
def decline(*, viewer: Viewer, at: datetime, pair_id: int) -> PairChanged:
    """Decline to meet, or take back that one asked; no reason is asked.

    Raises:
        NotAllowedError: the viewer is neither of the two.
        SettledPairError: it is agreed, declined or ended.
    """
    del at
    found = _in(_own(viewer, pair_id), pair_id, states=("asked",))
    found.state = "declined"
    found.save(update_fields=["state"])
    return PairChanged(kind="pair", number=pair_id)


@action("pairs.end", permission=Permission.RESULTS)
def end(*, viewer: Viewer, at: datetime, pair_id: int) -> PairChanged:
    """End a pair: meetings to come are planned no more, what was written stays with the two.

    Raises:
        NotAllowedError: the viewer is neither of the two.
        SettledPairError: it is not agreed, or ended.
    """
    found = _in(_own(viewer, pair_id), pair_id, states=("agreed",))
    found.state = "ended"
    found.save(update_fields=["state"])
    found.meetings.filter(met_on=None, planned_on__gt=lines.today(at)).delete()
    return PairChanged(kind="pair", number=pair_id)


@action("pairs.note", permission=Permission.RESULTS)
def note(
    *,
    viewer: Viewer,
    at: datetime,
    meeting_id: int,
    met_on: date,
    worked: str,
    stuck: str,
    advice: str,
) -> PairChanged:
    """Say that the two met, what worked, where one is stuck, and what one advised the other.

    Raises:
        NotAllowedError: the viewer is neither of the two, or it came with a load.
        MeetingError: the day has not come, or a text is too long.
    """
    person = _person(viewer)
    if met_on > (today := lines.today(at)):
        raise MeetingError(f"They met on {met_on}; today is {today}.", expected="a day that came")
    texts = {"worked": worked.strip(), "stuck": stuck.strip(), "advice": advice.strip()}
    if (longest := max(len(text) for text in texts.values())) > MAX_WORDS:
        raise MeetingError(f"A text has {longest} characters.", expected=f"at most {MAX_WORDS}")
    found = _meeting(viewer, meeting_id)
    found.met_on = met_on
    found.save(update_fields=["met_on"])
    PeerNote.objects.update_or_create(meeting=found, author_id=person, defaults=texts)
    return PairChanged(kind="peer_meeting", number=meeting_id)


@action("pairs.use", permission=Permission.RESULTS)
def use(*, viewer: Viewer, at: datetime, meeting_id: int, is_used: bool) -> PairChanged:
    """Say whether one used the advice the other gave.

    Raises:
        NotAllowedError: the viewer is neither of the two, or it came with a load.
        MeetingError: the other gave no advice.
    """
    del at
    person = _person(viewer)
    found = _meeting(viewer, meeting_id)
    if not found.notes.exclude(author_id=person).exclude(advice="").exists():
        raise MeetingError("The other has written no advice.", expected="advice first")
    PeerNote.objects.update_or_create(
        meeting=found, author_id=person, defaults={"is_used": is_used}
    )
    return PairChanged(kind="peer_meeting", number=meeting_id)


def _said(made: SkillSaid, *, same: Q) -> PairChanged:
    """Keep it, unless it stands there already or there are too many."""
    own = SkillSaid.objects.filter(person_id=made.person_id)
    kept = own.filter(same, side=made.side).first()
    if kept is not None:
        return PairChanged(kind="skill_said", number=kept.pk)
    if own.count() >= MOST_SAID:
        raise SkillError(f"You have said {MOST_SAID}.", expected="few: take one back first")
    made.save()
    return PairChanged(kind="skill_said", number=made.pk)


def _person(viewer: Viewer) -> str:
    if not Person.objects.filter(pk=viewer.person_id or "", is_active=True).exists():
        raise NotAllowedError("pairs")
    return viewer.person_id or ""


def _own(viewer: Viewer, pair_id: int) -> Pair | None:
    return pairs.own_pairs(viewer).select_for_update().filter(pk=pair_id).first()


def _in(found: Pair | None, pair_id: int, *, states: tuple[str, ...]) -> Pair:
    if found is None:
        raise NotAllowedError(f"pair:{pair_id}")
    if found.state not in states:
        raise SettledPairError(found.state)
    return found


def _meeting(viewer: Viewer, meeting_id: int) -> PeerMeeting:
    own = pairs.own_meetings(viewer).select_for_update()
    found = own.filter(pk=meeting_id, is_brought=False).first()
    if found is None:
        raise NotAllowedError(f"peer_meeting:{meeting_id}")
    return found


def _expect_words(text: str, *, what: str) -> None:
    if not 0 < len(text) <= MAX_LENGTH:
        raise SkillError(f"{what} has {len(text)} characters.", expected=f"1 to {MAX_LENGTH}")


def _expect_pair(*, about: str, first_on: date, weeks: int, today: date) -> None:
    if not 0 < len(about.strip()) <= MAX_LENGTH:
        raise PairError(
            f"What it is about has {len(about.strip())} characters.", expected=f"1 to {MAX_LENGTH}"
        )
    if not today <= first_on <= today + FURTHEST:
        raise PairError(f"The first day is {first_on}.", expected="today or within 60 days")
    if not 1 <= weeks <= MOST_WEEKS:
        raise PairError(f"{weeks} meetings were asked for.", expected=f"1 to {MOST_WEEKS}")
