"""Addresses of pairs of peers, below `coaching/pairs/`."""

from django.urls import path

from headway.interfaces.web import pairs

urlpatterns = [
    path("", pairs.page, name="pairs"),
    path("say/", pairs.say, name="pairs-say"),
    path("offer/", pairs.offer, name="pairs-offer"),
    path("said/<int:said_id>/take-back/", pairs.unsay, name="pairs-unsay"),
    path("skills/", pairs.skill, name="pairs-skill"),
    path("skills/<int:skill_id>/retire/", pairs.retire, name="pairs-retire-skill"),
    path("ask/", pairs.ask, name="pair-ask"),
    path("<int:pair_id>/", pairs.one, name="pair"),
    path("<int:pair_id>/agree/", pairs.agree, name="pair-agree"),
    path("<int:pair_id>/decline/", pairs.decline, name="pair-decline"),
    path("<int:pair_id>/end/", pairs.end, name="pair-end"),
    path("meetings/<int:meeting_id>/", pairs.note, name="pair-note"),
    path("meetings/<int:meeting_id>/used/", pairs.use, name="pair-used"),
]
