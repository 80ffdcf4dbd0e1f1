"""The audit in words: every code that can be written has some."""

import importlib
import pkgutil

from headway import actions, queries
from headway.actions.action import ACTIONS
from headway.queries.sensitive import CODES
from headway.queries.words import audit

WRITTEN_BY_NO_ACTION = {"api.read_only", "api_failed", "log_in", "log_in_failed", "seat"}


def test_every_code_has_words_and_no_words_are_for_nothing() -> None:
    for package in (actions, queries):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    assert set(audit.WORDS) == {*ACTIONS, *CODES, *WRITTEN_BY_NO_ACTION}


def test_refusals_and_reads_say_what_they_are_about() -> None:
    assert audit.done("refused:accounts.disable") == "Refused: disabled an account"
    assert audit.done("refused:seat") == "Refused: a change while looking as somebody else"
    assert audit.done("read:audit.entries") == "Read: the audit"
    assert audit.done("of an older version") == "of an older version"


def test_how_a_commitment_ended_stays_between_its_parties() -> None:
    ends = ("keep", "give_up", "release")
    assert {audit.done(f"commitments.{each}") for each in ends} == {"Settled a commitment"}
