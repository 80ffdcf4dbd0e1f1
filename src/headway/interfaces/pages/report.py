"""One page that stands alone: style and drawings inside, nothing fetched from anywhere."""

import base64
import os
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType

import django
from django.apps import apps
from django.conf import ENVIRONMENT_VARIABLE, settings
from django.template import Context, Engine

from headway.interfaces.pages import drawn
from headway.queries.results import wording
from headway.queries.strategy import wording as line
from headway.terms.answer import Answer
from headway.terms.strategy import NOTHING, StrategyFindings

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
STATIC = HERE / "static" / "headway"
_FACES = ("inter", "newsreader")


def one_page(
    answers: Sequence[Answer],
    *,
    strategy: StrategyFindings = NOTHING,
    names: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """The answers as one HTML page that opens from disk; the first is shown whole.

    Args:
        answers: at least one; the first in full; of the others those that were measured, with their
            finding and places.
        strategy: what was found about the declared strategy.
        names: of leaders, as far as they are known.
    """
    measured = [answer for answer in answers[1:] if answer.change.value is not None]
    shown = [drawn.results(wording.page(answer)) for answer in (answers[0], *measured)]
    first = shown[0].page
    context = {
        "answers": shown,
        "lines": line.priorities(strategy, names=names),
        "title": f"{first.finding.sentence} · {first.heading.organisation}",
        "style": style(),
        "links": None,
    }
    return _engine().get_template("results/report.html").render(Context(context))


@cache
def style() -> str:
    """The style sheet with the two faces inside, as far as they were built."""
    css = (STATIC / "css" / "headway.css").read_text(encoding="utf-8")
    for face in _FACES:
        font = STATIC / "fonts" / f"{face}-latin.woff2"
        if font.is_file():
            held = base64.b64encode(font.read_bytes()).decode("ascii")
            css = css.replace(f"../fonts/{font.name}", f"data:font/woff2;base64,{held}")
        else:
            css = css.replace(f"url(../fonts/{font.name})", "local(sans-serif)")
    return css


@cache
def _engine() -> Engine:
    # Templates read settings for languages and numbers; from the command line there may be none.
    if not settings.configured and ENVIRONMENT_VARIABLE not in os.environ:
        settings.configure(USE_I18N=False)
    elif not apps.ready and settings.USE_I18N:
        django.setup()
    return Engine(dirs=[str(TEMPLATES)], libraries={"i18n": "django.templatetags.i18n"})
