"""The questions of the pulse: own wording, free to use; each belongs to one construct."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_ITEMS = 6
RECALL = "R1"
ACTION = "U1"
REASON = "U2"
# About the manager of a team: for that manager, and for others only over several teams.
ABOUT_MANAGERS = ("WD", "CO")


def _(text: str) -> str:
    """Marks a sentence for translation; `queries.pulse` asks for it in the reader's language."""
    return text


class Answering(StrEnum):
    """How an item is answered."""

    WORDS = "words"
    AGREEMENT = "agreement"
    TEN = "ten"
    CHOICE = "choice"


@dataclass(frozen=True, kw_only=True)
class Item:
    """One question. `choices` are (code, words), in the order shown.

    `is_about_priority` items name a priority; the recall item stands before all of them. Items
    about a leader or one's own safety are sensitive and have `sides`: where nearly all answer on
    one side, that is told and no count. `is_reversed`: agreeing is the less welcome answer.
    """

    code: str
    answering: Answering
    sentence: str
    choices: tuple[tuple[str, str], ...] = ()
    is_about_priority: bool = False
    sides: tuple[frozenset[str], ...] = ()
    is_reversed: bool = False


AGREEMENT = (
    ("1", _("Not at all")),
    ("2", _("Rather not")),
    ("3", _("In between")),
    ("4", _("Rather")),
    ("5", _("Fully")),
)
_AGREEMENT_SIDES = (frozenset("12"), frozenset("3"), frozenset("45"))
TEN = tuple((str(number), str(number)) for number in range(11))


def _words(code: str, sentence: str, *, about: bool = False) -> Item:
    return Item(code=code, answering=Answering.WORDS, sentence=sentence, is_about_priority=about)


def _agreement(
    code: str,
    sentence: str,
    *,
    is_sensitive: bool = False,
    is_reversed: bool = False,
) -> Item:
    return Item(
        code=code,
        answering=Answering.AGREEMENT,
        sentence=sentence,
        choices=AGREEMENT,
        sides=_AGREEMENT_SIDES if is_sensitive else (),
        is_reversed=is_reversed,
    )


_UNDERSTANDING = (
    _words(
        RECALL,
        _(
            "List, in your own words, up to five things this organisation is most trying to "
            "change or achieve in sales now."
        ),
    ),
    _words(ACTION, _("What do you do differently in your own work because of it?"), about=True),
    _words(REASON, _("Why does it matter – what happens if we do not?"), about=True),
    Item(
        code="B1",
        answering=Answering.CHOICE,
        sentence=_("What is the biggest thing in the way?"),
        choices=(
            ("not_told", _("I do not know what is expected")),
            ("not_able", _("I do not know how")),
            ("no_chance", _("I lack chance, time or accounts")),
            ("blocked", _("The process or another unit blocks it")),
            ("not_convinced", _("I am not convinced")),
            ("habit", _("I forget, old habit wins")),
            ("nothing", _("Nothing is in the way")),
        ),
        is_about_priority=True,
    ),
    Item(
        code="SE1",
        answering=Answering.TEN,
        sentence=_("If I had the right account today, I could do this well."),
        choices=TEN,
        is_about_priority=True,
    ),
    _agreement("RC1", _("I know what I am expected to do this quarter.")),
    _agreement("RC2", _("I know which work I may leave undone.")),
    _agreement("RC3", _("I know how it will be seen that I did it.")),
)

_LEADING = (
    _agreement("WD1", _("My leader does what they ask of us."), is_sensitive=True),
    _agreement(
        "WD2",
        _("When my leader says something will change, it changes first in their own work."),
        is_sensitive=True,
    ),
    _agreement(
        "WD3",
        _("Promises made to us are kept or openly renegotiated."),
        is_sensitive=True,
    ),
    _agreement("CO1", _("My manager helped me think, not only told me."), is_sensitive=True),
    _agreement("CO2", _("We agreed one thing to practise."), is_sensitive=True),
    _agreement("CO3", _("My manager watched or reviewed real work of mine."), is_sensitive=True),
    _agreement("CO4", _("We looked again at what we agreed."), is_sensitive=True),
    _agreement(
        "CO5",
        _("My manager checked details I could have decided myself."),
        is_sensitive=True,
        is_reversed=True,
    ),
    _agreement("PS1", _("I can say that something does not work here."), is_sensitive=True),
    _agreement("PS2", _("Mistakes are looked at to learn."), is_sensitive=True),
    _agreement("PS3", _("Asking for help is easy."), is_sensitive=True),
)

_WORKING = (
    _agreement("AU1", _("I decide how to do my work where I know it best.")),
    Item(
        code="CH1",
        answering=Answering.CHOICE,
        sentence=_(
            "How much of last month's effort went into chasing things we were unlikely to win?"
        ),
        choices=(
            ("none", _("None")),
            ("little", _("A little")),
            ("much", _("Much")),
            ("most", _("Most")),
        ),
        sides=(frozenset({"none", "little"}), frozenset({"much", "most"})),
    ),
    _agreement("EJ1", _("Selling what we offer felt worthwhile in the last month.")),
    _agreement("DI1", _("I could explain to a candidate where we are going and why.")),
    _agreement("GR1", _("I have a learning goal I set myself.")),
    _agreement("GR2", _("I had time for it this month.")),
)

ITEMS: Mapping[str, Item] = {item.code: item for item in (*_UNDERSTANDING, *_LEADING, *_WORKING)}


def in_order(codes: Sequence[str]) -> tuple[Item, ...]:
    """The items in the order they are asked: the recall item first, those on a priority next.

    >>> [item.code for item in in_order(["PS1", "B1", "U1", "R1"])]
    ['R1', 'U1', 'B1', 'PS1']
    """
    places = list(ITEMS)
    return tuple(ITEMS[code] for code in sorted(set(codes), key=places.index))
