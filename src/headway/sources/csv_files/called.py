"""What an organisation is called where nobody said: after its file or folder, as people write."""

import re
from pathlib import Path

_SHORT_FORMS = frozenset({"b2b", "crm", "csv", "emea", "erp", "eu", "hq", "uk", "us", "usa"})


def after(path: Path) -> str:
    """The name of an organisation that a file or folder suggests.

    >>> after(Path("maven_crm_sales")), after(Path("calder-works.2024.csv"))
    ('Maven CRM sales', 'Calder works')
    """
    stem = path.resolve().name.split(".")[0]
    words = re.split(r"[\s_-]+", stem)
    told = " ".join(
        word.upper() if word.lower() in _SHORT_FORMS else word for word in words if word
    )
    return told[:1].upper() + told[1:]
