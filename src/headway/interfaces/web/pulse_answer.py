"""Answering a pulse: by link without logging in, first what one recalls, then the rest."""

from http import HTTPStatus

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from headway.actions import pulse as changes
from headway.interfaces.web.permission import permission
from headway.interfaces.web.settings import viewer_of
from headway.queries import pulse
from headway.queries.pulse import Question
from headway.terms.access import Permission
from headway.terms.item_bank import RECALL

_FEW = 5
_SALT = "headway.pulse.recalled"


class AnswerForm(forms.Form):
    """One field for each question; none has to be answered."""

    def __init__(self, *args: object, questions: tuple[Question, ...], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django's own takes them
        self.use_required_attribute = False
        for question in questions:
            field: forms.Field
            if question.choices:
                widget = forms.Select if len(question.choices) > 2 * _FEW else forms.RadioSelect
                choices = (("", "–"), *question.choices) if widget is forms.Select else None
                field = forms.ChoiceField(
                    choices=choices or question.choices, widget=widget, required=False
                )
            else:
                field = forms.CharField(
                    max_length=changes.MAX_LENGTH,
                    widget=forms.Textarea(attrs={"rows": 4}),
                    required=False,
                )
            field.label = question.sentence
            field.help_text = question.priority
            self.fields[question.code] = field


@permission(Permission.SIGNED_IN)
@require_POST
def own(request: HttpRequest, wave_id: int) -> HttpResponse:
    """From inside: on to the link that was mailed, so that there is one way to answer."""
    token = changes.own_link(viewer=viewer_of(request), at=timezone.now(), wave_id=wave_id)
    return redirect("pulse-answer", token=token)


@permission(Permission.ANYONE)
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """What one recalls on a page of its own, before any priority is named; then the rest."""
    asked = pulse.questions(None, hash_=changes.token_hash(token), today=timezone.now().date())
    if not asked:
        raise changes.WaveOverError
    first = tuple(each for each in asked if each.code == RECALL)
    rest = tuple(each for each in asked if each.code != RECALL)
    recalled = _recalled(request, token=token) if first and rest else None
    is_first = bool(first and rest) and recalled is None
    questions = first if is_first else rest if recalled is not None else asked
    was_sent = request.method == "POST" and (is_first or "last" in request.POST)
    form = AnswerForm(request.POST if was_sent else None, questions=questions)
    if was_sent and form.is_valid():
        if is_first and "last" not in request.POST:
            said = signing.dumps([token, form.cleaned_data[RECALL]], salt=_SALT)
            return _page(request, AnswerForm(questions=rest), recalled=said, is_last=True)
        given = {**form.cleaned_data, **({RECALL: recalled} if recalled else {})}
        changes.answer(viewer=None, at=timezone.now(), token=token, given=given)
        return render(request, "pulse/thanks.html")
    said = request.POST.get("recalled", "") if recalled is not None else ""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if was_sent else HTTPStatus.OK
    return _page(request, form, recalled=said, is_last=not is_first, status=status)


def _recalled(request: HttpRequest, *, token: str) -> str | None:
    """What was said on the first page, sealed so that it stays as it was; None = not yet."""
    try:
        of, words = signing.loads(request.POST.get("recalled", ""), salt=_SALT)
    except signing.BadSignature:
        return None
    return str(words) if of == token else None


def _page(
    request: HttpRequest,
    form: forms.Form,
    *,
    recalled: str,
    is_last: bool,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {"form": form, "recalled": recalled, "is_last": is_last}
    return render(request, "pulse/answer.html", context, status=status)
