"""Addresses of cards, below `direction/cards/`."""

from django.urls import path

from headway.interfaces.web import cards

urlpatterns = [
    path("", cards.listed, name="cards"),
    path("one/", cards.one, name="card"),
    path("<int:card_id>/agree/", cards.agree, name="card-agree"),
    path("<int:card_id>/withdraw/", cards.withdraw, name="card-withdraw"),
]
