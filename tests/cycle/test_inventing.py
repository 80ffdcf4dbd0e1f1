"""An organisation is invented as a bundle; what is true of it stays out of it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from headway.cycle import inventing
from headway.facts import bundle
from headway.sources.demo import DemoOptionsError

AS_OF = date(2026, 11, 20)


def write(path: Path, **more: Any) -> None:
    asked = {"as_of": AS_OF, "seed": 1, "sellers": 20, "scenario": "healthy"}
    inventing.write(path, **{**asked, **more})


@pytest.mark.slow
def test_the_truth_is_written_only_where_it_is_asked_for(tmp_path: Path) -> None:
    write(tmp_path / "quiet")
    assert [path.name for path in tmp_path.iterdir()] == ["quiet"]
    write(tmp_path / "told", truth=tmp_path / "truth.json")
    read = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))
    assert (read["scenario"], read["seed"]) == ("healthy", 1)
    inside = sorted(path.name for path in (tmp_path / "told").iterdir())
    assert inside == ["bundle.json", "meant", "said", "seen"]
    assert bundle.load(tmp_path / "told").facts.as_of == AS_OF


@pytest.mark.parametrize("place", ["made/truth.json", "made/seen/truth.json", "made"])
def test_the_truth_never_lies_in_the_bundle(tmp_path: Path, place: str) -> None:
    with pytest.raises(inventing.TruthPlaceError, match="Name a file outside it"):
        write(tmp_path / "made", truth=tmp_path / place)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "truth.json").write_text("mine", encoding="utf-8")
    with pytest.raises(inventing.TruthPlaceError, match="Expected a new file"):
        write(tmp_path / "made", truth=tmp_path / "truth.json")
    assert (tmp_path / "truth.json").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "made").exists()


def test_a_scenario_that_there_is_not_is_named_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(DemoOptionsError, match="'dull'; expected one of: sample, broken, healthy"):
        write(tmp_path / "made", scenario="dull")
