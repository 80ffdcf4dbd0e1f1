"""Addresses of people, below `settings/people/`."""

from django.urls import path

from headway.interfaces.web import people, people_lists

urlpatterns = [
    path("", people.listed, name="people"),
    path("person/", people.one, name="person"),
    path("new/", people.enter, name="person-new"),
    path("move/", people.move, name="person-move"),
    path("move/take-back/", people.take_back, name="person-take-back"),
    path("describe/", people.describe, name="person-describe"),
    path("leave/", people.leave, name="person-leave"),
    path("leave/end/", people.end_leave, name="person-end-leave"),
    path("lists/", people_lists.bring, name="people-list-new"),
    path("lists/people.csv", people_lists.download, name="people-list-now"),
    path("lists/<int:list_id>/", people_lists.one, name="people-list"),
    path("lists/<int:list_id>/drop/", people_lists.drop, name="people-list-drop"),
    path("stops/<int:stop_id>/confirm/", people_lists.confirm, name="people-stop-confirm"),
]
