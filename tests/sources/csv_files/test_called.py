"""An organisation nobody named is called after its file or folder, as people write."""

from pathlib import Path

import pytest

from headway.sources.csv_files import called


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("maven_crm_sales", "Maven CRM sales"),
        ("deals.2024.csv", "Deals"),
        ("Calder-Works.xlsx", "Calder Works"),
        ("école.csv", "École"),
        ("EMEA__pipeline", "EMEA pipeline"),
        ("__.csv", ""),
    ],
)
def test_a_name_begins_with_a_capital_and_knows_short_forms(name: str, told: str) -> None:
    assert called.after(Path("somewhere") / name) == told
