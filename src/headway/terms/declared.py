"""What leaders declare: the plan, priorities with their eight parts, messages, cards.

Words and values that travel from the screens to the records and on to the facts. Codes are those of
the bundle format. Nothing here computes but what can be counted off a page.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from headway.terms.line import Link

PARTS: Mapping[str, tuple[str, ...]] = {
    "name": ("name",),
    "owner": ("owner_id",),
    "why": ("why",),
    "scope": ("scope",),
    "behaviour": ("behaviour", "eligibility"),
    "result": (
        "result_measure",
        "result_baseline",
        "result_target",
        "result_due_on",
        "result_is_higher_better",
    ),
    "stop": ("stop_text",),
    "audience": ("audience",),
}
"""Each of the eight parts of a priority, and the columns that it takes."""


class PriorityKind(StrEnum):
    """What a priority changes."""

    PRODUCT = "product"
    SEGMENT = "segment"
    PROCESS = "process"
    SKILL = "skill"
    REORGANISATION = "reorganisation"
    GROWTH = "growth"
    VALUE = "value"
    OTHER = "other"


class ResultMeasure(StrEnum):
    """What a priority's result is measured by, over its scope."""

    BOOKINGS = "bookings"
    BOOKINGS_SHARE = "bookings_share"
    WON_COUNT = "won_count"
    WIN_RATE = "win_rate"
    OPPORTUNITIES_CREATED = "opportunities_created"
    AVERAGE_AMOUNT = "average_amount"
    CYCLE_DAYS = "cycle_days"
    RETENTION_SHARE = "retention_share"


class Channel(StrEnum):
    """How something was told."""

    TEAM_MEETING = "team_meeting"
    ONE_TO_ONE = "one_to_one"
    ALL_HANDS = "all_hands"
    EMAIL = "email"
    CHAT = "chat"
    VIDEO = "video"
    DOCUMENT = "document"


# A message may be planned to be said again every so many weeks.
EVERY_WEEKS = (2, 4, 6)
# Who says it so many days before its day has said it.
_EARLY = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Repeat:
    """When a message is to be said again: on a day, every so many weeks, or both.

    `on` None = so many weeks after it was said last; `until` is the last day, None = none.
    """

    on: date | None = None
    every_weeks: int | None = None
    until: date | None = None

    def first_on(self, *, told_on: date) -> date | None:
        """The next day of what was said last on `told_on`; None = no day and no weeks are said.

        >>> Repeat(every_weeks=4).first_on(told_on=date(2026, 6, 1))
        datetime.date(2026, 6, 29)
        """
        if self.on is not None or self.every_weeks is None:
            return self.on
        return told_on + timedelta(weeks=self.every_weeks)

    def next_on(self, *, told_on: date) -> date | None:
        """The next day after it was said once more; None = nothing is left to say.

        Said earlier than a week before its day, it is to be said on that day all the same.

        >>> plan = Repeat(on=date(2026, 6, 29), every_weeks=4, until=date(2026, 8, 1))
        >>> plan.next_on(told_on=date(2026, 6, 10))
        datetime.date(2026, 6, 29)
        >>> plan.next_on(told_on=date(2026, 6, 30))
        datetime.date(2026, 7, 28)
        >>> plan.next_on(told_on=date(2026, 7, 20)) is None
        True
        """
        if self.on is not None and told_on < self.on - _EARLY:
            return self.on
        if self.every_weeks is None:
            return None
        following = told_on + timedelta(weeks=self.every_weeks)
        return None if self.until is not None and following > self.until else following


class CardField(StrEnum):
    """The nine fields of a card; one's own has the first seven."""

    MEANING = "meaning"
    STOP = "stop"
    BEGIN = "begin"
    MODIFY = "modify"
    BEHAVIOUR = "behaviour"
    SKILL = "skill"
    MEASURE = "measure"
    COACH = "coach"
    REINFORCE = "reinforce"


OWN_FIELDS = tuple(CardField)[:7]
ENACTED_FIELDS = frozenset({CardField.STOP, CardField.BEGIN, CardField.MODIFY, CardField.BEHAVIOUR})
"""The fields that are done one day, and whose first day is kept."""

# Begin and modify stand for each other: one of them is enough.
_EITHER = {CardField.BEGIN, CardField.MODIFY}


@dataclass(frozen=True, kw_only=True)
class Target:
    """From `from_days` after the launch on, the share a link should reach; several = a ramp."""

    link: Link
    measure: str
    from_days: int
    target_share: float


@dataclass(frozen=True, kw_only=True)
class Priority:
    """One version of a priority, by the columns of `meant/priority`; "" or None = missing.

    The predicates are JSON of the closed form (`terms.predicate`).
    """

    kind: PriorityKind
    name: str
    owner_id: str | None = None
    why: str = ""
    scope: str = ""
    eligibility: str = ""
    behaviour: str = ""
    result_measure: ResultMeasure | None = None
    result_baseline: float | None = None
    result_target: float | None = None
    result_due_on: date | None = None
    result_is_higher_better: bool = True
    stop_text: str = ""
    audience: str = ""
    launched_on: date | None = None
    grace_days: int | None = None
    targets: tuple[Target, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The parts that are not there, in the order of `PARTS`.

        >>> Priority(kind=PriorityKind.PRODUCT, name="Sell the new line", why="Margins").missing
        ('owner', 'scope', 'behaviour', 'result', 'stop', 'audience')
        """
        return tuple(
            part
            for part, columns in PARTS.items()
            if any(getattr(self, column) in ("", None) for column in columns)
        )


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One version of the plan on one page."""

    name: str
    owner_id: str | None = None
    direction: str = ""
    goals: str = ""
    core_values: str = ""
    values_reviewed_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class CardItem:
    """One line of a card: a field in words, how it is counted, when it is done ("if ... then").

    `enacted_on` is the first day it was done; `released_hours` a week, for a stop.
    """

    field: CardField
    text: str
    measure: str = ""
    cue: str = ""
    enacted_on: date | None = None
    released_hours: float | None = None


def missing_fields(items: Iterable[CardItem], *, is_own: bool) -> tuple[CardField, ...]:
    """The fields a card lacks; a behaviour without a measure counts as lacking.

    Begin and modify stand for each other; where both lack, begin is named. A card without a stop
    is incomplete on purpose: adding without stopping is how people are overloaded.

    >>> missing_fields([CardItem(field=CardField.STOP, text="The old deck")], is_own=True)[:2]
    (<CardField.MEANING: 'meaning'>, <CardField.BEGIN: 'begin'>)
    """
    listed = list(items)
    unmeasured = any(each.field is CardField.BEHAVIOUR and not each.measure for each in listed)
    there = {each.field for each in listed}
    if there & _EITHER:
        there |= _EITHER
    if unmeasured:
        there -= {CardField.BEHAVIOUR}
    wanted = OWN_FIELDS if is_own else tuple(CardField)
    lacking = [each for each in wanted if each not in there]
    if set(lacking) >= _EITHER:
        lacking.remove(CardField.MODIFY)
    return tuple(lacking)
