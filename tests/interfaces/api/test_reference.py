"""docs/reference/api.md and the OpenAPI document are what the endpoints declare."""

import json
from collections.abc import Callable
from pathlib import Path

from tests.interfaces.api.client import Program

from headway.interfaces.api import description, urls
from headway.interfaces.api.endpoints import ENDPOINTS
from headway.terms.access import Permission, allows
from headway.terms.viewer import Role, Viewer

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "api.md"
HEAD = """# API

Programs read and change what the pages show, with a token of their owner. Make one under
*Settings, My account*: it is shown once, kept only as a hash, reads or also writes, and ends on the
day you choose, when you revoke it, or with the account. Send it with each request:

```text
curl --header "Authorization: Bearer $TOKEN" http://127.0.0.1:8000/api/v1/me
```

- **Who sees what** is what the pages show the same person; what one may not see is *not found*.
  [One rule](../explanation/who-sees-what.md) decides.
- **Lists** come as `{"items": [...], "count": n, "next": address or null}`; `limit` (1 to 200, 50
  if not said) and `offset` choose the part.
- **Changes** go through the action that the page uses. The same `Idempotency-Key` (up to 255
  characters) with the same body has one effect and gives the same reply; with another body it is
  refused with 409.
- **Versions.** What two people can change carries `version`; send the one you saw as
  `seen_version`. Where somebody was faster, the reply is 409 with `seen_version` and
  `current_version`.
- **Problems** are `application/problem+json`: `code` is stable, `detail` says what was found, what
  was expected and what to do, `errors` names each unfit value.
- **Days** are written 2026-06-30, moments in UTC. Shares are 0 to 1.
- **No cookies.** A signed-in browser opens nothing here.

This page is written by `./dev docs --write`; for programs the same is at `/api/v1/openapi.json`.

"""


def who(permission: Permission) -> str:
    if permission is Permission.ANYONE:
        return "anybody, without a token"
    held = [
        role.value
        for role in Role
        if allows(Viewer(person_id="p", account_id=1, roles=frozenset({role})), permission)
    ]
    return "everybody with a token" if len(held) == len(Role) else ", ".join(held)


def kind(schema: dict) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name.rpartition('.')[2]}](#{anchor(name)})"
    if "properties" in schema:
        return f"page of {kind(schema['properties']['items']['items'])}"
    for part, told in NESTED.items():
        if part in schema:
            return told(schema[part])
    return schema.get("format") or schema.get("type", "anything")


NESTED = {
    "anyOf": lambda each: " or ".join(map(kind, each)),
    "prefixItems": lambda each: f"[{', '.join(map(kind, each))}]",
    "items": lambda each: f"list of {kind(each)}",
    "additionalProperties": lambda each: f"object of {kind(each)}",
}


def anchor(name: str) -> str:
    return name.lower().replace(".", "")


def operation(path: str, method: str, said: dict) -> str:
    rows = [
        f"| `{each['name']}` | {each['in']} | {kind(each['schema'])} | "
        f"{'yes' if each['required'] else 'no'} |"
        for each in said["parameters"]
    ]
    table = "\n".join(["| Parameter | In | Kind | Required |", "| --- | --- | --- | --- |", *rows])
    body = said.get("requestBody", {}).get("content", {})
    sent = f" Takes {kind(body['application/json']['schema'])}." if body else ""
    status, given = next(iter(said["responses"].items()))
    reply = kind(given["content"]["application/json"]["schema"])
    permission = Permission(said["x-permission"])
    return (
        f"### {method.upper()} {path}\n\n{said['summary']} For: {who(permission)}.{sent} "
        f"Gives {status}: {reply}.\n" + (f"\n{table}\n" if rows else "")
    )


def value(name: str, said: dict) -> str:
    if "enum" in said:
        return f"### {name}\n\n{said['description']} One of: `{'`, `'.join(said['enum'])}`.\n"
    rows = "\n".join(
        f"| `{field}` | {kind(schema)} | {'yes' if field in said['required'] else 'no'} |"
        for field, schema in said["properties"].items()
    )
    return (
        f"### {name}\n\n{said['description']}\n\n"
        f"| Field | Kind | Always |\n| --- | --- | --- |\n{rows}\n"
    )


def test_the_reference_is_what_the_endpoints_declare(
    generated: Callable[[Path, str], None],
) -> None:
    document = description.document()
    operations = [
        operation(path, method, said)
        for path, methods in document["paths"].items()
        for method, said in methods.items()
    ]
    problems = "\n".join(f"| {status} | {told} |" for status, told in description.PROBLEMS.items())
    values = [value(name, said) for name, said in document["components"]["schemas"].items()]
    generated(
        PAGE,
        HEAD
        + "## Endpoints\n\n"
        + "\n".join(operations)
        + f"\n## Problems\n\n| Status | When |\n| ---: | --- |\n{problems}\n\n## Values\n\n"
        + "\n".join(values),
    )


def test_the_document_is_served_without_a_token_and_holds_every_endpoint(db) -> None:
    served = json.loads(Program(None).get("openapi.json").content)
    said = {
        (path, method.upper()) for path, methods in served["paths"].items() for method in methods
    }
    assert said == {(each.template, each.method) for each in ENDPOINTS}
    assert len(urls.urlpatterns) == len(served["paths"])


def test_every_reference_in_the_document_leads_somewhere() -> None:
    text = json.dumps(description.document())
    schemas = description.document()["components"]["schemas"]
    used = {part.partition('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert used <= set(schemas)


def test_every_endpoint_has_one_name_and_a_sentence() -> None:
    names = [each.name for each in ENDPOINTS]
    assert len(names) == len(set(names))
    assert [each.name for each in ENDPOINTS if not each.summary.endswith(".")] == []
    # The audit keeps sixty characters of a code.
    assert [name for name in names if len(f"refused:route:api:{name}") > 60] == []
