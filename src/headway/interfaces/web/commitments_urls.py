"""Addresses of commitments, below `commitments/`."""

from django.urls import path

from headway.interfaces.web import commitments, remedies

urlpatterns = [
    path("", commitments.listed, name="commitments"),
    path("new/", commitments.new, name="commitments-new"),
    path("worked/", remedies.worked, name="commitments-worked"),
    path("<int:commitment_id>/", commitments.one, name="commitment"),
    path("<int:commitment_id>/accept/", commitments.accept, name="commitment-accept"),
    path("<int:commitment_id>/move/", commitments.move, name="commitment-move"),
    path("<int:commitment_id>/keep/", commitments.keep, name="commitment-keep"),
    path("<int:commitment_id>/give-up/", commitments.give_up, name="commitment-give-up"),
    path("<int:commitment_id>/release/", commitments.release, name="commitment-release"),
]
