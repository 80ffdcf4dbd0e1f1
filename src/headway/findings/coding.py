"""Whether words were coded alike by those who coded them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from headway.analysis.methods.agreement import nominal_alpha


def agreement(codings: Iterable[Mapping[tuple[int, str], str]]) -> float | None:
    """Krippendorff's alpha over what several coders say of the same answers.

    Args:
        codings: of each coder, the code by answer and priority; what only one coded is left out.

    Returns:
        -1..1; None where nothing was coded twice, or only one code was ever given.

    Examples:
        >>> rule = {(1, "p"): "yes", (2, "p"): "no", (3, "p"): "yes"}
        >>> agreement([rule, rule])
        1.0
    """
    units: dict[tuple[int, str], list[str]] = defaultdict(list)
    for coding in codings:
        for unit, code in coding.items():
            units[unit].append(code)
    return nominal_alpha(codes for codes in units.values() if len(codes) > 1)
