"""What may come with a load or be entered here, and lies in one table either way."""

import secrets

from django.db import models


def fresh() -> str:
    """A name among the facts for something entered here: drawn, so that no other load has it."""
    return secrets.token_hex(8)


class Declared(models.Model):
    """`fact_id` names the row among the facts.

    `is_brought`: it came with a load, and the next publication brings it up to what is loaded then.
    Who changes it here makes it their own: from then on it stands as it is, in the place of the
    loaded row.
    """

    fact_id = models.CharField(max_length=80, unique=True, default=fresh)
    is_brought = models.BooleanField(default=False)

    class Meta:
        abstract = True
