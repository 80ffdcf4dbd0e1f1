"""The maintainers' admin: rows to look at when something is wrong. Off by default, read only."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse


class MaintainersSite(admin.AdminSite):
    """Only for accounts marked as maintainer, by whoever owns the data folder."""

    site_header = "Headway, for maintainers"

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """To the one log-in of the site; named by Django."""
        del extra_context
        return redirect_to_login(request.get_full_path(), reverse("log-in"))

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether somebody is a maintainer; named by Django."""
        return request.user.is_authenticated and request.user.is_maintainer


class Looking(admin.ModelAdmin[Any]):  # Any: one page for rows of every table
    """Rows to be read: what changes them is an action, with its audit entry."""

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Maintainers may look; named by Django."""
        del obj
        return request.user.is_authenticated and request.user.is_maintainer

    def has_module_permission(self, request: HttpRequest) -> bool:
        """As above."""
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds here."""
        del request
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody changes here."""
        del request, obj
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Nobody deletes here."""
        del request, obj
        return False


def _made() -> MaintainersSite:
    made = MaintainersSite(name="admin")
    for model in apps.get_app_config("records").get_models():
        made.register(model, Looking)
    return made


site = _made()
