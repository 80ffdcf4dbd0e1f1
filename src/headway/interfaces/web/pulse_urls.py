"""Addresses of the pulse, below `pulse/`."""

from django.urls import path

from headway.interfaces.web import pulse, pulse_answer

urlpatterns = [
    path("", pulse.listed, name="pulse"),
    path("own/<int:wave_id>/", pulse_answer.own, name="pulse-own"),
    path("answer/<str:token>/", pulse_answer.answer, name="pulse-answer"),
    path("new/", pulse.new, name="pulse-new"),
    path("code/", pulse.code, name="pulse-code"),
    path("<int:wave_id>/", pulse.wave, name="pulse-wave"),
    path("<int:wave_id>/close/", pulse.close, name="pulse-close"),
]
