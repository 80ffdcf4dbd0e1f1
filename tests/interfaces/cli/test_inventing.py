"""`headway demo PATH` writes a bundle, and shows nothing."""

import sys
from pathlib import Path

import pytest

from headway.facts import bundle
from headway.interfaces.cli.exits import Exit
from headway.interfaces.cli.main import main


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["headway", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


@pytest.mark.slow
def test_an_organisation_is_written_as_a_bundle(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made, truth = tmp_path / "made", tmp_path / "truth.json"
    words = ("--sellers", "20", "--scenario", "small", "--as-of", "2026-06-30", "--seed", "4")
    assert run(monkeypatch, "demo", str(made), *words, "--truth", str(truth)) == Exit.OK
    assert capsys.readouterr().err == f"Written: {made}\nWhat is planted: {truth}\n"
    assert bundle.load(made).facts.as_of.isoformat() == "2026-06-30"
    assert run(monkeypatch, "bundle", "check", str(made)) == Exit.OK


@pytest.mark.parametrize(
    "words", [("--seed", "2"), ("--truth", "t.json"), ("--as-of", "2026-01-01")]
)
def test_options_of_a_bundle_need_a_place_for_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert run(monkeypatch, "demo", *words) == Exit.USAGE
    assert "Name where to write it: headway demo PATH" in capsys.readouterr().err


def test_with_a_place_nothing_is_shown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "demo", str(tmp_path / "made"), "--no-serve") == Exit.USAGE
    assert "leave --again and --no-serve out" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_not_written_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    assert run(monkeypatch, "demo", str(tmp_path), "--sellers", "20") == Exit.REFUSED
    assert "is not empty" in capsys.readouterr().err
