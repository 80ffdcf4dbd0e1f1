"""What leaders declared about direction: plans, priorities, sheets, messages, value, trainings."""

from headway.facts.tables import Kind, Table, needed, optional

PLAN = Table(
    name="meant/plan",
    key=("plan_id",),
    columns=(
        needed("plan_id", Kind.ID),
        needed("name", Kind.TEXT),
        needed("owner_id", Kind.ID, refers_to="seen/person"),
        needed("valid_from", Kind.DATE),
        optional("valid_to", Kind.DATE),
        optional("direction", Kind.TEXT),
        optional("core_values", Kind.TEXT),
        optional("values_reviewed_on", Kind.DATE),
    ),
)

PRIORITY = Table(
    name="meant/priority",
    key=("priority_id",),
    meaning=("link `declared` counts the eight parts marked *; a null part is missing"),
    columns=(
        needed("priority_id", Kind.ID),
        optional("plan_id", Kind.ID, refers_to="meant/plan"),
        needed(
            "kind",
            Kind.ENUM,
            choices="product|segment|process|skill|reorganisation|growth|value|other",
            meaning="product D1, segment D2, process D3, skill D4, reorganisation D5",
        ),
        optional("name", Kind.TEXT, meaning="* 1"),
        optional("owner_id", Kind.ID, refers_to="seen/person", meaning="* 2"),
        optional("why", Kind.TEXT, meaning="* 3"),
        optional("scope", Kind.PREDICATE, meaning="* 4 work the priority is about"),
        optional("behaviour", Kind.PREDICATE, meaning="* 5 together with eligibility"),
        optional("eligibility", Kind.PREDICATE),
        optional(
            "result_measure",
            Kind.ENUM,
            choices=(
                "bookings|bookings_share|won_count|win_rate|opportunities_created|average"
                "_amount|cycle_days|retention_share"
            ),
            meaning="* 6, with the four below; measured over scope",
        ),
        optional("result_baseline", Kind.NUMBER),
        optional("result_target", Kind.NUMBER),
        optional("result_due_on", Kind.DATE),
        optional("result_is_higher_better", Kind.BOOL),
        optional("stop_text", Kind.TEXT, meaning="* 7 what we stop"),
        optional("audience", Kind.TEXT, meaning="* 8 who it is for"),
        needed("declared_on", Kind.DATE),
        optional("launched_on", Kind.DATE, meaning="t0 of the detectors"),
        optional("ended_on", Kind.DATE),
        optional("grace_days", Kind.COUNT, meaning="null = 30"),
    ),
)

PRIORITY_TARGET = Table(
    name="meant/priority_target",
    key=("priority_id", "link", "measure", "from_days"),
    meaning="absent row = default of domain.md 3.2",
    columns=(
        needed("priority_id", Kind.ID, refers_to="meant/priority"),
        needed(
            "link",
            Kind.ENUM,
            choices=("declared|told|recalled|understood|connected|led|practised|coached|moved"),
        ),
        needed(
            "measure",
            Kind.ENUM,
            choices="share|depth|breadth|persistence|effect",
            meaning=(
                "practised: depth = declared rate per eligible item, breadth = share of "
                "sellers; others: share"
            ),
        ),
        needed(
            "from_days",
            Kind.COUNT,
            meaning="days after launch from which it holds; several rows = ramp (steps)",
        ),
        needed("target_share", Kind.NUMBER),
    ),
)

SHEET = Table(
    name="meant/sheet",
    key=("sheet_id",),
    meaning="stop-start-change: own (person_id null) or agreed with a person",
    columns=(
        needed("sheet_id", Kind.ID),
        needed("author_id", Kind.ID, refers_to="seen/person"),
        optional("person_id", Kind.ID, refers_to="seen/person"),
        needed("priority_id", Kind.ID, refers_to="meant/priority"),
        needed("written_on", Kind.DATE),
        optional("agreed_on", Kind.DATE, meaning="both sides; null for an own sheet or not agreed"),
        optional("withdrawn_on", Kind.DATE),
    ),
)

SHEET_ITEM = Table(
    name="meant/sheet_item",
    key=("sheet_id", "item_no"),
    meaning=(
        "own sheet complete = first seven fields present, team sheet = all nine, "
        "and a stop, and a begin or modify, and a measure on every behaviour"
    ),
    columns=(
        needed("sheet_id", Kind.ID, refers_to="meant/sheet"),
        needed("item_no", Kind.INT),
        needed(
            "field",
            Kind.ENUM,
            choices="meaning|stop|begin|modify|behaviour|skill|measure|coach|reinforce",
        ),
        needed("text", Kind.TEXT),
        optional("measure", Kind.TEXT),
        optional("cue", Kind.TEXT, meaning="if-then"),
        optional("enacted_on", Kind.DATE, meaning="first day done; for the link `led`"),
        optional("released_hours", Kind.NUMBER, meaning="a week, for a stop"),
    ),
)

MESSAGE = Table(
    name="meant/message",
    key=("message_id",),
    meaning="one row per telling and priority",
    columns=(
        needed("message_id", Kind.ID),
        optional("priority_id", Kind.ID, refers_to="meant/priority"),
        needed("sender_id", Kind.ID, refers_to="seen/person"),
        needed("sent_at", Kind.TIME),
        needed(
            "channel",
            Kind.ENUM,
            choices="team_meeting|one_to_one|all_hands|email|chat|video|document",
        ),
        optional(
            "is_ask",
            Kind.BOOL,
            meaning=(
                "asks the receivers to change; the first ask is the earliest such message"
                " of a leader of the group to it"
            ),
        ),
        optional("is_external", Kind.BOOL, meaning="told to analysts, markets or customers"),
    ),
)

MESSAGE_RECEIPT = Table(
    name="meant/message_receipt",
    key=("message_id", "person_id"),
    meaning="one row per person addressed",
    columns=(
        needed("message_id", Kind.ID, refers_to="meant/message"),
        needed("person_id", Kind.ID, refers_to="seen/person"),
        optional("received_on", Kind.DATE, meaning="null = sent, no receipt: listed, not counted"),
        optional("basis", Kind.ENUM, choices="attended|acknowledged|opened"),
    ),
)

VALUE_ELEMENT = Table(
    name="meant/value_element",
    key=("element_id",),
    columns=(
        needed("element_id", Kind.ID),
        needed(
            "kind",
            Kind.ENUM,
            choices="for_whom|problem|outcome|difference|proof|price_logic|personal",
        ),
        needed("text", Kind.TEXT),
        optional("alternative", Kind.TEXT, meaning="the named alternative"),
        optional("owner_id", Kind.ID, refers_to="seen/person"),
        needed("valid_from", Kind.DATE),
        optional("valid_to", Kind.DATE),
        optional("review_due_on", Kind.DATE),
    ),
)

VALUE_PROOF = Table(
    name="meant/value_proof",
    key=("proof_id",),
    columns=(
        needed("proof_id", Kind.ID),
        needed("element_id", Kind.ID, refers_to="meant/value_element"),
        optional("account_id", Kind.ID, refers_to="seen/account"),
        optional("confirmed_on", Kind.DATE, meaning="by the customer; null = our own claim"),
        optional("outcome", Kind.TEXT),
    ),
)

VALUE_GOAL = Table(
    name="meant/value_goal",
    key=("goal_id",),
    meaning="its milestones are commitments with subject_kind value_goal",
    columns=(
        needed("goal_id", Kind.ID),
        needed("kind", Kind.ENUM, choices="create|maintain|enhance"),
        needed("name", Kind.TEXT),
        needed("owner_id", Kind.ID, refers_to="seen/person"),
        optional("measure", Kind.TEXT),
        needed("due_on", Kind.DATE),
    ),
)

TRAINING = Table(
    name="meant/training",
    key=("training_id",),
    columns=(
        needed("training_id", Kind.ID),
        optional("priority_id", Kind.ID, refers_to="meant/priority"),
        needed("name", Kind.TEXT),
        needed("held_on", Kind.DATE),
        optional("behaviour", Kind.PREDICATE, meaning="null = that of the priority"),
        optional("eligibility", Kind.PREDICATE),
    ),
)

REORGANISATION = Table(
    name="meant/reorganisation",
    key=("reorganisation_id",),
    columns=(
        needed("reorganisation_id", Kind.ID),
        optional("priority_id", Kind.ID, refers_to="meant/priority"),
        needed("name", Kind.TEXT),
        needed("effective_on", Kind.DATE),
    ),
)

ROLE_PROFILE = Table(
    name="meant/role_profile",
    key=("reorganisation_id", "role_name", "segment", "product_family", "activity_kind"),
    meaning="expected_share sums to 1 per role; null = any",
    columns=(
        needed("reorganisation_id", Kind.ID, refers_to="meant/reorganisation"),
        needed("role_name", Kind.TEXT),
        optional("segment", Kind.TEXT),
        optional("product_family", Kind.TEXT),
        optional("activity_kind", Kind.TEXT),
        needed("expected_share", Kind.SHARE),
    ),
)

ROLE_CHANGE = Table(
    name="meant/role_change",
    key=("reorganisation_id", "person_id"),
    columns=(
        needed("reorganisation_id", Kind.ID, refers_to="meant/reorganisation"),
        needed("person_id", Kind.ID, refers_to="seen/person"),
        needed("role_name", Kind.TEXT),
    ),
)

SETTING = Table(
    name="meant/setting",
    key=("name",),
    meaning="overrides of domain.md section 6, standard minutes and rates",
    columns=(
        needed(
            "name",
            Kind.TEXT,
            meaning=(
                "e.g. minutes_per_call, loaded_rate_amount_per_hour, delta_share, coverage_days"
            ),
        ),
        needed("value", Kind.TEXT),
    ),
)

TABLES = (
    PLAN,
    PRIORITY,
    PRIORITY_TARGET,
    SHEET,
    SHEET_ITEM,
    MESSAGE,
    MESSAGE_RECEIPT,
    VALUE_ELEMENT,
    VALUE_PROOF,
    VALUE_GOAL,
    TRAINING,
    REORGANISATION,
    ROLE_PROFILE,
    ROLE_CHANGE,
    SETTING,
)
