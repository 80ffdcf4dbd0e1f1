"""Who could be somebody's next partner: of those who offer to teach, by need and by breadth."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from headway.queries.results import figures
from headway.queries.words.language import gettext as _
from headway.queries.words.language import ngettext
from headway.records import pairs
from headway.records.models import PeerMeeting, Person, SkillSaid
from headway.terms.own_time import Side
from headway.terms.viewer import Viewer

MOST_PROPOSED = 5
_YEAR_DAYS = 365.25
# From which difference on one of two is the experienced one (own choice).
_GAP_YEARS = 2


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """Somebody to pair with; `why` says what speaks for it."""

    person_id: str
    name: str
    teaches: str
    why: str


def proposed(
    viewer: Viewer, *, said: Iterable[SkillSaid], held: Iterable[PeerMeeting]
) -> tuple[Proposed, ...]:
    """Who teaches what the viewer wants to learn; those they met less often come first.

    Of equally new partners one with clearly more or less time here comes first. Who does not say
    what they want to learn is shown everybody who offers.
    """
    me = Person.objects.filter(pk=viewer.person_id or "", is_active=True).first()
    if me is None:
        return ()
    wishes = {_key(each) for each in said if each.person_id == me.id and each.side == Side.LEARN}
    open_pairs = pairs.own_pairs(viewer).filter(state__in=("asked", "agreed"))
    taken = {each for both in open_pairs.values_list("asker_id", "partner_id") for each in both}
    offers: dict[Person, list[SkillSaid]] = defaultdict(list)
    for each in said:
        is_wanted = not wishes or _key(each) in wishes
        if each.side == Side.TEACH and is_wanted and each.person_id not in taken | {me.id}:
            offers[each.person].append(each)
    times: dict[str, int] = defaultdict(int)
    for meeting in held:
        if meeting.met_on is not None:
            times[pairs.other(meeting, person_id=me.id)] += 1
    ordered = sorted(
        offers, key=lambda one: (times[one.id], not _is_apart(me, one), one.name, one.id)
    )
    return tuple(
        Proposed(
            person_id=each.id,
            name=each.name,
            teaches=figures.listed(tuple(sorted(pairs.skill_name(one) for one in offers[each]))),
            why=_why(me, each, met=times[each.id], is_wanted=bool(wishes)),
        )
        for each in ordered[:MOST_PROPOSED]
    )


def _key(said: SkillSaid) -> str:
    return pairs.skill_name(said).casefold()


def _is_apart(me: Person, partner: Person) -> bool:
    """Whether one of the two is clearly longer here; by the day they joined, never by age."""
    if me.hired_on is None or partner.hired_on is None:
        return False
    return abs((me.hired_on - partner.hired_on).days) >= _GAP_YEARS * _YEAR_DAYS


def _why(me: Person, partner: Person, *, met: int, is_wanted: bool) -> str:
    told = [_("Teaches what you want to learn.")] if is_wanted else []
    told.append(
        ngettext("The two of you met {n} time.", "The two of you met {n} times.", count=met).format(
            n=met
        )
        if met
        else _("The two of you have not met as a pair.")
    )
    if _is_apart(me, partner):
        told.append(_("One of you has been here longer by two years or more."))
    return " ".join(told)
