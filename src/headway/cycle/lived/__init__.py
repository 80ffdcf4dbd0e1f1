"""What the people of the sample keep with Headway itself, which no bundle brings.

Each of it is said through the ordinary action, by the one who may say it, and dated by today. The
words are those of Calder Works; another organisation has none.
"""

from headway.cycle.lived.living import live

__all__ = ["live"]
