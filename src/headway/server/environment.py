"""Typed readers of the environment: each refuses what it does not understand, and is remembered."""

import os
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from headway.terms.errors import HeadwayError

# Every name that settings asked for; the reference of settings is compared with it.
NAMES: set[str] = set()


class SettingError(HeadwayError):
    """An environment variable holds something that setting cannot be."""

    code = "server.setting"

    def __init__(self, name: str, found: str, expected: str) -> None:
        super().__init__(f"{name} is '{found}'. Expected {expected}. Change it and start again.")


def text(name: str, default: str) -> str:
    """The variable as it stands, without blanks around it."""
    NAMES.add(name)
    return os.environ.get(name, default).strip()


def is_on(name: str, *, default: bool) -> bool:
    """A switch: true or false, nothing else."""
    found = text(name, "true" if default else "false").lower()
    if found not in ("true", "false"):
        raise SettingError(name, found, "true or false")
    return found == "true"


def whole(name: str, default: int, *, least: int) -> int:
    """A whole number of at least `least`."""
    found = text(name, str(default))
    if not found.isdecimal() or int(found) < least:
        raise SettingError(name, found, f"a whole number of {least} or more")
    return int(found)


def one_of(name: str, default: str, choices: tuple[str, ...]) -> str:
    """One of a few words."""
    found = text(name, default)
    if found not in choices:
        raise SettingError(name, found, f"one of {', '.join(choices)}")
    return found


def listed(name: str, default: tuple[str, ...]) -> list[str]:
    """Words between commas."""
    found = [part.strip() for part in text(name, ",".join(default)).split(",")]
    if not all(found):
        raise SettingError(name, ",".join(found), "names between commas, none of them empty")
    return found


def folder(name: str, default: Path) -> Path:
    """A folder, which need not exist yet."""
    found = Path(text(name, str(default))).expanduser()
    if not found.is_absolute():
        raise SettingError(name, str(found), "a path from the root, such as /srv/headway")
    if found.exists() and not found.is_dir():
        raise SettingError(name, str(found), "a folder; there is a file of that name")
    return found


def secret(name: str) -> str | None:
    """A secret, given as `name` or, better, in the file that `name`_FILE points to."""
    given, path = text(name, ""), text(f"{name}_FILE", "")
    if given and path:
        raise SettingError(f"{name}_FILE", path, f"only one of {name} and {name}_FILE")
    if not path:
        return given or None
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as problem:
        raise SettingError(f"{name}_FILE", path, "a file this process may read") from problem


def origin(name: str) -> SplitResult | None:
    """The address people open, such as https://headway.example.com; None when not given."""
    found = text(name, "")
    if not found:
        return None
    parts = urlsplit(found)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
        raise SettingError(name, found, "an address such as https://headway.example.com")
    return parts


def database(name: str) -> SplitResult | None:
    """The address of a PostgreSQL database; None when not given."""
    found = secret(name)
    if found is None:
        return None
    parts = urlsplit(found)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise SettingError(name, "(not shown)", "postgresql://user:password@host:5432/database")
    return parts
