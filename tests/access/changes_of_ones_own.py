"""Who may change what of their own account, of files and of the sample, and why."""

import functools

from django.contrib.auth.hashers import make_password
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.access.change import Change
from tests.access.table import ABOVE, EVERYBODY, NOBODY, RUNNING
from tests.access.world import WHO

from headway.records.models import (
    Account,
    AuditEntry,
    CalendarAddress,
    CheckMark,
    Commitment,
    Job,
    LeaderFinding,
    Load,
    Note,
    Outgoing,
    ReminderChoice,
    Session,
    Webhook,
)

PASSWORD = "a long enough pass phrase"
DATA = "those who see data"
ACCESS = "those who manage access"
hashed = functools.cache(make_password)


def _to_sample() -> None:
    Load.objects.update(is_sample=True)


def _own(_ids: dict[str, str]) -> tuple[Change, ...]:
    return (
        Change(
            what="choose how pages look",
            who=EVERYBODY,
            why="each for themselves",
            watch=lambda: list(Account.objects.order_by("pk").values_list("theme", flat=True)),
            page=("settings-theme", {"theme": "dark"}),
        ),
        Change(
            what="turn single keys off",
            who=EVERYBODY,
            why="each for themselves",
            watch=Account.objects.filter(has_single_keys=False).count,
            page=("settings-keys", {}),
        ),
        Change(
            what="log out",
            who=EVERYBODY,
            why="each their own browser",
            watch=Session.objects.count,
            page=("log-out", {}),
        ),
        Change(
            what="sign oneself out everywhere",
            who=EVERYBODY,
            why="each themselves",
            watch=Session.objects.count,
            page=("settings-sign-out", {}),
        ),
    )


def _noting(ids: dict[str, str]) -> tuple[Change, ...]:
    return (
        Change(
            what="write a note beside a number",
            who=frozenset({"seller"}),
            why="whose number it is",
            watch=Note.objects.count,
            page=("results-note", {"text": "I was ill in May."}),
            query={"scope": "person@sam"},
            api=(
                "write_note",
                {"scope": "person@sam", "figure": ids["figure"], "text": "I was ill in May."},
            ),
        ),
        Change(
            what="take a note beside a number back",
            who=frozenset({"seller"}),
            why="who wrote it",
            watch=lambda: Note.objects.get().withdrawn_at,
            page=("results-withdraw-note", {}),
            api=("withdraw_note", None),
        ),
    )


def _today(ids: dict[str, str]) -> tuple[Change, ...]:
    """Every way to finish a thing on Today goes through one door."""
    promised = {"commitment_id": ids["commitment_id"], "seen_version": 1}
    ways = (
        ("keep", promised, "keep a commitment on Today", "seller"),
        ("give-up", promised, "give a commitment up on Today", "seller"),
        ("comment", {"finding": ids["finding"], "text": "Yes"}, "comment on Today", "leader"),
    )
    return tuple(
        Change(
            what=what,
            who=frozenset({who}),
            why="whom it waits for",
            watch=lambda: (
                list(Commitment.objects.order_by("pk").values_list("state", flat=True)),
                list(LeaderFinding.objects.order_by("pk").values_list("comment", flat=True)),
            ),
            page=("today-do", form),
            ids={"way": way},
        )
        for way, form, what, who in ways
    )


def _getting_in(ids: dict[str, str]) -> tuple[Change, ...]:
    dora = Account.objects.filter(name="Dora")
    first = {"organisation": "O", "name": "N", "email": "n@example.com", "password": PASSWORD}
    return (
        Change(
            what="be the first leader of an installation that has one",
            who=NOBODY,
            why="works before the first account only",
            watch=Account.objects.count,
            page=("set-up", first),
        ),
        Change(
            what="log in with a disabled account",
            who=NOBODY,
            why="disabled is disabled, with the right password too",
            watch=lambda: Session.objects.filter(account__name="Dora").count(),
            first=lambda: dora.update(password=hashed(PASSWORD)),
            page=("log-in", {"email": "dora@example.com", "password": PASSWORD}),
        ),
    )


def _loading(_ids: dict[str, str]) -> tuple[Change, ...]:
    file = SimpleUploadedFile("deals.csv", b"id,amount\n1,2\n")
    return (
        Change(
            what="bring files",
            who=RUNNING,
            why=DATA,
            watch=Load.objects.count,
            first=lambda: file.seek(0),
            page=("data", {"files": file}),
        ),
        Change(
            what="take a load back",
            who=RUNNING,
            why=DATA,
            watch=Job.objects.count,
            first=lambda: Load.objects.update(state="kept"),
            page=("data-undo", {}),
        ),
        Change(
            what="have what was declared worked out now",
            who=ABOVE | {"other leader"},
            why="leaders declare",
            watch=Job.objects.count,
            page=("priority-follow", {}),
            api=("follow_declared", None),
        ),
    )


def _looking_around(_ids: dict[str, str]) -> tuple[Change, ...]:
    return (
        Change(
            what="load the sample where nothing is",
            who=RUNNING,
            why=DATA,
            watch=Load.objects.count,
            first=lambda: (CheckMark.objects.all().delete(), Load.objects.all().delete()),
            page=("sample-load", {}),
        ),
        Change(
            what="leave the sample",
            who=RUNNING,
            why=DATA,
            watch=Job.objects.count,
            first=_to_sample,
            page=("sample-leave", {}),
        ),
        Change(
            what="look at the sample through other eyes",
            who=frozenset({"executive"}),
            why="where everybody is invented",
            watch=AuditEntry.objects.filter(code="sample.see_as").count,
            first=_to_sample,
            page=("see-as", {"role": "seller"}),
        ),
    )


def _reminding(ids: dict[str, str]) -> tuple[Change, ...]:
    return (
        Change(
            what="choose what is mailed to one",
            who=EVERYBODY,
            why="each for themselves",
            watch=lambda: list(ReminderChoice.objects.order_by("pk").values()),
            page=("settings-reminders", {"kinds": ["asked"]}),
        ),
        Change(
            what="stop reminders by the link of a mail",
            who=frozenset(WHO),
            why="who has the mail has its signed link; nobody logs in for it",
            watch=lambda: ReminderChoice.objects.get(account__person_id="sam").kinds,
            page=("reminders-stop", {}),
            ids={"token": ids["stop_token"]},
        ),
        Change(
            what="make the address of one's own calendar",
            who=EVERYBODY,
            why="each for themselves",
            watch=lambda: list(CalendarAddress.objects.order_by("pk").values()),
            page=("settings-calendar", {}),
        ),
        Change(
            what="revoke the address of one's own calendar",
            who=frozenset({"seller"}),
            why="who has one",
            watch=CalendarAddress.objects.count,
            page=("settings-revoke-calendar", {}),
        ),
    )


def _sending(_ids: dict[str, str]) -> tuple[Change, ...]:
    hook = {"name": "Chat", "address": "https://chat.example.com/x", "form": "text"}
    return (
        Change(
            what="tell another system",
            who=RUNNING,
            why=ACCESS,
            watch=Webhook.objects.count,
            page=("settings-sending", hook),
        ),
        Change(
            what="have a test posted to another system",
            who=RUNNING,
            why=ACCESS,
            watch=Outgoing.objects.count,
            page=("settings-test-webhook", {}),
        ),
        Change(
            what="tell another system nothing any more",
            who=RUNNING,
            why=ACCESS,
            watch=Webhook.objects.count,
            page=("settings-remove-webhook", {}),
        ),
    )


GROUPS = (
    *(_own, _noting, _today, _reminding, _sending),
    *(_getting_in, _loading, _looking_around),
)
