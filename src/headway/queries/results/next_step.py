"""The one action proposed: where to look, or the first remedy of a root that is named."""

from headway.queries.results import claim, names, unmeasured
from headway.queries.words.language import gettext as _
from headway.terms.answer import Answer, CauseKind, Standing, Verdict

_ANYWHERE = (
    "Open the opportunities of {place}, and ask what people did differently there than elsewhere."
)
# What to do first about a root, and when to look again (domain model 4.4).
_REMEDIES = {
    "coaching": (
        "Agree with the managers of {place} on how they coach it, help them to coach first, and "
        "look again in 90 days."
    ),
    "leadership": (
        "Let the managers of {place} say it again in their own words, several times, and look "
        "again in four to six weeks."
    ),
}
_AT_PLACE = {
    CauseKind.ENTRY: (
        "Look at {place} apart from the rest: nothing was booked there in the period before. Ask "
        "what it replaced, and what became of everything else."
    ),
    CauseKind.EXIT: (
        "Ask what took the place of {place}: nothing is booked there any more in the period now."
    ),
    CauseKind.MIX: (
        "Open the opportunities of {place}, and ask why there are more or fewer of them than "
        "before: the rate of the whole moved with their number."
    ),
}


def of(answer: Answer) -> str:
    """The first remedy of a named root; else what to look at, or to wait for."""
    if answer.comparison is None:
        return _(
            "Bring a longer export: two closed periods of the same length, with "
            "opportunities won and lost."
        )
    if unmeasured.is_so(answer):
        return unmeasured.next_step()
    found = claim.place(answer)
    if found is not None:
        roots = (each.code for each in answer.ladder if each.standing is Standing.NAMED)
        remedy = next((_REMEDIES[code] for code in roots if code in _REMEDIES), None)
        words = remedy or _AT_PLACE.get(found[1].kind, _ANYWHERE)
        return _(words).format(place=names.place(found[1].slice))
    carried = claim.driver(answer)
    if carried is not None:
        return _("Ask what changed in {factor} as a whole: no single place stands out.").format(
            factor=names.factor(carried.code, answer=answer).lower()
        )
    if answer.verdict is Verdict.CANNOT_TELL:
        return _(
            "Wait for more decided opportunities, or compare longer periods, before "
            "anybody acts on this difference."
        )
    return _("Nothing here asks for action. Look again when the next period is complete.")
