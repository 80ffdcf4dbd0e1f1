"""The picture an authenticator app reads, as the path of an SVG: no image file, no inline style."""


def path(text: str) -> str:
    """The dark squares of `text`'s picture, one unit each, with the quiet edge of 4 units.

    The picture is at most 100 units wide for the addresses of `actions.totp`.
    """
    import qrcode  # type: ignore[import-untyped]  # noqa: PLC0415  one page needs it, untyped

    picture = qrcode.QRCode(border=4, error_correction=qrcode.ERROR_CORRECT_M)
    picture.add_data(text)
    picture.make(fit=True)
    rows = enumerate(picture.get_matrix())
    dark = [(x, y) for y, row in rows for x, is_dark in enumerate(row) if is_dark]
    return "".join(f"M{x},{y}h1v1h-1z" for x, y in dark)
