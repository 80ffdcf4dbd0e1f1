"""How well a column's name fits one of ours: whole, in words, or as part of a compound."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from headway.sources.csv_files.mapping import plain_name


def _said(words_of: str) -> frozenset[str]:
    return frozenset(words_of.split())


_PARTED = re.compile(r"\s+-\s+|:\s*|\.|__|\s*/\s*|→\s*")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_COMPOUND = re.compile(r"(?<=[a-z]{4})nr$")
_WORDS = re.compile(r"[^\W_]+|#|%")
_EXPANDED: Mapping[str, str] = {
    "opp": "opportunity",
    "opps": "opportunity",
    "oppty": "opportunity",
    "cust": "customer",
    "acct": "account",
    "amt": "amount",
    "dt": "date",
    "est": "expected",
    "estimated": "expected",
    "exp": "expected",
    "nr": "number",
    "no": "number",
    "num": "number",
    "#": "number",
    "prod": "product",
    "mgr": "manager",
    "qty": "quantity",
    "prob": "probability",
    "rev": "revenue",
    "val": "value",
    "emp": "employee",
    "org": "organization",
}
_SAYS_NOTHING = _said(
    "the of de du des la le del do da di der die das den am c x ht text full name "
    "property usd eur gbp chf in on % current by utc new crm"
)
_WHOLE_ONLY = _said(
    "total number id key no nr num name opportunity deal entered to from new old article item area "
    "chance art date time datum open key ref state nom nome titel title topic team"
)
"""Names that mean what they mean alone, and nothing beside other words."""
_SHARED_FROM = 4
_SHARED_SHARE = 0.6
_PART_FROM = 5
WHOLE, IN_WORDS, IN_LETTERS = 100.0, 40.0, 20.0
_REST = 40.0
SURE = 60.0
"""From this score on, a name is as good as the whole: half of its letters are one of ours."""


def prefix_of(header: Sequence[str]) -> str:
    """What most names begin with before a sign that parts it from the rest; "" without such.

    >>> prefix_of(["Deal - Title", "Deal - Value", "Deal - Stage", "Deal - Owner", "Person"])
    'deal'
    """
    heads = Counter(
        parts[0].strip().casefold() for name in header if len(parts := _PARTED.split(name, 1)) > 1
    )
    head, times = heads.most_common(1)[0] if heads else ("", 0)
    is_shared = times >= _SHARED_FROM and times >= _SHARED_SHARE * len(header)
    return head if is_shared else ""


def is_whole(score: float) -> bool:
    """Whether the whole name is one of ours, not only a part of it."""
    return score > IN_WORDS + _REST


@lru_cache(maxsize=4096)
def words(name: str) -> tuple[str, ...]:
    """The words of a name, plain and with usual short forms written out.

    >>> words("OppAmt (USD)"), words("Vorgangsnr.")
    (('opportunity', 'amount', 'usd'), ('vorgangsnummer',))
    """
    found = [plain_name(word) or word for word in _WORDS.findall(_HUMPS.sub(" ", name))]
    return tuple(_EXPANDED.get(word, _COMPOUND.sub("nummer", word)) for word in found)


def _without(name: str, *, prefix: str) -> str:
    parts = _PARTED.split(name, 1)
    is_prefixed = bool(prefix) and len(parts) > 1 and parts[0].strip().casefold() == prefix
    return parts[1] if is_prefixed else name


@lru_cache(maxsize=4096)
def _spellings(name: str, *, prefix: str) -> frozenset[str]:
    bare = _without(name, prefix=prefix)
    if bare.startswith("_"):
        bare = bare.removesuffix("_value")
    unbracketed = _BRACKETS.sub(" ", bare).strip() or bare
    telling = [word for word in words(unbracketed) if word not in _SAYS_NOTHING]
    return frozenset(
        {
            plain_name(name),
            plain_name(bare),
            plain_name(unbracketed),
            "".join(words(unbracketed)),
            "".join(telling) or plain_name(bare),
        }
    )


@lru_cache(maxsize=1024)
def _places(names: tuple[str, ...]) -> Mapping[str, int]:
    return {each: place for place, each in reversed(list(enumerate(names)))}


@lru_cache(maxsize=4096)
def _runs(name: str) -> tuple[tuple[str, ...], int]:
    """The runs of neighbouring words of a name, longest first, and how many letters it has."""
    said = words(name)
    ends = range(1, len(said) + 1)
    runs = {"".join(said[first:last]) for last in ends for first in range(last)}
    return tuple(sorted(runs, key=lambda run: (-len(run), run))), sum(map(len, said))


def score(name: str, *, names: tuple[str, ...], prefix: str = "") -> float:
    """How well `name` fits one of `names` (plain): 0 = not at all, 100 = it is the first of them.

    >>> score("Amount (EUR)", names=("amount", "value"))
    100.0
    >>> score("Opportunity Result", names=("stage", "result")), score("Notes", names=("stage",))
    (54.11764705882353, 0.0)
    """
    known = _places(names)
    whole = [known[each] for each in _spellings(name, prefix=prefix) if each in known]
    if whole:
        return WHOLE - 0.1 * min(whole)
    bare = _BRACKETS.sub(" ", _without(name, prefix=prefix)).strip()
    runs, letters = _runs(bare)
    telling = (run for run in runs if run in known and run not in _WHOLE_ONLY)
    longest = len(next(telling, ""))
    if longest:
        return IN_WORDS + _REST * longest / letters
    joined = runs[0] if runs else ""
    parts = [each for each in known if len(each) >= _PART_FROM and each in joined]
    part = max((len(each) for each in parts if each not in _WHOLE_ONLY), default=0)
    return IN_LETTERS + 20 * part / letters if part else 0.0
