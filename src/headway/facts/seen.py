"""What systems recorded: people, accounts, opportunities, activities, money."""

from headway.facts.tables import Kind, Table, needed, optional

PERSON = Table(
    name="seen/person",
    key=("person_id",),
    meaning="leavers stay in",
    is_required=True,
    columns=(
        needed("person_id", Kind.ID),
        optional("name", Kind.TEXT, meaning="may be a pseudonym"),
        optional("email", Kind.TEXT),
        optional("title", Kind.TEXT),
        optional("hired_on", Kind.DATE),
        optional("left_on", Kind.DATE, meaning="first day no longer here; null = still here"),
        optional(
            "is_service_user", Kind.BOOL, meaning="integration or bot; its writes are no conduct"
        ),
    ),
)

REPORTING_LINE = Table(
    name="seen/reporting_line",
    key=("person_id", "valid_from"),
    meaning="where a person stood, over time; one row whenever any column changes",
    columns=(
        needed("person_id", Kind.ID, refers_to="seen/person"),
        needed("valid_from", Kind.DATE),
        optional("valid_to", Kind.DATE),
        optional(
            "manager_id",
            Kind.ID,
            refers_to="seen/person",
            meaning="null = top of the organisation; no cycles",
        ),
        needed("role", Kind.ENUM, choices="seller|manager|leader|sdr|engineer|other"),
        optional("team", Kind.TEXT),
        optional("region", Kind.TEXT),
        needed("basis", Kind.ENUM, choices="declared|crm_manager|role_tree|snapshot"),
    ),
)

ABSENCE = Table(
    name="seen/absence",
    key=("person_id", "valid_from"),
    meaning="leave and other time not at work",
    columns=(
        needed("person_id", Kind.ID, refers_to="seen/person"),
        needed("valid_from", Kind.DATE),
        optional("valid_to", Kind.DATE),
    ),
)

ACCOUNT = Table(
    name="seen/account",
    key=("account_id",),
    columns=(
        needed("account_id", Kind.ID),
        optional("name", Kind.TEXT),
        optional("parent_id", Kind.ID, refers_to="seen/account"),
        optional("segment", Kind.TEXT),
        optional("industry", Kind.TEXT),
        optional("country", Kind.TEXT),
        optional("region", Kind.TEXT),
        optional("employee_count", Kind.COUNT),
        optional("annual_revenue_amount", Kind.MONEY, meaning="the customer's own size"),
        optional("is_key", Kind.BOOL),
        optional("created_at", Kind.TIME),
    ),
)

ACCOUNT_OWNER = Table(
    name="seen/account_owner",
    key=("account_id", "person_id", "valid_from"),
    meaning="exactly one row with role owner per account and day",
    columns=(
        needed("account_id", Kind.ID, refers_to="seen/account"),
        needed("person_id", Kind.ID, refers_to="seen/person"),
        needed("valid_from", Kind.DATE),
        optional("valid_to", Kind.DATE),
        needed("role", Kind.ENUM, choices="owner|team"),
        needed("basis", Kind.ENUM, choices="history|snapshot|inferred_from_orders"),
    ),
)

CONTACT = Table(
    name="seen/contact",
    key=("contact_id",),
    meaning="a buyer's person, no name needed",
    columns=(
        needed("contact_id", Kind.ID),
        needed("account_id", Kind.ID, refers_to="seen/account"),
        optional(
            "decision_role", Kind.ENUM, choices="economic|technical|user|champion|procurement|other"
        ),
        optional("active_from", Kind.DATE),
        optional("active_to", Kind.DATE),
    ),
)

PRODUCT = Table(
    name="seen/product",
    key=("product_id",),
    columns=(
        needed("product_id", Kind.ID),
        needed("name", Kind.TEXT),
        optional("family", Kind.TEXT),
        optional("list_price_amount", Kind.MONEY),
        optional("launched_on", Kind.DATE),
        optional("retired_on", Kind.DATE),
    ),
)

STAGE_DEF = Table(
    name="seen/stage_def",
    key=("pipeline", "stage"),
    columns=(
        needed("pipeline", Kind.TEXT),
        needed("stage", Kind.TEXT),
        needed("sort_order", Kind.INT),
        needed("stage_group", Kind.ENUM, choices="open|won|lost"),
        optional("probability_share", Kind.SHARE),
    ),
)

OPPORTUNITY = Table(
    name="seen/opportunity",
    key=("opportunity_id",),
    is_required=True,
    columns=(
        needed("opportunity_id", Kind.ID),
        optional("account_id", Kind.ID, refers_to="seen/account"),
        optional(
            "owner_id", Kind.ID, refers_to="seen/person", meaning="owner on as_of or at close"
        ),
        optional("created_by_id", Kind.ID, refers_to="seen/person"),
        optional("name", Kind.TEXT),
        optional("pipeline", Kind.TEXT),
        needed("stage", Kind.TEXT),
        needed(
            "stage_group",
            Kind.ENUM,
            choices="open|won|lost",
            meaning="no decision counts as lost, with its lost_reason",
        ),
        optional("amount", Kind.MONEY),
        optional("currency", Kind.TEXT, meaning="ISO 4217; null = the organisation's"),
        optional(
            "report_amount",
            Kind.MONEY,
            meaning="in the organisation's currency; required when currencies differ",
        ),
        optional("probability_share", Kind.SHARE),
        optional("created_at", Kind.TIME),
        optional("close_on", Kind.DATE, meaning="expected while open, actual when closed"),
        optional("closed_at", Kind.TIME, meaning="null while open"),
        optional("lead_source", Kind.TEXT),
        optional(
            "initiated_by",
            Kind.ENUM,
            choices="ours|theirs|joint",
            meaning="who started this opportunity",
        ),
        optional("is_tender", Kind.BOOL),
        optional("type", Kind.ENUM, choices="new|expansion|renewal|other"),
        optional("lost_reason", Kind.TEXT, meaning="`no_decision` is reserved"),
        optional("next_step", Kind.TEXT),
        optional("next_step_on", Kind.DATE),
        optional("next_step_set_by", Kind.ENUM, choices="ours|theirs|joint"),
        optional("forecast_category", Kind.TEXT),
        optional("is_deleted", Kind.BOOL),
        optional("recorded_at", Kind.TIME),
    ),
)

OPPORTUNITY_LINE = Table(
    name="seen/opportunity_line",
    key=("opportunity_id", "line_no"),
    columns=(
        needed("opportunity_id", Kind.ID, refers_to="seen/opportunity"),
        needed("line_no", Kind.INT),
        needed("product_id", Kind.ID, refers_to="seen/product"),
        optional("quantity", Kind.NUMBER),
        optional("price_amount", Kind.MONEY, meaning="per unit, after discount"),
        optional("line_amount", Kind.MONEY),
    ),
)

OPPORTUNITY_CONTACT = Table(
    name="seen/opportunity_contact",
    key=("opportunity_id", "contact_id"),
    columns=(
        needed("opportunity_id", Kind.ID, refers_to="seen/opportunity"),
        needed("contact_id", Kind.ID, refers_to="seen/contact"),
        optional("added_at", Kind.TIME),
    ),
)

OPPORTUNITY_CHANGE = Table(
    name="seen/opportunity_change",
    key=("opportunity_id", "changed_at", "field"),
    meaning="first row of a field = its value at creation, old_value null",
    columns=(
        needed("opportunity_id", Kind.ID, refers_to="seen/opportunity"),
        needed("changed_at", Kind.TIME, meaning="when it held true"),
        needed(
            "field",
            Kind.ENUM,
            choices=(
                "stage|amount|close_on|owner_id|probability_share|forecast_category|next_step_on"
            ),
        ),
        optional("old_value", Kind.TEXT),
        optional("new_value", Kind.TEXT),
        optional("changed_by_id", Kind.ID, refers_to="seen/person"),
        optional("recorded_at", Kind.TIME, meaning="when it was typed in"),
    ),
)

ACTIVITY = Table(
    name="seen/activity",
    key=("activity_id",),
    meaning="metadata only, never content",
    columns=(
        needed("activity_id", Kind.ID),
        needed("kind", Kind.ENUM, choices="call|meeting|email|task|note"),
        needed(
            "direction",
            Kind.ENUM,
            choices="out|in|joint|internal",
            meaning=(
                "out = we reached out, in = the buyer did, joint = both met, internal = no buyer"
            ),
        ),
        optional(
            "purpose",
            Kind.TEXT,
            meaning="the system's category, e.g. discovery, demo, proposal, business_case",
        ),
        needed("person_id", Kind.ID, refers_to="seen/person", meaning="ours"),
        optional("account_id", Kind.ID, refers_to="seen/account"),
        optional("opportunity_id", Kind.ID, refers_to="seen/opportunity"),
        optional("contact_id", Kind.ID, refers_to="seen/contact"),
        needed("occurred_at", Kind.TIME),
        optional("duration_minutes", Kind.NUMBER),
        optional("outcome", Kind.TEXT, meaning="`no_show`, `no_answer` reserved"),
        optional("recorded_at", Kind.TIME),
    ),
)

ACTIVITY_ATTENDEE = Table(
    name="seen/activity_attendee",
    key=("activity_id", "attendee_id"),
    meaning="further people at the same activity",
    columns=(
        needed("activity_id", Kind.ID, refers_to="seen/activity"),
        needed("attendee_id", Kind.ID, meaning="person_id or contact_id"),
        needed("side", Kind.ENUM, choices="ours|theirs"),
    ),
)

LEAD = Table(
    name="seen/lead",
    key=("lead_id",),
    columns=(
        needed("lead_id", Kind.ID),
        optional("owner_id", Kind.ID, refers_to="seen/person"),
        optional("source", Kind.TEXT),
        needed("created_at", Kind.TIME),
        optional("status", Kind.TEXT),
        optional("converted_at", Kind.TIME),
        optional("opportunity_id", Kind.ID, refers_to="seen/opportunity"),
    ),
)

TARGET = Table(
    name="seen/target",
    key=("subject_kind", "subject", "measure", "period_from", "set_at"),
    meaning="the latest set_at holds",
    columns=(
        needed(
            "subject_kind", Kind.ENUM, choices="person|team|region|product|segment|organisation"
        ),
        needed("subject", Kind.TEXT),
        needed("measure", Kind.TEXT, meaning="bookings, opportunities_created, win_rate ..."),
        needed("period_from", Kind.DATE),
        needed("period_to", Kind.DATE, meaning="exclusive"),
        needed("value", Kind.NUMBER),
        needed("unit", Kind.ENUM, choices="money|count|share"),
        needed("set_at", Kind.TIME),
    ),
)

TRAINING_ATTENDANCE = Table(
    name="seen/training_attendance",
    key=("training_id", "person_id"),
    columns=(
        needed("training_id", Kind.ID, refers_to="meant/training"),
        needed("person_id", Kind.ID, refers_to="seen/person"),
        optional("attended_on", Kind.DATE, meaning="null = invited, did not come"),
        optional("attended_hours", Kind.NUMBER),
        optional("test_share", Kind.SHARE, meaning="knowledge test, if one was recorded"),
    ),
)

REVENUE = Table(
    name="seen/revenue",
    key=("account_id", "month_on"),
    meaning="money after the sale",
    columns=(
        needed("account_id", Kind.ID, refers_to="seen/account"),
        needed("month_on", Kind.DATE, meaning="first of the month"),
        needed("revenue_amount", Kind.MONEY),
        optional("margin_amount", Kind.MONEY),
        optional("is_delivery_issue", Kind.BOOL),
    ),
)

BUSINESS_EVENT = Table(
    name="seen/business_event",
    key=("event_id",),
    meaning="what else happened: needed to clear the ground before naming a cause",
    columns=(
        needed("event_id", Kind.ID),
        needed(
            "kind",
            Kind.ENUM,
            choices=(
                "price_change|supply_stop|outage|definition_change|migration|compensation"
                "_change|market|other"
            ),
        ),
        needed("starts_on", Kind.DATE),
        optional("ends_on", Kind.DATE),
        optional("scope", Kind.PREDICATE, meaning="null = everywhere"),
        optional("note", Kind.TEXT),
    ),
)

TABLES = (
    PERSON,
    REPORTING_LINE,
    ABSENCE,
    ACCOUNT,
    ACCOUNT_OWNER,
    CONTACT,
    PRODUCT,
    STAGE_DEF,
    OPPORTUNITY,
    OPPORTUNITY_LINE,
    OPPORTUNITY_CONTACT,
    OPPORTUNITY_CHANGE,
    ACTIVITY,
    ACTIVITY_ATTENDEE,
    LEAD,
    TARGET,
    TRAINING_ATTENDANCE,
    REVENUE,
    BUSINESS_EVENT,
)
