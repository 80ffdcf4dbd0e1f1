"""Cells of a CSV file as a spreadsheet opens it: none of them is run."""

# What a spreadsheet would take for a formula, or for the end of a cell.
_LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def dead(text: str) -> str:
    """The text with a quotation mark before it where a spreadsheet would run it.

    >>> dead("=1+1"), dead("Ada"), dead("'=1+1")
    ("'=1+1", 'Ada', "''=1+1")
    """
    return f"'{text}" if _is_live(text) else text


def restored(cell: str) -> str:
    """The text that `dead` wrote as `cell`.

    >>> restored("'=1+1"), restored("'t Hart")
    ('=1+1', "'t Hart")
    """
    return cell[1:] if cell.startswith("'") and _is_live(cell) else cell


def _is_live(text: str) -> bool:
    return text.lstrip("'").startswith(_LIVE)
