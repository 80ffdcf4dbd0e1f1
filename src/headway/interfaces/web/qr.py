"""The picture an authenticator app reads, as the path of an SVG: no image file, no inline style."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Picture:
    """`path` draws the dark squares, one unit each; `size` is the width with the quiet edge."""

    path: str
    size: int


def of(text: str) -> Picture:
    """The picture of `text`."""
    import qrcode  # type: ignore[import-untyped]  # noqa: PLC0415  one page needs it, untyped

    picture = qrcode.QRCode(border=4, error_correction=qrcode.ERROR_CORRECT_M)
    picture.add_data(text)
    picture.make(fit=True)
    matrix = picture.get_matrix()
    dark = [(x, y) for y, row in enumerate(matrix) for x, is_dark in enumerate(row) if is_dark]
    path = "".join(f"M{x},{y}h1v1h-1z" for x, y in dark)
    return Picture(path=path, size=len(matrix))
