from pathlib import Path

from facts import bundles
from headway import facts

ROUND = "round_id,kind,opened_on,closed_on\nr,pulse,2026-01-01,2026-01-09\n"


def test_survey_cells_add_up(tmp_path: Path) -> None:
    cells = "cell_id,round_id,manager_id,role,is_remainder,invited_count,answered_count\n"
    bundle = bundles.written(
        tmp_path,
        {
            "said/survey_round": ROUND,
            "said/survey_cell": cells
            + "sound,r,p1,seller,false,9,8\n"
            + "blocked,r,p1,manager,false,3,\n"
            + "few,r,p1,leader,false,9,4\n"
            + "many,r,p1,sdr,false,6,7\n",
            "said/survey_cell_team": "cell_id,team_manager_id,invited_count\n"
            "sound,p1,5\nsound,p2,4\nmany,p1,5\nfew,p2,9\n",
            "said/survey_count": "cell_id,item,subject,value,answer_count\n"
            "sound,R1,s,yes,5\nsound,R1,s,no,3\nsound,B1,s,yes,9\nblocked,R1,s,yes,1\n",
        },
    )

    # few has 4 of the 5 answers a figure rests on, many one more than were invited; the teams of
    # many are 5 of 6; B1 has 9 counts from 8 answers.
    assert [(each.table, each.line, each.rule) for each in facts.bundle.violations(bundle)] == [
        ("said/survey_cell", 4, 11),
        ("said/survey_cell", 5, 11),
        ("said/survey_cell_team", 4, 11),
        ("said/survey_count", 4, 11),
        ("said/survey_count", 5, 11),
    ]


def test_a_team_stands_in_one_cell_of_a_round_and_role(tmp_path: Path) -> None:
    bundle = bundles.written(
        tmp_path,
        {
            "said/survey_round": ROUND,
            "said/survey_cell": "cell_id,round_id,manager_id,role,is_remainder,invited_count\n"
            "c1,r,p1,seller,false,5\nc2,r,p1,seller,true,5\nc3,r,p1,sdr,false,5\n",
            "said/survey_cell_team": "cell_id,team_manager_id,invited_count\n"
            "c1,p2,5\nc2,p2,5\nc3,p2,5\n",
        },
    )

    assert [(each.line, each.message) for each in facts.bundle.violations(bundle)] == [
        (3, "the team stands in another cell of the same round and role as well")
    ]
