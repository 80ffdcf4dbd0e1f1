"""Answers of a pulse coded blind, and what is kept of a wave once it is cut and counted."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from headway.actions.action import NotAllowedError, action
from headway.actions.pulse import WaveChanged
from headway.records import pulse
from headway.records.models import (
    Coding,
    PulseAnswer,
    PulseCell,
    PulseCount,
    PulsePooled,
    Wave,
)
from headway.terms.access import Permission
from headway.terms.item_bank import ACTION, REASON, RECALL
from headway.terms.survey import Cell, Count, Pooled
from headway.terms.viewer import Viewer

WORDS_LAST = timedelta(days=365)


@action("pulse.code", permission=Permission.CODING)
def code(
    *,
    viewer: Viewer,
    at: datetime,
    answer_id: int,
    named: Iterable[str],
    has_action: bool,
    has_reason: bool,
    themes: Iterable[str] = (),
) -> WaveChanged:
    """Say what the words of one answer tell, without knowing whose team it is.

    Args:
        viewer: the person who reads.
        at: now.
        answer_id: which answer.
        named: ids of the priorities it names.
        has_action: it says an action that fits the priority asked about.
        has_reason: it says a reason that fits.
        themes: what else it is about, in a word each.

    Raises:
        NotAllowedError: there is no such answer to be coded.
    """
    del at
    found = pulse.to_code(viewer).select_related("wave").filter(pk=answer_id).first()
    if found is None:
        raise NotAllowedError(f"answer:{answer_id}")
    priorities = [each["id"] for each in found.wave.priorities]
    wanted = set(named)
    codes: dict[str, object] = {"themes": sorted({word.strip().lower() for word in themes} - {""})}
    if RECALL in found.words:
        codes[RECALL] = {one: "yes" if one in wanted else "no" for one in priorities}
    if ACTION in found.words or REASON in found.words:
        told = {(True, True): "action_and_reason", (True, False): "action_only"}
        value = told.get((has_action, has_reason), "reason_only" if has_reason else "neither")
        codes[ACTION] = dict.fromkeys(priorities[:1], value)
    Coding.objects.update_or_create(answer=found, coder="person", defaults={"codes": codes})
    return WaveChanged(wave_id=found.wave_id)


def keep_cells(
    *,
    wave_id: int,
    cells: Iterable[Cell],
    counts: Iterable[Count],
    pooled: Iterable[Pooled],
    rule: Mapping[int, Mapping[str, object]],
) -> None:
    """Keep what a closed wave was cut into, its counts, and the codes of the rule by answer."""
    made = {
        cell.cell_id: PulseCell.objects.create(
            wave_id=wave_id,
            cell_id=cell.cell_id,
            manager=cell.manager,
            role=cell.role,
            is_remainder=cell.is_remainder,
            teams=[list(team) for team in cell.teams],
            answered_count=cell.answered_count,
            again_count=cell.again_count,
        )
        for cell in cells
    }
    _keep_counts(counts, made)
    PulsePooled.objects.bulk_create(
        PulsePooled(
            wave_id=wave_id,
            item=each.item,
            least=each.least,
            most=each.most,
            of=each.of,
            team_count=each.team_count,
        )
        for each in pooled
    )
    Coding.objects.bulk_create(
        Coding(answer_id=number, coder="rule", codes=codes) for number, codes in rule.items()
    )
    Wave.objects.filter(pk=wave_id, state="closed").update(state="cut")


def keep_coded(
    *,
    wave_id: int,
    counts: Iterable[Count],
    themes: Iterable[tuple[str, int]],
    alpha: float | None,
) -> None:
    """Keep the counts of what was coded, the themes, and how far the coders agreed."""
    _keep_counts(counts, {cell.cell_id: cell for cell in PulseCell.objects.filter(wave_id=wave_id)})
    told = [list(theme) for theme in themes]
    Wave.objects.filter(pk=wave_id, state="cut").update(state="counted", themes=told, alpha=alpha)


def forget_words(*, at: datetime) -> int:
    """Let go of what was written in waves closed a year ago; gives of how many answers."""
    old = PulseAnswer.objects.filter(wave__closed_at__lt=at - WORDS_LAST).exclude(words={})
    return old.update(words={})


def _keep_counts(counts: Iterable[Count], cells: Mapping[str, PulseCell]) -> None:
    PulseCount.objects.bulk_create(
        PulseCount(
            cell=cells[count.cell_id],
            item=count.item,
            subject=count.subject or "",
            value=count.value,
            answer_count=count.answer_count,
        )
        for count in counts
    )
