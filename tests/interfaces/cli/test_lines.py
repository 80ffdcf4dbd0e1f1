"""The line of sight in the terminal."""

from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console
from tests.worked_line import CHAIN

from headway.interfaces.cli import layout, lines
from headway.queries.strategy import wording
from headway.terms.line import Chain
from headway.terms.strategy import StrategyFindings


def printed(*chains: Chain, width: int = 110) -> str:
    out = StringIO()
    lines.show(
        wording.priorities(StrategyFindings(chains=tuple(chains)), names={}),
        console=Console(file=out, width=width),
    )
    return out.getvalue()


def test_nothing_is_printed_where_nothing_is_declared() -> None:
    assert printed() == ""


def test_the_widest_group_is_shown_whole_and_the_others_in_a_row() -> None:
    text = printed(CHAIN, replace(CHAIN, group="seller@m7"))
    assert "Line of sight: Sell the new line" in text
    assert "✗ Understood" in text
    assert "1 of 8" in text
    assert "First break: Understood (88% likely)." in text
    (row,) = [line for line in text.splitlines() if "sellers under m7" in line]
    # Declared holds, understood and practised are broken, the rest is not known.
    assert "●??✗??✗??" in row


@pytest.mark.parametrize("width", [60, 80, 110, 200])
def test_it_fits_the_terminal(width: int) -> None:
    text = printed(CHAIN, replace(CHAIN, group="seller@m7"), width=width)
    assert max(map(len, text.splitlines())) <= min(width, layout.WIDEST)


def test_names_never_steer_the_terminal() -> None:
    assert "\x1b" not in printed(replace(CHAIN, name="\x1b[2Jgone"))
