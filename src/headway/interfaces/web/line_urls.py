"""Addresses of the line of sight, below `line-of-sight/`."""

from django.urls import path

from headway.interfaces.web import line, own_view, predictions, reach

urlpatterns = [
    path("", line.page, name="line"),
    path("link/", line.link, name="line-link"),
    path("brief/", line.brief, name="line-brief"),
    path("predict/", predictions.predict, name="line-predict"),
    path("believed/", predictions.own, name="line-believed"),
    path("coaching/", reach.page, name="line-coaching"),
    path("own-view/", own_view.page, name="line-own-view"),
    path("comment/<str:finding>/", line.comment, name="line-comment"),
]
