"""What is said about a seller: their own results, their group, and their notes beside numbers."""

from dataclasses import dataclass
from datetime import datetime

from headway.queries.results import notes, published, wording
from headway.queries.results.notes import OwnNote
from headway.queries.results.page import Stat
from headway.queries.strategy import predicting
from headway.queries.strategy import published as line
from headway.queries.strategy.page import SightPage
from headway.terms.scope import Scope
from headway.terms.viewer import Role, Viewer


@dataclass(frozen=True, kw_only=True)
class About:
    """`scope` is where one's own results stand, "" for who has none of their own.

    `finding` is "" while they are not worked out. `lines` are (id, name, finding) of each priority
    in one's own group.
    """

    scope: str
    finding: str
    stats: tuple[Stat, ...]
    lines: tuple[tuple[str, str, str], ...]
    notes: tuple[OwnNote, ...]


def about(viewer: Viewer, *, at: datetime) -> About:
    """All of it; the viewer may see each part where it stands as well."""
    is_selling = viewer.person_id is not None and Role.SELLER in viewer.roles
    scope = Scope(person=viewer.person_id).code if is_selling else ""
    asked = published.Asked(scope=scope)
    answer = published.answer_of(viewer, asked=asked) if scope else None
    page = wording.page(answer) if answer else None
    return About(
        scope=scope,
        finding=page.finding.sentence if page else "",
        stats=page.stats if page else (),
        lines=_lines(viewer, at=at) if is_selling else (),
        notes=notes.own(viewer),
    )


def _lines(viewer: Viewer, *, at: datetime) -> tuple[tuple[str, str, str], ...]:
    # Who leads people too says what they believe before they see a measure.
    if not line.has_line(viewer) or predicting.waiting(viewer, at=at):
        return ()
    found = line.line_of_sight(viewer, asked=line.Asked(), at=at)
    if not isinstance(found, SightPage):
        return ()
    return tuple((each.row.priority, each.row.name, each.row.finding) for each in found.priorities)
