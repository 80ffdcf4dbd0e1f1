"""Addresses of changes, below `direction/changes/`."""

from django.urls import path

from headway.interfaces.web import reorganisation

urlpatterns = [
    path("", reorganisation.page, name="changes"),
    path("new/", reorganisation.new, name="reorganisation-new"),
    path("<int:number>/", reorganisation.one, name="reorganisation"),
    path("<int:number>/change/", reorganisation.change, name="reorganisation-change"),
    path("handovers/new/", reorganisation.handover, name="handover-new"),
    path("handovers/<int:number>/complete/", reorganisation.complete, name="handover-complete"),
    path("trainings/new/", reorganisation.training, name="training-new"),
    path("withdraw/<str:kind>/<int:number>/", reorganisation.withdraw, name="change-withdraw"),
]
