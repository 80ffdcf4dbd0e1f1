"""Every address of the site, with values for what stands in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

VALUES = {"token": "t0ken", "figure": "stat-bookings"}


@dataclass(frozen=True, kw_only=True)
class Route:
    """One address with its view."""

    name: str
    view: object
    path: str


def all_routes(values: Mapping[str, str] = VALUES) -> list[Route]:
    """All routes; what `values` do not say of an address is 1."""
    return list(_walk(get_resolver().url_patterns, "/", values))


def _walk(
    patterns: list[URLPattern | URLResolver], prefix: str, values: Mapping[str, str]
) -> Iterator[Route]:
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, path, values)
        else:
            yield Route(
                name=pattern.name or "", view=pattern.callback, path=_filled(path, pattern, values)
            )


def _filled(path: str, pattern: URLPattern, values: Mapping[str, str]) -> str:
    for name, converter in pattern.pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
        value = values.get(name, "1")
        path = path.replace(f"<{kind}:{name}>", value)
    return path
