"""What people offer to teach each other, and two who meet once a week."""

from headway.actions import pairs
from headway.cycle.lived.stage import Clock, seen_as
from headway.records.models import Person
from headway.terms.own_time import Side
from headway.terms.viewer import Role, Viewer

_TEACH = (
    "Open the door of a food plant",
    "Work out an hour of standstill",
    "Visit a key account as a team",
)
_ABOUT = 1
_WEEKS = 6


def teach(head: Person, reports: list[Person], *, viewer: Viewer, clock: Clock) -> None:
    """Put a short list of skills up; each who reports to the head offers one of them."""
    oda = seen_as(head, by=viewer, role=Role.EXECUTIVE)
    for name, leader in zip(_TEACH, reports, strict=False):
        skill = pairs.keep_skill(viewer=oda, at=clock.ago(45), name=name)
        pairs.say(
            viewer=seen_as(leader, by=viewer, role=Role.MANAGER),
            at=clock.ago(40),
            side=Side.TEACH,
            skill_id=skill.number,
            words="",
        )


def meet(asker: Person, partner: Person, *, viewer: Viewer, clock: Clock) -> None:
    """Let one seller learn from another, once a week from the next working day on."""
    asking, teaching = (seen_as(each, by=viewer, role=Role.SELLER) for each in (asker, partner))
    pairs.say(
        viewer=teaching, at=clock.ago(20), side=Side.TEACH, skill_id=None, words=_TEACH[_ABOUT]
    )
    pairs.say(viewer=asking, at=clock.ago(9), side=Side.LEARN, skill_id=None, words=_TEACH[_ABOUT])
    asked = pairs.ask(
        viewer=asking,
        at=clock.ago(3),
        partner=partner.id,
        about=_TEACH[_ABOUT],
        first_on=clock.ahead(1).date(),
        weeks=_WEEKS,
    )
    pairs.agree(viewer=teaching, at=clock.ago(2), pair_id=asked.number)
