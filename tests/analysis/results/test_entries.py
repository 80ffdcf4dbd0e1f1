"""What an opportunity takes from its account and its lines."""

import subprocess
import sys

from headway.analysis.results import entries
from headway.facts import Encoded, memory


def opportunity(name: str, **more: object) -> dict[str, object]:
    needed = {"name": name, "stage": "New", "stage_group": "open", "pipeline": "Main"}
    return {"opportunity_id": name, **needed, **more}


def line(owner: str, number: int, product: str, **amounts: object) -> dict[str, object]:
    return {"opportunity_id": owner, "line_no": number, "product_id": product, **amounts}


def texts(read: Encoded, name: str) -> list[str | None]:
    return [read.values[name][code] for code in read.codes[name]]


def test_the_product_is_that_of_the_largest_line_and_of_the_first_of_alike_ones() -> None:
    read = entries.of(
        memory.of(
            {
                "seen/opportunity": [opportunity(name) for name in ("o3", "o1", "o2", "o4")],
                "seen/opportunity_line": [
                    line("o1", 2, "b", line_amount=5),
                    line("o1", 1, "a", line_amount=5),
                    line("o2", 1, "a", line_amount=5),
                    # Quantity times price stands in where a line has no amount: 6.
                    line("o2", 2, "c", quantity=2, price_amount=3),
                    line("o3", 1, "c"),
                    line("gone", 1, "d", line_amount=900),
                ],
            }
        )
    )

    assert read.keys is not None
    assert read.keys.tolist() == ["o1", "o2", "o3", "o4"]
    assert texts(read, "product") == ["a", "c", "c", None]
    # No opportunity has the product of a line that belongs to none.
    assert read.values["product"] == ("a", "c", None)


def test_two_products_of_one_name_stay_two() -> None:
    read = entries.of(
        memory.of(
            {
                "seen/opportunity": [opportunity(name) for name in ("o1", "o2", "o3")],
                "seen/opportunity_line": [
                    line(owner, 1, product)
                    for owner, product in (("o1", "x1"), ("o2", "x2"), ("o3", "x3"))
                ],
                "seen/product": [
                    {"product_id": "x1", "name": "Core", "family": "Base"},
                    {"product_id": "x2", "name": "Core"},
                    {"product_id": "x3", "name": "Plus", "family": "Base"},
                ],
            }
        )
    )

    assert texts(read, "product") == ["Core (x1)", "Core (x2)", "Plus"]
    assert texts(read, "product_family") == ["Base", None, "Base"]


def test_what_is_deleted_leaves_no_value_behind() -> None:
    read = entries.of(
        memory.of(
            {
                "seen/opportunity": [
                    opportunity("o1", account_id="a1", lead_source="Web"),
                    opportunity("o2", account_id="a2", lead_source="Fair", is_deleted=True),
                    opportunity("o3", account_id="a9"),
                ],
                "seen/account": [
                    {"account_id": "a1", "segment": "Large"},
                    {"account_id": "a2", "segment": "Small"},
                ],
            }
        )
    )

    assert texts(read, "segment") == ["Large", None]
    assert read.values["segment"] == ("Large", None)
    assert texts(read, "lead_source") == ["Web", None]
    assert read.values["lead_source"] == ("Web", None)


def test_a_book_is_read_without_loading_ibis() -> None:
    code = (
        "import sys; from headway.analysis.results import book; from headway.facts import memory;"
        "book.of(memory.of({'seen/opportunity': []})); print('ibis' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("False\n", "")
