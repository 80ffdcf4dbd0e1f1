"""Addresses of Today, below `today/`."""

from django.urls import path

from headway.interfaces.web import today

urlpatterns = [
    path("", today.page, name="today"),
    path("<str:way>/", today.do, name="today-do"),
]
