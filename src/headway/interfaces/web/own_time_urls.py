"""Addresses of one's own time, below `coaching/time/`."""

from django.urls import path

from headway.interfaces.web import own_time

urlpatterns = [
    path("", own_time.page, name="own-time"),
    path("log/", own_time.log, name="own-time-log"),
    path("given-back/", own_time.give_back, name="hours-back"),
    path("given-back/<int:entry_id>/end/", own_time.end, name="hours-back-end"),
]
