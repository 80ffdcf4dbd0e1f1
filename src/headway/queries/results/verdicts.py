"""How the sentence on top was reached: what was compared, and what would change it."""

from headway.queries.results import figures, names, places
from headway.queries.words.language import gettext as _
from headway.queries.words.language import ngettext
from headway.terms.answer import Answer, Verdict


def explained(answer: Answer) -> tuple[str, ...]:
    """What was compared, how many places were looked at, and what would change the answer."""
    if answer.comparison is None:
        return ()
    sentences = (_compared(answer), _looked_at(answer), _range(answer), _what_would_change(answer))
    return tuple(sentence for sentence in sentences if sentence)


def _compared(answer: Answer) -> str:
    if answer.comparison is None:
        return ""
    words = _("Compared: {kpi} in {actual} with {base}.").format(
        kpi=names.kpi(answer.kpi),
        actual=figures.days_of(answer.comparison.actual),
        base=figures.days_of(answer.comparison.base),
    )
    if not answer.base.n or not answer.actual.n:
        return words
    counts = _("They rest on {now} and {before} cases.").format(
        now=f"{answer.actual.n:,}", before=f"{answer.base.n:,}"
    )
    return f"{words} {counts}"


def _looked_at(answer: Answer) -> str:
    searched = [each for each in answer.localisations if each.looked_at]
    if not searched:
        return ""
    named = sum(1 for each in searched for cause in each.causes if cause.slice)
    count = sum(each.looked_at for each in searched)
    words = ngettext("{count} place was looked at", "{count} places were looked at", count=count)
    looked = words.format(count=f"{count:,}")
    results = figures.listed(tuple(names.kpi(each.kpi) for each in searched))
    return _("{looked}, in {results}; named: {named}.").format(
        looked=looked, results=results, named=named or _("none")
    )


def _range(answer: Answer) -> str:
    ends = _ends(answer)
    return _("The 90% range of the change is {ends}.").format(ends=ends) if ends else ""


def _what_would_change(answer: Answer) -> str:
    if not _ends(answer):
        return ""
    if answer.verdict in (Verdict.IMPROVING, Verdict.FALLING):
        return _("If that range held zero, we would say that nobody can tell.")
    if answer.verdict is Verdict.FLAT:
        return _(
            "It is called level because all of that range is small; if the range left out zero, "
            "we would call it a rise or a fall."
        )
    if answer.verdict_reason != "verdict.range_spans_zero":
        return ""
    return _(
        "If that range left out zero, we would call it a rise or a fall: it takes a larger change, "
        "more cases, or a longer period."
    )


def _ends(answer: Answer) -> str:
    low, high = answer.change.low, answer.change.high
    if low is None or high is None:
        return ""
    return places.range_of(low, high, kpi=answer.kpi, currency=answer.organisation.currency)
