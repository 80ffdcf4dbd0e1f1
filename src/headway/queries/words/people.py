"""People in words: role families, and whether somebody is here."""

from django.utils.translation import gettext as _

from headway.queries.words.declared import Words
from headway.terms.people import RoleFamily

FAMILIES: Words = {
    RoleFamily.SELLER: lambda: _("Seller"),
    RoleFamily.MANAGER: lambda: _("Manager"),
    RoleFamily.LEADER: lambda: _("Leader"),
    RoleFamily.SDR: lambda: _("Sales development"),
    RoleFamily.ENGINEER: lambda: _("Sales engineer"),
    RoleFamily.OTHER: lambda: _("Something else"),
}
STATES: Words = {
    "here": lambda: _("here"),
    "leave": lambda: _("on leave"),
    "left": lambda: _("has left"),
}
