"""Where a change sits, or that nothing moved more than chance."""

from headway.analysis.methods.localisation.asked import (
    TooManyConditionsError,
    UnknownPlaceError,
    why_not,
)
from headway.analysis.methods.localisation.contribution import result
from headway.analysis.methods.localisation.cube import (
    Cube,
    Model,
    Side,
    UnevenCubeError,
    of_cases,
)
from headway.analysis.methods.localisation.elsewhere import (
    Elsewhere,
    TooManyValuesError,
    of_table,
)
from headway.analysis.methods.localisation.localise import localise, source_of
from headway.analysis.methods.localisation.places import (
    Asked,
    BlankJump,
    Everywhere,
    Localised,
    Place,
    Seen,
)

__all__ = [
    "Asked",
    "BlankJump",
    "Cube",
    "Elsewhere",
    "Everywhere",
    "Localised",
    "Model",
    "Place",
    "Seen",
    "Side",
    "TooManyConditionsError",
    "TooManyValuesError",
    "UnevenCubeError",
    "UnknownPlaceError",
    "localise",
    "of_cases",
    "of_table",
    "result",
    "source_of",
    "why_not",
]
