"""The days that a line of sight is measured over."""

from datetime import timedelta

from headway.facts import Facts
from headway.terms.period import Period
from headway.terms.policy import Policy


def of(facts: Facts, *, policy: Policy) -> Period:
    """The policy's last days of the facts, the last day inside."""
    end = facts.as_of + timedelta(days=1)
    return Period(first=end - timedelta(days=policy.window_days), end=end)
