"""An invented organisation, whole: its facts, and what is true of it."""

import hashlib
from dataclasses import dataclass

from headway.facts import Facts
from headway.sources.demo import (
    accounts,
    activities,
    attendees,
    beliefs,
    coaching,
    columns,
    opportunities,
    opportunity_tables,
    own_time,
    priorities,
    reorganisation,
    sheets,
    surroundings,
    surveys,
    telling,
    truths,
    world,
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


def of(options: DemoOptions) -> Invented:
    """Invent an organisation; the same options give the same facts."""
    made = world.of(options)
    owned = accounts.of(made)
    found = opportunities.of(made, accounts=owned)
    recorded = opportunity_tables.of(made, found=found, accounts=owned)
    answers = surveys.of(made)
    groups = truths.groups(made.staff, story=made.story, response=answers.response)
    believed = beliefs.of(made, groups=groups)
    acted = activities.of(made, found=found, recorded=recorded, accounts=owned)
    tables = {
        **made.staff.columns,
        **owned.columns,
        **recorded.columns,
        **acted,
        **attendees.of(made, activities=acted["seen/activity"]),
        **priorities.of(made),
        **telling.of(made),
        **sheets.of(made),
        **coaching.of(made),
        **own_time.of(made),
        **answers.columns,
        **believed.columns,
        **reorganisation.of(made, accounts=owned),
        **surroundings.of(made, found=found, accounts=owned),
    }
    return Invented(
        facts=columns.facts(
            tables,
            organisation=ORGANISATION,
            as_of=options.as_of,
            data_from=made.calendar.data_from,
            facts_id=hashlib.sha256(repr(options).encode()).hexdigest(),
        ),
        truth=Truth(
            seed=options.seed,
            scenario=options.scenario.value,
            as_of=options.as_of,
            groups=groups,
            patterns=truths.patterns(made),
            gaps=believed.gaps,
            decoys=made.story.decoys,
        ),
    )
