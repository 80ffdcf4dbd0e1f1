"""An invented organisation as a bundle, and what is true of it in a file of its own."""

from datetime import date
from pathlib import Path
from typing import ClassVar

from headway.facts import bundle
from headway.sources import demo
from headway.terms.errors import HeadwayError


class TruthPlaceError(HeadwayError):
    """A place where the truth would be read with the bundle, or would overwrite a file."""

    code: ClassVar[str] = "cycle.truth_place"


def write(
    path: Path,
    *,
    as_of: date,
    seed: int,
    sellers: int | None,
    scenario: str,
    truth: Path | None = None,
) -> None:
    """Write a bundle of an invented organisation.

    Args:
        path: a folder that is not there yet or empty, or a file ending in .zip.
        as_of: the last day inside; all other days move with it.
        seed: the same seed gives the same organisation, byte for byte.
        sellers: how many; None = as the scenario has it.
        scenario: which story it lives.
        truth: a file to write what is planted to; None = it is not written.

    Raises:
        HeadwayError: the options ask for what cannot be invented, or something is in the way.
    """
    if truth is not None:
        _expect_free(truth, beside=path)
    made = demo.generate(
        demo.DemoOptions(as_of=as_of, seed=seed, seller_count=sellers, scenario=_scenario(scenario))
    )
    bundle.write(made.facts, path)
    if truth is not None:
        truth.write_text(made.truth.to_json(), encoding="utf-8")


def _scenario(name: str) -> demo.Scenario:
    try:
        return demo.Scenario(name)
    except ValueError as cause:
        known = ", ".join(demo.Scenario)
        raise demo.DemoOptionsError(
            f"Found the scenario '{name}'; expected one of: {known}."
        ) from cause


def _expect_free(truth: Path, *, beside: Path) -> None:
    if truth.resolve().is_relative_to(beside.resolve()):
        raise TruthPlaceError(
            f"{truth} lies in the bundle {beside}, where whoever judges the bundle would read what "
            "is true. Name a file outside it."
        )
    if truth.exists() or not truth.parent.is_dir():
        raise TruthPlaceError(
            f"{truth} cannot be written. Expected a new file in a folder that is there."
        )
