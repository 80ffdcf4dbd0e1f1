"""Sentences for the codes that findings and checks give: reasons, caveats, doubts, omissions.

Every sentence is a template whose places are filled from the figures that travel with the code. An
unknown code gets a plain sentence of its own list; a test keeps that from happening.
"""

from collections.abc import Mapping

from headway.queries.results.reasons import REASONS, VERDICTS
from headway.queries.results.told import Figures
from headway.queries.words.language import gettext as _
from headway.terms.answer import Standing

CAVEATS: Mapping[str, str] = {
    "amount_as_recorded": "Amounts are those recorded last.",
    "amount_at_close": "Amounts are those at closing; discounts given on the way are inside.",
    "amount_at_creation": "Amounts are those first recorded, so discounts do not lower it.",
    "amount_missing": "Some won opportunities have no amount and are left out.",
    "as_known_at_start": "Which opportunities were expected is taken as it stood on the first day.",
    "bulk_edits_left_out": "Dates moved in bulk are left out.",
    "calls_above_floor": "Calls count only above a printed length.",
    "created_as_typed": "The day of creation is the day it was typed in.",
    "factors_depend": "Its four figures depend on each other: it says whether, never why.",
    "largest_line_product": "An opportunity with several products counts as its largest.",
    "largest_opportunity": "A single large opportunity can move it.",
    "logged_only": "What nobody logged is not in it.",
    "lost_as_censored": "Lost opportunities count as never won from the day they were lost.",
    "never_a_target": "It is no target.",
    "no_decision_left_out": "Those that ended without a decision are left out.",
    "no_decision_not_recorded": "Those that ended without a decision are not told from the lost.",
    "no_norm": "There is no norm for it; compare it with your own past.",
    "open_censored": "Those still open count as not yet decided.",
    "open_left_out": "Those still open are left out: leaving them open raises the rate.",
    "open_not_recorded": "The source records no open opportunities.",
    "presence_not_known": "When people joined and left is not recorded, so quotas are whole ones.",
    "quota_prorated": "Quotas are cut to the days each person was there.",
    "reason_as_coded": "Reasons are as sellers coded them.",
    "target_summed_from_people": "The target is the sum of those of people.",
    "won_within_horizon": "It speaks of those that are won within the time looked at.",
    "target_changed": "Targets were changed within the period; the last one counts.",
}
MARKS: Mapping[str, str] = {
    "after_as_of": "{row_count} rows of {table:table} carry a day after the last day of the data.",
    "blank_account": "{row_count} opportunities ({share:share}) have no account.",
    "blank_jump": "“{dimension:dimension}” is blank for {actual_share:share} of opportunities now "
    "and {base_share:share} before, so its values do not compare.",
    "bulk_edit": "{row_count} changes were made in bulk, the largest time {largest} on {on:day}.",
    "closed_before_created": "{row_count} opportunities ({share:share}) were closed on a day "
    "before they were created.",
    "duplicate": "{row_count} rows of {table:table} ({share:share}) stand there twice.",
    "history_gap": "{row_count} opportunities ({share:share}) stand in a stage their history does "
    "not lead to.",
    "late_recording": "{row_count} rows of {table:table} ({share:share}) were typed in long after "
    "the day they speak of.",
    "left_truncated": "Closings are recorded from {closings_from:day}, creations from "
    "{creations_from:day}: what closed in between is missing.",
    "low_logging": "{row_count} people log too little for their activities to be counted.",
    "missing_amount": "{row_count} won opportunities ({share:share}) have no amount.",
    "missing_created_at": "{row_count} opportunities ({share:share}) have no creation date.",
    "missing_manager": "{row_count} people ({share:share}) have no manager.",
    "missing_owner": "{row_count} opportunities ({share:share}) have no owner.",
    "open_at_end": "{row_count} opportunities ({share:share}) are not decided yet.",
    "past_close_date": "{row_count} open opportunities ({share:share}) should have closed before "
    "the last day of the data.",
    "rejected_rows": "{row_count} rows of {table:table} ({share:share}) could not be read.",
    "right_truncated": "Records end before the last day of the data ({as_of:day}).",
    "similar_names": "{row_count} rows of {table:table} carry names that look like the same thing: "
    "{examples}.",
    "single_source_change": "{row_count} changes ({share:share}) come from one system at once.",
    "unknown_column": "{row_count} columns of {table:table} were not understood.",
}
OMITTED: Mapping[str, str] = {
    "no_amount": "{count} opportunities have no amount: left out of money, counted in rates.",
    "no_close_date": "{count} decided opportunities have no closing date: in neither period.",
    "no_created_at": (
        "{count} opportunities have no creation date: left out of new ones and of days."
    ),
    "no_owner": "{count} opportunities have no owner: counted in totals, not per seller.",
    "no_product": "{count} opportunities have no product.",
    "other_currency": "{count} opportunities are in a currency without a rate: left out of money.",
}
# The same where a single row is meant; the others name no row, or cannot be about a single one.
ONE: Mapping[str, str] = {
    "after_as_of": "1 row of {table:table} carries a day after the last day of the data.",
    "blank_account": "1 opportunity ({share:share}) has no account.",
    "closed_before_created": "1 opportunity ({share:share}) was closed on a day before it was "
    "created.",
    "duplicate": "1 row of {table:table} ({share:share}) stands there twice.",
    "history_gap": "1 opportunity ({share:share}) stands in a stage its history does not lead to.",
    "late_recording": "1 row of {table:table} ({share:share}) was typed in long after the day it "
    "speaks of.",
    "low_logging": "1 person logs too little for their activities to be counted.",
    "missing_amount": "1 won opportunity ({share:share}) has no amount.",
    "missing_created_at": "1 opportunity ({share:share}) has no creation date.",
    "missing_manager": "1 person ({share:share}) has no manager.",
    "missing_owner": "1 opportunity ({share:share}) has no owner.",
    "open_at_end": "1 opportunity ({share:share}) is not decided yet.",
    "past_close_date": "1 open opportunity ({share:share}) should have closed before the last day "
    "of the data.",
    "rejected_rows": "1 row of {table:table} ({share:share}) could not be read.",
    "no_amount": "1 opportunity has no amount: left out of money, counted in rates.",
    "no_close_date": "1 decided opportunity has no closing date: in neither period.",
    "no_created_at": "1 opportunity has no creation date: left out of new ones and of days.",
    "no_owner": "1 opportunity has no owner: counted in totals, not per seller.",
    "no_product": "1 opportunity has no product.",
}
TESTS: Mapping[str, str] = {
    "buyer": "Supported when what buyers do moved in all places, the best ones included. Ruled out "
    "when a place with the same buyers did not fall.",
    "capacity": "Sellers at work, new sellers and leave are counted in both periods.",
    "data_quality": "Every doubt about the data is listed with what it touches.",
    "demand": "New opportunities are counted in both periods.",
    "know": "Ruled out when people of the same segment do it well. Supported when nobody anywhere "
    "does and scores are low.",
    "mix": "The change of a rate is split exactly into what happened inside each group and what "
    "happened to the weights of the groups.",
    "price": "The same products are compared in both periods.",
    "process": "Supported when opportunities that followed the process did no better than others "
    "at the same age. Ruled out when they did.",
    "season": "The same months a year before carry the same season.",
    "single_deal": "The change is worked out again without the largest opportunity.",
}
_WITHOUT_A_SENTENCE: Mapping[Standing, str] = {
    Standing.NAMED: "the evidence is consistent with it.",
    Standing.CANDIDATE: "part of the evidence points to it.",
    Standing.RULED_OUT: "the figures do not show it.",
    Standing.UNTESTED: "what is recorded cannot test it.",
}


def reason(code: str, *, standing: Standing, figures: Figures) -> str:
    """Why an alternative is in its list."""
    return _filled(REASONS.get(code, _WITHOUT_A_SENTENCE[standing]), figures=figures)


def verdict(code: str, *, figures: Figures) -> str:
    """What decided a verdict; empty where the sentence on top says it already."""
    return _filled(VERDICTS.get(code, ""), figures=figures)


def caveat(code: str) -> str:
    """What a measure does not know."""
    return _(CAVEATS.get(code, code.replace("_", " ").replace(".", ": ").capitalize() + "."))


def mark(code: str, *, figures: Figures) -> str:
    """One doubt about the data, in plain words."""
    unknown = "{row_count} rows of {table:table} look doubtful: " + code.replace("_", " ") + "."
    one = ONE.get(code) if figures["row_count"].figure == 1 else None
    return _filled(one or MARKS.get(code, unknown), figures=figures)


def omitted(code: str, *, figures: Figures) -> str:
    """How many opportunities were left out of what."""
    unknown = "{count} opportunities were left out: " + code.replace("_", " ") + "."
    one = ONE.get(code) if figures["count"].figure == 1 else None
    return _filled(one or OMITTED.get(code, unknown), figures=figures)


def test_of(code: str) -> str:
    """How an alternative is told from the others; empty where there is no short way to say it."""
    return _(TESTS[code]) if code in TESTS else ""


def _filled(template: str, *, figures: Figures) -> str:
    return _(template).format_map(figures) if template else ""
