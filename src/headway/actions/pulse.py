"""The pulse: asking a few questions of many, and taking answers that nobody signs."""

import hashlib
import random
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from headway.actions import outbox, seal
from headway.actions.action import NotAllowedError, action
from headway.records import pulse, scopes
from headway.records.models import (
    PulseAnswer,
    PulseInvitation,
    ReportingLine,
    Wave,
)
from headway.terms.access import Permission
from headway.terms.errors import HeadwayError
from headway.terms.item_bank import ACTION, ITEMS, MOST_ITEMS, REASON, RECALL, Answering, in_order
from headway.terms.scope import Scope
from headway.terms.survey import LEAST_ANSWERS
from headway.terms.viewer import Viewer

MAX_LENGTH = 2000
MOST_PRIORITIES = 5


class ItemsError(HeadwayError):
    """The items of a wave do not go together."""

    code = "pulse.items"


class TooFewAskedError(HeadwayError):
    """So few would be asked that nothing could ever be shown."""

    code = "pulse.too_few_asked"

    def __init__(self, found: int, least: int) -> None:
        super().__init__(
            f"{found} people would be asked. Expected {least} or more, for nothing is shown of "
            "fewer. Ask the people of a leader further up."
        )


class WaveOverError(HeadwayError):
    """A link does not work: used, of a closed wave, or not one of ours."""

    code = "pulse.over"
    status = 410

    def __init__(self) -> None:
        super().__init__(
            "This link does not work any more: it was used, or the questions are closed. "
            "There is nothing you need to do."
        )


class AnswerError(HeadwayError):
    """An answer is none of those offered, or too long."""

    code = "pulse.answer"

    def __init__(self, item: str) -> None:
        super().__init__(
            f"The answer to {item} is none of those offered, or longer than {MAX_LENGTH} "
            "characters. Choose one that is offered, or leave it out."
        )


@dataclass(frozen=True, kw_only=True)
class WaveChanged:
    """A wave was opened or changed."""

    wave_id: int

    @property
    def subject(self) -> str:
        """Which wave; never who answered in it."""
        return f"wave:{self.wave_id}"


@action("pulse.open_wave", permission=Permission.PULSE)
def open_wave(
    *,
    viewer: Viewer,
    at: datetime,
    items: Sequence[str],
    priorities: Sequence[tuple[str, str]],
    head: str | None,
    closes_on: date,
    least: int = LEAST_ANSWERS,
) -> WaveChanged:
    """Ask everybody whose reporting line leads to `head` (None = everybody) a few items.

    Args:
        viewer: who asks.
        at: now.
        items: codes of the bank; recall goes before whatever names a priority.
        priorities: (id, name) of those recall is coded for; items name the first.
        head: the leader whose people are asked.
        closes_on: the last day for answers.
        least: the smallest group that is counted, 5 or more.

    Raises:
        NotAllowedError: they are not the people of `viewer`.
        ItemsError: too many items, or they do not go together, or are those of the wave before.
        TooFewAskedError: fewer people than may be shown.
    """
    if not scopes.may_see_scope(viewer, Scope(people_of=head)):
        raise NotAllowedError(f"people:{head or 'all'}")
    codes = _fitting(items, priorities=priorities)
    if closes_on <= at.date():
        raise ItemsError(f"The last day is {closes_on}. Expected a day after today.")
    asked = _asked(head)
    if len(asked) < max(least, LEAST_ANSWERS):
        raise TooFewAskedError(len(asked), max(least, LEAST_ANSWERS))
    wave = Wave.objects.create(
        head_id=head,
        items=codes,
        priorities=[{"id": number, "name": name} for number, name in priorities],
        least=max(least, LEAST_ANSWERS),
        opened_by_id=viewer.account_id,
        opened_at=at,
        closes_on=closes_on,
    )
    invitations = PulseInvitation.objects.bulk_create(_invitation(wave, each) for each in asked)
    outbox.invite(invitations, at=at)
    return WaveChanged(wave_id=wave.pk)


def own_link(*, viewer: Viewer, at: datetime, wave_id: int) -> str:
    """The token of the link of somebody signed in, the one that was mailed to them.

    It changes nothing and is no action: the audit would name them right before an answer.

    Raises:
        WaveOverError: they were not asked, have answered, or the wave is closed.
    """
    found = pulse.waiting(viewer, today=at.date()).filter(wave_id=wave_id).first()
    if found is None:
        raise WaveOverError
    return seal.opened(found.token_sealed)


@action("pulse.answer", permission=Permission.ANYONE)
def answer(*, viewer: None, at: datetime, token: str, given: Mapping[str, str]) -> WaveChanged:
    """Take one answer; the link is used up, and nothing ties the two together.

    Args:
        viewer: nobody, whoever is signed in: the audit would name them beside the answer.
        at: now; kept with nothing.
        token: of the link.
        given: answers by item; what is left out stays out.

    Raises:
        WaveOverError: the link was used, or the wave is closed.
        AnswerError: an answer is none of those offered.
    """
    del viewer
    invited = PulseInvitation.objects.filter(
        token_hash=token_hash(token), wave__state="open", wave__closes_on__gte=at.date()
    )
    found = invited.select_related("wave").first()
    # One statement, so that of two answers by one link only one counts.
    if found is None or not invited.filter(has_answered=False).update(
        has_answered=True, token_sealed=""
    ):
        raise WaveOverError
    values, words = _sorted(found.wave.items, given)
    PulseAnswer.objects.create(
        # Drawn at random: the order of rows must not tell who came first.
        id=secrets.randbelow(2**62) + 1,
        wave=found.wave,
        team_manager=found.team_manager,
        role=found.role,
        values=values,
        words=words,
    )
    return WaveChanged(wave_id=found.wave_id)


@action("pulse.close", permission=Permission.PULSE)
def close(*, viewer: Viewer, at: datetime, wave_id: int) -> WaveChanged:
    """Take no more answers, and write those there are anew in another order.

    Raises:
        NotAllowedError: there is no such open wave, or it is not `viewer`'s to close.
    """
    wave = pulse.led_waves(viewer).filter(pk=wave_id, state="open").first()
    if wave is None:
        raise NotAllowedError(f"wave:{wave_id}")
    Wave.objects.filter(pk=wave_id).update(state="closed", closed_at=at)
    PulseInvitation.objects.filter(wave_id=wave_id).update(token_sealed="")
    # A database remembers which rows were written together; after this, all were.
    answers = list(PulseAnswer.objects.filter(wave_id=wave_id))
    random.SystemRandom().shuffle(answers)
    PulseAnswer.objects.filter(wave_id=wave_id).delete()
    for each in answers:
        each.id = secrets.randbelow(2**62) + 1
    PulseAnswer.objects.bulk_create(answers)
    return WaveChanged(wave_id=wave_id)


def token_hash(token: str) -> str:
    """What a token is looked up by."""
    return hashlib.sha256(token.encode()).hexdigest()


def _fitting(items: Sequence[str], *, priorities: Sequence[tuple[str, str]]) -> list[str]:
    unknown = [code for code in items if code not in ITEMS]
    if unknown or not 0 < len(set(items)) <= MOST_ITEMS:
        raise ItemsError(
            f"Found {len(set(items))} items{': not known ' if unknown else ''}"
            f"{', '.join(unknown)}. Expected 1 to {MOST_ITEMS} of the bank."
        )
    asked = in_order(items)
    codes = [item.code for item in asked]
    if any(item.is_about_priority for item in asked) and not (RECALL in codes and priorities):
        raise ItemsError(
            f"A question names a priority. Expected the priority, and {_told(RECALL)} asked before "
            "it. Choose both."
        )
    if len(priorities) > MOST_PRIORITIES or ({ACTION, REASON} & set(codes)) == {ACTION}:
        raise ItemsError(
            f"Found {len(priorities)} priorities and {', '.join(codes)}. Expected at most "
            f"{MOST_PRIORITIES} priorities, and {_told(ACTION)} together with {_told(REASON)}."
        )
    before = Wave.objects.order_by("-opened_at", "-id").values_list("items", flat=True).first()
    if before == codes:
        raise ItemsError(
            f"These are the items of the wave before ({', '.join(codes)}). Exchange one: the same "
            "questions twice running are answered by habit."
        )
    return codes


def _told(code: str) -> str:
    """An item as who asks knows it."""
    return f"“{ITEMS[code].sentence}” ({code})"


def _asked(head: str | None) -> list[ReportingLine]:
    found = ReportingLine.objects.filter(
        valid_to=None, manager__isnull=False, person__is_active=True
    )
    if head is not None:
        found = found.filter(person__in=scopes.people_of(head))
    return list(found.order_by("person_id"))


def _invitation(wave: Wave, line: ReportingLine) -> PulseInvitation:
    token = secrets.token_urlsafe(32)
    return PulseInvitation(
        wave=wave,
        person_id=line.person_id,
        team_manager=line.manager_id or "",
        role=line.role,
        token_hash=token_hash(token),
        token_sealed=seal.sealed(token),
    )


def _sorted(
    items: Sequence[str], given: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    values: dict[str, str] = {}
    words: dict[str, str] = {}
    for item in in_order(items):
        text = given.get(item.code, "").strip()
        if not text:
            continue
        if len(text) > MAX_LENGTH:
            raise AnswerError(item.code)
        if item.answering is Answering.WORDS:
            words[item.code] = text
        elif text in dict(item.choices):
            values[item.code] = text
        else:
            raise AnswerError(item.code)
    return values, words
