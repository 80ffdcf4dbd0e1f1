"""Stop-start-change sheets: leaders' own, and those agreed with each person."""

from collections.abc import Iterator

import numpy as np

from headway.sources.demo.calendar import Calendar
from headway.sources.demo.columns import Columns
from headway.sources.demo.people import Staff
from headway.sources.demo.story import PRIORITIES, Story
from headway.sources.demo.telling import ASKED_AFTER_DAYS, audiences
from headway.sources.demo.world import World
from headway.terms.line import Link

OWN_CONDUCT = ("stop", "begin", "begin", "modify", "behaviour", "behaviour")
"""What a leader wants to change in their own work: the items that `led` counts."""
_OWN_REST = ("meaning", "skill", "measure")
_TEAM_FIELDS = (
    *("meaning", "stop", "begin", "modify", "behaviour", "skill", "measure", "coach", "reinforce"),
)
_YOUNGEST, _OLDEST = 6, 165
# Why there is no agreed sheet: none was written, it was not agreed on, it is not whole.
_NONE, _UNAGREED, _PARTIAL = range(3)
_SHARES = (0.55, 0.30, 0.15)
_UNDONE_SHARE = 0.5

_TEXTS = (
    {
        "meaning": "A pump of mine runs, and somebody of ours sees it every month",
        "stop": "Quote the pump alone where the plant runs three shifts",
        "begin": "Open with hours of lost output",
        "modify": "Bring service to the second meeting",
        "behaviour": "Put a contract into each quotation of a pump",
        "skill": "Work out what an hour of standstill costs",
        "measure": "Quotations with a contract",
        "coach": "One joint call a month",
        "reinforce": "Contracts come first in the weekly meeting",
    },
    {
        "meaning": "My territory has food plants that nobody of ours has entered",
        "stop": "Plan the week around orders that come anyway",
        "begin": "Call on one food plant each week",
        "modify": "Choose visits by who could buy, not by who knows me",
        "behaviour": "Visit the plants on my list",
        "skill": "Rules of hygiene that a pump has to meet",
        "measure": "Visits to food plants",
        "coach": "Go along to the first three",
        "reinforce": "Tell in the team which door opened, and how",
    },
    {
        "meaning": "I know why they buy before I say what it costs",
        "stop": "Quote on an enquiry by mail",
        "begin": "Meet the operations lead before any quotation",
        "modify": "Ask about the line before the pump",
        "behaviour": "Discovery before each quotation",
        "skill": "Questions that a plant answers gladly",
        "measure": "Quotations with a discovery before them",
        "coach": "Listen to one discovery in two weeks",
        "reinforce": "Ask for the discovery before the forecast",
    },
    {
        "meaning": "The customer hears one voice, and it has asked the others",
        "stop": "Call on a key account without its team",
        "begin": "Care for the account in its team",
        "modify": "Share notes before the visit",
        "behaviour": "Team care of key accounts",
        "skill": "Lead a team that does not report to me",
        "measure": "Visits as a team",
        "coach": "Prepare one team visit together",
        "reinforce": "Name the team, not the person",
    },
)
_ITEM_COLUMNS = (
    *("sheet_id", "item_no", "field", "text", "measure", "enacted_on", "released_hours"),
)
# Hours a week that each leader's own stop sets free, by priority.
_RELEASED = (1.5, 2.0, 0.5, 1.0)


def of(world: World) -> Columns:
    """All sheets and their items."""
    draw = world.options.stream("sheets")
    sheets: list[dict[str, object]] = []
    items: list[tuple[object, ...]] = []
    for number in range(len(PRIORITIES)):
        for sheet, its_items in _own(
            draw, number, staff=world.staff, story=world.story, calendar=world.calendar
        ):
            sheets.append(sheet)
            items += its_items
        for audience in audiences(world.staff, story=world.story, link=Link.CONNECTED):
            agreed = draw.random(len(audience.people)) < audience.rates[number]
            for person, is_agreed in zip(audience.people, agreed, strict=True):
                sheet, its_items = _with_person(
                    draw,
                    number,
                    author=audience.manager,
                    person=person,
                    is_agreed=is_agreed,
                    calendar=world.calendar,
                )
                if sheet:
                    sheets.append(sheet)
                    items += its_items
    names = ("sheet_id", "author_id", "person_id", "priority_id", "written_on", "agreed_on")
    return {
        "meant/sheet": {name: [sheet.get(name) for sheet in sheets] for name in names},
        "meant/sheet_item": {
            name: [item[place] for item in items] for place, name in enumerate(_ITEM_COLUMNS)
        },
    }


_Items = list[tuple[object, ...]]


def _own(
    draw: np.random.Generator, number: int, *, staff: Staff, story: Story, calendar: Calendar
) -> Iterator[tuple[dict[str, object], _Items]]:
    """One sheet for each leader; each item is done before the leader asks, or later, or never."""
    asked_ago = calendar.launched_ago[number] - ASKED_AFTER_DAYS
    for leader in staff.leaders:
        is_first = draw.random(len(OWN_CONDUCT)) < story.planted[number].led[leader]
        sheet_id = f"own-{number}-{leader}"
        items: _Items = []
        for item_no, field in enumerate((*OWN_CONDUCT, *_OWN_REST), start=1):
            enacted = None
            if item_no <= len(OWN_CONDUCT):
                ago = asked_ago + int(draw.integers(1, 15))
                if not is_first[item_no - 1]:
                    ago = asked_ago - int(draw.integers(0, asked_ago - 5))
                is_never = not is_first[item_no - 1] and draw.random() < _UNDONE_SHARE
                enacted = None if is_never else calendar.ago(ago)
            items.append(_item(sheet_id, item_no, number=number, field=field, enacted=enacted))
        yield (
            {
                "sheet_id": sheet_id,
                "author_id": leader,
                "priority_id": PRIORITIES[number],
                "written_on": calendar.ago(calendar.launched_ago[number] - 5),
            },
            items,
        )


def _with_person(
    draw: np.random.Generator,
    number: int,
    *,
    author: str,
    person: str,
    is_agreed: bool,
    calendar: Calendar,
) -> tuple[dict[str, object], _Items]:
    oldest = min(_OLDEST, calendar.launched_ago[number] - 20)
    ago = int(draw.integers(_YOUNGEST, oldest))
    why = int(draw.choice(len(_SHARES), p=_SHARES))
    if not is_agreed and why == _NONE:
        return {}, []
    fields: tuple[str, ...] = _TEAM_FIELDS
    if not is_agreed and why == _PARTIAL:
        fields = tuple(field for field in fields if field not in ("stop", "reinforce"))
    has_agreement = is_agreed or why == _PARTIAL
    sheet_id = f"sheet-{number}-{person}"
    sheet = {
        "sheet_id": sheet_id,
        "author_id": author,
        "person_id": person,
        "priority_id": PRIORITIES[number],
        "written_on": calendar.ago(ago + 4),
        "agreed_on": calendar.ago(ago) if has_agreement else None,
    }
    return sheet, [
        _item(sheet_id, item_no, number=number, field=field, enacted=None)
        for item_no, field in enumerate(fields, start=1)
    ]


def _item(
    sheet_id: str, item_no: int, *, number: int, field: str, enacted: object
) -> tuple[object, ...]:
    texts = _TEXTS[number]
    measure = texts["measure"] if field == "behaviour" else None
    released = _RELEASED[number] if field == "stop" and enacted is not None else None
    return sheet_id, item_no, field, texts[field], measure, enacted, released
