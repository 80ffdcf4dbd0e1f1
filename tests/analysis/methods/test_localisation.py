from dataclasses import replace

import numpy as np
import pytest

from analysis.methods.planted_deals import (
    Deals,
    fewer_won,
    moved,
    quiet,
    smaller,
    vanished,
)
from headway.analysis.methods import localisation
from headway.analysis.methods.localisation import Cube, Localised, Model, Side
from headway.terms.answer import CauseKind, Missing, Unit
from headway.terms.policy import DEFAULT


def located(cube: Cube) -> Localised:
    return localisation.localise(cube, policy=DEFAULT)


def named(found: Localised) -> list[tuple[dict[str, str | None], CauseKind]]:
    return [(place.slice, place.kind) for place in found.places]


def test_a_fall_of_the_win_rate_in_one_place_is_named() -> None:
    deals = moved(quiet(seed=1), {"segment": "segment-1"}, how=fewer_won(0.5))
    assert named(located(deals.cube(Model.BINOMIAL))) == [
        ({"segment": "segment-1"}, CauseKind.RATE)
    ]


def test_a_fall_at_the_crossing_of_two_dimensions_is_named_there() -> None:
    place = {"region": "region-0", "segment": "segment-0"}
    deals = moved(quiet(seed=2), place, how=fewer_won(0.4))
    assert named(located(deals.cube(Model.BINOMIAL))) == [(place, CauseKind.RATE)]


def test_smaller_deals_in_one_place_are_named_as_size() -> None:
    deals = moved(quiet(seed=3), {"country": "country-4"}, how=smaller(0.5))
    assert named(located(deals.cube(Model.MEAN))) == [({"country": "country-4"}, CauseKind.SIZE)]


def test_deals_that_vanish_from_one_place_are_named_as_volume() -> None:
    deals = moved(quiet(seed=4, n=9000), {"product": "product-0"}, how=vanished(0.35))
    found = located(deals.cube(Model.SUM))
    assert named(found) == [({"product": "product-0"}, CauseKind.VOLUME)]
    assert found.places[0].contribution < 0


def test_opportunities_that_stop_being_created_are_named_as_volume() -> None:
    deals = moved(quiet(seed=4), {"product": "product-0"}, how=vanished(0.5))
    found = located(deals.cube(Model.COUNT))
    assert named(found) == [({"product": "product-0"}, CauseKind.VOLUME)]


def test_a_share_that_shrinks_while_every_rate_stays_is_named_as_mix() -> None:
    deals = quiet(seed=5, n=9000)
    is_easy = deals.codes["source"] == 2
    deals = replace(
        deals, is_won=deals.is_won | (is_easy & (np.random.default_rng(3).random(9000) < 0.6))
    )
    deals = moved(deals, {"source": "source-2"}, how=vanished(0.35))
    found = located(deals.cube(Model.BINOMIAL))
    assert named(found) == [({"source": "source-2"}, CauseKind.MIX)]
    assert found.places[0].measure is Unit.SHARE
    # An easy source that shrinks takes from the whole rate.
    assert found.places[0].contribution < 0


def test_a_share_that_grew_is_named_and_not_all_that_shrank_beside_it() -> None:
    # Every rate falls by 2 points; a source that wins more than others grows, which raises the
    # whole. That the others' shares fell is no fall of the result.
    base, now = np.full(6, 1000.0), np.array([2500.0, 1000, 1000, 1000, 1000, 1000])
    rate = np.array([0.35, 0.3, 0.25, 0.3, 0.25, 0.3])
    cube = Cube(
        codes={"source": np.arange(6)},
        values={"source": tuple("abcdef")},
        base=Side(n=base, total=base * rate),
        actual=Side(n=now, total=now * (rate - 0.02)),
        model=Model.BINOMIAL,
    )
    assert named(located(cube)) == [({"source": "a"}, CauseKind.MIX)]


def test_two_places_are_found_and_the_larger_contribution_comes_first() -> None:
    deals = moved(quiet(seed=6, n=15_000), {"region": "region-1"}, how=fewer_won(0.6))
    deals = moved(deals, {"industry": "industry-5", "region": "region-0"}, how=fewer_won(0.2))
    found = located(deals.cube(Model.BINOMIAL))
    assert named(found) == [
        ({"region": "region-1"}, CauseKind.RATE),
        ({"industry": "industry-5", "region": "region-0"}, CauseKind.RATE),
    ]
    contributions = [abs(place.contribution) for place in found.places]
    assert contributions == sorted(contributions, reverse=True)


def test_a_crossing_of_three_dimensions_is_found_among_very_many_rows() -> None:
    # 90,000 rows and 8 dimensions: too many for the full lattice: the triple grows out of a pair.
    place = {"country": "country-1", "industry": "industry-0", "segment": "segment-0"}
    deals = moved(quiet(seed=7, n=90_000, more=2), place, how=fewer_won(0.4))
    assert named(located(deals.cube(Model.BINOMIAL))) == [(place, CauseKind.RATE)]


def test_a_general_move_has_no_place() -> None:
    deals = moved(quiet(seed=8), {}, how=fewer_won(0.6))
    found = located(deals.cube(Model.BINOMIAL))
    assert found.places == ()
    assert found.everywhere is not None
    assert found.everywhere.high < 0
    assert found.everywhere.p < 1e-6


def test_silence_says_what_would_have_been_seen() -> None:
    found = located(quiet(seed=9).cube(Model.BINOMIAL))
    assert found.places == ()
    assert found.smallest_seen is not None
    assert found.smallest_seen.dimension in found.dimensions
    # 6,000 deals over two periods in about three regions: standard error of a contrast of some
    # 2.6 points, times a critical 3.2 + 0.84.
    assert 0.06 < found.smallest_seen.change < 0.16


def test_more_evidence_shows_smaller_changes() -> None:
    seen = [located(quiet(seed=9, n=n).cube(Model.MEAN)).smallest_seen for n in (3000, 12_000)]
    assert seen[0] is not None
    assert seen[1] is not None
    assert seen[1].change < seen[0].change


@pytest.mark.parametrize("model", [Model.BINOMIAL, Model.MEAN, Model.SUM, Model.COUNT])
def test_contributions_and_remainder_sum_to_the_change(model: Model) -> None:
    deals = moved(quiet(seed=10), {"segment": "segment-1"}, how=vanished(0.5))
    found = located(deals.cube(model))
    told = sum(place.contribution for place in found.places) + found.remainder
    assert told == pytest.approx(found.change, rel=1e-12)


def test_the_figures_of_a_place_can_be_counted_from_its_rows() -> None:
    deals = moved(quiet(seed=1), {"segment": "segment-1"}, how=fewer_won(0.5))
    (place,) = located(deals.cube(Model.BINOMIAL)).places
    sides = [deals.rows(place.slice) & (deals.period == which) for which in (0, 1)]
    rates = [float(deals.is_won[rows].mean()) for rows in sides]
    shares = [float(rows.sum() / (deals.period == which).sum()) for which, rows in enumerate(sides)]
    assert (place.before.value, place.now.value) == (
        pytest.approx(rates[0]),
        pytest.approx(rates[1]),
    )
    assert place.n == int(sides[0].sum() + sides[1].sum())
    # Rate effect: the mean share times the change of the rate.
    assert place.contribution == pytest.approx(sum(shares) / 2 * (rates[1] - rates[0]))
    assert place.low < place.contribution < place.high
    assert place.p < 0.001


def test_a_rep_who_is_his_country_is_one_answer() -> None:
    deals = moved(quiet(seed=11), {"country": "country-2"}, how=fewer_won(0.4))
    deals = deals.with_column("rep", deals.codes["country"], tuple(f"rep-{k}" for k in range(9)))
    cube = replace(deals.cube(Model.BINOMIAL), hierarchies=(("region", "country", "rep"),))
    assert named(located(cube)) == [({"country": "country-2"}, CauseKind.RATE)]


def test_two_words_for_the_same_rows_are_one_answer() -> None:
    deals = moved(quiet(seed=12), {"product": "product-1"}, how=fewer_won(0.4))
    deals = deals.with_column("line", deals.codes["product"], tuple(f"line-{k}" for k in range(6)))
    assert len(located(deals.cube(Model.BINOMIAL)).places) == 1


def test_three_deals_that_all_failed_are_too_few_to_name() -> None:
    deals = quiet(seed=13)
    tiny = np.zeros(len(deals.period), dtype=int)
    tiny[np.flatnonzero(deals.period == 1)[:3]] = 1
    tiny[np.flatnonzero(deals.period == 0)[:3]] = 1
    deals = deals.with_column("channel", tiny, ("usual", "new"))
    deals = moved(deals, {"channel": "new"}, how=fewer_won(0.0))
    assert located(deals.cube(Model.BINOMIAL)).places == ()
    asked = localisation.why_not(
        deals.cube(Model.BINOMIAL), place={"channel": "new"}, policy=DEFAULT
    )
    assert [each.is_tested for each in asked] == [False, False]


def test_simpsons_reversal_is_split_exactly() -> None:
    # Base: easy 80 of 100 won, hard 60 of 300: 140 / 400 = 0.35.
    # Actual: easy 255 of 300 (up), hard 25 of 100 (up): 280 / 400 = 0.70; swapped, the total falls
    # although each place rises.
    cube = Cube(
        codes={"kind": np.array([0, 1])},
        values={"kind": ("easy", "hard")},
        base=Side(n=np.array([300.0, 100.0]), total=np.array([240.0, 20.0])),
        actual=Side(n=np.array([100.0, 300.0]), total=np.array([85.0, 75.0])),
        model=Model.BINOMIAL,
    )
    asked = {
        (value, each.kind): each.contribution
        for value in ("easy", "hard")
        for each in localisation.why_not(cube, place={"kind": value}, policy=DEFAULT)
    }
    # Rates: easy 0.80 to 0.85, hard 0.20 to 0.25; total 260/400 = 0.65 to 160/400 = 0.40.
    # Rate effects: mean share 0.5 times 0.05 each. R_bar = 0.525.
    # Mix effects: easy (0.825 - 0.525) * (0.25 - 0.75), hard (0.225 - 0.525) * (0.75 - 0.25).
    assert asked == {
        ("easy", CauseKind.RATE): pytest.approx(0.025),
        ("hard", CauseKind.RATE): pytest.approx(0.025),
        ("easy", CauseKind.MIX): pytest.approx(-0.15),
        ("hard", CauseKind.MIX): pytest.approx(-0.15),
    }
    assert sum(asked.values()) == pytest.approx(0.40 - 0.65, abs=1e-12)


def test_a_new_product_is_an_entry_with_its_whole_volume() -> None:
    deals = quiet(seed=14)
    is_new = deals.codes["product"] == 3
    deals = deals.only(~is_new | (deals.period == 1))
    (place,) = located(deals.cube(Model.SUM)).places
    whole = float(deals.amount[deals.is_won & deals.rows({"product": "product-3"})].sum())
    assert (place.slice, place.kind) == ({"product": "product-3"}, CauseKind.ENTRY)
    assert place.contribution == pytest.approx(whole)


def test_a_closed_country_is_an_exit() -> None:
    deals = quiet(seed=15)
    deals = deals.only(~((deals.codes["country"] == 3) & (deals.period == 1)))
    assert named(located(deals.cube(Model.COUNT))) == [({"country": "country-3"}, CauseKind.EXIT)]


def blanked(deals: Deals, *, name: str, rows: np.ndarray) -> Deals:
    values = (*deals.values[name], None)
    return deals.with_column(name, np.where(rows, len(values) - 1, deals.codes[name]), values)


def test_a_dimension_blanked_at_random_hides_nothing_and_shows_nothing() -> None:
    deals = moved(quiet(seed=16), {"segment": "segment-1"}, how=fewer_won(0.5))
    lost = np.random.default_rng(4).random(len(deals.period)) < 0.2
    found = located(blanked(deals, name="source", rows=lost).cube(Model.BINOMIAL))
    assert named(found) == [({"segment": "segment-1"}, CauseKind.RATE)]
    assert found.blanks == ()


def test_a_dimension_blanked_in_one_period_is_a_matter_of_recording() -> None:
    deals = quiet(seed=17)
    lost = (np.random.default_rng(5).random(len(deals.period)) < 0.4) & (deals.period == 1)
    found = located(blanked(deals, name="source", rows=lost).cube(Model.COUNT))
    assert found.places == ()
    (jump,) = found.blanks
    assert (jump.dimension, jump.base_share) == ("source", 0.0)
    assert jump.actual_share == pytest.approx(0.4, abs=0.03)


def test_a_dimension_blanked_in_one_period_does_not_come_back_as_a_third_condition() -> None:
    # Too many rows for the full lattice: triples grow out of pairs.
    deals = moved(quiet(seed=30, n=90_000, more=2), {"segment": "segment-1"}, how=vanished(0.5))
    lost = (deals.codes["segment"] == 1) & (deals.codes["region"] == 0) & (deals.period == 0)
    found = located(blanked(deals, name="source", rows=lost).cube(Model.COUNT))
    assert [jump.dimension for jump in found.blanks] == ["source"]
    assert not any("source" in place.slice for place in found.places)


def ageing(deals: Deals) -> Deals:
    older = np.random.default_rng(8).random(len(deals.period)) < 0.3 + 0.6 * deals.period
    return deals.with_column("tenure", older.astype(int), ("young", "old"))


@pytest.mark.parametrize("model", [Model.COUNT, Model.SUM, Model.BINOMIAL, Model.MEAN])
def test_people_who_grow_older_are_no_place(model: Model) -> None:
    cube = ageing(quiet(seed=31)).cube(model)
    assert any("tenure" in place.slice for place in located(cube).places)
    assert located(replace(cube, drifting=frozenset({"tenure"}))).places == ()


def test_the_young_who_win_less_are_a_place_however_many_they_are() -> None:
    deals = moved(ageing(quiet(seed=32)), {"tenure": "young"}, how=fewer_won(0.4))
    cube = replace(deals.cube(Model.BINOMIAL), drifting=frozenset({"tenure"}))
    assert named(located(cube)) == [({"tenure": "young"}, CauseKind.RATE)]


def test_a_rest_that_only_weighs_differently_did_not_move() -> None:
    deals = quiet(seed=34, n=20_000)
    rate = np.array([0.9, 0.5, 0.1, 0.1])[deals.codes["segment"]]
    random = np.random.default_rng(9)
    deals = replace(deals, is_won=random.random(len(rate)) < rate)
    # Segment 2 takes from segment 0 alone, so the rest holds relatively more of segment 1.
    swapped = (deals.codes["segment"] == 0) & (deals.period == 1) & (random.random(len(rate)) < 0.6)
    codes = np.where(swapped, 2, deals.codes["segment"])
    won = np.where(swapped, random.random(len(rate)) < 0.1, deals.is_won)
    deals = replace(deals, is_won=won).with_column("segment", codes, deals.values["segment"])
    found = located(deals.cube(Model.BINOMIAL))
    assert {place.kind for place in found.places} == {CauseKind.MIX}
    assert found.everywhere.p > 0.05


def test_what_moved_everywhere_else_counts_by_its_weight() -> None:
    deals = moved(quiet(seed=33), {"segment": "segment-0"}, how=fewer_won(0.4))
    found = located(deals.cube(Model.BINOMIAL))
    assert named(found) == [({"segment": "segment-0"}, CauseKind.RATE)]
    rest = ~deals.rows({"segment": "segment-0"})
    change, weight = 0.0, 0.0
    for sign, period in ((-1, 0), (1, 1)):
        inside = deals.period == period
        change += sign * deals.is_won[rest & inside].mean()
        weight += rest[inside].mean() / 2
    assert found.everywhere.change == pytest.approx(weight * change)


def test_a_missing_value_can_be_the_place() -> None:
    deals = quiet(seed=18)
    lost = np.random.default_rng(6).random(len(deals.period)) < 0.25
    deals = blanked(deals, name="source", rows=lost)
    deals = moved(deals, {"source": None}, how=fewer_won(0.4))
    assert named(located(deals.cube(Model.BINOMIAL))) == [({"source": None}, CauseKind.RATE)]


def test_places_without_cases_in_a_period_make_no_trouble() -> None:
    deals = quiet(seed=19, n=2000)
    for period, country in ((0, 1), (1, 2)):
        is_out = (deals.codes["country"] == country) & (deals.period == period)
        deals = deals.only(~is_out)
    for model in Model:
        cube = deals.cube(model)
        found = located(cube)
        assert np.isfinite([found.change, found.remainder]).all()
        for country in ("country-1", "country-2", "country-3"):
            for asked in localisation.why_not(cube, place={"country": country}, policy=DEFAULT):
                assert np.isfinite([asked.z, asked.p, asked.contribution]).all()


def test_one_huge_deal_is_not_a_place() -> None:
    deals = quiet(seed=24)
    won = np.flatnonzero(deals.is_won & (deals.period == 1))
    amount = deals.amount.copy()
    amount[won[0]] = 10 * amount.max()
    for model in (Model.SUM, Model.MEAN):
        assert located(replace(deals, amount=amount).cube(model)).places == ()


def test_a_period_without_cases_is_said() -> None:
    deals = quiet(seed=21)
    found = located(deals.only(deals.period == 1).cube(Model.BINOMIAL))
    assert (found.places, found.missing) == ((), Missing.NO_CASES)


def test_too_few_cases_are_said() -> None:
    deals = quiet(seed=22, n=24)
    alone = {"segment": deals.codes["segment"]}
    cube = replace(deals.cube(Model.BINOMIAL), codes=alone)
    found = located(cube)
    assert (found.places, found.missing) == ((), Missing.TOO_FEW)


def test_columns_of_different_length_are_refused() -> None:
    side = Side(n=None, total=np.ones(3))
    with pytest.raises(localisation.UnevenCubeError, match="2, 3 rows"):
        Cube(
            codes={"a": np.zeros(2, dtype=np.intp)},
            values={"a": ("x",)},
            base=side,
            actual=side,
            model=Model.SUM,
        )


def test_an_unknown_place_is_refused_with_the_known_ones() -> None:
    cube = quiet(seed=23, n=500).cube(Model.BINOMIAL)
    with pytest.raises(localisation.UnknownPlaceError, match="segment-0, segment-1"):
        localisation.why_not(cube, place={"segment": "Large"}, policy=DEFAULT)
    with pytest.raises(localisation.UnknownPlaceError, match="country, industry"):
        localisation.why_not(cube, place={"weather": "rain"}, policy=DEFAULT)


def test_why_not_repeats_the_test_of_a_place_that_was_named() -> None:
    deals = moved(quiet(seed=1), {"segment": "segment-1"}, how=fewer_won(0.5))
    cube = deals.cube(Model.BINOMIAL)
    (place,) = located(cube).places
    asked, other = localisation.why_not(cube, place=place.slice, policy=DEFAULT)
    assert (asked.kind, asked.z, asked.p, asked.contribution) == (
        place.kind,
        pytest.approx(place.z),
        pytest.approx(place.p),
        pytest.approx(place.contribution),
    )
    assert (other.kind, other.p > 0.05) == (CauseKind.MIX, True)
