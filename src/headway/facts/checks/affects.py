"""Which results and measures rest on what: codes as in docs/reference/measures.md."""

AMOUNTS = (
    "bookings",
    "average_amount",
    "value_win_rate",
    "sales_velocity",
    "coverage",
    "slip_value",
)
DECISIONS = ("bookings", "win_rate", "close_rate", "win_rate_narrow", "value_win_rate", "slip")
CREATIONS = ("opportunities_created", "cohort_win_rate", "cycle_days", "sales_velocity")
STAGES = ("stage_conversion", "slip", "slip_value", "push_count", "pipeline_conversion")
SELLERS = ("sellers", "opportunities_per_seller")
PIPELINE = ("coverage", "slip", "slip_value", "pipeline_conversion")
AGES = ("cycle_days", "cohort_win_rate", "sales_velocity")
COHORTS = ("cohort_win_rate", "cycle_days")
CONVERSATIONS = ("conversations_per_decided",)
ALL = tuple(dict.fromkeys((*AMOUNTS, *DECISIONS, *CREATIONS, *STAGES, *SELLERS)))

BY_TABLE = {
    "seen/opportunity": ALL,
    "seen/opportunity_line": AMOUNTS,
    "seen/opportunity_change": STAGES,
    "seen/activity": CONVERSATIONS,
    "seen/person": SELLERS,
    "seen/reporting_line": SELLERS,
    "seen/absence": SELLERS,
    "seen/target": ("coverage", "quota_attainment"),
}
"""What a table's rows carry; other tables carry no result."""
