"""Coaching in words: kinds of sessions, how far one is, how a plan ended."""

from django.utils.translation import gettext as _

from headway.queries.words.declared import Words
from headway.terms.coaching_session import PlanOutcome, SessionKind, SessionState

KINDS: Words = {
    SessionKind.ONE_TO_ONE: lambda: _("One to one"),
    SessionKind.JOINT_CALL: lambda: _("Joint call or visit, led by the seller"),
    SessionKind.DEBRIEF: lambda: _("Debrief"),
    SessionKind.ROLE_PLAY: lambda: _("Role play"),
    SessionKind.PIPELINE_REVIEW: lambda: _("Pipeline review (inspection)"),
    SessionKind.FORECAST_CALL: lambda: _("Forecast call (inspection)"),
    SessionKind.STATUS_CHECK: lambda: _("Status check (inspection)"),
}
STATES: Words = {
    SessionState.ASKED: lambda: _("asked for, no time yet"),
    SessionState.PLANNED: lambda: _("planned"),
    SessionState.HELD: lambda: _("held"),
    SessionState.CALLED_OFF: lambda: _("called off"),
}
OUTCOMES: Words = {
    "": lambda: _("open"),
    PlanOutcome.REACHED: lambda: _("goal reached"),
    PlanOutcome.ENDED: lambda: _("ended"),
    PlanOutcome.LEFT: lambda: _("ended with a change of team"),
}
