"""Addresses of commitments, below `commitments/`."""

from django.urls import path

from headway.interfaces.web import commitments, remedies

_ONE = "<int:commitment_id>"

urlpatterns = [
    path("", commitments.listed, name="commitments"),
    path("new/", commitments.new, name="commitments-new"),
    path("worked/", remedies.worked, name="commitments-worked"),
    path(f"{_ONE}/", commitments.one, name="commitment"),
    path(f"{_ONE}/accept/", commitments.accept, name="commitment-accept"),
    path(f"{_ONE}/decline/", commitments.decline, name="commitment-decline"),
    path(f"{_ONE}/progress/", commitments.progress, name="commitment-progress"),
    path(f"{_ONE}/plan-check/", commitments.plan_check, name="commitment-plan-check"),
    path(f"{_ONE}/hold-check/", commitments.hold_check, name="commitment-hold-check"),
    path(f"{_ONE}/move/", commitments.move, name="commitment-move"),
    path(f"{_ONE}/keep/", commitments.keep, name="commitment-keep"),
    path(f"{_ONE}/give-up/", commitments.give_up, name="commitment-give-up"),
    path(f"{_ONE}/ask-release/", commitments.ask_release, name="commitment-ask-release"),
    path(f"{_ONE}/refuse-release/", commitments.refuse_release, name="commitment-refuse-release"),
    path(f"{_ONE}/release/", commitments.release, name="commitment-release"),
    path(f"{_ONE}/reopen/", commitments.reopen, name="commitment-reopen"),
    path(f"{_ONE}/share/", commitments.share, name="commitment-share"),
]
