"""Builds what no wheel of ours may carry ready-made: the two faces of the pages, cut to Latin."""

from importlib.resources import files
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FONTS = Path("src/headway/interfaces/pages/static/headway/fonts")
FACES = ("inter", "newsreader")
# Latin, Latin-1, Latin Extended-A, and the marks, arrows and currency signs that the pages print.
LATIN = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x2010, 0x2028),
    *(0x202F, 0x2030, 0x2039, 0x203A, 0x20AC, 0x2122),
    *(0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x2248, 0x2260, 0x2264, 0x2265, 0x25CF, 0x25CB),
]
FEATURES = ["kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "tnum", "lnum", "onum", "case"]
STYLISTIC = ["cv05", "cv11", "ss03"]


class FontsHook(BuildHookInterface):  # type: ignore[type-arg]  # the build's own configuration is untyped
    """Writes one woff2 per face, with its licence, unless they are there already."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  hatch sets it
        """Run before the wheel, the editable one too, is put together."""
        folder = Path(self.root) / FONTS
        folder.mkdir(parents=True, exist_ok=True)
        for face in FACES:
            _write(face=face, folder=folder)


def _write(*, face: str, folder: Path) -> None:
    target = folder / f"{face}-latin.woff2"
    if target.is_file():
        return
    package = files(f"fontpkg_{face}")
    (source,) = (
        path
        for path in (package / "files").iterdir()
        if path.name.endswith(".ttf") and "Italic" not in path.name
    )
    with source.open("rb") as stream:
        font = TTFont(stream, lazy=False)
        subsetter = Subsetter(Options(layout_features=FEATURES + STYLISTIC))
        subsetter.populate(unicodes=LATIN)
        subsetter.subset(font)
        # One optical size, the default; the weight stays variable.
        instantiateVariableFont(font, {"opsz": None}, inplace=True)
        font.flavor = "woff2"
        unfinished = target.with_suffix(".unfinished")
        font.save(unfinished)
    unfinished.replace(target)
    licence = (package / "LICENSE").read_text(encoding="utf-8")
    (folder / f"{face}-OFL.txt").write_text(licence, encoding="utf-8")
