"""Sentences in the reader's language: Django's translations, or the English text without a site."""

from django.apps import apps
from django.utils import translation

_SOURCE = "en"


def active() -> str:
    """The code of the reader's language; the one of the sentences where no site is set up."""
    return translation.get_language() or _SOURCE if apps.ready else _SOURCE


def gettext(message: str) -> str:
    """The sentence in the active language; the same sentence where no site is set up."""
    return translation.gettext(message) if apps.ready else message


def ngettext(one: str, several: str, *, count: int) -> str:
    """The form of a sentence that fits a count."""
    if not apps.ready:
        return one if count == 1 else several
    return translation.ngettext(one, several, count)
