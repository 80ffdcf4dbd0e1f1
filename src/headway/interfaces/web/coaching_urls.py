"""Addresses of coaching, below `coaching/`."""

from django.urls import path

from headway.interfaces.web import coaching, coaching_plans, coaching_sessions

_SESSION = "sessions/<int:session_id>/"
_PLAN = "plans/<int:plan_id>/"

urlpatterns = [
    path("", coaching.page, name="coaching"),
    path("person/", coaching.person, name="coaching-person"),
    path("skills/", coaching.skills_page, name="coaching-skills"),
    path("ask/", coaching.ask, name="coaching-ask"),
    path("sessions/new/", coaching_sessions.plan, name="coaching-session-new"),
    path("sessions/log/", coaching_sessions.log, name="coaching-session-log"),
    path(
        "sessions/items/<int:item_id>/remove/",
        coaching_sessions.remove_item,
        name="coaching-item-remove",
    ),
    path(_SESSION, coaching_sessions.one, name="coaching-session"),
    path(f"{_SESSION}time/", coaching_sessions.move, name="coaching-session-time"),
    path(f"{_SESSION}log/", coaching_sessions.write, name="coaching-session-write"),
    path(f"{_SESSION}items/", coaching_sessions.add_item, name="coaching-item"),
    path(f"{_SESSION}prepare/", coaching_sessions.prepare, name="coaching-prepare"),
    path(f"{_SESSION}confirm/", coaching_sessions.confirm, name="coaching-confirm"),
    path(f"{_SESSION}look-again/", coaching_sessions.look_again, name="coaching-look-again"),
    path(f"{_SESSION}call-off/", coaching_sessions.call_off, name="coaching-call-off"),
    path("plans/new/", coaching_plans.new, name="coaching-plan-new"),
    path(_PLAN, coaching_plans.one, name="coaching-plan"),
    path(f"{_PLAN}change/", coaching_plans.change, name="coaching-plan-change"),
    path(f"{_PLAN}step/", coaching_plans.finish_step, name="coaching-step"),
    path(f"{_PLAN}close/", coaching_plans.close, name="coaching-plan-close"),
    path("programmes/draw/", coaching_plans.draw, name="coaching-programme-draw"),
    path("programmes/new/", coaching_plans.programme, name="coaching-programme-new"),
    path(
        "programmes/<int:programme_id>/end/",
        coaching_plans.end_programme,
        name="coaching-programme-end",
    ),
    path("scorecards/new/", coaching_plans.scorecard_new, name="coaching-scorecard-new"),
    path("scorecards/<int:scorecard_id>/", coaching_plans.scorecard, name="coaching-scorecard"),
]
