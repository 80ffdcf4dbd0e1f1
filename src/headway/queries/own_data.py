"""Everything that is kept about oneself, to take away."""

import csv
import io
import json
import zipfile
from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder

from headway.queries.words.language import gettext as _
from headway.records import own
from headway.terms.viewer import Viewer


def archive(viewer: Viewer, *, at: datetime) -> bytes:
    """A zip with one JSON and one CSV file for each table that holds something about the viewer.

    `about.json` says when it was made, how many rows each table has, and what is not in it and why.
    Answers to a pulse are not in it: they are kept without a name.
    """
    packed = io.BytesIO()
    found = own.rows_of(person_id=viewer.person_id, account_id=viewer.account_id)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        counts = {}
        for name, rows in found:
            counts[name] = len(rows)
            if rows:
                plain = json.loads(json.dumps(rows, cls=DjangoJSONEncoder))
                file.writestr(f"{name}.json", json.dumps(plain, indent=1, ensure_ascii=False))
                file.writestr(f"{name}.csv", _csv(plain))
        about = {
            "made_at": at.isoformat(),
            "rows": counts,
            "not_in_it": {**own.NOT_OWN, "PulseAnswer": _("answers are kept without a name")},
        }
        file.writestr("about.json", json.dumps(about, indent=1, ensure_ascii=False))
    return packed.getvalue()


def _csv(rows: list[dict[str, object]]) -> str:
    text = io.StringIO()
    written = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
    written.writeheader()
    for row in rows:
        written.writerow({name: _cell(value) for name, value in row.items()})
    return text.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    # A spreadsheet takes a text that begins so for a formula.
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value
