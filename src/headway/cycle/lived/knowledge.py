"""What people of the sample wrote down of what works, and who used it."""

from headway.actions import knowledge
from headway.actions.knowledge import KnowledgeWanted
from headway.cycle.lived.stage import DISCOVERY, KEY_TEAMS, SERVICE, Clock, seen_as
from headway.records.models import Person
from headway.terms.viewer import Role, Viewer

_STANDSTILL = KnowledgeWanted(
    name="Work out one hour of standstill together",
    helps_when="A plant asks for a price by mail and wants no meeting",
    steps=(
        "Write back one question: what does an hour without this line cost you?",
        "Call the day after and ask who would know the figure, if they do not",
        "Do the sum with them on the phone, in their numbers",
        "Send the sum back in two lines, and ask for half an hour before the quotation",
    ),
    priority=DISCOVERY,
)
_TECHNICIAN = KnowledgeWanted(
    name="Let the technician speak first in the second meeting",
    helps_when="Service is to be part of the offer, and the buyer sees it as an extra",
    steps=(
        "Tell the technician the day before what the customer said about failures",
        "Let them ask what broke last, and who was called at night",
        "Only then say what a service hour answers",
    ),
    priority=SERVICE,
)
_TWO_NAMES = KnowledgeWanted(
    name="Ask for two more names before the offer goes out",
    helps_when="Only one person at a key account answers us",
    steps=(
        "Ask: who will live with it, and who signs?",
        "Ask for a quarter of an hour with each, together with your contact",
        "Send all three the same half page",
    ),
    priority=KEY_TEAMS,
    is_name_kept=False,
)
# All of it lies in a month that is over for long enough, so that leaders see what was reused.
_WRITTEN, _USED = 42, 40


def write_down(
    head: Person,
    reports: list[Person],
    *,
    sellers: list[Person],
    viewer: Viewer,
    clock: Clock,
) -> None:
    """Two who report to the head and a seller each write one thing down; others use it."""
    oda = seen_as(head, by=viewer, role=Role.EXECUTIVE)
    leaders = [seen_as(each, by=viewer, role=Role.MANAGER) for each in reports]
    selling = [seen_as(each, by=viewer, role=Role.SELLER) for each in sellers]
    first, second, third = leaders[:3]
    standstill = _written(_STANDSTILL, by=first, clock=clock)
    technician = _written(_TECHNICIAN, by=second, clock=clock)
    knowledge.check(viewer=third, at=clock.ago(_WRITTEN), item_id=standstill, seen_version=1)
    _used(standstill, by=oda, words="I tell it in every monthly call now.", clock=clock)
    _used(standstill, by=second, words="", clock=clock)
    _used(
        technician, by=third, words="They asked for the service price by themselves.", clock=clock
    )
    for seller in selling:
        _used(standstill, by=seller, words="It got me the meeting that mail had not.", clock=clock)
    if selling:
        two_names = _written(_TWO_NAMES, by=selling[-1], clock=clock)
        _used(two_names, by=first, words="All three answered within the week.", clock=clock)


def _written(wanted: KnowledgeWanted, *, by: Viewer, clock: Clock) -> int:
    return knowledge.write(viewer=by, at=clock.ago(_WRITTEN), wanted=wanted).item_id


def _used(item: int, *, by: Viewer, words: str, clock: Clock) -> None:
    knowledge.use(viewer=by, at=clock.ago(_USED), item_id=item, words=words)
