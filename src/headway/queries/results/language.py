"""Sentences in the reader's language: Django's translations, and the English text where there is no site."""

import os

from django.conf import ENVIRONMENT_VARIABLE, settings
from django.utils import translation


def gettext(message: str) -> str:
    """The sentence in the active language; the same sentence where no site is set up."""
    if not settings.configured and ENVIRONMENT_VARIABLE not in os.environ:
        return message
    return translation.gettext(message)


def ngettext(one: str, several: str, count: int) -> str:
    """The form of a sentence that fits a count."""
    if not settings.configured and ENVIRONMENT_VARIABLE not in os.environ:
        return one if count == 1 else several
    return translation.ngettext(one, several, count)
