"""Addresses of what works, below `coaching/knowledge/`."""

from django.urls import path

from headway.interfaces.web import knowledge

urlpatterns = [
    path("", knowledge.page, name="knowledge"),
    path("new/", knowledge.new, name="knowledge-new"),
    path("<int:item_id>/", knowledge.one, name="knowledge-item"),
    path("<int:item_id>/change/", knowledge.change, name="knowledge-change"),
    path("<int:item_id>/check/", knowledge.check, name="knowledge-check"),
    path("<int:item_id>/retire/", knowledge.retire, name="knowledge-retire"),
    path("<int:item_id>/used/", knowledge.use, name="knowledge-use"),
    path("uses/<int:use_id>/take-back/", knowledge.take_back, name="knowledge-take-back"),
]
