"""What leaders declared they would do: commitments, successions, handovers, plans with buyers."""

from headway.facts.tables import Kind, Table, needed, optional

COMMITMENT = Table(
    name="meant/commitment",
    key=("commitment_id",),
    columns=(
        needed("commitment_id", Kind.ID),
        needed("owner_id", Kind.ID, refers_to="seen/person"),
        optional("to_person_id", Kind.ID, refers_to="seen/person"),
        needed(
            "subject_kind",
            Kind.ENUM,
            choices=("priority|finding|value_goal|handover|development|opportunity|issue|other"),
        ),
        optional("subject_id", Kind.ID),
        needed("text", Kind.TEXT),
        needed("made_on", Kind.DATE),
        needed("due_on", Kind.DATE),
        optional("cue", Kind.TEXT),
        optional("predicted_measure", Kind.TEXT),
        optional("predicted_effect", Kind.NUMBER, meaning="sealed with made_on"),
        optional("predicted_low", Kind.NUMBER),
        optional("predicted_high", Kind.NUMBER),
    ),
)

COMMITMENT_EVENT = Table(
    name="meant/commitment_event",
    key=("commitment_id", "occurred_on", "kind"),
    columns=(
        needed("commitment_id", Kind.ID, refers_to="meant/commitment"),
        needed("occurred_on", Kind.DATE),
        needed(
            "kind",
            Kind.ENUM,
            choices="progress|check_planned|check_held|renegotiated|withdrawn|done|reopened",
            meaning="withdrawn = by agreement",
        ),
        optional("new_due_on", Kind.DATE, meaning="for renegotiated"),
    ),
)

CRITICAL_ROLE = Table(
    name="meant/critical_role",
    key=("critical_role_id",),
    columns=(
        needed("critical_role_id", Kind.ID),
        needed("title", Kind.TEXT),
        optional("holder_id", Kind.ID, refers_to="seen/person", meaning="null = vacant"),
    ),
)

ROLE_REQUIREMENT = Table(
    name="meant/role_requirement",
    key=("critical_role_id", "requirement_no"),
    columns=(
        needed("critical_role_id", Kind.ID, refers_to="meant/critical_role"),
        needed("requirement_no", Kind.INT),
        needed("text", Kind.TEXT),
        needed("is_critical", Kind.BOOL),
    ),
)

SUCCESSOR = Table(
    name="meant/successor",
    key=("critical_role_id", "person_id"),
    columns=(
        needed("critical_role_id", Kind.ID, refers_to="meant/critical_role"),
        needed("person_id", Kind.ID, refers_to="seen/person"),
        needed("named_on", Kind.DATE),
        optional("withdrawn_on", Kind.DATE),
    ),
)

REQUIREMENT_EVIDENCE = Table(
    name="meant/requirement_evidence",
    key=("critical_role_id", "requirement_no", "person_id", "shown_on"),
    columns=(
        needed("critical_role_id", Kind.ID, refers_to="meant/critical_role"),
        needed("requirement_no", Kind.INT),
        needed("person_id", Kind.ID, refers_to="seen/person"),
        needed("shown_on", Kind.DATE),
        optional("witness_id", Kind.ID, refers_to="seen/person"),
    ),
)

HANDOVER = Table(
    name="meant/handover",
    key=("handover_id",),
    columns=(
        needed("handover_id", Kind.ID),
        needed("account_id", Kind.ID, refers_to="seen/account"),
        needed("from_person_id", Kind.ID, refers_to="seen/person"),
        needed("to_person_id", Kind.ID, refers_to="seen/person"),
        optional("reorganisation_id", Kind.ID, refers_to="meant/reorganisation"),
        needed("planned_on", Kind.DATE),
        optional("completed_on", Kind.DATE),
    ),
)

HANDOVER_STEP = Table(
    name="meant/handover_step",
    key=("handover_id", "step"),
    columns=(
        needed("handover_id", Kind.ID, refers_to="meant/handover"),
        needed(
            "step",
            Kind.ENUM,
            choices=("introduced|joint_meeting|led_meeting|customer_confirmed|knowledge_accepted"),
        ),
        optional("due_on", Kind.DATE),
        optional("done_on", Kind.DATE),
    ),
)

MUTUAL_PLAN = Table(
    name="meant/mutual_plan",
    key=("mutual_plan_id",),
    columns=(
        needed("mutual_plan_id", Kind.ID),
        needed("opportunity_id", Kind.ID, refers_to="seen/opportunity"),
        needed("created_at", Kind.TIME),
        optional(
            "go_live_on", Kind.DATE, meaning="first agreed; later ones are events go_live_moved"
        ),
    ),
)

MUTUAL_PLAN_STEP = Table(
    name="meant/mutual_plan_step",
    key=("mutual_plan_id", "step_no"),
    columns=(
        needed("mutual_plan_id", Kind.ID, refers_to="meant/mutual_plan"),
        needed("step_no", Kind.INT),
        optional("text", Kind.TEXT),
        needed("side", Kind.ENUM, choices="buyer|seller|delivery"),
        needed("set_by", Kind.ENUM, choices="buyer|seller|delivery"),
        optional("due_on", Kind.DATE),
        optional("done_on", Kind.DATE),
    ),
)

PROMISE = Table(
    name="meant/promise",
    key=("promise_id",),
    meaning="to a recruit; the marks come back as survey round `promise`, item PR1",
    columns=(
        needed("promise_id", Kind.ID),
        optional("made_by_id", Kind.ID, refers_to="seen/person"),
        optional("person_id", Kind.ID, refers_to="seen/person", meaning="null until hired"),
        needed(
            "category",
            Kind.ENUM,
            choices="direction|role|pay|growth|territory|support|values|other",
        ),
        optional("text", Kind.TEXT),
        needed("made_on", Kind.DATE),
    ),
)

ISSUE = Table(
    name="meant/issue",
    key=("issue_id",),
    columns=(
        needed("issue_id", Kind.ID),
        needed("owner_id", Kind.ID, refers_to="seen/person"),
        needed("name", Kind.TEXT),
        needed("opened_on", Kind.DATE),
        optional("closed_on", Kind.DATE),
        optional("raised_by", Kind.ENUM, choices="own|team|customer|superior"),
        optional("first_signal_on", Kind.DATE),
        optional("first_action_on", Kind.DATE),
        optional("deadline_set_by", Kind.ENUM, choices="ours|theirs|joint"),
        optional("repeat_of_id", Kind.ID, refers_to="meant/issue"),
    ),
)

ISSUE_STEP = Table(
    name="meant/issue_step",
    key=("issue_id", "step_no"),
    columns=(
        needed("issue_id", Kind.ID, refers_to="meant/issue"),
        needed("step_no", Kind.INT),
        needed("set_by", Kind.ENUM, choices="ours|theirs|joint"),
        optional("due_on", Kind.DATE),
        optional("done_on", Kind.DATE),
    ),
)

DECISION = Table(
    name="meant/decision",
    key=("decision_id",),
    meaning="conscious decision after a position",
    columns=(
        needed("decision_id", Kind.ID),
        needed("subject_kind", Kind.ENUM, choices="opportunity|issue"),
        needed("subject_id", Kind.ID),
        needed("decided_by_id", Kind.ID, refers_to="seen/person"),
        needed("decided_on", Kind.DATE),
        needed("approach", Kind.ENUM, choices="lead|reset|limited|decline"),
        optional("reason", Kind.TEXT),
        optional("stop_loss_hours", Kind.NUMBER),
        optional("stop_loss_on", Kind.DATE),
        optional("stop_loss_evidence", Kind.TEXT),
        optional("review_on", Kind.DATE),
        optional("stopped_on", Kind.DATE),
    ),
)

OPEN_ROLE = Table(
    name="meant/open_role",
    key=("open_role_id",),
    columns=(
        needed("open_role_id", Kind.ID),
        needed("manager_id", Kind.ID, refers_to="seen/person"),
        needed("role", Kind.ENUM, choices="seller|manager|leader|sdr|engineer|other"),
        needed("opened_on", Kind.DATE),
        optional("filled_on", Kind.DATE),
    ),
)

# What is entered in an installation and has no table in a bundle.
COACHING_START = Table(
    name="meant/coaching_start",
    key=("programme_id", "manager_id"),
    meaning="start of a manager's team in a programme of coaching, in an order drawn by lot",
    columns=(
        needed("programme_id", Kind.ID),
        needed("manager_id", Kind.ID, refers_to="seen/person"),
        needed("priority_id", Kind.ID, refers_to="meant/priority"),
        needed("drawn_on", Kind.DATE),
        needed("planned_on", Kind.DATE),
    ),
)

TABLES = (
    COMMITMENT,
    COMMITMENT_EVENT,
    CRITICAL_ROLE,
    ROLE_REQUIREMENT,
    SUCCESSOR,
    REQUIREMENT_EVIDENCE,
    HANDOVER,
    HANDOVER_STEP,
    MUTUAL_PLAN,
    MUTUAL_PLAN_STEP,
    PROMISE,
    ISSUE,
    ISSUE_STEP,
    DECISION,
    OPEN_ROLE,
)
