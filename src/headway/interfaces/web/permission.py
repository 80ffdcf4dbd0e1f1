"""Every view says who may open it; the border lets nobody through a door that says nothing."""

from collections.abc import Callable
from typing import TypeVar

from django.http.response import HttpResponseBase

from headway.terms.access import Permission

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def permission(needed: Permission) -> Callable[[View], View]:
    """Declares who may open a view; stands outermost."""

    def declared(view: View) -> View:
        view.permission = needed  # type: ignore[attr-defined]  # read by the border
        return view

    return declared


def declared_by(view: object) -> Permission | None:
    """What a view declares; None = nothing, which is a mistake of ours."""
    found = getattr(view, "permission", None)
    return found if isinstance(found, Permission) else None
