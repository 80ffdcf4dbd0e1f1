"""Names as they are compared, whoever typed them."""

import unicodedata


def folded(text: str) -> str:
    """A text without accents and capitals, as it is compared.

    >>> folded("Zoë  MÜLLER")
    'zoe muller'
    """
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(each for each in apart if not unicodedata.combining(each)).split())


def holds(name: str, words: str) -> bool:
    """Whether a name holds every word, in any order.

    >>> holds("Zoë Müller", "mull ZOE")
    True
    """
    text = folded(name)
    return all(word in text for word in folded(words).split())
