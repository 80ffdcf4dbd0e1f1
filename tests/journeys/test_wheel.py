"""The wheel holds all that is needed: it runs where there is no checkout."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel; its dependencies are those of the tests' environment."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    install = [
        str(python),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        str(wheel),
    ]
    subprocess.run(install, check=True)
    # A path file adds the folder behind the wheel's own, and follows no path file inside it: the
    # checkout, which is installed there as editable, stays out of sight.
    own = python.parent.parent / "lib" / f"python{sysconfig.get_python_version()}" / "site-packages"
    (own / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder


def run(installed: Path, *arguments: str, at: Path) -> subprocess.CompletedProcess[str]:
    command = [str(installed / "bin" / "headway"), *arguments]
    environment = {**os.environ, "HEADWAY_DATA": str(at / "data")}
    return subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=at, env=environment
    )


def test_it_holds_templates_styles_faces_and_the_sample(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
    wanted = (
        "interfaces/pages/templates/base.html",
        "interfaces/pages/static/headway/css/headway.css",
        "interfaces/pages/static/headway/fonts/inter-latin.woff2",
        "interfaces/pages/static/headway/fonts/newsreader-OFL.txt",
        "sources/demo/__init__.py",
        "py.typed",
    )
    assert [name for name in wanted if f"headway/{name}" not in names] == []
    assert [name for name in names if name.startswith("headway/sources/demo/adventureworks")] != []


def test_it_runs_where_there_is_no_checkout(installed: Path, tmp_path: Path) -> None:
    told = run(installed, "--version", at=tmp_path)
    assert (told.returncode, told.stderr) == (0, "")
    where = [str(installed / "bin" / "python"), "-c", "import headway; print(headway.__file__)"]
    found = subprocess.run(where, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert Path(found.stdout).is_relative_to(installed)


def test_it_diagnoses_the_sample_it_ships(installed: Path, tmp_path: Path) -> None:
    sample = "import headway.cycle.sample as sample; print(sample.FOLDER)"
    asked = [str(installed / "bin" / "python"), "-c", sample]
    folder = subprocess.run(asked, capture_output=True, text=True, check=True, cwd=tmp_path)
    told = run(installed, "diagnose", folder.stdout.strip(), "--json", at=tmp_path)
    assert (told.returncode, told.stderr) == (0, "")
    assert '"format": "headway-findings"' in told.stdout


def test_the_demo_answers_and_keeps_to_a_folder_of_its_own(installed: Path, tmp_path: Path) -> None:
    told = run(installed, "demo", "--no-serve", at=tmp_path)
    assert told.returncode == 0, told.stderr
    assert "Why it changed" in told.stdout
    assert [each.name for each in tmp_path.iterdir()] == ["data-sample"]
