"""Which results and measures rest on what: codes as in docs/reference/measures.md."""

AMOUNTS = (
    "bookings",
    "average_amount",
    "value_win_rate",
    "velocity",
    "coverage",
)
DECISIONS = ("bookings", "win_rate", "close_rate", "value_win_rate", "slip")
CREATIONS = ("opportunities_created", "cohort_win_rate", "cycle_days", "cycle_time", "velocity")
STAGES = ("stage_conversion", "slip", "pushes")
SELLERS = ("sellers", "opportunities_per_seller")
PIPELINE = ("coverage", "slip")
ALL = tuple(dict.fromkeys((*AMOUNTS, *DECISIONS, *CREATIONS, *STAGES, *SELLERS)))

BY_TABLE = {
    "seen/opportunity": ALL,
    "seen/opportunity_line": AMOUNTS,
    "seen/opportunity_change": STAGES,
    "seen/person": SELLERS,
    "seen/reporting_line": SELLERS,
    "seen/absence": SELLERS,
    "seen/target": ("coverage",),
}
"""What a table's rows carry; other tables carry no result."""
