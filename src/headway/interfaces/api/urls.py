"""Where each endpoint lives; importing the rooms is what fills the list."""

from django.urls import URLPattern, path

from headway.interfaces.api import (
    audit,
    coaching,
    coaching_sessions,
    commitments,
    declared,
    description,
    knowledge,
    notes,
    own_time,
    pairs,
    people,
    pulse,
    results,
    strategy,
)
from headway.interfaces.api.endpoints import ENDPOINTS, PREFIX, Endpoint

ROOMS = (
    *(audit, description, people, results, strategy, declared, commitments, pulse),
    *(notes, coaching, coaching_sessions, own_time, pairs, knowledge),
)


def _no_view(*_arguments: object, **_named: object) -> None:
    """Stands where Django wants a view: the border takes the endpoint by its method."""


def _patterns() -> list[URLPattern]:
    by_path: dict[str, dict[str, Endpoint]] = {}
    for each in ENDPOINTS:
        by_path.setdefault(each.path, {})[each.method] = each
    return [
        path(f"{PREFIX[1:]}{where}", _no_view, {"by_method": by_method})  # type: ignore[arg-type]  # never called
        for where, by_method in by_path.items()
    ]


urlpatterns = _patterns()
