"""Addresses of Data, below `data/`."""

from django.urls import path

from headway.interfaces.web import data, data_columns

urlpatterns = [
    path("", data.overview, name="data"),
    path("checks/", data.checks, name="data-checks"),
    path("loads/<int:load_id>/", data.load, name="data-load"),
    path("loads/<int:load_id>/progress/", data.progress, name="data-progress"),
    path("loads/<int:load_id>/columns/", data_columns.columns, name="data-columns"),
    path("loads/<int:load_id>/refused.csv", data.rejected_file, name="data-refused-file"),
    path("loads/<int:load_id>/undo/", data.undo, name="data-undo"),
    path("loads/<int:load_id>/discard/", data.discard, name="data-discard"),
]
