"""A program that asks with a token, and the cast's tokens."""

import json
from http.cookies import SimpleCookie

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from tests import cast

from headway.actions import tokens

ROOT = "/api/v1/"


def token_of(name: str, *, may_write: bool = True) -> tokens.TokenMade:
    """A fresh token of one of the cast."""
    return tokens.create(
        viewer=cast.viewer(name),
        at=timezone.now(),
        name="A program",
        may_write=may_write,
        days=30,
        password="",
    )


class Program:
    """Asks as one of the cast; keeps no cookie."""

    def __init__(self, name: str | None, *, may_write: bool = True) -> None:
        self._client = Client()
        self.token = token_of(name, may_write=may_write).token if name else ""

    def get(self, path: str, **query: object) -> HttpResponse:
        """What there is at `path` below the root."""
        return self._kept(self._client.get(ROOT + path, query, headers=self._headers()))

    def post(self, path: str, body: object = None, *, key: str = "") -> HttpResponse:
        """Send JSON to `path` below the root."""
        headers = {**self._headers(), **({"Idempotency-Key": key} if key else {})}
        sent = "" if body is None else json.dumps(body)
        return self._kept(
            self._client.post(ROOT + path, sent, content_type="application/json", headers=headers)
        )

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    def _kept(self, reply: HttpResponse) -> HttpResponse:
        assert reply.cookies == SimpleCookie(), "the API sets no cookie"
        return reply
