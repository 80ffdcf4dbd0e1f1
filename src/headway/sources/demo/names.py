"""Names of people and companies, put together from syllables so that nobody is meant."""

from collections.abc import Iterator, Sequence

import numpy as np

TOP = ("Oda Merriwick", "Head of sales")
DIRECTORS = ("Maren Tiskow", "Hollis Arkwend")
MANAGERS = ("Elin Vostrand", "Corin Haldwick", "Rune Caldmoor", "Tamsin Orrowby", "Ilvar Senn")
WEST_SELLERS = (
    *("Iris Halvorne", "Joss Fennimar", "Lena Quistow", "Mika Ostrevand", "Noor Brennick"),
    *("Petra Lisowain", "Sana Veldrick", "Tobin Askerly"),
)

_FIRST = (
    *("Ada", "Bram", "Cleo", "Dorian", "Edda", "Fenn", "Greta", "Hale", "Ines", "Jorin"),
    *("Kaia", "Levin", "Mira", "Niels", "Orla", "Pell", "Quinn", "Runa", "Sorin", "Tilda"),
    *("Ulla", "Vera", "Wim", "Yara", "Zeno", "Alma", "Bodil", "Cass", "Dag", "Esme"),
    *("Finn", "Gerda", "Hanno", "Ilka", "Jule", "Kern", "Liv", "Marten", "Nell", "Ovid"),
)
_FAMILY_STARTS = (
    *("Ark", "Bren", "Cald", "Dorr", "Esk", "Fenn", "Grell", "Hask", "Ister", "Jarn"),
    *("Kelv", "Lorr", "Merr", "Nost", "Orr", "Pell", "Quill", "Rask", "Storv", "Thall"),
    *("Ulv", "Vost", "Wend", "Yarl", "Zell"),
)
_FAMILY_ENDS = (
    *("away", "beck", "combe", "dane", "erly", "fold", "gard", "holt", "imar", "kirr"),
    *("land", "mere", "nor", "owain", "quist", "rand", "stow", "thorne", "vane", "wick"),
)
_COMPANY_STARTS = (
    *("Alder", "Bright", "Cinder", "Dun", "Ember", "Fal", "Gorse", "Hollow", "Iron", "Juniper"),
    *("Kestrel", "Lark", "Marl", "North", "Orrin", "Peat", "Quarry", "Red", "Slate", "Tall"),
    *("Under", "Vesper", "Willow", "Yarrow", "Zephyr"),
)
_COMPANY_ENDS = (
    *("bank", "brook", "cliff", "dale", "field", "ford", "gate", "grass", "ham", "hurst"),
    *("ley", "march", "mouth", "pool", "ridge", "shaw", "stead", "tarn", "well", "wood"),
)
FOOD = ("Dairy", "Brewing", "Foods", "Mills", "Bakeries", "Beverages", "Juices", "Preserves")
OTHER = (
    *("Chemicals", "Water", "Mining", "Paper", "Steel", "Textiles", "Energy", "Plastics"),
    *("Ceramics", "Coatings", "Shipyards", "Cement"),
)


def people(draw: np.random.Generator, *, taken: Sequence[str]) -> Iterator[str]:
    """Names that nobody has yet, without end."""
    used, number = set(taken), 0
    families = [start + end for start in _FAMILY_STARTS for end in _FAMILY_ENDS]
    draw.shuffle(families)
    while True:
        first = _FIRST[int(draw.integers(len(_FIRST)))]
        name = f"{first} {families[number % len(families)]}"
        number += 1
        if name not in used:
            used.add(name)
            yield name


def companies(draw: np.random.Generator, *, trades: Sequence[str]) -> list[str]:
    """One name for each account, its trade behind it; a number tells equal ones apart."""
    starts = draw.integers(len(_COMPANY_STARTS), size=len(trades))
    ends = draw.integers(len(_COMPANY_ENDS), size=len(trades))
    seen: dict[str, int] = {}
    found = []
    for start, end, trade in zip(starts, ends, trades, strict=True):
        name = f"{_COMPANY_STARTS[start]}{_COMPANY_ENDS[end]} {trade}"
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    return found
