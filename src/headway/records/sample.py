"""The sample among the loads, and the people through whose eyes it can be seen."""

from django.db.models import Count

from headway.records.models import Load, Person, ReportingLine
from headway.terms.viewer import Role


def is_loaded() -> bool:
    """Whether what is loaded, being read or half left is the sample."""
    return Load.objects.filter(is_sample=True).exclude(state="refused").exists()


def has_own_data() -> bool:
    """Whether the organisation's own files were ever read, or wait to be, or people were entered.

    What was taken back counts: its people stay, and may have accounts.
    """
    own = Load.objects.filter(is_sample=False).exclude(state__in=("refused", "discarded"))
    return own.exists() or Person.objects.filter(is_entered=True).exists()


def representative(role: Role) -> Person | None:
    """Who stands for a role: the one with most people, or most opportunities; None for nobody.

    The executive leads and reports to nobody, the manager leads and reports to somebody, the seller
    leads nobody.
    """
    here = Person.objects.filter(is_active=True)
    reporting = ReportingLine.objects.filter(valid_to=None, manager__isnull=False)
    leading = here.filter(reports__valid_to=None, reports__isnull=False)
    by_people = leading.annotate(n=Count("reports")).order_by("-n", "id")
    if role is Role.EXECUTIVE:
        return by_people.exclude(id__in=reporting.values("person_id")).first()
    if role is Role.MANAGER:
        return by_people.filter(id__in=reporting.values("person_id")).first()
    if role is Role.SELLER:
        selling = here.exclude(id__in=reporting.values("manager_id"))
        owning = selling.filter(opportunityrow__isnull=False)
        return owning.annotate(n=Count("opportunityrow")).order_by("-n", "id").first()
    return None
