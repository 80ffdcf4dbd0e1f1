"""Where each page lives."""

from django.urls import include, path

urlpatterns = [
    path("", include("headway.interfaces.web.urls")),
    path("settings/people/", include("headway.interfaces.web.people_urls")),
    path("today/", include("headway.interfaces.web.today_urls")),
    path("find/", include("headway.interfaces.web.find_urls")),
    path("results/", include("headway.interfaces.web.results_urls")),
    path("line-of-sight/", include("headway.interfaces.web.line_urls")),
    path("direction/", include("headway.interfaces.web.direction_urls")),
    path("direction/cards/", include("headway.interfaces.web.cards_urls")),
    path("direction/changes/", include("headway.interfaces.web.reorganisation_urls")),
    path("coaching/time/", include("headway.interfaces.web.own_time_urls")),
    path("coaching/pairs/", include("headway.interfaces.web.pairs_urls")),
    path("coaching/knowledge/", include("headway.interfaces.web.knowledge_urls")),
    path("coaching/", include("headway.interfaces.web.coaching_urls")),
    path("commitments/", include("headway.interfaces.web.commitments_urls")),
    path("pulse/", include("headway.interfaces.web.pulse_urls")),
    path("data/", include("headway.interfaces.web.data_urls")),
    path("sample/", include("headway.interfaces.web.sample_urls")),
]
