"""Everything that is kept about oneself, to take away."""

import csv
import io
import json
import zipfile
from dataclasses import asdict, dataclass
from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet

from headway.queries.words.language import gettext as _
from headway.records import own
from headway.records.models import Account, AuditEntry
from headway.terms.spreadsheet import dead
from headway.terms.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class Read:
    """One time that somebody looked at what is sensitive about the viewer; `by` is their name.

    Or could log in as they: see `own.reads_of`. `by` is "" for whoever owns the data folder.
    """

    at: datetime
    by: str
    code: str


def reads(viewer: Viewer, *, most: int) -> tuple[Read, ...]:
    """Who else looked at what is sensitive about the viewer, or could log in as they."""
    found = list(_reads(viewer)[:most])
    known = Account.objects.filter(pk__in={each.account_id for each in found})
    names: dict[int | None, str] = dict(known.values_list("pk", "name"))
    return tuple(
        Read(at=each.at, by=names.get(each.account_id, ""), code=each.code) for each in found
    )


def archive(viewer: Viewer, *, at: datetime) -> bytes:
    """A zip with one JSON and one CSV file for each table that holds something about the viewer.

    `who_looked` are the times somebody else looked at what is sensitive about them.
    `about.json` says when it was made, how many rows each table has, and what is not in it and why.
    Answers to a pulse are not in it: they are kept without a name.
    """
    packed = io.BytesIO()
    found = own.rows_of(person_id=viewer.person_id, account_id=viewer.account_id)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        counts = {}
        for name, rows in found:
            counts[name] = len(rows)
            _write(file, name, json.loads(json.dumps(rows, cls=DjangoJSONEncoder)))
        looked = _reads(viewer).count()
        told = [asdict(each) for each in reads(viewer, most=looked)] if looked else []
        _write(file, "who_looked", json.loads(json.dumps(told, cls=DjangoJSONEncoder)))
        about = {
            "made_at": at.isoformat(),
            "rows": {**counts, "who_looked": looked},
            "not_in_it": {**own.NOT_OWN, "PulseAnswer": _("answers are kept without a name")},
        }
        file.writestr("about.json", json.dumps(about, indent=1, ensure_ascii=False))
    return packed.getvalue()


def _reads(viewer: Viewer) -> QuerySet[AuditEntry]:
    return own.reads_of(person_id=viewer.person_id, account_id=viewer.account_id)


def _write(file: zipfile.ZipFile, name: str, rows: list[dict[str, object]]) -> None:
    if rows:
        file.writestr(f"{name}.json", json.dumps(rows, indent=1, ensure_ascii=False))
        file.writestr(f"{name}.csv", _csv(rows))


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
    return dead(value) if isinstance(value, str) else value
