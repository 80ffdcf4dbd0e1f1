"""How numbers and money are written in a column: decimal mark, signs, currency."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

SIGNS = {
    "R$": "BRL",
    "€": "EUR",
    "$": "USD",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "zł": "PLN",
    "Kč": "CZK",
    "₽": "RUB",
}
_CODE = re.compile(r"\b(EUR|USD|GBP|CHF|JPY|INR|PLN|CZK|SEK|NOK|DKK|CAD|AUD|BRL|TRY|HUF|RON)\b")
_ANY_CODE = re.compile(r"[A-Z]{3}")
_AMBIGUOUS = re.compile(r"^[^0-9]*[1-9][0-9]{0,2}[.,][0-9]{3}[^0-9]*$")
_DECIMAL_COMMA = re.compile(r",[0-9]{1,2}[^0-9]*$|,[0-9]{4,}[^0-9]*$|\.[0-9]{3},|\.[0-9]{3}\.")
_DECIMAL_DOT = re.compile(r"\.[0-9]{1,2}[^0-9]*$|\.[0-9]{4,}[^0-9]*$|,[0-9]{3}\.|,[0-9]{3},")

# What is left after signs, blanks and apostrophes are gone; brackets mean less than nothing.
# A formula, and a power of ten such as 1,2E+05, have more than one number: nothing is read.
# A count of thousands or millions behind the number: $1.2K, 3,5 Mio.
_SCALED = re.compile(
    r"[0-9]\s*(?:k|m|mm|mn|mio|mio\.|mil|tsd|tsd\.|b|bn|mrd|mrd\.)\b", re.IGNORECASE
)
_SCALE = """(case lower(regexp_extract($x, '[0-9]\\s*([a-zA-Z]+)', 1))
    when 'k' then 1000 when 'tsd' then 1000 when 'm' then 1000000 when 'mm' then 1000000
    when 'mn' then 1000000 when 'mio' then 1000000 when 'mil' then 1000000
    when 'b' then 1000000000 when 'bn' then 1000000000 when 'mrd' then 1000000000 else 1 end)"""
_BARE = "regexp_replace($x, '[^0-9,.\\-]', '', 'g')"
_TO_NUMBER = """(case
    when $x is null or not regexp_matches($x, '[0-9]') or regexp_matches($x,
    '[0-9]\\s*[a-zA-Z]{4,}|[a-zA-Z]{4,}\\s*[0-9]|[0-9][/:][0-9]')
        or regexp_matches($x, '^\\s*=|[0-9]\\s*[a-zA-Z+*=]+[+-]?\\s*[0-9]')
        then null
    else try_cast(case when regexp_matches($x, '^\\s*\\(.*\\)\\s*$|[0-9]-\\s*$') then '-' else ''
    end
        || replace(case
            when $b like '%,%' and $b like '%.%' and strpos(reverse($b), ',') < strpos(reverse($b),
            '.')
                then replace(replace($b, '.', ''), ',', '.')
            when $b like '%,%' and $b like '%.%' then replace($b, ',', '')
            when $b like '%,%,%' then replace($b, ',', '')
            when $b like '%.%.%' then replace($b, '.', '')
            when regexp_matches($b, '^-?[1-9][0-9]{0,2},[0-9]{3}-?$')
                then replace($b, ',', case when $comma then '.' else '' end)
            when regexp_matches($b, '^-?[1-9][0-9]{0,2}\\.[0-9]{3}-?$')
                then replace($b, '.', case when $comma then '' else '.' end)
            else replace($b, ',', '.') end, '-',
            case when regexp_matches($x, '[0-9]-\\s*$|^\\s*\\(') then '' else '-' end)
        as $type) end)"""


@dataclass(frozen=True, kw_only=True)
class NumberStyle:
    """`is_plain`: as the engine reads numbers. Otherwise signs are removed and marks decided."""

    is_plain: bool
    is_comma_decimal: bool = False
    is_ambiguous: bool = False
    is_scaled: bool = False
    reason: str = ""

    def number(self, text: str, *, type_name: str) -> str:
        """The SQL that reads `text` (an expression) as a number, null where it cannot."""
        if self.is_plain:
            return f"try_cast({text} as {type_name})"
        comma = "true" if self.is_comma_decimal else "false"
        if self.is_scaled:
            plain = replace(self, is_scaled=False).number(text, type_name="double")
            return f"try_cast({plain} * {_SCALE.replace('$x', text)} as {type_name})"
        bare = _BARE.replace("$x", text)
        return (
            _TO_NUMBER.replace("$b", bare)
            .replace("$x", text)
            .replace("$comma", comma)
            .replace("$type", type_name)
        )


PLAIN = NumberStyle(is_plain=True, reason="plain numbers")


def style(values: Iterable[str], *, answer: str | None = None) -> NumberStyle:
    """How these values (those that are no plain numbers) write decimals.

    >>> style(["€ 2.900,00", "€ 11398,00"]).is_comma_decimal
    True
    >>> style(["1,234", "2,500"]).is_ambiguous
    True
    >>> style(["$1.2K", "$3M"]).is_scaled
    True
    """
    texts = [value.strip() for value in values]
    if any(_SCALED.search(text) for text in texts):
        bare = [_SCALED.sub(lambda found: found[0][0], text) for text in texts]
        return replace(style(bare, answer=answer), is_plain=False, is_scaled=True)
    comma = sum(bool(_DECIMAL_COMMA.search(text)) for text in texts)
    dot = sum(bool(_DECIMAL_DOT.search(text)) for text in texts)
    if comma or dot:
        is_comma = comma > dot
        mark = "comma" if is_comma else "dot"
        reason = f"{max(comma, dot):,} values show a decimal {mark}"
        return NumberStyle(is_plain=False, is_comma_decimal=is_comma, reason=reason)
    if answer in {"comma", "dot"}:
        return NumberStyle(is_plain=False, is_comma_decimal=answer == "comma", reason="as answered")
    is_ambiguous = any(_AMBIGUOUS.match(text) for text in texts)
    reason = (
        "a mark before three digits may be thousands or decimals" if is_ambiguous else "no marks"
    )
    # Three digits after a mark are far more often thousands than decimals of money.
    is_comma = is_ambiguous and any("." in text for text in texts)
    return NumberStyle(
        is_plain=False, is_comma_decimal=is_comma, is_ambiguous=is_ambiguous, reason=reason
    )


def currency_in(texts: Iterable[str]) -> str | None:
    """The one currency whose sign or code stands in these texts; None if none, or several, do.

    >>> currency_in(["€ 2.900,00", "0"]), currency_in(["Valor (R$)"]), currency_in(["$1", "€1"])
    ('EUR', 'BRL', None)
    """
    found = currencies_in(texts)
    return found.pop() if len(found) == 1 else None


def currencies_in(texts: Iterable[str]) -> set[str]:
    """Every currency whose sign or code stands in these texts."""
    found: set[str] = set()
    for text in texts:
        left = text
        for sign, code in SIGNS.items():
            if sign in left:
                found.add(code)
                left = left.replace(sign, "")
        found.update(_CODE.findall(text))
    return found


def code_of(text: str) -> str | None:
    """The code of the currency that a column of currencies names; None where it is none we know.

    >>> code_of("€"), code_of("SGD"), code_of("Euro")
    ('EUR', 'SGD', None)
    """
    return currency_in([text]) or (text if _ANY_CODE.fullmatch(text) else None)


def currency_of(text: str) -> str:
    """The SQL that tells the currency in `text` (an expression), null where none stands in it."""
    signs = " ".join(f"when {text} like '%{sign}%' then '{code}'" for sign, code in SIGNS.items())
    return f"(case {signs} else nullif(regexp_extract({text}, '{_CODE.pattern}'), '') end)"
