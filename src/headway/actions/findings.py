"""Publishing: what a run found becomes what readers see, all of it at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from headway.actions import coached, line, remeasuring, skill_currency
from headway.actions.action import action
from headway.records.models import CheckMark, Publication, PublishedAnswer, PublishedTime
from headway.terms import codec
from headway.terms.access import Permission
from headway.terms.answer import Answer, Mark, WhyNot
from headway.terms.errors import HeadwayError
from headway.terms.own_time import GivenTime
from headway.terms.strategy import StrategyFindings
from headway.terms.viewer import Viewer

# The one readers are pinned to, and the one before, which a request under way may still read.
_KEPT = 2
# Places somebody asked for, beside one answer: whoever asks for an older one again waits again.
_ASKED_KEPT = 50
DEFAULT_COMPARISON = "default"


class NotCurrentError(HeadwayError):
    """A publication was replaced while something was being worked out for it."""

    code = "findings.not_current"
    status = 409

    def __init__(self) -> None:
        super().__init__("The data was loaded anew meanwhile. Ask again.")


@dataclass(frozen=True, kw_only=True)
class Published:
    """A publication, and how many answers it got."""

    publication_id: int
    answer_count: int

    @property
    def subject(self) -> str:
        """Which publication."""
        return f"publication:{self.publication_id}"


@dataclass(frozen=True, kw_only=True)
class Withdrawn:
    """The publication nobody reads any more; None where there was none."""

    publication_id: int | None

    @property
    def subject(self) -> str:
        """Which publication."""
        return f"publication:{self.publication_id or ''}"


@action("findings.publish", permission=Permission.DATA)
def publish(
    *,
    viewer: Viewer,
    at: datetime,
    facts_id: str,
    policy_version: str,
    as_of: date,
    data_from: date,
    answers: tuple[Answer, ...],
    strategy: StrategyFindings,
    marks: tuple[Mark, ...],
    times: tuple[GivenTime, ...] = (),
) -> Published:
    """Make these findings the ones everybody reads; the former ones go, but for the last."""
    del viewer
    remeasuring.note_baselines()
    Publication.objects.filter(is_current=True).update(is_current=False)
    made = Publication.objects.create(
        facts_id=facts_id,
        policy_version=policy_version,
        as_of=as_of,
        data_from=data_from,
        published_at=at,
        is_current=True,
    )
    _keep(made.pk, {DEFAULT_COMPARISON: answers})
    line.keep(strategy, publication_id=made.pk, at=at)
    PublishedTime.objects.bulk_create(
        PublishedTime(publication_id=made.pk, person=each.person, time=codec.to_json(each))
        for each in times
    )
    coached.keep(strategy, publication_id=made.pk, at=at)
    skill_currency.keep(strategy.skills, publication_id=made.pk, as_of=as_of, at=at)
    remeasuring.remeasure(strategy, as_of=as_of)
    remeasuring.keep_remedies(publication_id=made.pk)
    CheckMark.objects.bulk_create(_mark(made.pk, mark) for mark in marks)
    kept = Publication.objects.order_by("-pk").values_list("pk", flat=True)[:_KEPT]
    Publication.objects.exclude(pk__in=list(kept)).delete()
    return Published(publication_id=made.pk, answer_count=len(answers))


@action("findings.withdraw", permission=Permission.DATA)
def withdraw(*, viewer: Viewer, at: datetime) -> Withdrawn:
    """Let no publication be the current one: nobody reads what was found any more."""
    del viewer, at
    current = Publication.objects.select_for_update().filter(is_current=True).first()
    if current is not None:
        Publication.objects.filter(pk=current.pk).update(is_current=False)
    return Withdrawn(publication_id=current.pk if current else None)


@action("findings.add", permission=Permission.DATA)
def add(
    *,
    viewer: Viewer,
    at: datetime,
    facts_id: str,
    comparison: str,
    answers: tuple[Answer, ...],
) -> Published:
    """Keep answers somebody asked for under the current publication.

    Raises:
        NotCurrentError: they were worked out from other facts than the published ones.
    """
    del viewer, at
    current = Publication.objects.select_for_update().filter(is_current=True).first()
    if current is None or current.facts_id != facts_id:
        raise NotCurrentError
    _keep(current.pk, {comparison: answers})
    return Published(publication_id=current.pk, answer_count=len(answers))


@action("findings.add_why_not", permission=Permission.DATA)
def add_why_not(
    *,
    viewer: Viewer,
    at: datetime,
    facts_id: str,
    scope: str,
    comparison: str,
    found: WhyNot,
) -> Published:
    """Keep why a place is not named with the answer it was asked beside, the last of them first.

    Raises:
        NotCurrentError: it was worked out from other facts than the answer.
    """
    del viewer, at
    row = (
        PublishedAnswer.objects.select_for_update()
        .filter(
            publication__is_current=True,
            publication__facts_id=facts_id,
            scope=scope,
            kpi=found.kpi.value,
            comparison=comparison,
        )
        .first()
    )
    if row is None:
        raise NotCurrentError
    answer = codec.from_json(Answer, row.answer)
    others = tuple(each for each in answer.asked if each.slice != found.slice)
    row.answer = codec.to_json(replace(answer, asked=(found, *others)[:_ASKED_KEPT]))
    row.save(update_fields=["answer"])
    return Published(publication_id=row.publication_id, answer_count=1)


def _keep(publication_id: int, found: Mapping[str, tuple[Answer, ...]]) -> None:
    PublishedAnswer.objects.bulk_create(
        (
            PublishedAnswer(
                publication_id=publication_id,
                scope=answer.scope,
                kpi=answer.kpi.value,
                comparison=comparison,
                answer=codec.to_json(answer),
            )
            for comparison, answers in found.items()
            for answer in answers
        ),
        update_conflicts=True,
        update_fields=["answer"],
        unique_fields=["publication", "scope", "kpi", "comparison"],
    )


def _mark(publication_id: int, mark: Mark) -> CheckMark:
    return CheckMark(
        publication_id=publication_id,
        code=mark.code,
        table=mark.table,
        row_count=mark.row_count,
        share=min(max(mark.share, 0.0), 1.0),
        affects=list(mark.affects),
        figures=codec.to_json(mark.figures),
    )
