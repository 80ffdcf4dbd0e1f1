"""Addresses with a view that forgot to say who may open it."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("never seen")


urlpatterns = [path("undeclared/", view)]
