"""Where each page lives."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("headway.interfaces.web.urls")),
    path("results/", include("headway.interfaces.web.results_urls")),
    path("data/", include("headway.interfaces.web.data_urls")),
]

if settings.HEADWAY_ADMIN:
    from headway.server.admin import site

    urlpatterns += [path("maintenance/", site.urls)]
