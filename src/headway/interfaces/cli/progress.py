"""How far long work has come: a bar on standard error, and only for somebody who watches."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[float, str], None]


@contextmanager
def shown(*, is_quiet: bool = False) -> Iterator[Progress]:
    """A callable for the share done (0 to 1) and what is being done; silent if nobody watches."""
    if is_quiet or not sys.stderr.isatty():
        yield lambda _share, _what: None
        return
    # Only when there is something to draw: the bar's machinery takes longer to load than --help.
    from rich.console import Console  # noqa: PLC0415  heavy for a start
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415  the same
    from rich.progress import Progress as Bar  # noqa: PLC0415  the same

    columns = (TextColumn("{task.description}"), BarColumn(bar_width=None), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Starting", total=1.0)
        yield lambda share, what: bar.update(task, completed=share, description=what)
