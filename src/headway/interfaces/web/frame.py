"""What the frame around every page shows: where one can go, who one is, whose data this is."""

import secrets
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from headway.queries import access, data, people, sample
from headway.terms.access import Permission, allows
from headway.terms.viewer import Role, Viewer

# Code of the place (its icon and its address go by it), and who may go there.
_PLACES = (
    ("today", Permission.RESULTS),
    ("line", Permission.RESULTS),
    ("results", Permission.RESULTS),
    ("direction", Permission.RESULTS),
    ("coaching", Permission.RESULTS),
    ("commitments", Permission.RESULTS),
    ("pulse", Permission.SIGNED_IN),
    ("data", Permission.DATA),
    ("settings", Permission.SIGNED_IN),
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
# What is a tab of a place, though its address is not below the place's.
_TABS_ELSEWHERE = (("line-coaching", "coaching"), ("pulse", "direction"))
# As many as stand side by side on a small screen; what is more is under the last of them.
_TABS = 5
_SEATS = (Role.EXECUTIVE, Role.MANAGER, Role.SELLER)


def frame(request: HttpRequest) -> dict[str, object]:
    """Context processor: the names base.html reads."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is None or not request.user.is_authenticated:
        return {}
    own, codes = access.viewer_of(request.user), _codes(viewer)
    return {
        "sample": _sample(request, own) if sample.is_loaded(own) else None,
        "around": _around(codes, _current(request.path, codes), get_language()),
        "me": {"name": request.user.name, "role": roles_in_words(own.roles)},
        "theme": request.user.theme,
        "has_single_keys": request.user.has_single_keys,
        # Few pages read it: the template asks then.
        "organisation": partial(people.organisation_name, viewer),
        "data_url": reverse("data") if allows(viewer, Permission.DATA) else "",
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


def _sample(request: HttpRequest, own: Viewer) -> dict[str, object]:
    """What the context line says of the sample."""
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


def places(viewer: Viewer) -> list[dict[str, object]]:
    """Where the viewer can go, in the order of the rail."""
    return _places(_codes(viewer))


def _places(codes: Sequence[str]) -> list[dict[str, object]]:
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
    most = len(codes) if len(codes) <= _TABS else _TABS - 1
    return [
        {
            "code": code,
            "label": labels[code],
            "url": reverse(code),
            "key": _KEYS.get(code, ""),
            "is_rest": number >= most,
        }
        for number, code in enumerate(codes)
    ]


def _codes(viewer: Viewer) -> tuple[str, ...]:
    found = tuple(code for code, needed in _PLACES if allows(viewer, needed))
    # Whoever has Direction finds the pulse there, as one of its tabs.
    return tuple(code for code in found if not (code == "pulse" and "direction" in found))


def _current(path: str, codes: Sequence[str]) -> str:
    """The code of the place that a path lies below, "" for none."""
    for name, code in (*_TABS_ELSEWHERE, *zip(codes, codes, strict=True)):
        if code in codes and path.startswith(reverse(name)):
            return code
    return ""


@lru_cache(maxsize=256)
def _around(codes: tuple[str, ...], current: str, language: str | None) -> Mapping[str, str]:
    """What is the same for all who may go to the same places: drawn once by each worker."""
    del language  # What is drawn is in the language of the request.
    nav = [{**place, "is_current": place["code"] == current} for place in _places(codes)]
    context = {"nav": nav, "has_rest": any(place["is_rest"] for place in nav)}
    parts = {"rail": "pages/rail.html", "keys": "pages/key_list.html", "find": "find/dialog.html"}
    return {part: render_to_string(template, context) for part, template in parts.items()}


def _said_once(request: HttpRequest) -> str:
    # Looked at before it is taken out: taking out would save the session with every page.
    return str(request.session.pop("toast")) if "toast" in request.session else ""
