"""Addresses of the sample, below `sample/`."""

from django.urls import path

from headway.interfaces.web import sample

urlpatterns = [
    path("", sample.load, name="sample-load"),
    path("leave/", sample.leave, name="sample-leave"),
    path("leave/<int:job_id>/", sample.leaving, name="sample-leaving"),
    path("see-as/", sample.see_as, name="see-as"),
]
