"""From when each table's rows were known.

A row was known from `recorded_at` on where the table has it and the row fills it, else from the
day or instant on which it happened: the column below. Where neither is filled nobody can tell, and
the row stays. A table in none of the three lists has no time of its own: its rows stay with the
rows they need (an opportunity's lines with the opportunity), since a reference that does not
resolve takes its row along or is left unknown, as in any bundle.

In the rows that stay, every other day or instant after the day is left unknown (it had not
happened), but for those that may lie ahead; `valid_to` after the day means still so.
"""

from collections.abc import Mapping

KNOWN_FROM: Mapping[str, str] = {
    "seen/person": "hired_on",
    "seen/reporting_line": "valid_from",
    "seen/absence": "valid_from",
    "seen/account": "created_at",
    "seen/account_owner": "valid_from",
    "seen/contact": "active_from",
    "seen/opportunity": "created_at",
    "seen/opportunity_contact": "added_at",
    "seen/opportunity_change": "changed_at",
    "seen/activity": "occurred_at",
    "seen/lead": "created_at",
    "seen/target": "set_at",
    "seen/training_attendance": "attended_on",
    "seen/business_event": "starts_on",
    "said/survey_round": "closed_on",
    "said/belief": "sealed_at",
    "said/position_rating": "sealed_at",
    "said/opportunity_answer": "answered_at",
    "said/customer_reason": "stated_on",
    "said/field_visit": "visited_on",
    "said/coaching_session": "held_at",
    "said/departure": "declared_on",
    "said/signal": "raised_on",
    "said/knowledge_item": "captured_on",
    "said/mutual_plan_event": "occurred_at",
    "meant/plan": "valid_from",
    "meant/priority": "declared_on",
    "meant/sheet": "written_on",
    "meant/message": "sent_at",
    "meant/value_element": "valid_from",
    "meant/commitment": "made_on",
    "meant/commitment_event": "occurred_on",
    "meant/training": "held_on",
    "meant/reorganisation": "effective_on",
    "meant/successor": "named_on",
    "meant/requirement_evidence": "shown_on",
    "meant/mutual_plan": "created_at",
    "meant/promise": "made_on",
    "meant/issue": "opened_on",
    "meant/decision": "decided_on",
    "meant/open_role": "opened_on",
    "meant/coaching_start": "drawn_on",
}
"""The column that says when a row happened."""

SPANS: Mapping[str, tuple[str, str]] = {
    "seen/revenue": ("month_on", "1 MONTH"),
    "said/leaving_reason": ("quarter_on", "3 MONTH"),
    "said/time_log": ("week_on", "7 DAY"),
}
"""Rows that sum up a span of days: known when it was over."""

KEPT = frozenset(
    {
        "seen/product",
        "seen/stage_def",
        "meant/value_goal",
        "meant/critical_role",
        "meant/handover",
        "meant/setting",
        "said/peer_meeting",
    }
)
"""Definitions, and plans whose making is not dated: they stay."""

UNDONE: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "seen/lead": {"opportunity_id": ("converted_at", "NULL"), "status": ("converted_at", "NULL")},
    "said/signal": {"disposition": ("disposed_on", "'open'")},
    "said/peer_meeting": {
        "advice_given_count": ("met_on", "NULL"),
        "advice_used_count": ("met_on", "NULL"),
    },
    "meant/message_receipt": {"basis": ("received_on", "NULL")},
}
"""Columns that tell of what happened on the named day: what they were before it."""
