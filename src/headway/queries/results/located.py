"""Where a result moved in a table elsewhere, in words: one line per place."""

from dataclasses import dataclass

from headway.queries.results import explained, names, places
from headway.queries.words.language import gettext as _
from headway.terms.answer import Cause, Localisation


@dataclass(frozen=True, kw_only=True)
class Place:
    """One place: what it did, from which figure to which, and what it carries of the change."""

    label: str
    moved: str
    carries: str
    cases: str


@dataclass(frozen=True, kw_only=True)
class Told:
    """What was found; `empty` says why no place is named, `notes` how it was looked for."""

    title: str
    places: tuple[Place, ...]
    empty: str
    notes: tuple[str, ...]


def told(found: Localisation, *, currency: str) -> Told:
    """The places in words; amounts in `currency`."""
    seen = places.smallest_seen(found, currency=currency)
    return Told(
        title=places.title(found),
        places=tuple(_place(each, found=found, currency=currency) for each in found.causes),
        empty="" if found.causes else places.empty(found),
        notes=tuple(note for note in (explained.looked_at(found), seen) if note),
    )


def _place(cause: Cause, *, found: Localisation, currency: str) -> Place:
    before, now = (
        places.words(figure, unit=cause.measure, currency=currency)
        for figure in (cause.before, cause.now)
    )
    kind = names.kind(cause.kind)
    both = _("{kind}, from {before} to {now}").format(kind=kind, before=before, now=now)
    carried = places.contribution(cause, kpi=found.kpi, currency=currency)
    reach = places.range_of(cause.low, cause.high, kpi=found.kpi, currency=currency)
    return Place(
        label=names.place_label(cause.slice),
        moved=both if before and now else kind,
        carries=_("carries {amount} ({range})").format(amount=carried, range=reach),
        cases=_("cases: {count}").format(count=f"{cause.n:,}") if cause.n else "",
    )
