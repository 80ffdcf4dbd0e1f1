"""What leaders declare, in words: parts of a priority, channels, fields of a card, conditions."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from headway.terms.declared import CardField, Channel, PriorityKind, ResultMeasure

Words = Mapping[str, Callable[[], str]]
"""Called when asked for, so that each reader gets their own language."""

PARTS: Words = {
    "name": lambda: _("Name"),
    "owner": lambda: _("Owner"),
    "why": lambda: _("Why"),
    "scope": lambda: _("What it is about"),
    "behaviour": lambda: _("What people will do"),
    "result": lambda: _("What it should lead to"),
    "stop": lambda: _("What stops"),
    "audience": lambda: _("Who it is for"),
}
WHY_PARTS: Words = {
    "name": lambda: _("Without a name nobody can repeat it."),
    "owner": lambda: _("What nobody owns, nobody carries through."),
    "why": lambda: _("People follow a reason they can repeat; without one they follow a rumour."),
    "scope": lambda: _("Without it nobody can tell which work the priority is about."),
    "behaviour": lambda: _("Without it nobody can see whether it is done in the daily work."),
    "result": lambda: _(
        "Measure, start, target and day: without all of them nobody can say that it moved."
    ),
    "stop": lambda: _("Where nothing stops there is no time for what should begin."),
    "audience": lambda: _("Who is not addressed does not feel meant."),
}
DIRECTION_REVIEW: tuple[tuple[Callable[[], str], Callable[[], str]], ...] = (
    (lambda: _("Who would miss us if we closed tomorrow, and what for?"), lambda: _("Plan")),
    (lambda: _("What are we better at than whom, and what proves it?"), lambda: _("Plan")),
    (lambda: _("What could anyone count in a year that is different then?"), lambda: _("Plan")),
    (lambda: _("Which values do we keep even where they cost us money?"), lambda: _("Plan")),
    (lambda: _("Which three things come first?"), lambda: _("Priorities")),
    (lambda: _("Who owns each of them?"), lambda: _("Priorities")),
    (lambda: _("What do we stop for them?"), lambda: _("Priorities")),
    (lambda: _("What does a seller do differently next Monday?"), lambda: _("Priorities")),
    (lambda: _("By which signs would we see that we are wrong, and who looks?"), lambda: _("Plan")),
    (
        lambda: _("What do we tell candidates, and what of it is not true yet?"),
        lambda: _("Messages"),
    ),
)
"""Questions to go through where there is no plan, each with where its answer belongs."""
KINDS: Words = {
    PriorityKind.PRODUCT: lambda: _("A new product or offer"),
    PriorityKind.SEGMENT: lambda: _("A new market or segment"),
    PriorityKind.PROCESS: lambda: _("A new process, tool or system"),
    PriorityKind.SKILL: lambda: _("A new skill"),
    PriorityKind.REORGANISATION: lambda: _("A reorganisation"),
    PriorityKind.GROWTH: lambda: _("Growth"),
    PriorityKind.VALUE: lambda: _("More value for customers"),
    PriorityKind.OTHER: lambda: _("Something else"),
}
MEASURES: Words = {
    ResultMeasure.BOOKINGS: lambda: _("Bookings"),
    ResultMeasure.BOOKINGS_SHARE: lambda: _("Share of all bookings (0 to 1)"),
    ResultMeasure.WON_COUNT: lambda: _("Number won"),
    ResultMeasure.WIN_RATE: lambda: _("Win rate (0 to 1)"),
    ResultMeasure.OPPORTUNITIES_CREATED: lambda: _("Opportunities created"),
    ResultMeasure.AVERAGE_AMOUNT: lambda: _("Average amount"),
    ResultMeasure.CYCLE_DAYS: lambda: _("Days from creation to closing"),
    ResultMeasure.RETENTION_SHARE: lambda: _("Share of customers kept (0 to 1)"),
}
CHANNELS: Words = {
    Channel.TEAM_MEETING: lambda: _("Team meeting"),
    Channel.ONE_TO_ONE: lambda: _("One to one"),
    Channel.ALL_HANDS: lambda: _("All hands"),
    Channel.EMAIL: lambda: _("Mail"),
    Channel.CHAT: lambda: _("Chat"),
    Channel.VIDEO: lambda: _("Video"),
    Channel.DOCUMENT: lambda: _("Document"),
}
FIELDS: Words = {
    CardField.MEANING: lambda: _("What it means for the daily work"),
    CardField.STOP: lambda: _("Stop"),
    CardField.BEGIN: lambda: _("Begin"),
    CardField.MODIFY: lambda: _("Change"),
    CardField.BEHAVIOUR: lambda: _("Behaviour others will see"),
    CardField.SKILL: lambda: _("Skill needed"),
    CardField.MEASURE: lambda: _("How it is measured"),
    CardField.COACH: lambda: _("How it is coached"),
    CardField.REINFORCE: lambda: _("How it is kept up"),
}
TABLES: Words = {
    "opportunity": lambda: _("opportunities"),
    "opportunity_line": lambda: _("lines of opportunities"),
    "opportunity_change": lambda: _("changes of opportunities"),
    "opportunity_contact": lambda: _("contacts on opportunities"),
    "activity": lambda: _("activities"),
    "account": lambda: _("accounts"),
    "account_owner": lambda: _("owners of accounts"),
    "contact": lambda: _("contacts"),
    "product": lambda: _("products"),
    "lead": lambda: _("leads"),
    "person": lambda: _("people"),
    "reporting_line": lambda: _("reporting lines"),
    "mutual_plan": lambda: _("mutual plans"),
}
OPERATORS: Words = {
    "eq": lambda: _("is"),
    "ne": lambda: _("is not"),
    "in": lambda: _("is one of (commas between)"),
    "not_in": lambda: _("is none of (commas between)"),
    "lt": lambda: _("is below"),
    "le": lambda: _("is at most"),
    "gt": lambda: _("is above"),
    "ge": lambda: _("is at least"),
    "not_null": lambda: _("is known"),
    "is_null": lambda: _("is not known"),
    "before_stage": lambda: _("is before the stage"),
    "after_stage": lambda: _("is after the stage"),
    "within_days": lambda: _("lies within so many days after the row"),
}


def of(words: Words, code: str) -> str:
    """The words of a code; a code without words of its own stays as it is."""
    return words[code]() if code in words else code


def choices(words: Words) -> list[tuple[str, str]]:
    """Codes with their words, in order, for a list to choose from."""
    return [(str(code), said()) for code, said in words.items()]


def column(name: str) -> str:
    """A column's name as people read it.

    >>> column("stage_group")
    'stage group'
    """
    return name.removesuffix("_id").replace("_", " ")
