"""The OpenAPI document: every endpoint as its function declares it."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import headway
from headway.interfaces.api import problems
from headway.interfaces.api.endpoints import (
    ENDPOINTS,
    MOST_ITEMS,
    Call,
    Endpoint,
    Parameter,
    Span,
    reads,
)
from headway.interfaces.api.schema import Known, Schema
from headway.terms.access import Permission

# What may come back beside the reply: status, and when.
PROBLEMS = {
    400: "The body is not JSON, or the host is not ours.",
    401: "No token, or one that does not work: revoked, expired, of a disabled account.",
    403: "The token only reads, or this may not be done to this subject.",
    404: "There is nothing here that this account may see.",
    409: "Somebody changed it meanwhile, or it is settled, sealed or sent before.",
    422: "A value cannot be taken; each is named with what was expected.",
    429: "Too many failures from this address: wait a quarter of an hour.",
    500: "Our mistake; nothing was changed.",
}
_PROBLEM = "Problem"


@reads("openapi.json", Permission.ANYONE)
def openapi(call: Call) -> Mapping[str, object]:
    """This description, for programs; it holds nothing of the organisation."""
    del call
    return document()


@cache
def document() -> Schema:
    """The whole document; the same for everybody."""
    known = Known(types={})
    paths: Schema = {}
    for each in sorted(ENDPOINTS, key=lambda one: (one.path, one.method)):
        paths.setdefault(each.template, {})[each.method.lower()] = _operation(each, known)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Headway",
            "version": headway.__version__,
            "description": "Read and change what the pages show, with a token of your own.",
        },
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {_PROBLEM: _problem(known), **dict(known.all())},
        },
    }


def _operation(each: Endpoint, known: Known) -> Schema:
    told: Schema = {
        "operationId": each.name,
        "summary": each.summary,
        "x-permission": each.permission.value,
        "parameters": _parameters(each, known),
        "responses": {
            str(each.status.value): _content("The reply.", known.of(each.reply)),
            **{str(status): _told(meaning) for status, meaning in PROBLEMS.items()},
        },
    }
    if each.permission is Permission.ANYONE:
        told["security"] = []
    if each.body is not None:
        told["requestBody"] = {"required": True, **_content("", known.of(each.body))}
        told["requestBody"].pop("description")
    return told


def _parameters(each: Endpoint, known: Known) -> list[Schema]:
    found = [
        {"name": one.name, "in": "path", "required": True, "schema": known.of(one.kind)}
        for one in each.in_path
    ]
    found += [_in_query(one, known) for one in each.in_query]
    if each.is_paged:
        limit = {"type": "integer", "minimum": 1, "maximum": MOST_ITEMS, "default": Span().limit}
        offset = {"type": "integer", "minimum": 0, "default": Span().offset}
        for name, schema in (("limit", limit), ("offset", offset)):
            found.append({"name": name, "in": "query", "required": False, "schema": schema})
    if each.method == "POST":
        key = {"type": "string", "maxLength": 255}
        found.append({"name": "Idempotency-Key", "in": "header", "required": False, "schema": key})
    return found


def _in_query(one: Parameter, known: Known) -> Schema:
    return {
        "name": one.name,
        "in": "query",
        "required": one.is_required,
        "schema": known.of(one.kind),
    }


def _content(description: str, schema: Schema) -> Schema:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _told(meaning: str) -> Schema:
    schema = {"$ref": f"#/components/schemas/{_PROBLEM}"}
    return {"description": meaning, "content": {problems.CONTENT_TYPE: {"schema": schema}}}


def _problem(known: Known) -> Schema:
    text: dict[str, Any] = {"type": "string"}
    number: dict[str, Any] = {"type": "integer"}
    return {
        "type": "object",
        "description": "What was found, what was expected, and what to do (RFC 9457).",
        "properties": {
            **dict.fromkeys(("type", "title", "code", "detail"), text),
            **dict.fromkeys(("status", "seen_version", "current_version"), number),
            "errors": {"type": "array", "items": known.of(problems.Wrong)},
        },
        "required": ["type", "title", "status", "code", "detail"],
    }
