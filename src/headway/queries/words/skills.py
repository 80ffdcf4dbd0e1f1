"""How lately skills were practised, in words."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from headway.terms.skill_currency import SkillSource, SkillState

Words = Mapping[str, Callable[[], str]]
"""Called when asked for, so that each reader gets their own language."""

SOURCES: Words = {
    SkillSource.WORK: lambda: _("recorded work"),
    SkillSource.SESSIONS: lambda: _("coaching sessions"),
    SkillSource.RECORDS: lambda: _("sessions, plans, scorecards and pairs"),
}
STATES: Words = {
    SkillState.CURRENT: lambda: _("practised by most"),
    SkillState.STALE: lambda: _("stale"),
    SkillState.UNCLEAR: lambda: _("not sure either way"),
}
GLYPHS = {SkillState.CURRENT: "disc", SkillState.STALE: "ring", SkillState.UNCLEAR: "half"}


def of(words: Words, code: str) -> str:
    """The words for a code."""
    return words[code]()
