"""Small files made in a test, and what a reading of them gives."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import duckdb

from headway.sources import csv_files
from headway.sources.protocol import Delivery

REPORT = (
    "Opportunity ID,Opportunity Name,Account Name,Opportunity Owner,Stage,Amount,Created "
    "Date,Close Date"
)


def report(folder: Path, *rows: str, name: str = "report.csv") -> Path:
    path = folder / name
    path.write_text("\n".join((REPORT, *rows)) + "\n", encoding="utf-8")
    return path


def read(path: Path, into: Path, answers: Mapping[str, str] | None = None) -> Delivery:
    return csv_files.read(csv_files.recognise(path).answered(answers or {}), into=into)


def column(delivery: Delivery, table: str, name: str) -> list[object]:
    """One column in the order of the table's key."""
    key = {"seen/opportunity_line": "opportunity_id", "seen/opportunity_change": "changed_at"}.get(
        table, f"{table.split('/')[1]}_id"
    )
    rows = duckdb.execute(
        f"select {name} from read_parquet('{delivery.tables[table]}') order by {key}"
    ).fetchall()
    return [row[0] for row in rows]


def rejections(delivery: Delivery) -> list[str]:
    return delivery.rejections.read_text(encoding="utf-8").splitlines()[1:]


def workbook(
    path: Path, rows: Sequence[Sequence[str]], cells: str = "", merged: Sequence[str] = ()
) -> Path:
    """A workbook of one sheet with text in its cells; `cells` adds XML of its own.

    `merged` are the areas of merged cells, such as C2:C3.
    """
    areas = "".join(f'<mergeCell ref="{area}"/>' for area in merged)
    lines = "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{chr(65 + at)}{number}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
            for at, text in enumerate(row)
        )
        + "</row>"
        for number, row in enumerate(rows, start=1)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packages = "http://schemas.openxmlformats.org/package/2006"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{packages}/content-types"><Default Extension="xml" '
            f'ContentType="application/xml"/>'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            "</Types>",
        )
        book.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{packages}/relationships"><Relationship Id="r1" '
            f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        book.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="Deals" '
            f'sheetId="1" r:id="r1"/>'
            "</sheets></workbook>",
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{packages}/relationships"><Relationship Id="r1" '
            f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        book.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{main}"><sheetData>{lines}{cells}</sheetData>'
            f"{f'<mergeCells>{areas}</mergeCells>' if merged else ''}</worksheet>",
        )
    return path
