"""What leaders believe of their own groups, sealed before any result was shown."""

from dataclasses import dataclass

import numpy as np

from headway.sources.demo import calendar as clock
from headway.sources.demo.columns import Columns, of_rows
from headway.sources.demo.options import Scenario
from headway.sources.demo.story import TARGETS
from headway.sources.demo.truth import GapTruth, GroupTruth
from headway.sources.demo.world import World
from headway.terms.group import head_of

_SILENT_SHARE = 0.15
# Leaders see it brighter than it is, as it is, or darker: bias of their view, with shares.
_BIAS, _BIAS_SHARES = (0.35, 0.12, 0.0, -0.15), (0.4, 0.25, 0.25, 0.1)
_NOISE = 0.08
_WIDTH = (0.08, 0.2)
_SEALED_AGO = 20


@dataclass(frozen=True, kw_only=True)
class Beliefs:
    """The table of beliefs, and how far each is from the truth."""

    columns: Columns
    gaps: tuple[GapTruth, ...]


def of(world: World, *, groups: tuple[GroupTruth, ...]) -> Beliefs:
    """What every leader who does not stay silent predicts for the sellers below them."""
    draw = world.options.stream("beliefs")
    bias = {
        leader: float(_BIAS[int(draw.choice(len(_BIAS), p=_BIAS_SHARES))])
        for leader in world.staff.leaders
    }
    silent = {leader for leader in world.staff.leaders if draw.random() < _SILENT_SHARE}
    if world.options.scenario is Scenario.SAMPLE:
        # The story of the sample: its head believes that what was decided is being done.
        head = world.staff.leaders[0]
        bias[head] = max(_BIAS)
        silent.discard(head)
    rows: list[dict[str, object]] = []
    gaps: list[GapTruth] = []
    for group in groups:
        leader = head_of(group.group)
        if group.role != "seller" or leader in silent:
            continue
        for link in TARGETS:
            true = group.rates[link]
            point = float(np.clip(true + bias[leader] + draw.normal(0, _NOISE), 0.01, 0.99))
            width = float(draw.uniform(*_WIDTH))
            at = np.datetime64(world.calendar.ago(_SEALED_AGO), "us") + np.timedelta64(
                int(clock.working_seconds(draw, 1)[0]), "s"
            )
            rows.append(
                {
                    "person_id": leader,
                    "priority_id": group.priority,
                    "group": group.group,
                    "link": link.value,
                    "sealed_at": at.astype(object),
                    "point_share": round(point, 2),
                    "low_share": round(max(point - width, 0.0), 2),
                    "high_share": round(min(point + width, 1.0), 2),
                }
            )
            gaps.append(
                GapTruth(
                    person=leader,
                    priority=group.priority,
                    group=group.group,
                    link=link,
                    predicted=round(point, 2),
                    true=true,
                )
            )
    return Beliefs(columns={"said/belief": of_rows(rows)}, gaps=tuple(gaps))
