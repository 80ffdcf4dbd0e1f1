"""One organisation with every role, and one record of each kind that no two share a word of.

eve leads mona and olaf; mona leads max; max leads sam and sue; olaf leads stan; opal runs the
installation, dora was let go. What is kept is about max and sam, and carries a marker.
"""

from dataclasses import replace
from datetime import date, timedelta

from django.utils import timezone
from tests import cast
from tests.access import (
    world_coaching,
    world_line,
    world_people,
    world_sending,
    world_time,
    world_told,
)
from tests.interfaces.pages import answers
from tests.interfaces.web import results_world

from headway.actions import audit, strategy, tokens
from headway.queries.results import published
from headway.records import declared
from headway.records.models import (
    Account,
    AccountRow,
    ApiToken,
    CheckMark,
    Coding,
    Commitment,
    CommitmentEvent,
    IdempotencyKey,
    Job,
    Load,
    LogInFailure,
    Mapping,
    Note,
    Objection,
    OneTimeLink,
    OpportunityRow,
    Person,
    PlanVersion,
    PredicateColumn,
    PredicateCount,
    Publication,
    PublishedAnswer,
    PulseAnswer,
    PulseCell,
    PulseCount,
    PulseInvitation,
    PulsePooled,
    RecoveryCode,
    ReportingLine,
    Session,
    Source,
    Wave,
)
from headway.terms import codec
from headway.terms.declared import Plan, Priority, PriorityKind

# How each stands to max, whose people and findings these are; the order of the columns.
WHO: dict[str, str | None] = {
    "executive": "eve",
    "leader above": "mona",
    "leader": "max",
    "seller": "sam",
    "peer": "sue",
    "other leader": "olaf",
    "stranger": "stan",
    "operations": "opal",
    "disabled": "dora",
    "signed out": None,
}
LATER = timedelta(days=20)
SCOPE = (
    '{"grain": "opportunity", '
    '"all": [{"table": "opportunity", "column": "stage", "op": "not_null"}]}'
)


def enter() -> dict[str, str]:
    """Everything; gives what stands in addresses, by name."""
    made = results_world.enter(decided=0)
    _dora()
    _more_sellers()
    ids = {"account_id": str(cast.viewer("sam").account_id)}
    ids |= _access()
    ids |= _declared()
    ids |= world_told.enter(ids["priority_id"])
    ids |= _promised(ids["priority_id"])
    ids |= _results(made)
    ids |= world_line.enter(made, priority=ids["priority_id"])
    ids |= _asked()
    ids |= world_sending.enter(ids["open_wave"])
    ids |= world_people.enter(priority=ids["priority_id"])
    ids |= world_time.enter(made)
    ids |= world_coaching.enter()
    return ids | _loaded(made)


def mark_audit() -> None:
    """An entry on the newest page of the audit; refusals push older ones to pages behind."""
    audit.append(at=timezone.now(), account_id=None, code="log_in", subject="audit-m4rk")


def _dora() -> None:
    Account.objects.create(
        email="dora@example.com",
        name="Dora",
        password="!",
        is_executive=True,
        is_active=False,
        created_at=cast.NOW,
    )


def _more_sellers() -> None:
    """So many under max that a pulse may ask them."""
    names = [f"seller-{number}" for number in range(5)]
    Person.objects.bulk_create(Person(id=name, name=name) for name in names)
    ReportingLine.objects.bulk_create(
        ReportingLine(person_id=name, manager_id="max", role="seller", valid_from=date(2020, 1, 1))
        for name in names
    )


def _access() -> dict[str, str]:
    sam, now = Account.objects.get(name="Sam"), timezone.now()
    Account.objects.filter(pk=sam.pk).update(name="Account-m4rk", password="!secret-m4rk")
    Person.objects.filter(id="sam").update(name="Person-m4rk", folded_name="person-m4rk")
    Session.objects.create(
        session_key="secret-m4rk-0", account=sam, started_at=now, expire_date=now + LATER
    )
    RecoveryCode.objects.create(account=sam, code_hash="secret-m4rk-1")
    LogInFailure.objects.create(about_hash="secret-m4rk-2", at=now)
    IdempotencyKey.objects.create(
        account_id=sam.pk,
        action="a",
        key="secret-m4rk-3",
        asked_hash="secret-m4rk-4",
        reply_sealed="secret-m4rk-5",
        at=now,
    )
    token = tokens.create(
        viewer=cast.viewer("sam"),
        at=now,
        name="token-m4rk",
        may_write=True,
        days=9,
        password="",
    )
    ApiToken.objects.filter(pk=token.token_id).update(token_hash="secret-m4rk-6")
    link = OneTimeLink.objects.create(
        purpose="invite",
        token_hash="secret-m4rk-7",
        email="link@example.com",
        name="link-m4rk",
        roles=["operations"],
        made_by=Account.objects.get(name="Eve"),
        made_at=now,
        expires_at=now + LATER,
    )
    return {"token_id": str(token.token_id), "link_id": str(link.pk)}


def _declared() -> dict[str, str]:
    eve = Account.objects.get(name="Eve")
    plan = codec.to_json(Plan(name="Plan", direction="plan-m4rk"))
    PlanVersion.objects.create(number=1, content=plan, written_by=eve, written_at=cast.NOW)
    content = Priority(kind=PriorityKind.PRODUCT, name="priority-m4rk", owner_id="max", scope=SCOPE)
    PredicateColumn.objects.create(
        table="opportunity", column="stage", kind="text", choices=["choice-m4rk"]
    )
    made = strategy.declare(
        viewer=cast.viewer("eve"), at=cast.NOW, priority=content, declared_on=date(2026, 1, 1)
    )
    PredicateCount.objects.create(
        identity=declared.count_identity(SCOPE, within=""),
        matched=36_917,
        total=40_000,
        counted_at=cast.NOW,
    )
    return {"priority_id": made.priority_id, "priority": made.priority_id, "part": "scope"}


def _promised(priority: str) -> dict[str, str]:
    by, today = Account.objects.get(name="Max"), timezone.localdate()
    found = [
        Commitment.objects.create(
            owner_id="sam",
            to_id="max",
            made_by=by,
            made_at=cast.NOW,
            accepted_at=accepted,
            text=text,
            seen_by="A list",
            due_on=today + LATER,
            first_due_on=today + LATER,
            priority=priority,
            predicted_link="told",
            predicted_share=0.37,
        )
        for text, accepted in (("commitment-m4rk", cast.NOW), ("commitment-m4rk too", None))
    ]
    CommitmentEvent.objects.create(
        commitment=found[0],
        by=by,
        kind="renegotiated",
        at=cast.NOW,
        on=today,
        from_on=today,
        to_on=today + LATER,
        note="move-m4rk",
    )
    return {
        "commitment_id": str(found[0].pk),
        "unaccepted": str(found[1].pk),
        "between": str(_between().pk),
    }


def _between() -> Commitment:
    """One of which somebody knows that it is, and not what became of it."""
    today = timezone.localdate()
    between = Commitment.objects.create(
        owner_id="seller-1",
        to_id="sue",
        made_at=cast.NOW,
        accepted_at=cast.NOW,
        text="between-m4rk",
        seen_by="A list",
        due_on=today + LATER,
        first_due_on=today + LATER,
        state="broken",
        settled_on=today,
    )
    CommitmentEvent.objects.create(
        commitment=between,
        by=Account.objects.get(name="Sue"),
        kind="broken",
        at=cast.NOW,
        on=today,
        note="course-m4rk",
    )
    return between


def _results(made: Publication) -> dict[str, str]:
    organisation = replace(answers.FALLING.organisation, name="answer-m4rk")
    PublishedAnswer.objects.filter(publication=made, scope="person@sam").update(
        answer=codec.to_json(replace(answers.FALLING, organisation=organisation))
    )
    AccountRow.objects.create(id="customer", name="customer-m4rk")
    OpportunityRow.objects.create(
        id="opportunity",
        name="opportunity-m4rk",
        owner_id="sam",
        account_id="customer",
        stage="Closed",
        stage_group="won",
        amount=1000,
        created_on=date(2026, 1, 1),
        close_on=date(2026, 5, 1),
        closed_on=date(2026, 5, 1),
    )
    by = Account.objects.get(name="Max")
    objection = Objection.objects.create(
        finding=published.finding_id(published.Asked(scope="seller@max")),
        scope="seller@max",
        by=by,
        text="objection-m4rk",
        made_at=cast.NOW,
    )
    job = Job.objects.create(
        kind="answer",
        identity="job",
        wanted={"scope": "seller@max"},
        state="failed",
        problem="job-m4rk",
        asked_by=by,
        asked_at=cast.NOW,
        finished_at=cast.NOW,
    )
    return {
        "objection_id": str(objection.pk),
        "note_id": _noted(),
        "job_id": str(job.pk),
        "figure": "stat-bookings",
    }


def _noted() -> str:
    period = answers.FALLING.comparison.actual
    note = Note.objects.create(
        person_id="sam",
        scope="person@sam",
        kpi="bookings",
        figure="stat-bookings",
        number="Bookings",
        period_first_on=period.first,
        period_end_on=period.end,
        text="beside-m4rk",
        written_at=cast.NOW,
    )
    return str(note.pk)


def _asked() -> dict[str, str]:
    now, today = timezone.now(), timezone.localdate()
    wanted = {"head_id": "max", "items": ["R1", "RC1"], "opened_at": now, "closes_on": today}
    told = Wave.objects.create(
        state="cut", closed_at=now, themes=[["theme-m4rk", 6]], priorities=[], **wanted
    )
    still_open = Wave.objects.create(**{**wanted, "closes_on": today + LATER})
    for number, (wave, person) in enumerate(
        ((told, "sam"), (told, "sue"), (still_open, "sam"), (still_open, "sue"))
    ):
        PulseInvitation.objects.create(
            wave=wave,
            person_id=person,
            team_manager="max",
            role="seller",
            token_hash=f"secret-m4rk-8-{number}",
            token_sealed=f"secret-m4rk-9-{number}",
        )
    PulseAnswer.objects.bulk_create(
        PulseAnswer(
            id=number, wave=told, team_manager="max", role="seller", words={"R1": "words-m4rk"}
        )
        for number in range(1, 12)
    )
    codes = {"R1": {}, "themes": ["coding-m4rk"]}
    Coding.objects.create(answer_id=1, coder="rule", codes=codes)
    PulsePooled.objects.create(wave=told, item="WD1", least=6262, most=6262, of=7000, team_count=5)
    cell = PulseCell.objects.create(
        wave=told,
        cell_id="cell",
        manager="max",
        role="seller",
        is_remainder=False,
        teams=[["max", 9]],
        answered_count=9,
    )
    PulseCount.objects.create(cell=cell, item="RC1", value="4", answer_count=4747)
    PulseCount.objects.create(cell=cell, item="WD1", value="2", answer_count=5858)
    return {"wave_id": str(told.pk), "open_wave": str(still_open.pk), "token": "t0ken"}


def _loaded(made: Publication) -> dict[str, str]:
    source = Source.objects.create(name="source-m4rk", added_at=cast.NOW)
    Mapping.objects.create(source=source, columns_hash="c", proposal={"columns": "mapping-m4rk"})
    load = Load.objects.create(
        source=source, state="waiting", upload="upload-m4rk", asked_at=cast.NOW
    )
    CheckMark.objects.create(
        publication=made,
        code="duplicate",
        table="opportunity",
        row_count=96_431,
        share=0.5,
        affects=["bookings"],
    )
    return {"load_id": str(load.pk)}
