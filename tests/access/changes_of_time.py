"""Who may change what of own time, hours given back, pairs and what works, and why."""

from django.utils import timezone
from tests.access.change import Change
from tests.access.table import ABOVE, RESULTS

from headway.records.models import (
    HoursBack,
    KnowledgeItem,
    KnowledgeUse,
    Pair,
    PeerNote,
    Person,
    Skill,
    SkillSaid,
    TimeLog,
)
from headway.terms.own_time import monday

LEADERS = ABOVE | {"other leader"}
# The two of the pair: sue, and stan.
TWO = frozenset({"peer", "stranger"})


def _asked_again() -> None:
    Pair.objects.update(state="asked")


def _pair() -> object:
    return list(Pair.objects.values_list("state", flat=True))


def _notes() -> object:
    return list(PeerNote.objects.order_by("pk").values_list("worked", "is_used"))


def _item() -> object:
    return KnowledgeItem.objects.values_list("name", "checked_on", "retired_on").get()


def _stan_left() -> None:
    Person.objects.filter(id="stan").update(is_active=False)


def _time(_ids: dict[str, str]) -> tuple[Change, ...]:
    today = timezone.localdate()
    stopped = {"kind": "report", "text": "The sheet", "hours": "1", "since_on": today.isoformat()}
    return (
        Change(
            what="log one's own week",
            who=LEADERS,
            why="leaders, each for themselves",
            watch=TimeLog.objects.count,
            page=("own-time-log", {"week_on": monday(today).isoformat(), "development": "2"}),
            api=(
                "log_week",
                {
                    "week_on": monday(today).isoformat(),
                    "hours": [{"category": "development", "hours": 2}],
                },
            ),
        ),
        Change(
            what="give hours back",
            who=LEADERS,
            why="leaders, to those who report to them",
            watch=HoursBack.objects.count,
            page=("hours-back", {**stopped, "is_everybody": "1"}),
        ),
        Change(
            what="say that something stopped is done again",
            who=frozenset({"leader"}),
            why="who gave it back",
            watch=lambda: HoursBack.objects.get().ended_on,
            page=("hours-back-end", {}),
        ),
    )


def _skills(ids: dict[str, str]) -> tuple[Change, ...]:
    return (
        Change(
            what="offer to teach what a priority asks for",
            who=RESULTS,
            why="each for themselves",
            watch=SkillSaid.objects.count,
            page=("pairs-offer", {"priority": ids["priority_id"]}),
            api=("offer_to_teach", {"priority": ids["priority_id"]}),
        ),
        Change(
            what="say what one teaches or wants to learn",
            who=RESULTS,
            why="each for themselves",
            watch=SkillSaid.objects.count,
            page=("pairs-say", {"side": "teach", "words": "Tenders"}),
        ),
        Change(
            what="take back what one teaches",
            who=frozenset({"stranger"}),
            why="who said it",
            watch=SkillSaid.objects.count,
            page=("pairs-unsay", {}),
        ),
        Change(
            what="put a skill on the list",
            who=LEADERS,
            why="the list is the organisation's: leaders keep it",
            watch=Skill.objects.count,
            page=("pairs-skill", {"name": "Another"}),
        ),
        Change(
            what="take a skill off the list",
            who=LEADERS,
            why="as for putting it there",
            watch=lambda: Skill.objects.get().is_retired,
            page=("pairs-retire-skill", {}),
        ),
    )


def _pairing(_ids: dict[str, str]) -> tuple[Change, ...]:
    wanted = {
        "partner": "stan",
        "about": "teach-m4rk",
        "first_on": timezone.localdate().isoformat(),
        "weeks": "2",
    }
    return (
        Change(
            what="ask for a pair",
            who=RESULTS - TWO,
            why="everybody whom results are open to; here the two are a pair already",
            watch=Pair.objects.count,
            page=("pair-ask", wanted),
            api=("ask_pair", {**wanted, "weeks": 2}),
        ),
        Change(
            what="agree to a pair",
            who=frozenset({"stranger"}),
            why="who was asked",
            watch=_pair,
            first=_asked_again,
            page=("pair-agree", {}),
            api=("agree_pair", None),
        ),
        Change(
            what="decline a pair",
            who=TWO,
            why="the two",
            watch=_pair,
            first=_asked_again,
            page=("pair-decline", {}),
            api=("decline_pair", None),
        ),
        Change(
            what="end a pair",
            who=TWO,
            why="the two",
            watch=_pair,
            page=("pair-end", {}),
            api=("end_pair", None),
        ),
    )


def _meeting(ids: dict[str, str]) -> tuple[Change, ...]:
    number = ids["meeting_id"]
    return (
        Change(
            what="write about a meeting of a pair",
            who=TWO,
            why="the two",
            watch=_notes,
            page=(
                "pair-note",
                {f"m{number}-met_on": "2026-06-01", f"m{number}-worked": "Asked why"},
            ),
            api=("note_meeting", {"met_on": "2026-06-01", "worked": "Asked why"}),
        ),
        Change(
            what="say whether advice was used",
            who=TWO,
            why="the two",
            watch=_notes,
            page=("pair-used", {"is_used": "yes"}),
            api=("use_advice", {"is_used": True}),
        ),
    )


def _writing(ids: dict[str, str]) -> tuple[Change, ...]:
    said = {"name": "Another", "helps_when": "Often", "priority": ids["priority_id"]}
    page, api = {**said, "steps": "Do it"}, {**said, "steps": ["Do it"]}
    return (
        Change(
            what="write down what works",
            who=RESULTS,
            why="each of their own will",
            watch=KnowledgeItem.objects.count,
            page=("knowledge-new", {**page, "seen_version": "0"}),
            api=("write_knowledge", api),
        ),
        Change(
            what="change something written down",
            who=frozenset({"stranger"}),
            why="who wrote it",
            watch=_item,
            page=("knowledge-change", {**page, "seen_version": "1"}),
            api=("change_knowledge", {"item": api, "seen_version": 1}),
        ),
        Change(
            what="take something written down off the list",
            who=frozenset({"stranger"}),
            why="who wrote it",
            watch=_item,
            page=("knowledge-retire", {"seen_version": "1"}),
            api=("retire_knowledge", {"seen_version": 1}),
        ),
        Change(
            what="take what somebody wrote who has left off the list",
            who=LEADERS,
            why="leaders, as for the list of skills: who wrote it cannot any more",
            watch=_item,
            first=_stan_left,
            page=("knowledge-retire", {"seen_version": "1"}),
            api=("retire_knowledge", {"seen_version": 1}),
        ),
    )


def _using(_ids: dict[str, str]) -> tuple[Change, ...]:
    return (
        Change(
            what="check something written down",
            who=RESULTS - {"stranger"},
            why="a second person: anybody but who wrote it",
            watch=_item,
            page=("knowledge-check", {"seen_version": "1"}),
            api=("check_knowledge", {"seen_version": 1}),
        ),
        Change(
            what="say that one used something written down",
            who=RESULTS - {"stranger"},
            why="each for themselves; who wrote it does not count",
            watch=KnowledgeUse.objects.count,
            page=("knowledge-use", {"words": "It worked"}),
            api=("use_knowledge", {"words": "It worked"}),
        ),
        Change(
            what="take back that one used something",
            who=frozenset({"peer"}),
            why="who said it",
            watch=KnowledgeUse.objects.count,
            page=("knowledge-take-back", {}),
            api=("take_back_use", None),
        ),
    )


GROUPS = (_time, _skills, _pairing, _meeting, _writing, _using)
