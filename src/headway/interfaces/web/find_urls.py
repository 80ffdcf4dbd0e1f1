"""Addresses of find-or-do, below `find/`."""

from django.urls import path

from headway.interfaces.web import find

urlpatterns = [
    path("", find.page, name="find"),
    path("opportunity/", find.opportunity, name="find-opportunity"),
    path("account/", find.account, name="find-account"),
]
