"""Today: at most three things that wait for one, each with its reason and the minutes it takes."""

from headway.queries.today.page import MOST, TodayPage, page
from headway.queries.today.thing import Thing

__all__ = ["MOST", "Thing", "TodayPage", "page"]
