"""The reference names every measure, and no other."""

import re
from pathlib import Path

from headway.analysis.results import metrics

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "measures.md").read_text("utf-8")
RESULTS = Path(metrics.__file__).parent


def codes(*, under: str) -> list[str]:
    section = PAGE.split(f"## {under}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `([a-z_]+)`", section, flags=re.MULTILINE)


def test_every_metric_has_its_entry() -> None:
    assert sorted(codes(under="Metrics")) == sorted(
        (*metrics.CODES, "stage_conversion", "cycle_days")
    )


def test_every_caveat_has_its_entry() -> None:
    source = "\n".join(path.read_text("utf-8") for path in sorted(RESULTS.glob("*.py")))
    documented = codes(under="Caveats")
    assert [code for code in documented if f'"{code}"' not in source] == []
    said = set(re.findall(r'caveats(?:=|\.append)\(\(?((?:"[a-z_]+"(?:, )?)+)', source))
    used = {code for group in said for code in re.findall(r'"([a-z_]+)"', group)}
    assert sorted(used - set(documented) - {"largest_line_product"}) == []


def test_every_factor_has_its_entry() -> None:
    source = (RESULTS / "tree.py").read_text("utf-8")
    assert [code for code in codes(under="Factors of the tree") if f'"{code}"' not in source] == []
