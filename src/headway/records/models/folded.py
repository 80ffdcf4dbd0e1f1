"""A name as it is looked for, kept beside the name as it is written."""

from django.db import models

from headway.terms.names import folded


class FoldedField(models.TextField):
    """The `name` of the row without accents and capitals, set whenever the row is written whole."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: FBT001  as Django calls it
        """What goes into the database."""
        del add
        value = folded(model_instance.name)  # type: ignore[attr-defined]  # of every model with this field
        setattr(model_instance, self.attname, value)
        return value
