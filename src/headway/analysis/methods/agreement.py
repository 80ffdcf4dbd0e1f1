"""How far coders agree beyond chance."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence


def nominal_alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Krippendorff's alpha for codes without an order.

    Args:
        units: for each thing that was coded, the codes it was given, one per coder who coded it;
            a unit with one code tells nothing of agreement and is left out.

    Returns:
        1 = perfect, 0 = as by chance, below 0 = worse; None where nothing was coded twice, or only
        one code was ever given.

    References:
        Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, sections A and C.

    Examples:
        >>> nominal_alpha([("yes", "yes"), ("no", "no"), ("yes", "no"), ("no", "no")])
        0.5333333333333333
    """
    together: Counter[tuple[Hashable, Hashable]] = Counter()
    for codes in units:
        for place, one in enumerate(codes):
            for other in (*codes[:place], *codes[place + 1 :]):
                # Each unit weighs as much as the codes it was given.
                together[one, other] += 1 / (len(codes) - 1)  # type: ignore[assignment]  # a weight
    of_code: Counter[Hashable] = Counter()
    for (one, _), weight in together.items():
        of_code[one] += weight
    total = of_code.total()
    expected = total**2 - sum(weight**2 for weight in of_code.values())
    if not expected:
        return None
    observed = sum(weight for (one, other), weight in together.items() if one != other)
    return 1 - (total - 1) * observed / expected
