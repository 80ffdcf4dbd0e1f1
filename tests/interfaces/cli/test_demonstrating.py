"""When `headway demo` reads the sample, and when it refuses to."""

from pathlib import Path

import pytest
from tests import cast

from headway.cycle import sample
from headway.interfaces.cli import demonstrating
from headway.records.models import Load, Source

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    settings.HEADWAY_DATA = tmp_path
    return tmp_path


def load(*, is_sample: bool) -> None:
    source = Source.objects.create(name="s", added_at=cast.NOW)
    Load.objects.create(
        source=source, upload="u", state="kept", asked_at=cast.NOW, is_sample=is_sample
    )


def test_a_folder_that_holds_other_data_is_named_and_left_alone(folder: Path) -> None:
    load(is_sample=False)
    with pytest.raises(demonstrating.NotTheSampleError) as refused:
        demonstrating._load(folder)
    assert str(refused.value) == (
        f"{folder} holds data that is not the sample, and the two never mix. Delete that folder, "
        "or name another: HEADWAY_DATA=/path/to/folder headway demo"
    )
    assert Load.objects.values_list("state", "is_sample").get() == ("kept", False)


def test_it_is_read_again_by_other_code_and_after_it_was_left(folder: Path) -> None:
    done = folder / "read-by"
    load(is_sample=True)
    assert not demonstrating._is_read(done)
    done.write_text("0.0.0", encoding="utf-8")
    assert not demonstrating._is_read(done)
    demonstrating._note(done)
    assert done.read_text(encoding="utf-8") == sample.made_by()
    assert demonstrating._is_read(done)
    Load.objects.all().delete()
    assert not demonstrating._is_read(done)
