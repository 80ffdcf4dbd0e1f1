"""What people told: survey rounds already cut into groups, beliefs, coaching, visits."""

from headway.facts.tables import Kind, Table, needed, optional

SURVEY_ROUND = Table(
    name="said/survey_round",
    key=("round_id",),
    columns=(
        needed("round_id", Kind.ID),
        needed("kind", Kind.ENUM, choices="pulse|articulation|promise|visit|knowledge"),
        needed("opened_on", Kind.DATE),
        needed("closed_on", Kind.DATE),
    ),
)

SURVEY_CELL = Table(
    name="said/survey_cell",
    key=("cell_id",),
    columns=(
        needed("cell_id", Kind.ID),
        needed("round_id", Kind.ID, refers_to="said/survey_round"),
        needed(
            "manager_id",
            Kind.ID,
            refers_to="seen/person",
            meaning="lowest leader above everyone in the cell",
        ),
        needed("role", Kind.ENUM, choices="seller|manager|leader|sdr|engineer|other"),
        needed("is_remainder", Kind.BOOL, meaning="true = several small teams poured together"),
        needed("invited_count", Kind.COUNT),
        optional("answered_count", Kind.COUNT, meaning="null = blocked"),
    ),
)

SURVEY_CELL_TEAM = Table(
    name="said/survey_cell_team",
    key=("cell_id", "team_manager_id"),
    meaning=(
        "which whole teams a cell holds; every invited team stands in exactly one"
        " cell of its round and role"
    ),
    columns=(
        needed("cell_id", Kind.ID, refers_to="said/survey_cell"),
        needed("team_manager_id", Kind.ID, refers_to="seen/person"),
        needed("invited_count", Kind.COUNT),
    ),
)

SURVEY_COUNT = Table(
    name="said/survey_count",
    key=("cell_id", "item", "subject", "value"),
    meaning=(
        "for one cell, item and subject the counts sum to the answers given to it"
        " (<= answered_count)"
    ),
    columns=(
        needed("cell_id", Kind.ID, refers_to="said/survey_cell"),
        needed(
            "item",
            Kind.TEXT,
            meaning=(
                "code of the item bank (domain.md appendix A): R1, U1, B1, RC1, WD1, CO1,"
                " AU1, PS1, CH1, DI1, PR1, GR1 ..."
            ),
        ),
        optional(
            "subject",
            Kind.TEXT,
            meaning=(
                "priority_id for R1, U1, B1, SE1, GC; promise category for PR1; null otherwise"
            ),
        ),
        needed(
            "value",
            Kind.TEXT,
            meaning=(
                "coded: R1 yes, no; U1 action_and_reason, action_only, reason_only, "
                "neither; B1 the barrier; scales 1..5; PR1 met, partly, not, too_early"
            ),
        ),
        needed("answer_count", Kind.COUNT),
    ),
)

SURVEY_TEXT = Table(
    name="said/survey_text",
    key=("text_id",),
    meaning="raw words, only from cells with min_text_count answers, shuffled",
    columns=(
        needed("text_id", Kind.ID, meaning="random"),
        needed("cell_id", Kind.ID, refers_to="said/survey_cell"),
        needed("item", Kind.TEXT),
        needed("text", Kind.TEXT),
        optional("code", Kind.TEXT, meaning="theme"),
    ),
)

ARTICULATION_ANSWER = Table(
    name="said/articulation_answer",
    key=("answer_id", "element_id"),
    meaning=("one row per answer and element; answer_id is random, made when the round closed"),
    columns=(
        needed("answer_id", Kind.ID),
        needed("cell_id", Kind.ID, refers_to="said/survey_cell"),
        needed(
            "element_id",
            Kind.ID,
            meaning="value_element, or `invented:<claim>` with result invented",
        ),
        needed("result", Kind.ENUM, choices="told|wrong|absent|invented"),
    ),
)

LEAVING_REASON = Table(
    name="said/leaving_reason",
    key=("answer_id", "code"),
    meaning=("one row per reason named; up to three per answer; `none_given` if asked and silent"),
    columns=(
        needed("answer_id", Kind.ID, meaning="random"),
        needed("source", Kind.ENUM, choices="exit|candidate|entry"),
        needed("quarter_on", Kind.DATE, meaning="first day of the quarter asked"),
        optional(
            "region",
            Kind.TEXT,
            meaning=(
                "null also where fewer than min_answer_count were asked in the region and source"
            ),
        ),
        needed(
            "code",
            Kind.ENUM,
            choices="direction|manager|pay|growth|values|workload|product|other|none_given",
        ),
        optional("sub_code", Kind.TEXT),
    ),
)

BELIEF = Table(
    name="said/belief",
    key=("person_id", "priority_id", "group", "link"),
    meaning="what a leader expects, sealed before results are shown",
    columns=(
        needed("person_id", Kind.ID, refers_to="seen/person"),
        needed("priority_id", Kind.ID, refers_to="meant/priority"),
        needed("group", Kind.TEXT),
        needed(
            "link",
            Kind.ENUM,
            choices=("declared|told|recalled|understood|connected|led|practised|coached|moved"),
        ),
        needed("sealed_at", Kind.TIME),
        needed("point_share", Kind.SHARE),
        needed("low_share", Kind.SHARE, meaning="80 % range"),
        needed("high_share", Kind.SHARE),
    ),
)

POSITION_RATING = Table(
    name="said/position_rating",
    key=("subject_kind", "subject_id", "person_id", "sealed_at"),
    meaning="own view before evidence",
    columns=(
        needed("subject_kind", Kind.ENUM, choices="opportunity|issue"),
        needed("subject_id", Kind.ID),
        needed("person_id", Kind.ID, refers_to="seen/person"),
        needed("sealed_at", Kind.TIME),
        needed("position", Kind.ENUM, choices="leading|contested|behind"),
        optional("win_share", Kind.SHARE),
    ),
)

OPPORTUNITY_ANSWER = Table(
    name="said/opportunity_answer",
    key=("opportunity_id", "item", "answered_at"),
    meaning=("what only the seller can know; the last answer before the landmark holds"),
    columns=(
        needed("opportunity_id", Kind.ID, refers_to="seen/opportunity"),
        needed(
            "item",
            Kind.ENUM,
            choices="need_origin|criteria|alternatives|terms",
            meaning="E1, E3, E10, who set the terms",
        ),
        needed("answered_at", Kind.TIME),
        optional("person_id", Kind.ID, refers_to="seen/person"),
        needed(
            "value",
            Kind.ENUM,
            choices="ours|neutral|theirs",
            meaning="E10: ours = named and why we differ, theirs = signs of a column filler",
        ),
    ),
)

CUSTOMER_REASON = Table(
    name="said/customer_reason",
    key=("opportunity_id", "stated_on"),
    meaning="the customer's own words, coded",
    columns=(
        needed("opportunity_id", Kind.ID, refers_to="seen/opportunity"),
        needed("stated_on", Kind.DATE),
        optional(
            "element_id", Kind.ID, refers_to="meant/value_element", meaning="null = none of ours"
        ),
        optional("code", Kind.TEXT),
    ),
)

FIELD_VISIT = Table(
    name="said/field_visit",
    key=("visit_id",),
    meaning="a leader with a customer",
    columns=(
        needed("visit_id", Kind.ID),
        needed("leader_id", Kind.ID, refers_to="seen/person"),
        needed("account_id", Kind.ID, refers_to="seen/account"),
        optional("seller_id", Kind.ID, refers_to="seen/person"),
        optional("opportunity_id", Kind.ID, refers_to="seen/opportunity"),
        needed("visited_on", Kind.DATE),
        optional("led_by", Kind.ENUM, choices="seller|leader|both"),
        optional("is_prepared", Kind.BOOL, meaning="with the account owner"),
        optional("outcome", Kind.TEXT),
    ),
)

FIELD_VISIT_ELEMENT = Table(
    name="said/field_visit_element",
    key=("visit_id", "element_id", "moment"),
    columns=(
        needed("visit_id", Kind.ID, refers_to="said/field_visit"),
        needed("element_id", Kind.ID, meaning="value_element or `invented:<claim>`"),
        needed("moment", Kind.ENUM, choices="told|asked|bought"),
    ),
)

COACHING_SESSION = Table(
    name="said/coaching_session",
    key=("session_id",),
    columns=(
        needed("session_id", Kind.ID),
        needed("coach_id", Kind.ID, refers_to="seen/person"),
        needed("person_id", Kind.ID, refers_to="seen/person"),
        needed("held_at", Kind.TIME),
        needed("minutes", Kind.NUMBER),
        needed(
            "kind",
            Kind.ENUM,
            choices=(
                "one_to_one|joint_call|debrief|role_play|pipeline_review|forecast_call|status_check"
            ),
            meaning="the last three are inspection",
        ),
        optional("topic", Kind.TEXT),
        optional("priority_id", Kind.ID, refers_to="meant/priority"),
        optional("is_work_observed", Kind.BOOL),
        optional("is_practice_agreed", Kind.BOOL),
        optional("follow_up_on", Kind.DATE),
        optional("followed_up_on", Kind.DATE, meaning="the practice was looked at again"),
        optional("coach_confirmed_on", Kind.DATE),
        optional(
            "person_confirmed_on",
            Kind.DATE,
            meaning=("both sides; counted as held only when this is set or the column is absent"),
        ),
    ),
)

TIME_LOG = Table(
    name="said/time_log",
    key=("person_id", "week_on", "category", "priority_id"),
    meaning="logged by the person, private by default",
    columns=(
        needed("person_id", Kind.ID, refers_to="seen/person"),
        needed("week_on", Kind.DATE, meaning="a Monday"),
        needed(
            "category",
            Kind.ENUM,
            choices=("inspection|development|field|own_selling|communication|administration|other"),
        ),
        optional("priority_id", Kind.ID, refers_to="meant/priority", meaning="null = none"),
        needed("hours", Kind.NUMBER),
    ),
)

DEPARTURE = Table(
    name="said/departure",
    key=("person_id",),
    meaning="declared by the person or due by contract; never inferred",
    columns=(
        needed("person_id", Kind.ID, refers_to="seen/person"),
        needed("leaves_on", Kind.DATE),
        needed("declared_on", Kind.DATE),
        needed("basis", Kind.ENUM, choices="declared|contract"),
        needed("is_shared", Kind.BOOL, meaning="consent to show beyond the person's own leader"),
    ),
)

SIGNAL = Table(
    name="said/signal",
    key=("signal_id",),
    meaning="a warning raised",
    columns=(
        needed("signal_id", Kind.ID),
        needed("raised_on", Kind.DATE),
        needed("raised_to_id", Kind.ID, refers_to="seen/person"),
        needed("subject", Kind.TEXT),
        needed("disposition", Kind.ENUM, choices="open|acted|explained|dismissed"),
        optional("disposed_on", Kind.DATE),
    ),
)

PEER_MEETING = Table(
    name="said/peer_meeting",
    key=("meeting_id",),
    columns=(
        needed("meeting_id", Kind.ID),
        needed("person_id", Kind.ID, refers_to="seen/person"),
        needed("partner_id", Kind.ID, refers_to="seen/person"),
        needed("planned_on", Kind.DATE),
        optional("met_on", Kind.DATE),
        optional("advice_given_count", Kind.COUNT),
        optional("advice_used_count", Kind.COUNT),
    ),
)

KNOWLEDGE_ITEM = Table(
    name="said/knowledge_item",
    key=("item_id",),
    columns=(
        needed("item_id", Kind.ID),
        needed("author_id", Kind.ID, refers_to="seen/person"),
        optional("account_id", Kind.ID, refers_to="seen/account"),
        needed("captured_on", Kind.DATE),
        optional("validated_on", Kind.DATE, meaning="by a second person"),
        optional("used_count", Kind.COUNT),
    ),
)

MUTUAL_PLAN_EVENT = Table(
    name="said/mutual_plan_event",
    key=("event_id",),
    meaning="what each side did on the shared page",
    columns=(
        needed("event_id", Kind.ID),
        needed("mutual_plan_id", Kind.ID, refers_to="meant/mutual_plan"),
        optional("step_no", Kind.INT),
        needed("occurred_at", Kind.TIME),
        needed("side", Kind.ENUM, choices="buyer|seller|delivery"),
        needed(
            "action",
            Kind.ENUM,
            choices="opened|edited|accepted|proposed_date|completed|reopened|go_live_moved",
        ),
        optional("new_on", Kind.DATE, meaning="for proposed_date and go_live_moved"),
    ),
)

TABLES = (
    SURVEY_ROUND,
    SURVEY_CELL,
    SURVEY_CELL_TEAM,
    SURVEY_COUNT,
    SURVEY_TEXT,
    ARTICULATION_ANSWER,
    LEAVING_REASON,
    BELIEF,
    POSITION_RATING,
    OPPORTUNITY_ANSWER,
    CUSTOMER_REASON,
    FIELD_VISIT,
    FIELD_VISIT_ELEMENT,
    COACHING_SESSION,
    TIME_LOG,
    DEPARTURE,
    SIGNAL,
    PEER_MEETING,
    KNOWLEDGE_ITEM,
    MUTUAL_PLAN_EVENT,
)
