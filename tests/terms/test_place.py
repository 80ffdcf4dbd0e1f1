"""How a place is written, and what is said where it is not."""

import pytest

from headway.terms import place


@pytest.mark.parametrize(
    ("conditions", "said"),
    [
        ((), "0 conditions are given. Expected one to 3"),
        (("region",), "'region' is no place"),
        (("=EMEA",), "'=EMEA' is no place"),
        (("region=",), "'region=' is no place"),
        (("region=EMEA", "region=Asia"), "'region' is told twice: EMEA and Asia"),
        (("a=1", "b=2", "c=3", "d=4"), "4 conditions are given. Expected one to 3"),
    ],
)
def test_what_is_no_place_is_said_to_be_so(conditions: tuple[str, ...], said: str) -> None:
    with pytest.raises(place.PlaceTextError, match=said):
        place.parse(conditions)


def test_a_value_may_hold_any_sign() -> None:
    assert place.parse(["product=A=B, 42"]) == {"product": "A=B, 42"}
