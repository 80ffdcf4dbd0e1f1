"""The one Django app."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Records, under the label "records"."""

    name = "headway.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
