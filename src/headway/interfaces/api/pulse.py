"""The pulse for those who ask: the waves, and what one tells of groups of five and more."""

from dataclasses import dataclass

from headway.interfaces.api.endpoints import Call, Page, Span, reads
from headway.queries import pulse
from headway.queries.pulse import CellSeen, Trend, WaveSeen
from headway.terms.access import Permission


@dataclass(frozen=True, kw_only=True)
class WaveTold:
    """One wave with its groups as published, and [theme, answers] of what was written.

    `about_managers` is what is asked about managers, over all of them together.
    """

    wave: WaveSeen
    cells: tuple[CellSeen, ...]
    about_managers: tuple[Trend, ...]
    themes: tuple[tuple[str, int], ...]


@reads("pulse/waves", Permission.PULSE)
def waves(call: Call, *, span: Span) -> Page[WaveSeen]:
    """The waves among one's people, the newest first."""
    return span.of(pulse.waves(call.viewer))


@reads("pulse/waves/<int:wave_id>", Permission.PULSE)
def wave(call: Call, *, wave_id: int) -> WaveTold:
    """What one wave tells of the groups one leads."""
    return WaveTold(
        wave=pulse.wave(call.viewer, wave_id=wave_id),
        cells=pulse.cells(call.viewer, wave_id=wave_id),
        about_managers=pulse.about_managers(call.viewer, wave_id=wave_id),
        themes=pulse.themes(call.viewer, wave_id=wave_id),
    )
