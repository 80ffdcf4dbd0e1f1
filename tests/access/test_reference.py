"""docs/reference/access.md is the table that the matrix tries."""

from collections.abc import Callable
from pathlib import Path

from tests.access.change import Change
from tests.access.changes import all_changes
from tests.access.table import NOT_ABOUT_PEOPLE, RECORDS, Record
from tests.access.test_command_line import COMMANDS
from tests.access.world import WHO

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "access.md"
IN_ADDRESSES = (
    "account_id commitment_id digest figure finding held item_id knowledge_id leave_id link_id "
    "list_id meeting_id move_id number open_wave plan_id priority_id programme_id scorecard_id "
    "session_id stop_id stop_token token_id unaccepted use_id webhook_id"
)
IDS = dict.fromkeys(IN_ADDRESSES.split(), "1")
HEAD = """# Access

Who reads and who changes what, on pages and over the API. Each line is tried: one organisation with
every role and one record of each kind is built, everybody asks for every address of every
interface, and a reply that tells somebody more than this table fails the build, as does a
page that shows less. A new kind of record, page, endpoint or command fails it until it stands here.

The columns say how somebody stands to a leader, *max*, whose people and findings the records are
about: *mona* leads max, *sam* and *sue* work for max, *olaf* leads others, *stan* works for olaf.
Roles are as in [Who sees what](../explanation/who-sees-what.md). This page is written by
`./dev docs --write`.

"""


def read_cell(each: Record, who: str) -> str:
    where = [name for name, held in (("page", each.page), ("API", each.api)) if who in held]
    return "both" if len(where) == 2 else "".join(where)


def change_cell(each: Change, who: str) -> str:
    doors = [name for name, door in (("page", each.page), ("API", each.api)) if door]
    return ("both" if len(doors) == 2 else doors[0]) if who in each.who else ""


def columns(first: str, rows: list[tuple[str, dict[str, str], str]]) -> str:
    head = f"| {first} | {' | '.join(WHO)} | why |\n|{' --- |' * (len(WHO) + 2)}\n"
    return head + "".join(
        f"| {name} | {' | '.join(cells[who] for who in WHO)} | {why} |\n"
        for name, cells, why in rows
    )


def test_the_reference_is_the_table(generated: Callable[[Path, str], None]) -> None:
    reading = [
        (each.name, {who: read_cell(each, who) for who in WHO}, each.why) for each in RECORDS
    ]
    changing = [
        (each.what, {who: change_cell(each, who) for who in WHO}, each.why)
        for each in all_changes(IDS)
    ]
    others = "".join(f"| `{name}` | {why} |\n" for name, why in NOT_ABOUT_PEOPLE.items())
    commands = "".join(f"| `headway {name}` | {what} |\n" for name, what in COMMANDS.items())
    generated(
        PAGE,
        HEAD
        + "## Who reads\n\n"
        + columns("record", reading)
        + "\n## Who changes\n\n"
        + columns("change", changing)
        + "\nA token that only reads changes nothing; a token never does more than its owner.\n"
        + "\n## The command line\n\nWhoever may read the data folder has the data anyway: a "
        "command asks nobody who they are. What one prints\nof an installation's records is this, "
        "and nothing else.\n\n| command | prints of records |\n| --- | --- |\n"
        + commands
        + "\n## Not about people\n\n| table | holds |\n| --- | --- |\n"
        + others,
    )
