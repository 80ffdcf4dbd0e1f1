"""Invented organisations that several tests look at, each made once."""

from datetime import date
from functools import cache

from headway.sources import demo
from headway.sources.demo.whole import Invented

AS_OF = date(2026, 11, 20)


@cache
def made(scenario: str, seed: int = 1, sellers: int | None = None) -> Invented:
    """One organisation; frozen, so that tests can share it."""
    return demo.generate(
        demo.DemoOptions(
            as_of=AS_OF, seed=seed, seller_count=sellers, scenario=demo.Scenario(scenario)
        )
    )
