"""Cards in the browser: one's own, those with one's leader, those with one's people."""

from collections.abc import Iterable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from headway.actions import cards as changes
from headway.interfaces.web.direction import status_of
from headway.interfaces.web.direction_forms import VersionForm, version_seen
from headway.interfaces.web.permission import permission
from headway.interfaces.web.settings import viewer_of
from headway.queries import cards
from headway.queries.access import NotSeenError
from headway.queries.words import declared as words
from headway.terms.access import Permission
from headway.terms.declared import ENACTED_FIELDS, OWN_FIELDS, CardField, CardItem


class Whose(forms.Form):
    """Which card the address speaks of."""

    author = forms.CharField(max_length=80)
    person = forms.CharField(max_length=80, required=False)
    priority = forms.CharField(max_length=80)


class ItemForm(forms.Form):
    """One line of a card; an empty text says that there is none."""

    text = forms.CharField(
        required=False, max_length=changes.MAX_LENGTH, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: object, field: CardField, is_spare: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django's own takes them
        self.field, self.is_spare = field, is_spare
        self.fields["text"].label = words.of(words.FIELDS, field)
        if field is CardField.BEHAVIOUR:
            self.fields["measure"] = _line(_("How it is counted, such as “two a week”"))
        if field in ENACTED_FIELDS - {CardField.STOP}:
            self.fields["cue"] = _line(_("If … then …: when will you do it?"))
        if field in ENACTED_FIELDS:
            day = forms.DateInput(attrs={"type": "date"})
            label = _("First done on")
            self.fields["enacted_on"] = forms.DateField(label=label, required=False, widget=day)
        if field is CardField.STOP:
            self.fields["released_hours"] = forms.FloatField(
                label=_("Hours a week it sets free"),
                required=False,
                min_value=0,
                max_value=changes.MOST_HOURS,
            )

    def words(self) -> list[forms.BoundField]:
        """What is said."""
        return [self["text"]]

    def further(self) -> list[forms.BoundField]:
        """How it is counted, when it is done, and since when."""
        return [field for field in self if field.name != "text"]

    def item(self) -> CardItem | None:
        """The line, None where there is none."""
        said = {name: value for name, value in self.cleaned_data.items() if value is not None}
        return CardItem(field=self.field, **said) if said["text"].strip() else None


@permission(Permission.RESULTS)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Own cards, cards with one's leader, and those of one's people."""
    found = cards.page(viewer_of(request), today=timezone.localdate())
    return render(request, "cards/page.html", {"page": found})


@permission(Permission.RESULTS)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest) -> HttpResponseBase:
    """One card: read it, write it."""
    whose = Whose(request.GET)
    if not whose.is_valid():
        raise NotSeenError
    asked = {**whose.cleaned_data, "person": whose.cleaned_data["person"] or None}
    seen = cards.one(viewer_of(request), today=timezone.localdate(), **asked)
    sent = request.POST if request.method == "POST" else None
    rows = [
        ItemForm(
            sent,
            field=field,
            prefix=f"{field.value}{number}",
            is_spare=item is None and number > 0,
            initial=item.__dict__ if item else None,
        )
        for field, number, item in _rows(seen.items, is_own=asked["person"] is None)
    ]
    version = VersionForm(sent, initial={"seen_version": seen.line.version})
    is_valid = all([row.is_valid() for row in rows])  # noqa: C419  each says what is wrong
    if sent is not None and is_valid and version.is_valid():
        changes.save(
            viewer=viewer_of(request),
            at=timezone.now(),
            items=tuple(item for row in rows if (item := row.item())),
            seen_version=version.cleaned_data["seen_version"],
            **asked,
        )
        request.session["toast"] = _("The card is kept. A new empty line waits under each field.")
        return redirect(f"{reverse('card')}?{urlencode(whose.cleaned_data)}")
    context = {"seen": seen, "rows": rows, "version": version}
    return render(request, "cards/one.html", context, status=status_of(request))


@permission(Permission.RESULTS)
@require_POST
def agree(request: HttpRequest, card_id: int) -> HttpResponseBase:
    """Agree to a card between two."""
    changes.agree(
        viewer=viewer_of(request),
        at=timezone.now(),
        card_id=card_id,
        seen_version=version_seen(request),
    )
    request.session["toast"] = _("You have agreed to the card. It holds once both have.")
    return redirect("cards")


@permission(Permission.RESULTS)
@require_POST
def withdraw(request: HttpRequest, card_id: int) -> HttpResponseBase:
    """Let a card hold no longer."""
    changes.withdraw(
        viewer=viewer_of(request),
        at=timezone.now(),
        card_id=card_id,
        seen_version=version_seen(request),
    )
    request.session["toast"] = _("The card holds no longer.")
    return redirect("cards")


def _rows(
    items: tuple[CardItem, ...], *, is_own: bool
) -> Iterable[tuple[CardField, int, CardItem | None]]:
    """Each field with its lines, and one empty line where several make sense."""
    for field in OWN_FIELDS if is_own else CardField:
        kept = [item for item in items if item.field is field]
        spare = [None] if not kept or field in ENACTED_FIELDS else []
        for number, item in enumerate([*kept, *spare]):
            yield field, number, item


def _line(label: str) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=changes.MAX_LENGTH)
