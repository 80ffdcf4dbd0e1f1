"""What the frame around every page shows: where one can go, who one is, whose data this is."""

import secrets
from collections.abc import Mapping

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from headway.queries import access, data, people, sample
from headway.terms.access import Permission, allows
from headway.terms.viewer import Role, Viewer

# Code of the place (its icon goes by it), address, and who may go there.
_PLACES = (
    ("today", "today", Permission.RESULTS),
    ("line", "line", Permission.RESULTS),
    ("results", "results", Permission.RESULTS),
    ("direction", "direction", Permission.RESULTS),
    ("coaching", "coaching", Permission.RESULTS),
    ("commitments", "commitments", Permission.RESULTS),
    ("pulse", "pulse", Permission.SIGNED_IN),
    ("data", "data", Permission.DATA),
    ("settings", "settings", Permission.SIGNED_IN),
)
# After g, on the pages where single keys work.
_KEYS = {
    "today": "t",
    "line": "l",
    "results": "r",
    "direction": "d",
    "coaching": "c",
    "commitments": "m",
}
# As many as stand side by side on a small screen; what is more is under the last of them.
_TABS = 5
_SEATS = (Role.EXECUTIVE, Role.MANAGER, Role.SELLER)


def frame(request: HttpRequest) -> dict[str, object]:
    """Context processor: the names base.html reads."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is None or not request.user.is_authenticated:
        return {}
    own = access.viewer_of(request.user)
    return {
        "sample": _sample(request, own),
        "nav": (nav := places(request, viewer)),
        "has_rest": any(place["is_rest"] for place in nav),
        "me": {"name": request.user.name, "role": roles_in_words(own.roles)},
        "theme": request.user.theme,
        "has_single_keys": request.user.has_single_keys,
        "organisation": people.organisation_name(viewer),
        "data_url": address("data") if allows(viewer, Permission.DATA) else "",
        "log_out_url": reverse("log-out"),
        "sees_access": allows(viewer, Permission.ACCESS),
        "sees_people": bool(viewer.roles),
        "toast": _said_once(request),
        # Sent back with a form, so that a second click has no second effect.
        "form_key": secrets.token_urlsafe(12),
    }


def roles_in_words(roles: frozenset[Role]) -> str:
    """Roles in the order of the rail, in words.

    >>> roles_in_words(frozenset({Role.SELLER, Role.MANAGER}))
    'manager, seller'
    """
    words = {
        Role.EXECUTIVE: _("executive"),
        Role.MANAGER: _("manager"),
        Role.SELLER: _("seller"),
        Role.OPERATIONS: _("operations"),
    }
    return ", ".join(word for role, word in words.items() if role in roles)


def _sample(request: HttpRequest, own: Viewer) -> dict[str, object] | None:
    """What the context line says of the sample; None where something else is loaded."""
    if not sample.is_loaded(own):
        return None
    seat: sample.Seat | None = request.seat  # type: ignore[attr-defined]  # put there by the border
    words = {role: roles_in_words(frozenset({role})) for role in _SEATS}
    me = sample.stood_for(own)
    # Whoever stands for the head sees the executive's view with their own eyes.
    taken = seat.role if seat else Role.EXECUTIVE if me else None
    # While it is being read or left, there is nobody through whose eyes to look.
    has_seats = Role.EXECUTIVE in own.roles and data.current_publication(own) is not None
    return {
        "seat": {"name": seat.name, "role": words[seat.role]} if seat else None,
        "me": me,
        "seats": [
            {
                "code": "" if me and role is Role.EXECUTIVE else role.value,
                "label": label,
                "is_taken": role is taken,
            }
            for role, label in words.items()
            if has_seats
        ],
        "may_leave": seat is None and allows(own, Permission.DATA),
    }


def places(request: HttpRequest, viewer: Viewer) -> list[dict[str, object]]:
    """Where the viewer can go, in the order of the rail."""
    labels = {
        "today": _("Today"),
        "line": _("Line of sight"),
        "results": _("Results"),
        "direction": _("Direction"),
        "coaching": _("Coaching"),
        "commitments": _("Commitments"),
        "pulse": _("Pulse"),
        "data": _("Data"),
        "settings": _("Settings"),
    }
    shown = [
        {"code": code, "label": labels[code], "url": address(name)}
        for code, name, needed in _PLACES
        if allows(viewer, needed)
    ]
    codes = {place["code"] for place in shown}
    # Whoever has Direction finds the pulse there, as one of its tabs.
    found = [
        place
        for place in shown
        if place["url"] and not (place["code"] == "pulse" and "direction" in codes)
    ]
    most = len(found) if len(found) <= _TABS else _TABS - 1
    return [
        {
            **place,
            "key": _KEYS.get(place["code"], ""),
            "is_current": _is_current(request, place),
            "is_rest": number >= most,
        }
        for number, place in enumerate(found)
    ]


def _is_current(request: HttpRequest, place: Mapping[str, str]) -> bool:
    # What is measured of coaching is a tab of Coaching, though its address is below the line's.
    if request.path.startswith(address("line-coaching") or " "):
        return place["code"] == "coaching"
    tabs = [address("pulse")] if place["code"] == "direction" else []
    return request.path.startswith((place["url"], *tabs))


def address(name: str) -> str:
    """Where the page of that name is, "" while there is none."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _said_once(request: HttpRequest) -> str:
    # Looked at before it is taken out: taking out would save the session with every page.
    return str(request.session.pop("toast")) if "toast" in request.session else ""
