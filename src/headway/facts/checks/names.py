"""Doubts about names: two spellings that may mean one thing. Only proposed, never joined."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from headway.facts.engine import quoted
from headway.facts.view import View
from headway.terms.answer import Mark

_THINGS = ("seen/account", "seen/product", "seen/person")
_CATEGORIES = {
    "seen/account": ("industry", "segment", "country", "region"),
    "seen/product": ("family",),
    "seen/reporting_line": ("team", "region"),
    "seen/opportunity": ("stage", "lead_source", "lost_reason", "pipeline"),
}
_MOST_CATEGORIES = 200
_LEAST_WORD = 5
_EXAMPLES = 3


def doubts(facts: View) -> Iterator[Mark]:
    """Names that are one when case, spaces and signs are left out, and categories a letter apart.

    `row_count` counts the rows that would take another's name. `figures`: `columns`, and `examples`
    (up to three, "GTX Pro / GTXPro").
    """
    for table in dict.fromkeys((*_THINGS, *_CATEGORIES)):
        found: list[_Alike] = []
        if table in _THINGS and facts.has_column(table, "name"):
            found.extend(_things(facts, table))
        for column in _CATEGORIES.get(table, ()):
            if facts.has_column(table, column):
                found.extend(_categories(facts, table, column))
        if found:
            (n,) = facts.engine.query(f"SELECT count(*) AS n FROM {facts.engine.relation(table)}")
            row_count = min(sum(alike.surplus for alike in found), n[0].as_py())
            yield Mark(
                code="similar_names",
                table=table,
                row_count=row_count,
                share=row_count / n[0].as_py(),
                affects=("places",),
                figures={
                    "columns": ", ".join(dict.fromkeys(alike.column for alike in found)),
                    "examples": "; ".join(" / ".join(alike.names) for alike in found[:_EXAMPLES]),
                },
            )


def folded(name: str) -> str:
    """A name without case, accents, spaces and signs.

    >>> folded("GTX Pro") == folded("gtx-pro") == folded("GTXPro")
    True
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(filter(str.isalnum, plain))


def is_near(one: str, other: str) -> bool:
    """Whether two categories differ by a slip in one longer word: one letter, or two that swapped.

    The first letter is the same: slips seldom begin a word (Yannakoudakis and Fawthrop 1983), other
    words do.

    >>> is_near("technolgy", "technology"), is_near("Team A", "Team B"), is_near("Socks", "Locks")
    (True, False, False)
    """
    words, others = one.casefold().split(), other.casefold().split()
    if len(words) != len(others):
        return False
    apart = [(a, b) for a, b in zip(words, others, strict=True) if a != b]
    if len(apart) != 1:
        return False
    a, b = apart[0]
    is_word = a.isalpha() and b.isalpha() and min(len(a), len(b)) >= _LEAST_WORD
    return is_word and a[0] == b[0] and _one_slip(*sorted((a, b), key=len))


def _one_slip(short: str, long: str) -> bool:
    first = next((i for i, letter in enumerate(short) if letter != long[i]), len(short))
    if len(short) == len(long):
        swapped = short[:first] + short[first : first + 2][::-1] + short[first + 2 :]
        return swapped == long or short[first + 1 :] == long[first + 1 :]
    return len(long) == len(short) + 1 and short[first:] == long[first + 1 :]


@dataclass(frozen=True, kw_only=True)
class _Alike:
    """Spellings of perhaps one name, most frequent first; `surplus` rows bear another than that."""

    column: str
    names: tuple[str, ...]
    surplus: int


def _things(facts: View, table: str) -> Iterator[_Alike]:
    """Accounts, products and people: one row each, so that a second row is a surplus one."""
    rows = facts.engine.query(
        f"SELECT name FROM {facts.engine.relation(table)} WHERE name IS NOT NULL"
    )
    meant: dict[str, list[str]] = {}
    for name in rows["name"].to_pylist():
        meant.setdefault(folded(name), []).append(name)
    meant.pop("", None)
    alike = [
        _Alike(column="name", names=tuple(sorted(set(names))), surplus=len(names) - 1)
        for names in meant.values()
        if len(names) > 1
    ]
    yield from sorted(alike, key=lambda each: (-each.surplus, each.names))


def _categories(facts: View, table: str, column: str) -> Iterator[_Alike]:
    """Categories: many rows under each, so that the rarer spelling is the surplus."""
    rows = facts.engine.query(
        f"""SELECT {quoted(column)} AS name, count(*) AS n FROM {facts.engine.relation(table)}
        WHERE {quoted(column)} IS NOT NULL GROUP BY 1 ORDER BY n DESC, name
        LIMIT {_MOST_CATEGORIES + 1}"""
    ).to_pylist()
    counts = {row["name"]: row["n"] for row in rows}
    if len(counts) > _MOST_CATEGORIES:
        return
    for more, fewer in combinations(counts, 2):
        if folded(more) == folded(fewer) != "" or is_near(more, fewer):
            yield _Alike(column=column, names=(more, fewer), surplus=counts[fewer])
