"""Files that are no tables of text, known by how they begin, whatever their name says."""

from collections.abc import Mapping

_EXPORT = "Open it in the program it came from, and export the table as CSV or XLSX."
_BYTES: Mapping[bytes, tuple[str, str]] = {
    b"%PDF": ("it is a PDF", _EXPORT),
    b"\x89PNG": ("it is a picture", _EXPORT),
    b"\xff\xd8\xff": ("it is a picture", _EXPORT),
    b"\xd0\xcf\x11\xe0": (
        "it is a workbook of an old kind (.xls)",
        "Open it in a spreadsheet, and save it as XLSX or CSV.",
    ),
    b"PK\x03\x04": (
        "it is a zip or a workbook under another name",
        "Give it its own ending: .zip or .xlsx.",
    ),
    b"\x1f\x8b": ("it is packed again inside", "Unpack it, and bring the CSV itself."),
    b"PAR1": ("it is a Parquet file under another name", "Give it its own ending: .parquet."),
}
_TEXT: Mapping[bytes, tuple[str, str]] = {
    b"<!doctype html": ("it is a web page", _EXPORT),
    b"<html": ("it is a web page", _EXPORT),
    b"<table": ("it is a web page", _EXPORT),
    b"<?xml": ("it is XML", _EXPORT),
    b'{"': ("it is JSON", _EXPORT),
    b"[{": ("it is JSON", _EXPORT),
}


def other_than_table(begins: bytes) -> tuple[str, str] | None:
    """What a file is that begins so, and what to do; None = it may be a table.

    >>> other_than_table(b"%PDF-1.7")[0], other_than_table(b"id,amount")
    ('it is a PDF', None)
    """
    plain = begins.lstrip(b"\xef\xbb\xbf \t\r\n")[:20].lower()
    said = next((told for mark, told in _BYTES.items() if begins.startswith(mark)), None)
    return said or next((told for mark, told in _TEXT.items() if plain.startswith(mark)), None)
