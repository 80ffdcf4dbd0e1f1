"""An invented organisation, whole: its facts, and what is true of it."""

import hashlib
from dataclasses import dataclass

from headway.facts import Facts
from headway.sources.demo import (
    accounts,
    activities,
    beliefs,
    calendar,
    coaching,
    columns,
    conduct,
    opportunities,
    opportunity_tables,
    people,
    priorities,
    reorganisation,
    sheets,
    story,
    surroundings,
    surveys,
    telling,
    truths,
)
from headway.sources.demo.options import DemoOptions
from headway.sources.demo.truth import Truth
from headway.terms.organisation import Organisation

ORGANISATION = Organisation(name="Calder Works", currency="EUR", time_zone="Europe/Berlin")


@dataclass(frozen=True, kw_only=True)
class Invented:
    """An organisation as systems and people show it, and the truth that they do not know."""

    facts: Facts
    truth: Truth


def generate(options: DemoOptions) -> Invented:
    """Invent an organisation; the same options give the same facts.

    Args:
        options: seed, size, last day and scenario.
    """
    days = calendar.of(options.as_of)
    staff = people.of(options, calendar=days)
    told = story.of(options, staff=staff)
    acts = conduct.of(options, staff=staff, story=told, calendar=days)
    owned = accounts.of(options, staff=staff, conduct=acts, calendar=days)
    found = opportunities.of(
        options, staff=staff, accounts=owned, story=told, conduct=acts, calendar=days
    )
    recorded = opportunity_tables.of(
        options, found=found, staff=staff, accounts=owned, conduct=acts, calendar=days
    )
    answers = surveys.of(options, staff=staff, story=told, calendar=days)
    groups = truths.groups(staff, story=told, response=answers.response)
    believed = beliefs.of(options, staff=staff, groups=groups, calendar=days)
    tables = {
        **staff.columns,
        **owned.columns,
        **recorded.columns,
        **activities.of(
            options,
            found=found,
            recorded=recorded,
            accounts=owned,
            staff=staff,
            story=told,
            conduct=acts,
            calendar=days,
        ),
        **priorities.of(staff=staff, story=told, calendar=days),
        **telling.of(options, staff=staff, story=told, calendar=days),
        **sheets.of(options, staff=staff, story=told, calendar=days),
        **coaching.of(options, staff=staff, story=told, calendar=days),
        **answers.columns,
        **believed.columns,
        **reorganisation.of(options, staff=staff, accounts=owned, conduct=acts, calendar=days),
        **surroundings.of(
            options, found=found, staff=staff, accounts=owned, story=told, calendar=days
        ),
    }
    return Invented(
        facts=columns.facts(
            tables,
            organisation=ORGANISATION,
            as_of=options.as_of,
            data_from=days.data_from,
            facts_id=hashlib.sha256(repr(options).encode()).hexdigest(),
        ),
        truth=Truth(
            seed=options.seed,
            scenario=options.scenario.value,
            as_of=options.as_of,
            groups=groups,
            patterns=truths.patterns(staff, story=told, conduct=acts, last=days.last),
            gaps=believed.gaps,
            decoys=told.decoys,
        ),
    )
