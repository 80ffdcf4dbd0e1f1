"""Addresses of direction, below `direction/`."""

from django.urls import path

from headway.interfaces.web import direction, priorities

urlpatterns = [
    path("", direction.page, name="direction"),
    path("plan/", direction.plan, name="direction-plan"),
    path("messages/new/", direction.message, name="message-new"),
    path(
        "messages/<int:message_id>/acknowledge/", direction.acknowledge, name="message-acknowledge"
    ),
    path("messages/<int:message_id>/withdraw/", direction.withdraw, name="message-withdraw"),
    path("messages/<int:message_id>/repeat/", direction.repeat, name="message-repeat"),
    path("repeats/<int:repeat_id>/end/", direction.end_repeat, name="repeat-end"),
    path("priorities/new/", priorities.new, name="priority-new"),
    path("priorities/first/", priorities.first, name="priority-first"),
    path("priorities/follow/", priorities.follow, name="priority-follow"),
    path("priorities/<str:priority_id>/", priorities.one, name="priority"),
    path("priorities/<str:priority_id>/change/", priorities.change, name="priority-change"),
    path("priorities/<str:priority_id>/end/", priorities.end, name="priority-end"),
    path(
        "priorities/<str:priority_id>/conditions/<str:part>/",
        priorities.conditions,
        name="priority-conditions",
    ),
]
