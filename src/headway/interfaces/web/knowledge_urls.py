"""Addresses of what works, below `coaching/knowledge/`."""

from django.urls import path

from headway.interfaces.web import knowledge

urlpatterns = [
    path("", knowledge.page, name="knowledge"),
    path("new/", knowledge.new, name="knowledge-new"),
    path("<int:knowledge_id>/", knowledge.one, name="knowledge-item"),
    path("<int:knowledge_id>/change/", knowledge.change, name="knowledge-change"),
    path("<int:knowledge_id>/check/", knowledge.check, name="knowledge-check"),
    path("<int:knowledge_id>/retire/", knowledge.retire, name="knowledge-retire"),
    path("<int:knowledge_id>/used/", knowledge.use, name="knowledge-use"),
    path("uses/<int:use_id>/take-back/", knowledge.take_back, name="knowledge-take-back"),
]
