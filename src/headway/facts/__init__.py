"""What is known, as tables: declared once, loaded, doubted, kept and read here."""

from headway.facts import asof, bundle, checks, days, elsewhere, extent, memory, store, texts
from headway.facts.catalogue import TABLES
from headway.facts.encoding import Encoded, encode
from headway.facts.engine import Rows, collect, small
from headway.facts.known import Facts
from headway.facts.once import once

__all__ = [
    "TABLES",
    "Encoded",
    "Facts",
    "Rows",
    "asof",
    "bundle",
    "checks",
    "collect",
    "days",
    "elsewhere",
    "encode",
    "extent",
    "memory",
    "once",
    "small",
    "store",
    "texts",
]
