import json
import shutil
from pathlib import Path

import pytest

from facts import bundles
from headway import facts
from headway.facts.bundle import BundleError, Violation


def told(found: list[Violation]) -> list[tuple[str, int, int, bool]]:
    return [(each.table, each.line, each.rule, each.is_rejected) for each in found]


def loaded(folder: Path, **tables: str) -> facts.bundle.Loaded:
    return facts.bundle.load(bundles.written(folder, {f"seen/{k}": v for k, v in tables.items()}))


def rows(known: facts.Facts, table: str) -> list[dict[str, object]]:
    return facts.collect(known.table(table)).records()


def test_a_bundle_that_conforms_breaks_no_rule(tmp_path: Path) -> None:
    bundle = bundles.written(tmp_path, {})

    assert list(facts.bundle.violations(bundle)) == []
    known = facts.bundle.read(bundle)
    assert known.organisation.time_zone == "Europe/Berlin"
    assert [known.has("seen/person"), known.has("seen/lead")] == [True, False]


@pytest.mark.parametrize("spoil", ["unlisted", "missing", "count", "hash", "twice", "ending"])
def test_a_wrong_list_of_files_imports_nothing(tmp_path: Path, spoil: str) -> None:
    bundle = bundles.written(tmp_path, {})
    said = json.loads((bundle / "bundle.json").read_text())
    person = said["tables"][0]
    if spoil == "unlisted":
        (bundle / "seen" / "notes.csv").write_text("a\n")
    if spoil == "missing":
        (bundle / "seen" / "person.csv").unlink()
    if spoil == "count":
        person["row_count"] = 3
    if spoil == "hash":
        person["sha256"] = "0" * 64
    if spoil == "twice":
        said["tables"].append(person)
    if spoil == "ending":
        person["path"] = "seen/person.xlsx"
        (bundle / "seen" / "person.csv").rename(bundle / "seen" / "person.xlsx")
    (bundle / "bundle.json").write_text(json.dumps(said))

    with pytest.raises(BundleError, match="Nothing was imported"):
        facts.bundle.read(bundle)
    # Each fault is told once, and what comes of it is not told as another.
    assert [each.rule for each in facts.bundle.violations(bundle)] == [0]


def test_without_a_manifest_it_is_no_bundle(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match=r"There is no bundle\.json"):
        facts.bundle.read(tmp_path)
    with pytest.raises(BundleError, match="neither a folder nor a zip"):
        facts.bundle.read(tmp_path / "nothing.zip")


def test_a_path_that_leads_out_is_refused(tmp_path: Path) -> None:
    bundle = bundles.written(tmp_path / "bundle", {})
    shutil.move(bundle / "seen" / "person.csv", tmp_path / "person.csv")
    said = json.loads((bundle / "bundle.json").read_text())
    said["tables"][0]["path"] = "../person.csv"
    (bundle / "bundle.json").write_text(json.dumps(said))

    with pytest.raises(BundleError, match="lies outside the bundle"):
        facts.bundle.read(bundle)


def test_a_required_table_may_not_be_absent(tmp_path: Path) -> None:
    bundle = bundles.written(tmp_path, {})
    said = json.loads((bundle / "bundle.json").read_text())
    (bundle / "seen" / "person.csv").unlink()
    said["tables"] = said["tables"][1:]
    (bundle / "bundle.json").write_text(json.dumps(said))

    with pytest.raises(BundleError, match="seen/person: the table is required"):
        facts.bundle.read(bundle)
    assert told(list(facts.bundle.violations(bundle))) == [("seen/person", 0, 9, True)]


def test_a_needed_column_may_not_be_absent(tmp_path: Path) -> None:
    bundle = bundles.written(tmp_path, {"seen/opportunity": "opportunity_id,stage\no1,New\n"})

    with pytest.raises(BundleError, match="the needed column 'stage_group' is not there"):
        facts.bundle.read(bundle)
    assert told(list(facts.bundle.violations(bundle))) == [("seen/opportunity", 0, 4, True)]


def test_an_unknown_column_is_kept_out_and_marked(tmp_path: Path) -> None:
    found = loaded(tmp_path, person="person_id,shoe_size\np1,43\np2,\n")

    assert list(rows(found.facts, "seen/person")[0]) == list(
        facts.TABLES["seen/person"].column_names
    )
    assert [
        (mark.code, mark.table, mark.row_count, mark.figures) for mark in found.facts.reading
    ] == [("unknown_column", "seen/person", 2, {"columns": "shoe_size"})]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("amount", "12.345"),
        ("amount", "1,5"),
        ("amount", "1e5"),
        ("created_at", "2026-01-01"),
        ("created_at", "2026-01-01T24:00:00Z"),
        ("created_at", "2026-01-01T10:00:00"),
        ("close_on", "2026-02-30"),
        ("close_on", "0000-01-01"),
        ("close_on", "1.2.2026"),
        ("probability_share", "1.01"),
        ("probability_share", "nan"),
        ("is_tender", "yes"),
        ("type", "upsell"),
        ("owner_id", "x" * 81),
    ],
)
def test_an_optional_value_that_is_none_is_left_unknown(
    tmp_path: Path, column: str, value: str
) -> None:
    header = ["opportunity_id", "stage", "stage_group", column]
    text = bundles.text_of([header, ["o1", "New", "open", ""], ["o2", "New", "open", value]])

    found = loaded(tmp_path, opportunity=text)

    assert [(each.line, each.rule, each.column, each.value) for each in found.violations] == [
        (3, 2, column, value)
    ]
    assert [row[column] for row in rows(found.facts, "seen/opportunity")] == [None, None]


def test_a_needed_value_that_is_none_takes_its_row_along(tmp_path: Path) -> None:
    found = loaded(
        tmp_path,
        opportunity="opportunity_id,stage,stage_group\n,New,open\no2,,open\no3,New,maybe\no4,A,won\n",
    )

    assert told(list(found.violations)) == [
        ("seen/opportunity", 2, 4, True),
        ("seen/opportunity", 3, 4, True),
        ("seen/opportunity", 4, 2, True),
    ]
    assert found.counts[-1] == facts.bundle.Count(
        table="seen/opportunity", rows_in=4, kept=1, rejected=3
    )
    assert [row["opportunity_id"] for row in rows(found.facts, "seen/opportunity")] == ["o4"]


def test_of_a_repeated_key_the_first_row_stays(tmp_path: Path) -> None:
    found = loaded(tmp_path, person="person_id,title\np1,first\np2,x\np1,second\n")

    assert told(list(found.violations)) == [("seen/person", 4, 7, True)]
    assert {row["person_id"]: row["title"] for row in rows(found.facts, "seen/person")} == {
        "p1": "first",
        "p2": "x",
    }


def test_a_rejected_row_takes_along_the_rows_that_need_it(tmp_path: Path) -> None:
    # a2 has no id; the contact of a3 needs an account that never was; c3 sits on both.
    found = loaded(
        tmp_path,
        account="account_id,parent_id\na1,a9\n,\n",
        contact="contact_id,account_id\nc1,a1\nc2,a3\n",
        opportunity="opportunity_id,stage,stage_group,account_id\no1,New,open,a3\n",
        opportunity_contact="opportunity_id,contact_id\no1,c1\no1,c2\n",
    )

    assert told(sorted(found.violations, key=lambda each: (each.table, each.line))) == [
        ("seen/account", 2, 7, False),
        ("seen/account", 3, 4, True),
        ("seen/contact", 3, 7, True),
        ("seen/opportunity", 2, 7, False),
        ("seen/opportunity_contact", 3, 7, True),
    ]
    assert rows(found.facts, "seen/opportunity")[0]["account_id"] is None
    assert all(count.rows_in == count.kept + count.rejected for count in found.counts)


def test_a_reference_into_an_absent_table_is_left_alone(tmp_path: Path) -> None:
    found = loaded(
        tmp_path, opportunity="opportunity_id,stage,stage_group,account_id\no1,New,open,a3\n"
    )

    assert found.violations == ()
    assert rows(found.facts, "seen/opportunity")[0]["account_id"] == "a3"


def test_intervals_of_one_key_do_not_overlap(tmp_path: Path) -> None:
    found = loaded(
        tmp_path,
        absence="person_id,valid_from,valid_to\n"
        "p1,2025-01-01,2025-12-31\n"  # holds
        "p1,2025-02-01,2025-03-01\n"  # inside the first
        "p1,2025-06-01,\n"  # begins inside the first, though not inside the second
        "p1,2025-12-31,2025-12-31\n"  # ends when it begins
        "p2,2025-06-01,2025-07-01\n"
        "p2,2025-07-01,\n",  # begins when the one before ends
    )

    assert told(list(found.violations)) == [
        ("seen/absence", 3, 5, True),
        ("seen/absence", 4, 5, True),
        ("seen/absence", 5, 5, True),
    ]


def test_an_interval_ends_after_it_begins_also_where_it_is_no_key(tmp_path: Path) -> None:
    plan = "plan_id,name,owner_id,valid_from,valid_to\nn,Plan,p1,2026-01-01,2026-01-01\n"

    found = facts.bundle.load(bundles.written(tmp_path, {"meant/plan": plan}))

    assert told(list(found.violations)) == [("meant/plan", 2, 5, True)]


def test_an_account_has_one_owner_a_day(tmp_path: Path) -> None:
    found = loaded(
        tmp_path,
        account="account_id\na1\n",
        account_owner="account_id,person_id,valid_from,valid_to,role,basis\n"
        "a1,p1,2025-01-01,,owner,history\n"
        "a1,p2,2025-02-01,,team,history\n"
        "a1,p2,2025-03-01,2025-04-01,owner,history\n",
    )

    # The fourth row overlaps the third as well: the same person, on the team and as owner.
    assert told(list(found.violations)) == [("seen/account_owner", 4, 5, True)]


def test_two_owners_at_once_are_told_and_both_stay(tmp_path: Path) -> None:
    found = loaded(
        tmp_path,
        account="account_id\na1\n",
        account_owner="account_id,person_id,valid_from,valid_to,role,basis\n"
        "a1,p1,2025-01-01,,owner,history\n"
        "a1,p2,2025-02-01,,owner,history\n",
    )

    assert told(list(found.violations)) == [("seen/account_owner", 3, 5, False)]


def test_reporting_lines_that_close_a_circle_go(tmp_path: Path) -> None:
    found = loaded(
        tmp_path,
        person="person_id\np1\np2\np3\n",
        reporting_line="person_id,valid_from,valid_to,manager_id,role,basis\n"
        "p1,2025-01-01,2025-06-01,p2,seller,declared\n"
        "p2,2025-01-01,,p3,manager,declared\n"
        "p1,2025-06-01,,,leader,declared\n"
        "p3,2025-01-01,2025-05-01,,leader,declared\n"
        "p3,2025-05-01,,p1,leader,declared\n",  # for a month p1 under p2 under p3 under p1
    )

    assert told(list(found.violations)) == [("seen/reporting_line", 6, 7, True)]


def test_what_lies_after_the_last_day_is_kept_and_reported(tmp_path: Path) -> None:
    # The last day ends at 22:00 UTC in Berlin's summer.
    found = loaded(
        tmp_path,
        opportunity="opportunity_id,stage,stage_group,created_at,close_on\n"
        "o1,New,open,2026-06-30T21:59:59Z,2027-01-01\n"
        "o2,New,open,2026-06-30T22:00:00Z,\n",
    )

    assert told(list(found.violations)) == [("seen/opportunity", 3, 8, False)]
    assert len(rows(found.facts, "seen/opportunity")) == 2
    assert [(mark.code, mark.row_count) for mark in found.facts.marks if "after" in mark.code] == [
        ("after_as_of", 1)
    ]


def test_amounts_nobody_can_add_up_are_reported(tmp_path: Path) -> None:
    found = loaded(
        tmp_path,
        opportunity="opportunity_id,stage,stage_group,amount,currency,report_amount\n"
        "o1,New,open,5.00,EUR,\no2,New,open,5.00,USD,\no3,New,open,5.00,USD,4.50\no4,New,open,,€,\n",
    )

    assert [(each.line, each.rule, each.column) for each in found.violations] == [
        (3, 2, "report_amount"),
        (5, 2, "currency"),
    ]


def test_a_group_is_written_role_at_person(tmp_path: Path) -> None:
    head = "person_id,priority_id,group,link,sealed_at,point_share,low_share,high_share\n"
    row = "p1,r1,{},told,2026-01-01T00:00:00Z,0.5,0.4,0.6\n"
    bundle = bundles.written(
        tmp_path, {"said/belief": head + row.format("seller@p2") + row.format("sellers")}
    )

    assert told(list(facts.bundle.violations(bundle))) == [("said/belief", 3, 10, False)]


def test_a_predicate_is_a_json_object(tmp_path: Path) -> None:
    head = "priority_id,kind,declared_on,scope\n"
    lines = (
        'r1,skill,2026-01-01,"{""grain"": ""lead""}"\n'
        "r2,skill,2026-01-01,[]\n"
        "r3,skill,2026-01-01,x\n"
    )
    bundle = bundles.written(tmp_path, {"meant/priority": head + lines})

    assert told(list(facts.bundle.violations(bundle))) == [
        ("meant/priority", 3, 2, False),
        ("meant/priority", 4, 2, False),
    ]


def test_accounts_that_lie_above_themselves_lose_what_is_above_them(tmp_path: Path) -> None:
    found = loaded(tmp_path, account="account_id,parent_id\na1,a2\na2,a1\na3,a1\na4,a4\na5,\n")

    assert told(list(found.violations)) == [
        ("seen/account", 2, 7, False),
        ("seen/account", 3, 7, False),
        ("seen/account", 5, 7, False),
    ]
    assert {row["account_id"]: row["parent_id"] for row in rows(found.facts, "seen/account")} == {
        "a1": None,
        "a2": None,
        "a3": "a1",
        "a4": None,
        "a5": None,
    }
