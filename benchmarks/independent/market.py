"""How one organisation's market flows: pace, season, luck, and who logs what."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from independent.people import Firm


@dataclass(kw_only=True)
class Market:
    """How this organisation's work flows, drawn once."""

    created_per_week: float
    touches_per_week: float
    cycle_days: float
    win_share: float
    amount: float
    season: float  # how far the summer falls
    logging: dict[str, float]  # share of their touches that each seller logs
    skill: dict[str, float]
    fall: float  # a market that falls for everybody, within the last year
    huge_on: date | None


def draw_market(rng: np.random.Generator, firm: Firm) -> Market:
    sellers = [p for p, one in firm.people.items() if one.role == "seller"]
    lazy = {p: 1.0 if rng.random() > 0.12 else float(rng.uniform(0.25, 0.5)) for p in sellers}
    has_decoys = rng.random() < 0.5
    return Market(
        created_per_week=float(rng.uniform(0.5, 1.2)),
        touches_per_week=float(rng.uniform(2.5, 5)),
        cycle_days=float(rng.uniform(30, 80)),
        win_share=float(rng.uniform(0.2, 0.35)),
        amount=float(rng.choice([4_000, 18_000, 65_000])),
        season=float(rng.uniform(0.3, 0.5)) if has_decoys else 0.1,
        logging=lazy if has_decoys else dict.fromkeys(sellers, 1.0),
        skill={p: float(np.exp(rng.normal(0, 0.2))) for p in sellers},
        fall=0.25 if rng.random() < 0.15 else 0.0,
        huge_on=firm.as_of - timedelta(days=int(rng.integers(100, 260)))
        if rng.random() < 0.3
        else None,
    )
