"""One way to cut opportunities: a code per opportunity and what the codes stand for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from headway.facts import Encoded

Bools = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int32]


@dataclass(frozen=True, kw_only=True, eq=False)
class Dimension:
    """`values[codes[i]]` is the value of opportunity i; None among the values = not known."""

    codes: Codes
    values: tuple[str | None, ...]

    def __getitem__(self, wanted: "Bools | npt.NDArray[np.int64]") -> "Dimension":
        return Dimension(codes=self.codes[wanted], values=self.values)

    @property
    def is_null(self) -> Bools:
        """Where the value is not known."""
        return self.equals(None)

    @property
    def is_recorded(self) -> bool:
        """Whether any value is known."""
        return not bool(self.is_null.all())

    def equals(self, value: str | None) -> Bools:
        """Where the value is this one."""
        if value not in self.values:
            return np.zeros(len(self.codes), dtype=bool)
        found: Bools = self.codes == self.values.index(value)
        return found

    def is_among(self, wanted: Collection[str | None]) -> Bools:
        """Where the value is one of those."""
        table = np.array([value in wanted for value in self.values], dtype=bool)
        return table[self.codes] if len(table) else np.zeros(len(self.codes), dtype=bool)

    def texts(self) -> npt.NDArray[np.object_]:
        """The value of every opportunity."""
        return np.array([*self.values, None], dtype=object)[self.codes]


def of_texts(texts: Sequence[str | None]) -> Dimension:
    """The dimension of values as they come; values sorted, not known last.

    Examples:
        >>> of_texts(["South", None, "North", "South"]).values
        ('North', 'South', None)
        >>> of_texts(["South", None, "North", "South"]).codes.tolist()
        [1, 2, 0, 1]
    """
    known: tuple[str | None, ...] = tuple(sorted({text for text in texts if text is not None}))
    values = (*known, None) if any(text is None for text in texts) else known
    place = {value: code for code, value in enumerate(values)}
    return Dimension(codes=np.array([place[text] for text in texts], dtype=np.int32), values=values)


def of_encoded(read: Encoded, name: str) -> Dimension:
    """One column of what `facts.encode` brought."""
    return Dimension(codes=read.codes[name], values=read.values[name])
