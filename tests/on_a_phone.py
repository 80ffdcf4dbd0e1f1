"""What somebody does on a phone, counted, and how long it takes by the keystroke-level model.

References:
    Card, Moran & Newell (1980), Communications of the ACM 23:396-410, for the model and the times
    of pointing, homing and preparing. It tells the time of somebody who knows the page and makes no
    mistake; what to write is decided before. Its times are of a mouse and a keyboard: a tap is
    taken as long as pointing with a mouse and pressing. Palin et al. (2019), MobileHCI, for typing:
    37,370 people typed 36.2 words of five letters a minute on phones.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from time import perf_counter

from django.utils import timezone
from playwright.sync_api import Locator, Page

WIDTH, HEIGHT = 390, 844
POINT, PRESS, HOME, PREPARE = 1.1, 0.2, 0.4, 1.35
TYPE, TYPE_SLOWLY = 60 / (36.2 * 5), 1.2
"""Seconds a character: what people do on phones, and the slowest of the model (0.83 a second)."""
# A swipe moves the page by less than it shows, so that one sees where one was.
_SWIPE = 0.6 * HEIGHT


@dataclass
class Phone:
    """One page in the hand of somebody, who taps, swipes and types; all of it is counted.

    `waited` are the seconds in which pages came, as this machine took them.
    """

    page: Page
    taps: int = 0
    swipes: int = 0
    keys: int = 0
    homings: int = 0
    preparations: int = 0
    waited: float = 0.0
    touched: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """As wide and high as a phone is."""
        self.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})

    def open(self, path: str) -> None:
        """Where it begins; not counted."""
        self.page.goto(path)

    def follow(self, name: str) -> None:
        """Tap a link, and wait for the page."""
        self._leave(self.page.get_by_role("link", name=name).first)

    def send(self, name: str) -> None:
        """Tap the button of a form, and wait for the page."""
        self._leave(self.page.get_by_role("button", name=name).first)

    def tick(self, label: str) -> None:
        """Tap a box to tick."""
        box = self.page.get_by_label(label)
        self._tap(box)
        box.check()
        self.touched.append(label)

    def choose(self, label: str, option: str) -> None:
        """Tap a list, and tap what is wanted in it."""
        chosen = self.page.get_by_label(label)
        self._tap(chosen)
        self.taps += 1
        chosen.select_option(label=option)
        self.touched.append(label)

    def type(self, label: str, text: str) -> None:
        """Tap a field, take out what stands there and type; then go back from the keys."""
        written = self.page.get_by_label(label)
        self._tap(written)
        self.keys += len(written.input_value()) + len(text)
        self.homings += 2
        written.fill(text)
        self.touched.append(label)

    def day(self, label: str, *, days: int) -> None:
        """Tap a date, the day in the calendar that opens, and that it is meant."""
        self._pick(label, f"{timezone.localdate() + timedelta(days=days):%Y-%m-%d}", taps=2)

    def moment(self, label: str, *, hours: int) -> None:
        """Tap a moment; turn day, hour and minute of the wheel that opens; say that it is meant."""
        at = timezone.localtime() - timedelta(hours=hours)
        self._pick(label, f"{at:%Y-%m-%dT%H:%M}", taps=4)

    def seconds(self, *, a_key: float = TYPE) -> float:
        """How long it takes by the model, with what was waited."""
        moves = (self.taps + self.swipes) * (POINT + PRESS) + self.homings * HOME
        return moves + self.preparations * PREPARE + self.keys * a_key + self.waited

    def _pick(self, label: str, value: str, *, taps: int) -> None:
        picked = self.page.get_by_label(label)
        self._tap(picked)
        self.taps += taps
        picked.fill(value)
        self.touched.append(label)

    def _tap(self, target: Locator) -> None:
        """One thing of its own: prepared for, brought into view, tapped."""
        self.preparations += 1
        box = target.bounding_box()
        assert box is not None
        beyond = max(-box["y"], box["y"] + box["height"] - HEIGHT, 0)
        self.swipes += -int(-beyond // _SWIPE)
        self.taps += 1
        target.scroll_into_view_if_needed()

    def _leave(self, target: Locator) -> None:
        self._tap(target)
        began = perf_counter()
        with self.page.expect_navigation():
            target.click()
        self.waited += perf_counter() - began


def usual(phone: Phone, *, sentence: str) -> None:
    """Log a session as it is usually done: with somebody who has a plan, from their page."""
    phone.open("/coaching/person/?person=sam")
    phone.follow("Log a session")
    phone.tick("Real work was observed")
    phone.type("The one thing you agreed to practise", sentence)
    phone.send("Log it")


def whole(phone: Phone, *, sentence: str) -> None:
    """Log a session of which nothing is as usual: every field is filled anew."""
    phone.open("/coaching/")
    phone.follow("Log a session")
    phone.choose("With whom", "Sue")
    phone.choose("What kind of session", "Debrief")
    phone.type("Minutes", "45")
    phone.type("About what", "The offer to Acme")
    phone.tick("Real work was observed")
    phone.type("The one thing you agreed to practise", sentence)
    phone.day("Look at it again on", days=7)
    phone.moment("When it was", hours=3)
    phone.send("Log it")


def call(phone: Phone) -> None:
    """Log a joint call with a customer, from My time."""
    phone.open("/coaching/time/")
    phone.follow("Log a joint call")
    phone.choose("With whom", "Sam")
    phone.type("Minutes", "60")
    phone.send("Log it")
