"""`headway bundle check`: each broken rule on one line, with table, line and number."""

import hashlib
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from headway.interfaces.cli.exits import Exit
from headway.interfaces.cli.main import main

PEOPLE = "person_id,name\np1,Ann\np2,Bob\n"
OPPORTUNITIES = "opportunity_id,owner_id,stage,stage_group,amount,created_at,close_on\n"
SOUND = OPPORTUNITIES + "o1,p1,Won,won,100.00,2026-01-05T09:00:00Z,2026-02-01\n"
LINES = "person_id,valid_from,valid_to,manager_id,role,basis\n"


def written(folder: Path, **tables: str) -> Path:
    listed = []
    for name, content in tables.items():
        path = folder / "seen" / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="")
        listed.append(
            {
                "name": f"seen/{name}",
                "path": f"seen/{name}.csv",
                "row_count": content.count("\n") - 1,
                "sha256": hashlib.sha256(content.encode()).hexdigest(),
            }
        )
    organisation = {
        "name": "Calder Works",
        "currency": "EUR",
        "time_zone": "Europe/Berlin",
        "fiscal_year_start_month": 1,
    }
    manifest = {
        "format": "headway-bundle",
        "format_version": 1,
        "organisation": organisation,
        "as_of": "2026-06-30",
        "data_from": "2025-01-01",
        "min_answer_count": 5,
        "min_text_count": 10,
        "tables": listed,
    }
    (folder / "bundle.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


@dataclass(frozen=True, kw_only=True)
class Told:
    code: int
    out: str
    err: str


@pytest.fixture
def checked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[[Path], Told]:
    def check(folder: Path) -> Told:
        monkeypatch.setattr(sys, "argv", ["headway", "bundle", "check", str(folder)])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return Told(code=int(ended.value.code or 0), out=told.out, err=told.err)

    return check


def test_a_sound_bundle_says_so_and_ends_well(
    tmp_path: Path, checked: Callable[[Path], Told]
) -> None:
    told = checked(written(tmp_path, person=PEOPLE, opportunity=SOUND))
    assert (told.code, told.out) == (Exit.OK, "")
    assert told.err == "The bundle keeps every rule of the format.\n"


def test_each_broken_rule_is_a_line_with_table_line_and_number(
    tmp_path: Path, checked: Callable[[Path], Told]
) -> None:
    rows = (
        "o1,p1,Won,won,100.00,2026-01-05T09:00:00Z,2026-02-01\n"  # line 2: sound
        "o1,p1,Won,won,100.00,2026-01-05T09:00:00Z,2026-02-01\n"  # 3: its key again
        'o2,p1,Won,won,"12,50",2026-01-05T09:00:00Z,2026-02-01\n'  # 4: no amount
        "o3,p1,Won,won,1.234,2026-01-05T09:00:00Z,2026-02-01\n"  # 5: three places
        "o4,p9,Won,won,100.00,2026-01-05T09:00:00Z,2026-02-01\n"  # 6: nobody's
        "o5,p1,Won,won,100.00,yesterday,2026-02-01\n"  # 7: no instant
        ",p1,Won,won,100.00,2026-01-05T09:00:00Z,2026-02-01\n"  # 8: no key
        "o6,p1,Won,won\n"  # 9: cut short
        "o7,p1,Won,won,100.00,2026-08-05T09:00:00Z,2026-08-06\n"  # 10: after the last day
    )
    lines = "p1,2026-01-01,2025-01-01,,seller,declared\np2,2026-01-01,,p2,manager,declared\n"
    told = checked(
        written(
            tmp_path,
            person=PEOPLE,
            opportunity=OPPORTUNITIES + rows,
            reporting_line=LINES + lines,
        )
    )
    assert told.code == Exit.REFUSED
    found = {
        (line.split(": ")[0], line.rsplit("(rule ", 1)[1].rstrip(")"))
        for line in told.out.splitlines()
    }
    assert found >= {
        *{("seen/opportunity, line 3", "7"), ("seen/opportunity, line 4", "2")},
        *{("seen/opportunity, line 5", "2"), ("seen/opportunity, line 6", "7")},
        *{("seen/opportunity, line 7", "2"), ("seen/opportunity, line 8", "4")},
        *{("seen/opportunity, line 9", "1"), ("seen/opportunity, line 10", "8")},
        *{("seen/reporting_line, line 2", "5"), ("seen/reporting_line, line 3", "7")},
    }
    assert not [place for place, _ in found if place == "seen/opportunity, line 2"]


@pytest.mark.parametrize("content", ["{", '{"format": "headway-bundle", "format_version": 9}'])
def test_a_manifest_that_is_none_is_one_line_under_rule_0(
    tmp_path: Path, content: str, checked: Callable[[Path], Told]
) -> None:
    (tmp_path / "bundle.json").write_text(content, encoding="utf-8")
    told = checked(tmp_path)
    assert (told.code, told.out.count("\n")) == (Exit.REFUSED, 1)
    assert told.out.endswith("(rule 0)\n")


def test_a_path_without_a_bundle_is_said_in_words(
    tmp_path: Path, checked: Callable[[Path], Told]
) -> None:
    told = checked(tmp_path / "nothing")
    assert (told.code, told.out) == (Exit.REFUSED, "")
    assert "A bundle is one of the two." in told.err
