"""What a reorganisation declared: who has which role from which day on, and its work."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from headway.facts import Facts, collect

NAMED = ("segment", "product_family", "activity_kind")
"""What a part of a role profile can name."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """So much of a role's work is on one segment, product family and kind of activity.

    None = any. `share` is 0..1; the parts of a role sum to 1.
    """

    segment: str | None
    product_family: str | None
    activity_kind: str | None
    share: float

    @property
    def named(self) -> Mapping[str, str]:
        """What it names, by `NAMED`."""
        values = (self.segment, self.product_family, self.activity_kind)
        return {name: one for name, one in zip(NAMED, values, strict=True) if one is not None}


@dataclass(frozen=True, kw_only=True)
class Role:
    """The role somebody has from a day on; its parts, those that name most first."""

    name: str
    effective_on: date
    parts: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True)
class Declared:
    """The reorganisations of one priority: their ids, the first day, and each person's role.

    `effective_on` is None where none has taken effect. A person who changed more than once has the
    role of the last change. `is_empty` where no role says what should differ.
    """

    ids: frozenset[str]
    effective_on: date | None
    roles: Mapping[str, Role]
    is_empty: bool


def of(facts: Facts, *, priority: str) -> Declared:
    """What was declared for a priority and has taken effect by the last day."""
    effective = {
        row["reorganisation_id"]: row["effective_on"]
        for row in collect(facts.columns("meant/reorganisation")).records()
        if row["priority_id"] == priority and row["effective_on"] <= facts.as_of
    }
    parts = _parts(facts)
    changes = sorted(
        (effective[row["reorganisation_id"]], row["reorganisation_id"], row["person_id"], row)
        for row in collect(facts.columns("meant/role_change")).records()
        if row["reorganisation_id"] in effective
    )
    roles: dict[str, Role] = {}
    for day, reorganisation, person, row in changes:
        its = parts.get((reorganisation, row["role_name"]))
        if its:
            roles[person] = Role(name=row["role_name"], effective_on=day, parts=its)
    return Declared(
        ids=frozenset(effective),
        effective_on=min(effective.values(), default=None),
        roles=roles,
        is_empty=not any(reorganisation in effective for reorganisation, _ in parts),
    )


def _parts(facts: Facts) -> Mapping[tuple[str, str], tuple[Part, ...]]:
    found: dict[tuple[str, str], list[Part]] = defaultdict(list)
    for row in collect(facts.columns("meant/role_profile")).records():
        part = Part(**{name: row[name] for name in NAMED}, share=row["expected_share"])
        found[row["reorganisation_id"], row["role_name"]].append(part)
    return {
        key: tuple(sorted(parts, key=lambda one: (-len(one.named), sorted(one.named.items()))))
        for key, parts in found.items()
    }
