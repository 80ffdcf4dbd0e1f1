"""What codes are called on screen: measures, factors, dimensions, tables, alternatives, scopes."""

from collections.abc import Mapping

from headway.queries.words.language import gettext as _
from headway.queries.words.language import ngettext
from headway.terms import scope as scopes
from headway.terms.answer import Answer, CauseKind, Kpi

_MEASURES: Mapping[str, str] = {
    "bookings": "Bookings",
    "close_rate": "Win rate, decided opportunities",
    "win_rate": "Win rate, decided opportunities",
    "cohort_win_rate": "Won within a fixed time of creation",
    "win_rate_narrow": "Win rate without those that ended undecided",
    "value_win_rate": "Win rate by amount",
    "average_amount": "Average won amount",
    "opportunities_created": "New opportunities",
    "cycle_days": "Days from creation to a win",
    "sales_velocity": "Sales velocity",
    "velocity": "Sales velocity",
    "coverage": "Coverage of the pipeline",
    "slip": "Slipped out of the period, by number",
    "slip_value": "Slipped out of the period, by amount",
    "pushes": "Close dates moved to a later month",
    "push_count": "Close dates moved to a later month",
    "stage_conversion": "Conversion by stage",
    "no_decision_share": "Ended without a decision",
    "won_count": "Won opportunities",
    "decided_count": "Decided opportunities",
    "sellers": "Sellers",
    "opportunities_per_seller": "Decided opportunities per seller",
    "orders_per_seller": "Orders per seller",
    "open_amount": "Open pipeline",
    "bookings_per_booking_day": "Bookings per booking day",
    "pipeline_conversion": "Conversion of the pipeline",
    "quota_attainment": "Quota attained by the person in the middle",
    "quota_reached_share": "People who reached their quota",
    "conversations_per_decided": "Conversations per decided opportunity",
    "cycle_time": "Days to a win, of new ones",
    "places": "places",
}
# Measures that look at a span of days: the figure that says how many, and the label with it.
_SPANS: Mapping[str, tuple[str, str]] = {
    "cohort_win_rate": ("age_days", "Won within {days} days of creation"),
    "cycle_time": ("horizon_days", "Days to a win, of new ones won within {days} days"),
}
_FACTORS: Mapping[str, str] = {
    "sellers": "Sellers",
    "opportunities_per_seller": "Opportunities per seller",
    "orders_per_seller": "Orders per seller",
    "win_rate": "Win rate",
    "average_amount": "Average amount",
    "capacity": "Time each seller had",
    "capacity_share": "Time each seller had",
    "opportunities_per_present_seller": "Opportunities per seller at work",
    "opportunities": "Opportunities",
    "rate": "Opportunities per full-time seller",
    "opportunities_per_capacity": "Opportunities per full-time seller",
    "opportunities_per_full_time_seller": "Opportunities per full-time seller",
}
_KPIS: Mapping[Kpi, str] = {
    Kpi.BOOKINGS: "bookings",
    Kpi.WIN_RATE: "the win rate",
    Kpi.AVERAGE_AMOUNT: "the average won amount",
    Kpi.OPPORTUNITIES_CREATED: "the number of new opportunities",
    Kpi.CYCLE_DAYS: "the time from creation to a win",
}
_DIMENSIONS: Mapping[str, str] = {
    "region": "Region",
    "team": "Team",
    "segment": "Segment",
    "product": "Product",
    "product_family": "Product family",
    "industry": "Industry",
    "country": "Country",
    "lead_source": "Lead source",
    "type": "Type",
    "tenure_band": "Time in the job",
    "seller": "Seller",
}
_KINDS: Mapping[CauseKind, str] = {
    CauseKind.RATE: "the rate moved",
    CauseKind.MIX: "its weight in the whole moved",
    CauseKind.VOLUME: "the number moved",
    CauseKind.SIZE: "the amounts moved",
    CauseKind.ENTRY: "none in the period before",
    CauseKind.EXIT: "none in the period now",
}
_ALTERNATIVES: Mapping[str, str] = {
    "leadership": "Direction and example",
    "conduct": "They do something else",
    "execution": "Process, tools and hand-overs",
    "accountability": "Following through",
    "training": "Knowledge and skill",
    "development": "Growing into the role",
    "coaching": "Help in the work",
    "growth": "Personal growth",
    "know": "“We do not know how”",
    "buyer": "“Buying has changed”",
    "process": "“Our process cannot create value”",
    "mix": "A different mix",
    "season": "The season",
    "capacity": "Vacancies, leave and new sellers",
    "demand": "Fewer enquiries",
    "price": "Price and discount",
    "single_deal": "One very large opportunity",
    "data_quality": "Faults in the data",
    "product_change": "Products that came or went",
    "targets_changed": "Targets that were changed",
    "regression": "Only a return to the usual",
    "regression_to_the_mean": "Only a return to the usual",
    "targets": "Targets that were changed",
    "supply": "Supply, outages and other events",
    "chance": "Chance",
    "booking_days": "Unequal numbers of booking days",
    "like_for_like": "Periods that do not compare",
    "quarter_end": "The pull of the quarter’s end",
    "truncation": "Records that begin or end inside a period",
    "edges": "Records that begin or end inside a period",
}
_TABLES: Mapping[str, str] = {
    "account": "accounts",
    "activity": "calls, meetings and mails",
    "opportunity": "opportunities",
    "opportunity_change": "the history of fields",
    "opportunity_line": "the products of each opportunity",
    "person": "people",
    "employment": "who worked when",
    "absence": "leave and absence",
    "contact": "contacts",
    "contact_role": "the roles of buyers",
    "quote": "quotes",
    "target": "targets",
    "quota": "quotas",
    "training": "training held",
    "commitment": "commitments",
    "message": "messages of leaders",
    "priority": "declared priorities",
    "stage": "stages",
    "stage_def": "the definition of stages",
    "product": "products",
    "opportunity_contact": "who takes part at the buyer",
    "training_attendance": "who took part in training",
    "message_receipt": "who received which message",
    "sheet_item": "cards of stop, begin, change",
    "survey_count": "answers to surveys",
    "commitment_event": "what became of commitments",
    "requirement_evidence": "evidence of readiness",
    "leaving_reason": "reasons for leaving",
    "coaching_session": "coaching sessions",
    "business_event": "events of the business",
    "reporting_line": "who reports to whom",
}


def measure(code: str, *, figures: Mapping[str, float | str] | None = None) -> str:
    """A measure as a label, with the span of days it looks at where that is told.

    >>> measure("cohort_win_rate", figures={"age_days": 60.0})
    'Won within 60 days of creation'
    """
    name, words = _SPANS.get(code, ("", ""))
    if figures and name in figures:
        return _(words).format(days=f"{float(figures[name]):,.0f}")
    return _named(_MEASURES, code)


def factor(code: str, *, answer: Answer) -> str:
    """A factor of the tree as a label; a part of the win rate is called by its stage.

    Where only orders are recorded, an opportunity is an order and is called so.
    """
    label = _named(_FACTORS, code.removeprefix("stage:").removeprefix("stage/"))
    return _(label.replace("Opportunities", "Orders")) if holds_orders(answer) else label


def holds_orders(answer: Answer) -> bool:
    """The source records won orders only, so that no win rate can be measured."""
    return any(each.code == "win_rate" and not each.is_measured for each in answer.tree)


def counted(count: int, *, answer: Answer) -> str:
    """So many opportunities, in words; orders where nothing else is recorded."""
    if holds_orders(answer):
        words = ngettext("{count} order", "{count} orders", count=count)
    else:
        words = ngettext("{count} opportunity", "{count} opportunities", count=count)
    return words.format(count=f"{count:,}")


def chosen_kpi(code: Kpi) -> str:
    """A result as it stands in a list of results: "Win rate"."""
    words = _(_KPIS[code]).removeprefix("the ").removeprefix("number of ")
    return words[:1].upper() + words[1:]


def kpi(code: Kpi) -> str:
    """A result inside a sentence."""
    return _(_KPIS[code])


def dimension(code: str) -> str:
    """A dimension as a label."""
    return _named(_DIMENSIONS, code)


def kind(code: CauseKind) -> str:
    """What a place did."""
    return _(_KINDS[code])


def alternative(code: str) -> str:
    """One explanation that was looked at."""
    return _named(_ALTERNATIVES, code)


def table(code: str) -> str:
    """A table of facts as people call it; a file keeps its name."""
    if "." in code:
        return code
    return _named(_TABLES, code.rsplit("/", maxsplit=1)[-1])


def place(slice_: Mapping[str, str]) -> str:
    """A place inside a sentence, in one order wherever it was kept: "product Core, region North".

    >>> place({"region": "North"}), place({})
    ('region North', 'no single place')
    """
    if not slice_:
        return _("no single place")
    return ", ".join(f"{dimension(name).lower()} {slice_[name]}" for name in sorted(slice_))


def place_label(slice_: Mapping[str, str]) -> str:
    """A place as a label.

    >>> place_label({"region": "North", "product": "Core"})
    'Product Core, region North'
    """
    words = place(slice_)
    return words[:1].upper() + words[1:]


def scope(code: str) -> str:
    """A scope in words: the whole organisation, or the place it names.

    >>> scope("organisation"), scope("region=North"), scope("seller@p014,region=North")
    ('Whole organisation', 'Region North', 'People of p014, Region North')
    """
    meant = scopes.parse(code if "=" not in code.partition(",")[0] else f"organisation,{code}")
    where = place_label(dict(meant.where)) if meant.where else ""
    if meant.person is not None:
        whose = meant.person
    elif meant.people_of is not None:
        whose = _("People of {leader}").format(leader=meant.people_of)
    else:
        whose = "" if where else _("Whole organisation")
    return ", ".join(part for part in (whose, where) if part)


def _named(names: Mapping[str, str], code: str) -> str:
    known = names.get(code)
    return _(known) if known else code.replace("_", " ").replace(".", ": ").capitalize()
