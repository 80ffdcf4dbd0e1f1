"""The opportunities behind a figure, as a list in pages: two statements whatever its length."""

from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Q, QuerySet

from headway.queries.access import NotSeenError
from headway.queries.results import figures, names, published
from headway.queries.words.language import gettext as _
from headway.records import scopes
from headway.records.models import OpportunityRow
from headway.terms import scope as scope_codes
from headway.terms.answer import Kpi
from headway.terms.period import Period
from headway.terms.viewer import Viewer

PAGE_LENGTH = 25
_MOST = 1000
_CREATED = frozenset({"stat-opportunities_created", "stat-cohort_win_rate"})
_WON = frozenset(
    {
        "stat-bookings",
        "stat-average_amount",
        "stat-won_count",
        "stat-cycle_days",
        "factor-average_amount",
        "base",
        "actual",
    }
)


@dataclass(frozen=True, kw_only=True)
class OpportunitySeen:
    """One opportunity of the list, in words."""

    opportunity_id: str
    name: str
    account: str
    owner: str
    stage: str
    outcome: str
    amount: str
    created: str
    closed: str


@dataclass(frozen=True, kw_only=True)
class OpportunityList:
    """One page of the list: what it shows, how many there are, and the pages beside it."""

    title: str
    caption: str
    rows: tuple[OpportunitySeen, ...]
    count: int
    number: int
    page_count: int
    side: str

    @property
    def earlier(self) -> int | None:
        """The page before."""
        return self.number - 1 if self.number > 1 else None

    @property
    def later(self) -> int | None:
        """The page after."""
        return self.number + 1 if self.number < self.page_count else None


def opportunities(
    viewer: Viewer, *, asked: published.Asked, figure: str, side: str, number: int
) -> OpportunityList | published.NotComputed:
    """The opportunities behind one figure of a published answer, the latest first.

    Args:
        viewer: who is looking; only their visible opportunities are listed.
        asked: whose results, and which comparison.
        figure: address of the figure; "" = all that were decided.
        side: "now" or "before".
        number: page, from 1; a page that is not there shows the last one.

    Raises:
        NotSeenError: the scope or the figure is not there for this viewer.
    """
    ground = published.periods_of(viewer, asked=asked)
    if ground is None:
        return published.NotComputed(asked=asked, has_data=True)
    kpi, slice_ = _place(ground, figure=figure)
    is_created = figure in _CREATED or kpi is Kpi.OPPORTUNITIES_CREATED
    meant = scope_codes.parse(asked.scope)
    narrowed = replace(meant, where=tuple(sorted({**dict(meant.where), **slice_}.items())))
    period = _period(ground, side=side)
    found = scopes.in_scope(viewer, narrowed).filter(
        _behind(figure, period=period, is_created=is_created)
    )
    count = found.count()
    page_count = max(1, -(-count // PAGE_LENGTH))
    number = min(max(1, number), page_count)
    return OpportunityList(
        title=names.place_label(slice_) if slice_ else _("Opportunities"),
        caption=_caption(period, figure=figure, is_created=is_created),
        rows=_rows(found, number=number, currency=ground.currency),
        count=count,
        number=number,
        page_count=page_count,
        side=side,
    )


def _rows(
    found: QuerySet[OpportunityRow], *, number: int, currency: str
) -> tuple[OpportunitySeen, ...]:
    start = (number - 1) * PAGE_LENGTH
    listed = found.order_by("-closed_on", "id").values_list(
        "id",
        "name",
        "account__name",
        "owner__name",
        "stage",
        "stage_group",
        "amount",
        "created_on",
        "closed_on",
    )[start : start + PAGE_LENGTH]
    outcomes = {"won": _("won"), "lost": _("lost"), "open": _("open")}
    return tuple(
        OpportunitySeen(
            opportunity_id=id_,
            name=name,
            account=account or "",
            owner=owner or _("no owner"),
            stage=stage,
            outcome=outcomes[group],
            amount=_amount(amount, currency=currency),
            created=f"{created:%d %b %Y}".lstrip("0") if created else "",
            closed=f"{closed:%d %b %Y}".lstrip("0") if closed else "",
        )
        for id_, name, account, owner, stage, group, amount, created, closed in listed
    )


def _amount(amount: Decimal | None, *, currency: str) -> str:
    if amount is None:
        return ""
    symbol = figures.SYMBOLS.get(currency, f"{currency}\u00a0")
    return f"{'−' if amount < 0 else ''}{symbol}{abs(amount):,.0f}"


def _place(ground: published.PeriodsOf, *, figure: str) -> tuple[Kpi | None, dict[str, str]]:
    kind, _dash, rest = figure.partition("-")
    if kind != "place":
        return None, {}
    try:
        number, row = (range(1, _MOST).index(int(part)) for part in rest.split("-"))
        return ground.places[number][row]
    except (ValueError, IndexError) as problem:
        raise NotSeenError from problem


def _period(ground: published.PeriodsOf, *, side: str) -> Period | None:
    if ground.comparison is None:
        return None
    return ground.comparison.base if side == "before" else ground.comparison.actual


def _behind(figure: str, *, period: Period | None, is_created: bool) -> Q:
    day = "created_on" if is_created else "closed_on"
    within = Q() if period is None else Q(**{f"{day}__gte": period.first, f"{day}__lt": period.end})
    if is_created:
        return within
    return within & Q(stage_group__in=("won",) if figure in _WON else ("won", "lost"))


def _caption(period: Period | None, *, figure: str, is_created: bool) -> str:
    days = figures.days_of(period) if period else _("all days")
    if is_created:
        return _("Created in {days}").format(days=days)
    if figure in _WON:
        return _("Won in {days}").format(days=days)
    return _("Decided in {days}").format(days=days)
