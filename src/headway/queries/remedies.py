"""What has worked here: commitments by what they were meant to move, never by person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from headway.queries.results import figures
from headway.queries.strategy import wording
from headway.queries.words import links
from headway.queries.words.language import gettext as _
from headway.queries.words.language import ngettext
from headway.records import scopes
from headway.records.models import Publication, PublishedChain, PublishedRemedy, Remeasurement
from headway.terms import codec
from headway.terms.group import head_of, role_of
from headway.terms.line import Link
from headway.terms.remeasured import Moved, Remeasured, Remedy
from headway.terms.viewer import Viewer

_MOVED = {
    Moved.UP: "rose",
    Moved.DOWN: "fell",
    Moved.CANNOT_TELL: "no change beyond chance",
}


@dataclass(frozen=True, kw_only=True)
class RemedyRow:
    """Commitments to move one link, or made where one pattern stood; of five people or more.

    `predicted` and `happened` are mean changes of the link, over those measured again; `note` says
    whether anything shows what would have happened without them.
    """

    name: str
    made: int
    done: int
    measured: str
    rose: str
    predicted: str
    happened: str
    note: str


@dataclass(frozen=True, kw_only=True)
class OutcomeSeen:
    """What became of the link that one commitment was to move.

    `before_on` and `measured_on` are the last days of the facts it was measured by.
    """

    commitment_id: int
    text: str
    link: str
    before: str
    before_on: str
    measured_on: str
    predicted: str
    happened: str
    moved: str
    note: str


@dataclass(frozen=True, kw_only=True)
class WorkedPage:
    """The tables of the organisation, and what became of the viewer's own."""

    finding: str
    by_link: tuple[RemedyRow, ...]
    by_pattern: tuple[RemedyRow, ...]
    own: tuple[OutcomeSeen, ...]
    own_sentence: str


def page(viewer: Viewer) -> WorkedPage:
    """What has worked here, and how right the viewer's own predictions were."""
    current = Publication.objects.filter(is_current=True).values_list("id", flat=True).first()
    kept = PublishedRemedy.objects.filter(publication_id=current or 0)
    found = {(row.kind, row.code): codec.from_json(Remedy, row.remedy) for row in kept}
    own = [
        (each, codec.from_json(Remeasured, each.outcome))
        for each in Remeasurement.objects.filter(
            commitment__owner_id=viewer.person_id or "", outcome__isnull=False
        )
        .select_related("commitment")
        .order_by("-measured_on", "-id")
    ]
    return WorkedPage(
        finding=_finding(found),
        by_link=_rows(found, kind="link", names={link: links.name(link) for link in Link}),
        by_pattern=_rows(
            found,
            kind="pattern",
            names={code: _(name) for code, name in wording.PATTERNS.items()},
        ),
        own=tuple(_seen(each, outcome) for each, outcome in own),
        own_sentence=_own_sentence([outcome for _each, outcome in own]),
    )


def of_commitment(viewer: Viewer, *, commitment_id: int) -> OutcomeSeen | None:
    """What became of the link that one commitment was to move, for its two sides.

    None for everybody else, before it was measured again, and for whom it was promised to while it
    is open or where they do not see the line of the group it was measured in.
    """
    found = (
        Remeasurement.objects.filter(commitment_id=commitment_id, outcome__isnull=False)
        .select_related("commitment")
        .first()
    )
    if found is None or viewer.person_id is None:
        return None
    made = found.commitment
    is_told = viewer.person_id == made.to_id and made.state != "open"
    if viewer.person_id != made.owner_id and not (is_told and _sees_line(viewer, found)):
        return None
    return _seen(found, codec.from_json(Remeasured, found.outcome))


def _sees_line(viewer: Viewer, found: Remeasurement) -> bool:
    """As the line is seen; what is about a leader alone is shown with the line, and not here."""
    role, head = role_of(found.group), head_of(found.group)
    current = PublishedChain.objects.filter(publication__is_current=True).values("pk")
    seen = scopes.visible_chains(viewer).filter(pk__in=current, role=role, head=head)
    is_of_leader = found.commitment.predicted_link == Link.LED
    return not is_of_leader and seen.filter(priority=found.commitment.priority).exists()


def _finding(found: Mapping[tuple[str, str], Remedy]) -> str:
    measured = [
        each
        for (kind, _code), each in found.items()
        if kind == "link" and each.measured is not None
    ]
    if not measured:
        return _("Too little has been measured again to say what works here.")
    n, rose = sum(each.measured or 0 for each in measured), sum(each.rose or 0 for each in measured)
    words = ngettext(
        "One commitment was measured again; its link rose: {rose}.",
        "{n} commitments were measured again; in {rose} of them the link rose.",
        count=n,
    )
    return words.format(n=n, rose=rose)


def _rows(
    found: Mapping[tuple[str, str], Remedy], *, kind: str, names: Mapping[str, str]
) -> tuple[RemedyRow, ...]:
    return tuple(
        _row(name, found[kind, code]) for code, name in names.items() if (kind, code) in found
    )


def _row(name: str, remedy: Remedy) -> RemedyRow:
    return RemedyRow(
        name=name,
        made=remedy.made,
        done=remedy.done,
        measured="–" if remedy.measured is None else str(remedy.measured),
        rose="–" if remedy.rose is None else str(remedy.rose),
        predicted="–" if remedy.predicted is None else figures.points(remedy.predicted),
        happened="–" if remedy.happened is None else figures.points(remedy.happened),
        note=_note(remedy),
    )


def _note(remedy: Remedy) -> str:
    if remedy.measured is None:
        return _("measured again for too few people")
    if not remedy.compared:
        return _("description only: nobody to compare with")
    if remedy.compared < remedy.measured:
        return _("{n} of them beside people without it; the others are a description only").format(
            n=remedy.compared
        )
    return _("beside people without it")


def _seen(found: Remeasurement, outcome: Remeasured) -> OutcomeSeen:
    return OutcomeSeen(
        commitment_id=found.commitment_id,
        text=found.commitment.text,
        link=links.name(outcome.link),
        before=figures.percent(outcome.before.mean),
        before_on=figures.day(found.before_on),
        measured_on=figures.day(found.measured_on) if found.measured_on else "",
        predicted=figures.percent(outcome.predicted),
        happened=_("{share} (range {low} to {high})").format(
            share=figures.percent(outcome.now.mean),
            low=figures.percent(outcome.now.low),
            high=figures.percent(outcome.now.high),
        ),
        moved=_(_MOVED[outcome.moved]),
        note=_("beside people without it")
        if outcome.is_compared
        else _("description only: nobody to compare with"),
    )


def _own_sentence(outcomes: Sequence[Remeasured]) -> str:
    """How right one's own predictions were, counted."""
    if not outcomes:
        return ""
    right = sum(each.is_in_range for each in outcomes)
    above = sum(each.predicted > each.now.high for each in outcomes)
    words = ngettext(
        "One prediction of yours has come due: {right} as measured, {above} higher.",
        "{n} predictions of yours have come due: {right} as measured, {above} higher.",
        count=len(outcomes),
    )
    return words.format(n=len(outcomes), right=right, above=above)
