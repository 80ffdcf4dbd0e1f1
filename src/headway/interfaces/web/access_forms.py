"""What the pages of access ask for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from headway.actions import tokens
from headway.terms.viewer import Role

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_ROLE_WORDS = (
    (Role.EXECUTIVE, _("Executive: sees everybody")),
    (Role.MANAGER, _("Manager: sees their own people")),
    (Role.SELLER, _("Seller: sees themselves")),
    (Role.OPERATIONS, _("Operations: sees data and settings, nobody's results")),
)


def _password(label: "StrOrPromise", *, autocomplete: str) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, widget=widget, strip=False, max_length=200)


def _new_password() -> forms.CharField:
    field = _password(_("Password"), autocomplete="new-password")
    field.help_text = _("At least 12 characters; a few words are best.")
    return field


def _email(autocomplete: str) -> forms.EmailField:
    attributes = {"autocomplete": autocomplete}
    return forms.EmailField(
        label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs=attributes)
    )


def _code() -> forms.CharField:
    attributes = {"autocomplete": "one-time-code", "inputmode": "text"}
    return forms.CharField(label=_("Code"), max_length=40, widget=forms.TextInput(attrs=attributes))


class SetUpForm(forms.Form):
    """The first leader and their organisation."""

    organisation = forms.CharField(label=_("Organisation"), max_length=200)
    name = forms.CharField(label=_("Your name"), max_length=200)
    email = _email("username")
    password = _new_password()


class LogInForm(forms.Form):
    """Mail address and password."""

    email = _email("username")
    password = _password(_("Password"), autocomplete="current-password")


class CodeForm(forms.Form):
    """A code of the second factor, or a recovery code."""

    code = _code()


class NewPasswordForm(forms.Form):
    """A password for the account of a link."""

    password = _new_password()


class ChangePasswordForm(forms.Form):
    """The present password and a new one."""

    current = _password(_("Present password"), autocomplete="current-password")
    password = _new_password()


class TokenForm(forms.Form):
    """A token for a program: what for, what it may do, for how long; and the present password."""

    name = forms.CharField(
        label=_("Which program it is for"), max_length=tokens.MAX_NAME, strip=True
    )
    may_write = forms.TypedChoiceField(
        label=_("What it may do"),
        choices=(
            ("no", _("Read what I may read")),
            ("yes", _("Read, and change what I may change")),
        ),
        coerce=lambda said: said == "yes",
        initial="no",
    )
    days = forms.IntegerField(
        label=_("Days until it ends"), min_value=1, max_value=tokens.MAX_DAYS, initial=90
    )

    def __init__(self, *args: object, asks_password: bool) -> None:
        super().__init__(*args)  # type: ignore[arg-type]  # as Django's own takes them
        if asks_password:
            field = _password(_("Present password"), autocomplete="current-password")
            field.help_text = _("So that an open browser is not enough to make one.")
            self.fields["password"] = field


class ThemeForm(forms.Form):
    """How pages look."""

    theme = forms.ChoiceField(
        label=_("Light or dark"),
        required=False,
        choices=(("", _("As this machine")), ("light", _("Light")), ("dark", _("Dark"))),
    )


class RolesForm(forms.Form):
    """Roles, and the person whose figures they speak of."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=_ROLE_WORDS, widget=forms.CheckboxSelectMultiple
    )
    person_id = forms.ChoiceField(label=_("Is this person in the data"), required=False)
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401  Django's own arguments of a form
        people: Sequence[tuple[str, str]],
        **kwargs: Any,  # noqa: ANN401  as above
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person_id"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("nobody in the data")), *people]

    def wanted(self) -> dict[str, Any]:  # Any: arguments of several actions
        """Roles and person as the actions take them."""
        roles = frozenset(Role(code) for code in self.cleaned_data["roles"])
        return {"roles": roles, "person_id": self.cleaned_data["person_id"] or None}


class InviteForm(RolesForm):
    """Somebody to invite."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = _email("off")

    field_order = ("name", "email", "roles", "person_id")


class VersionForm(forms.Form):
    """The version of the record somebody looked at when they pressed the button."""

    seen_version = forms.IntegerField(min_value=1)
