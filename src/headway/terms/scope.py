"""Whose results are meant: the whole organisation, a leader's people, one person; or a slice."""

from dataclasses import dataclass
from typing import ClassVar

from headway.terms.errors import HeadwayError

_ORGANISATION = "organisation"


class UnknownScopeError(HeadwayError):
    """A text is no scope."""

    code: ClassVar[str] = "terms.unknown_scope"
    status: ClassVar[int] = 404

    def __init__(self, text: str) -> None:
        super().__init__(
            f"'{text}' is no scope. Expected 'organisation', 'seller@<id>' or 'person@<id>', "
            "then any ',dimension=value'. Choose one on the page."
        )


@dataclass(frozen=True, kw_only=True)
class Scope:
    """One scope; with neither `people_of` nor `person` it is the whole organisation.

    `people_of` is a leader's person id: everyone whose reporting line leads to them. `where` holds
    (dimension, value) pairs, each dimension once.
    """

    people_of: str | None = None
    person: str | None = None
    where: tuple[tuple[str, str], ...] = ()

    @property
    def code(self) -> str:
        """The scope as stable text, the same however `where` was ordered.

        >>> Scope(people_of="p014", where=(("region", "North"), ("product", "A,B"))).code
        'seller@p014,product=A%2CB,region=North'
        """
        slices = [f"{_escaped(name)}={_escaped(value)}" for name, value in sorted(self.where)]
        return ",".join([self._group, *slices])

    @property
    def _group(self) -> str:
        if self.people_of is not None:
            return f"seller@{_escaped(self.people_of)}"
        if self.person is not None:
            return f"person@{_escaped(self.person)}"
        return _ORGANISATION


def parse(code: str) -> Scope:
    """The scope written as `code`.

    Raises:
        UnknownScopeError: `code` is not written as `Scope.code` writes it.

    Examples:
        >>> parse("person@p014,region=North")
        Scope(people_of=None, person='p014', where=(('region', 'North'),))
    """
    group, *slices = code.split(",")
    pairs = [part.partition("=") for part in slices]
    where = tuple((_plain(name), _plain(value)) for name, _, value in pairs)
    role, _, person = group.partition("@")
    made = {
        _ORGANISATION: Scope(where=where),
        "seller": Scope(people_of=_plain(person), where=where),
        "person": Scope(person=_plain(person), where=where),
    }.get(role)
    if made is None or made.code != code or group in ("seller@", "person@"):
        raise UnknownScopeError(code)
    return made


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace(",", "%2C").replace("=", "%3D").replace("@", "%40")


def _plain(text: str) -> str:
    return text.replace("%40", "@").replace("%3D", "=").replace("%2C", ",").replace("%25", "%")
