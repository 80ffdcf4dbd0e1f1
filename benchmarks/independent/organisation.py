"""One organisation from one seed: drawn, written as a bundle, and its truth beside it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from independent import people, plans, truth, written
from independent.asked import Asked
from independent.declared import Declared
from independent.work import Work

QUIET = 0.3  # of all organisations nothing is broken in


@dataclass(frozen=True, kw_only=True)
class Drawn:
    bundle: Path
    truth: dict[str, Any]


def draw(folder: Path, *, seed: int) -> Drawn:
    """Write one organisation to `folder`: `bundle/`, and `truth.json` for the judge alone."""
    rng = np.random.default_rng([20_251, seed])
    firm = people.draw(rng)
    is_quiet = bool(rng.random() < QUIET)
    declared = plans.draw(rng, firm, is_broken=not is_quiet)
    work = Work(rng, firm, declared)
    tables = work.draw()
    tables |= written.people(firm)
    Declared(rng, firm, declared, tables).draw()
    least = 8 if rng.random() < 0.1 else 5
    asked = Asked(
        rng=rng,
        firm=firm,
        plans=declared,
        tables=tables,
        response=float(rng.uniform(0.4, 0.95)),
        least=least,
    )
    asked.draw()
    if work.market.fall:
        event = {"event_id": "e1", "kind": "market", "note": "The market fell for everybody"}
        tables["seen/business_event"].append(event | {"starts_on": firm.as_of.replace(day=1)})
    bundle = folder / "bundle"
    bundle.mkdir(parents=True)
    written.write(bundle, tables, firm, rng=rng, least=least)
    known = truth.Known(firm=firm, plans=declared, answered=asked.answered)
    told = truth.document(known, is_quiet=is_quiet) | {"seed": seed, "response": asked.response}
    (folder / "truth.json").write_text(json.dumps(told, indent=1), encoding="utf-8")
    return Drawn(bundle=bundle, truth=told)
