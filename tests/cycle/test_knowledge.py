"""What works on its way to the facts: days and counts, never a word; loaded again, the same."""

from datetime import timedelta
from pathlib import Path

import pytest
from tests.cycle import brought_world as world
from tests.cycle.test_exporting import contents, exported

from headway.actions import knowledge
from headway.actions.knowledge import KnowledgeWanted
from headway.cycle import bundle, entered, exporting, publish
from headway.facts import Facts, collect
from headway.queries import knowledge as reading
from headway.queries.knowledge import Asked
from headway.terms.viewer import Role, Viewer

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LATER = world.AT + timedelta(days=9)


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path: Path) -> Path:
    settings.HEADWAY_DATA = tmp_path / "installation"
    world.loaded(world.written(tmp_path / "bundle"), settings.HEADWAY_DATA)
    return settings.HEADWAY_DATA


@pytest.fixture(autouse=True)
def item() -> int:
    """s1 wrote it, s2 checked and used it, t1 used it."""
    wanted = KnowledgeWanted(
        name="The secret opener", helps_when="Often", steps=("Ask",), priority="large"
    )
    made = knowledge.write(viewer=seller("s1"), at=LATER, wanted=wanted).item_id
    knowledge.check(viewer=seller("s2"), at=LATER, item_id=made, seen_version=1)
    for name in ("s2", "t1"):
        knowledge.use(viewer=seller(name), at=LATER, item_id=made, words="The secret thanks")
    return made


def seller(name: str) -> Viewer:
    return world.viewer(name, Role.SELLER)


def now() -> Facts:
    return entered.beside(entered.loaded(), at=LATER)


def test_an_item_reaches_the_facts_as_days_and_a_count() -> None:
    [row] = collect(now().columns("said/knowledge_item")).records()
    told = {name: row[name] for name in ("author_id", "account_id", "used_count")}
    assert told == {"author_id": "s1", "account_id": None, "used_count": 2}
    assert row["captured_on"] == row["validated_on"] == LATER.date()


def test_an_export_holds_no_word_and_tells_the_same_loaded_again(
    tmp_path: Path, data_folder: Path
) -> None:
    publish.publish(at=LATER)
    before = contents(now())
    out = exported(tmp_path / "out")
    assert list(bundle.violations(out)) == []
    assert "secret" not in "".join(path.read_text("utf-8") for path in out.rglob("*.csv"))
    world.loaded(out, data_folder, at=LATER)
    assert contents(now()) == before
    [line] = reading.page(seller("t1"), asked=Asked()).items
    assert (line.name, line.use_count) == ("The secret opener", 2)


def test_the_words_that_stay_behind_are_counted(tmp_path: Path) -> None:
    left = exporting.export(tmp_path / "out", at=LATER, file_type="csv", share="everything")
    assert left[exporting.Left.KNOWLEDGE_WORDS] == 1
