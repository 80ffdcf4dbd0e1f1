"""`headway invite` and `headway reset-link`: links for people, made by whoever owns the machine."""

import sys
from typing import Annotated

import typer

from headway.interfaces.cli import installation
from headway.terms.errors import HeadwayError
from headway.terms.viewer import SYSTEM, Role


class NoSuchAccountError(HeadwayError):
    """Nobody logs in with this mail address."""

    code = "cli.no_such_account"

    def __init__(self, email: str) -> None:
        super().__init__(
            f"Nobody logs in with '{email}'. Write it as they do, or invite them: headway invite"
        )


Email = Annotated[str, typer.Argument(metavar="EMAIL", help="The mail address they log in with.")]


def invite(
    email: Email,
    *,
    name: Annotated[
        str, typer.Option(metavar="NAME", help="How they are called; else the mail address.")
    ] = "",
    role: Annotated[
        list[Role],
        typer.Option(metavar="ROLE", help=f"One of: {', '.join(Role)}; may be given again."),
    ],
    person: Annotated[
        str, typer.Option(metavar="ID", help="Who they are in the data; managers and sellers.")
    ] = "",
) -> None:
    """Print a link by which one person makes their account. It works once, for a week.

    Example: headway invite ada@example.com --role manager --person p014
    """
    installation.opened()
    from headway.actions import access  # noqa: PLC0415  needs the installation

    made = access.invite(
        viewer=SYSTEM,
        at=installation.now(),
        email=email,
        name=name or email,
        roles=frozenset(role),
        person_id=person or None,
    )
    _print("accept-invitation", token=made.token)


def reset_link(email: Email) -> None:
    """Print a link by which somebody sets a new password. It works once, for a day.

    Example: headway reset-link ada@example.com
    """
    installation.opened()
    from headway.actions import access  # noqa: PLC0415  needs the installation
    from headway.queries import access as seen  # noqa: PLC0415  the same

    try:
        account_id = seen.account_id_of(SYSTEM, email=email)
    except seen.NotSeenError as problem:
        raise NoSuchAccountError(email) from problem
    made = access.make_reset_link(viewer=SYSTEM, at=installation.now(), account_id=account_id)
    _print("reset-password", token=made.token)


def _print(name: str, *, token: str) -> None:
    sys.stdout.write(f"{link(name, token=token)}\n")


def link(name: str, *, token: str, site: str = "") -> str:
    """The address of a page that takes a token.

    Args:
        name: of the page among the addresses of the site.
        token: as made, shown once.
        site: where the site is; else HEADWAY_URL, else this machine.
    """
    from django.conf import settings  # noqa: PLC0415  needs the installation
    from django.urls import reverse  # noqa: PLC0415  the same

    base = site or settings.HEADWAY_URL or "http://127.0.0.1:8000"
    return base.rstrip("/") + reverse(name, args=[token])
