"""Quiet tips beside the sample's line of sight, one after another; use closes a tip.

The session keeps which are done. The templates show them in the sample only.
"""

from django.http import HttpRequest

_KEY = "tips"
_BEAM, _OUTLINE, _ACTION = "beam", "outline", "action"


def next_one(request: HttpRequest) -> str:
    """The code of the tip that is to be shown, "" where all are done."""
    done = request.session.get(_KEY, [])
    return next((tip for tip in (_BEAM, _OUTLINE, _ACTION) if tip not in done), "")


def link_was_opened(request: HttpRequest) -> None:
    """A link of the beam was opened: first the beam is known by it, then the outline."""
    if (tip := next_one(request)) in (_BEAM, _OUTLINE):
        _close(request, tip)


def action_was_taken(request: HttpRequest) -> None:
    """A next action is on its way to be a commitment."""
    _close(request, _ACTION)


def _close(request: HttpRequest, tip: str) -> None:
    done = request.session.get(_KEY, [])
    if tip not in done:
        request.session[_KEY] = [*done, tip]
